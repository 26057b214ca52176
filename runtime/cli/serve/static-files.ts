/**
 * The handler that serves a folder of built files: headers for cross-origin isolation, caching by hashed names, and
 * the gzip copies that the build made. Knows express, not where it listens.
 */
import { existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import express from 'express';

/** Sent with every answer. The first two give the page SharedArrayBuffer and exact clocks. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const YEAR_SECONDS = 31_536_000;
/** Vite puts files whose name carries a hash of their content here. */
const HASHED_FOLDER = '/assets/';

/** A handler for GET and HEAD; what is not there is 404, other methods are 405. */
export function staticFiles(folder: string): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    response.set(PAGE_HEADERS);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('Allow', 'GET, HEAD').status(405).type('txt').send('405: only GET and HEAD.\n');
      return;
    }
    const path = request.path.endsWith('/') ? `${request.path}index.html` : request.path;
    const hashed = path.startsWith(HASHED_FOLDER);
    response.set('Cache-Control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    if (hasCompressed(folder, path)) {
      response.vary('Accept-Encoding');
      if (request.acceptsEncodings('gzip', 'identity') === 'gzip') {
        response.type(extname(path)).set('Content-Encoding', 'gzip');
        request.url = `${path}.gz`;
      }
    }
    next();
  });
  app.use(express.static(folder, { cacheControl: false, redirect: false, dotfiles: 'ignore' }));
  app.use((_request, response) => {
    response.removeHeader('Content-Encoding');
    response.set('Cache-Control', 'no-cache').status(404).type('txt').send('404: there is no such file.\n');
  });
  app.use(answerBadRequest);
  return app;
}

function hasCompressed(folder: string, path: string): boolean {
  const inside = normalize(path);
  return inside.startsWith('/') && !inside.includes('\0') && existsSync(join(folder, `${inside}.gz`));
}

/** Malformed addresses (`/%E0%A4%A`) and the like: one plain line, no stack. Express knows it by its four arguments. */
const answerBadRequest: express.ErrorRequestHandler = (error, _request, response, _next) => {
  const status = Number((error as { status?: unknown }).status);
  const code = status >= 400 && status < 500 ? status : 500;
  response.removeHeader('Content-Encoding');
  response.status(code).type('txt').send(`${code}: this request can't be answered.\n`);
};

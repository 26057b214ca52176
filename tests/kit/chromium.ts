/**
 * A real Chromium and the built page for browser tests: finds the browser on the machine (and fails where there is
 * none, so that no test passes by not running), launches it, serves dist/app on a free port with the headers of
 * cross-origin isolation. Knows nothing of what the page does.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CANDIDATES: readonly string[] = [
  process.env['CHROME_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
];

/** Path of a Chromium. @throws Error with advice where there is none. */
export function findChromium(): string {
  const own = chromium.executablePath();
  const found = [...CANDIDATES, own].find((path) => path !== '' && existsSync(path));
  if (!found) {
    throw new Error(
      'No Chromium found: install one (Debian: apt-get install chromium) or set CHROME_PATH.',
    );
  }
  return found;
}

/** Launches Chromium; `flags` come on top of those every test needs. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...FLAGS, ...flags] });
}

export interface ServedApp {
  /** Address of the page, with a slash at the end. */
  readonly url: string;
  /** Paths that were asked for, each once, in order. */
  readonly requested: readonly string[];
  /** Bytes of a served path. */
  file(path: string): Buffer;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** TALEA_APP names another build to test. */
const APP = process.env['TALEA_APP'] ?? fileURLToPath(new URL('../../dist/app', import.meta.url));

/**
 * Serves a folder (default: the built page) on a free port of localhost.
 * @throws Error where there is no index.html: the page was not built.
 */
export async function serveApp(folder: string = APP): Promise<ServedApp> {
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`${folder} has no index.html: npm run build`);
  const requested = new Set<string>();
  const server = createServer(async (request, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    requested.add(pathname);
    const path = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    if (!path.startsWith(folder + sep)) return void response.writeHead(404).end();
    try {
      const body = await readFile(path);
      response
        .writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    get requested() {
      return [...requested];
    },
    file: (path) => readFileSync(join(folder, path)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a page complained of while a test ran. */
export interface Complaints {
  readonly errors: string[];
  /** Breaches of the content security policy. */
  readonly policy: string[];
}

/** Opens a page in a context of its own (nothing stored) and notes what it complains of. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: Complaints }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: Complaints = { errors: [], policy: [] };
  page.on('pageerror', (error) => complaints.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const list = /Content Security Policy/i.test(message.text()) ? complaints.policy : complaints.errors;
    list.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

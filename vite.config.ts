/**
 * How the page is served and built: root is src/, the build goes to dist/app as plain static files. Both servers send
 * the headers of cross-origin isolation; the production page carries its policy as a <meta>, in which the sandbox's
 * runner is allowed by hash. The engine and the sandbox bundles must be built before (runtime/cli/build.mjs does it).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { RUNNER_SOURCE } from './runtime/sandbox/runner-source.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The page's policy, one directive a row. The sandbox's srcdoc inherits it, so its inline runner must be named. */
export function contentSecurityPolicy(runnerSource: string): string {
  const runnerHash = createHash('sha256').update(runnerSource).digest('base64');
  const directives: Record<string, string> = {
    'default-src': "'self'",
    'script-src': `'self' 'wasm-unsafe-eval' blob: 'sha256-${runnerHash}'`,
    'worker-src': "'self' blob:",
    'connect-src': "'self' https: wss: http://localhost:* ws://localhost:*",
    // The editor adds its style rules as <style> elements.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob: https:",
    'font-src': "'self' data:",
    'media-src': "'self' blob: https:",
    'frame-src': "'self' blob:",
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** Puts the policy first into the head of the built page. In dev, Vite's own inline scripts would break it. */
function policyInPage(): Plugin {
  return {
    name: 'talea-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy(RUNNER_SOURCE) },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Bundles that the page fetches as text: in dev, Vite would make modules of them, and the sandbox takes scripts. */
const FETCHED_BUNDLE = /\/dist\/sandbox\/[\w-]+\.js$/;

/** In dev: builds the engine and the sandbox bundles where they are stale, before the first request. */
function partsBeforeDev(): Plugin {
  return {
    name: 'talea-parts-before-dev',
    apply: 'serve',
    async configureServer(server) {
      const { buildParts } = await import('./runtime/cli/build.mjs');
      await buildParts(['engine', 'bundles'], {
        tell: (line: string) => server.config.logger.info(line),
        stopAtFailure: false,
      });
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').split('?')[0]!;
        const file = FETCHED_BUNDLE.exec(path)?.[0];
        if (!file || /[?&](?:url|raw|import)\b/.test(request.url ?? '')) return next();
        response.writeHead(200, {
          ...isolation,
          'Content-Type': 'text/javascript',
          'Cache-Control': 'no-store',
        });
        response.end(readFileSync(here(`.${file}`)));
      });
    },
  };
}

export default defineConfig({
  root: here('src'),
  base: './',
  plugins: [policyInPage(), partsBeforeDev()],
  // fs.allow: fonts, tables, worklets and dist/ lie beside the root.
  server: { headers: isolation, fs: { allow: [here('.')] } },
  preview: { headers: isolation },
  worker: { format: 'es' },
  // Processor and bundles must stay files: a worklet, a wasm stream and a hash can't be made from a data: address.
  build: {
    outDir: here('dist/app'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // The policy has no place for the inline helper; every target browser preloads modules by itself.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  optimizeDeps: { exclude: ['esbuild-wasm'] },
});

/**
 * The page as static files in dist/app: Vite's production build, made beside the old one and then put in its place,
 * with a gzip copy of each text file so that the server need not compress. Built only when a source is newer.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { withLock } from './lock.mjs';
import { inProject, PlainError, ROOT, temporaryName } from './project.mjs';
import { filesUnder, isFresh, takeStamp, writeStamp } from './stamp.mjs';

/** Folders whose files may all end up in the page. */
const SOURCES = ['src', 'runtime', 'patterns', 'worklets', 'dist/sandbox'];
const FILES = ['vite.config.ts', 'package-lock.json', 'tsconfig.json', 'dist/engine.wasm'];
const OUT = 'dist/app';
const COMPRESSED = /\.(?:js|css|html|svg|json|wasm|txt|map|webmanifest)$/;
const COMPRESS_FROM_BYTES = 1_400;

/** Builds dist/app where it is stale. Resolves to true if it was built. Engine and bundles come before. */
export async function buildApp({ tell = () => {} } = {}) {
  if (isFresh('app', recipe())) return false;
  return withLock('app', async () => {
    if (isFresh('app', recipe())) return false;
    for (const needed of ['vite.config.ts', 'src/index.html']) {
      if (!existsSync(inProject(needed)))
        throw new PlainError(`talea: the page can't be built: ${needed} is missing.`);
    }
    tell('Building the page …');
    const stamp = takeStamp(
      recipe(),
      [...SOURCES.flatMap(filesUnder), ...FILES.filter((path) => existsSync(inProject(path)))],
      SOURCES,
    );
    const fresh = temporaryName(inProject(OUT));
    try {
      await runVite(fresh);
      compressBeside(fresh);
      putInPlace(fresh);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    writeStamp('app', stamp, [`${OUT}/index.html`]);
    return true;
  });
}

const recipe = () =>
  createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');

async function runVite(outDir) {
  const { build } = await import('vite');
  try {
    await build({
      root: inProject('src'),
      configFile: inProject('vite.config.ts'),
      logLevel: 'error',
      clearScreen: false,
      build: { outDir, emptyOutDir: true },
    });
  } catch (error) {
    if (process.env.TALEA_DEBUG) throw error;
    const said = String(error?.message ?? error)
      .trim()
      .split('\n')
      .slice(0, 12)
      .join('\n');
    throw new PlainError(`talea: the page can't be built:\n${said}`);
  }
}

/** A `.gz` beside each file that gains from it. */
function compressBeside(folder) {
  for (const path of filesUnder(folder.slice(ROOT.length + 1))) {
    if (!COMPRESSED.test(path)) continue;
    const plain = readFileSync(inProject(path));
    if (plain.length < COMPRESS_FROM_BYTES) continue;
    const packed = gzipSync(plain, { level: 9 });
    if (packed.length < plain.length * 0.95) writeFileSync(`${inProject(path)}.gz`, packed);
  }
}

function putInPlace(fresh) {
  const target = inProject(OUT);
  const old = temporaryName(`${target}-old`);
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

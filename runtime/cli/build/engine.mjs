/**
 * The engine: AssemblyScript -> dist/engine.wasm, where stale. The ids and limits that the engine shares with the
 * pattern side are made from the tables of worklets/wire and served to the compiler as the module `ids`; a copy lies
 * beside the result, for reading. Runnable by itself: node runtime/cli/build/engine.mjs [--force]
 */

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { engineIds } from './engine-ids.mjs';
import { withLock } from './lock.mjs';
import { inProject, PlainError, writeWhole } from './project.mjs';
import { filesUnder, isFresh, takeStamp, writeStamp } from './stamp.mjs';

const SOURCES = 'worklets/engine';
const TABLES = ['worklets/wire/layout.ts', 'worklets/wire/tables.ts'];
const WASM = 'dist/engine.wasm';
const IDS = 'dist/engine-ids.ts';

/** Relaxed SIMD stays off: live and offline must agree to the bit on every machine. */
const FLAGS = [
  '--runtime',
  'stub',
  '-O3',
  '--converge',
  '--noAssert',
  '--enable',
  'simd,bulk-memory',
  '--use',
  'abort=',
];

/** Builds what is stale (or all, with `force`). Resolves to 1 where it built, 0 where all was fresh. */
export async function buildEngine({ force = false, tell = () => {} } = {}) {
  const isDone = () => !force && isFresh('engine', recipe());
  if (isDone()) return 0;
  return withLock('engine', async () => {
    if (isDone()) return 0;
    const began = Date.now();
    const inputs = [...filesUnder(SOURCES), ...TABLES];
    const stamp = takeStamp(recipe(), inputs, [SOURCES]);
    const ids = await engineIds(TABLES.map(inProject));
    const wasm = await compile(ids);
    writeWhole(inProject(IDS), ids);
    writeWhole(inProject(WASM), wasm);
    if (!inputs.some((path) => statSync(inProject(path)).mtimeMs > began))
      writeStamp('engine', stamp, [WASM, IDS]);
    tell(
      `Built ${WASM} (${Math.round(wasm.length / 1024)} kB) in ${((Date.now() - began) / 1000).toFixed(1)} s.`,
    );
    return 1;
  });
}

function recipe() {
  const hash = createHash('sha256').update(FLAGS.join(' '));
  for (const path of ['engine.mjs', 'engine-ids.mjs'])
    hash.update(readFileSync(fileURLToPath(new URL(path, import.meta.url))));
  hash.update(readFileSync(inProject('package-lock.json')));
  return hash.digest('hex');
}

async function compile(ids) {
  const { default: asc } = await import('assemblyscript/asc');
  let wasm = null;
  const { error, stderr } = await asc.main(['index.ts', '-o', 'engine.wasm', ...FLAGS], {
    readFile(name) {
      if (name === 'ids.ts') return ids;
      try {
        return readFileSync(join(inProject(SOURCES), name), 'utf8');
      } catch {
        return null; // the compiler asks for several places in turn
      }
    },
    writeFile(name, data) {
      if (name === 'engine.wasm') wasm = data;
    },
    listFiles: () => [],
  });
  if (error || wasm === null) {
    throw new PlainError(
      `talea: the sound engine can't be built:\n${String(stderr).trim() || error?.message}`,
    );
  }
  return wasm;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const built = await buildEngine({
      force: process.argv.includes('--force'),
      tell: (line) => console.log(line),
    });
    if (built === 0) console.log(`${WASM} is up to date.`);
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * The bundles: scripts that are loaded as files, not through the page's own build. One row per script. Built with
 * rolldown where stale, each file replaced whole, so that two builds at once or a running program do no harm.
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { withLock } from './lock.mjs';
import { inProject, PlainError, ROOT, writeWhole } from './project.mjs';
import { filesUnder, isFresh, takeStamp, writeStamp } from './stamp.mjs';

/**
 * - `iife`: a classic script without imports, for workers made from text and for vm contexts.
 * - `esm`: modules for Node; packages and Node's own modules stay imports. Several entries share their chunks.
 * `commandLine`: `talea` itself needs it. `withoutDocs`: it runs the language and never explains it.
 * `nameless`: names of variables are shortened, since no message or stack of it reaches a musician.
 */
export const BUNDLES = [
  {
    name: 'sandbox-worker',
    format: 'iife',
    entries: { worker: 'runtime/sandbox/worker.ts' },
    out: 'dist/sandbox',
    withoutDocs: true,
  },
  {
    name: 'sandbox-supervisor',
    format: 'iife',
    entries: { supervisor: 'runtime/sandbox/supervisor-main.ts' },
    out: 'dist/sandbox',
    nameless: true,
  },
  {
    name: 'node-realm',
    format: 'iife',
    entries: { 'node-realm': 'runtime/sandbox/node-realm.ts' },
    out: 'dist/sandbox',
    withoutDocs: true,
    commandLine: true,
  },
  {
    name: 'node-worker',
    format: 'esm',
    entries: { 'node-worker': 'runtime/sandbox/node-worker.ts' },
    out: 'dist/sandbox',
    commandLine: true,
  },
  {
    name: 'command-line',
    format: 'esm',
    entries: { main: 'runtime/cli/main.ts' },
    out: 'dist/cli',
    commandLine: true,
  },
];

/** Files of an older build stay this long, for a process that still runs on them. */
const KEEP_OLD_MS = 3_600_000;

/** Names of the rows that are stale. */
export function staleBundles(rows = BUNDLES) {
  const recipe = sharedRecipe();
  return rows.filter((row) => !isFresh(row.name, recipe + JSON.stringify(row))).map((row) => row.name);
}

/** Builds what is stale. Resolves to the number of bundles built; rejects with a plain-worded error. */
export async function buildBundles({ rows = BUNDLES, tell = () => {} } = {}) {
  if (staleBundles(rows).length === 0) return 0;
  return withLock('bundles', async () => {
    const stale = new Set(staleBundles(rows));
    if (stale.size === 0) return 0;
    const problems = [];
    let built = 0;
    for (const row of rows.filter(({ name }) => stale.has(name))) {
      try {
        await buildBundle(row);
        built += 1;
      } catch (error) {
        if (!(error instanceof PlainError)) throw error;
        problems.push(error.message);
      }
    }
    if (built > 0) tell(`Built ${built} ${built === 1 ? 'bundle' : 'bundles'} of dist/.`);
    if (problems.length > 0) throw new PlainError(problems.join('\n'));
    return built;
  });
}

function sharedRecipe() {
  const hash = createHash('sha256');
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(inProject('runtime/cli/build/without-docs.mjs')));
  hash.update(readFileSync(inProject('package-lock.json')));
  // Modules for Node carry absolute addresses of their sources: a moved project is built anew.
  hash.update(ROOT);
  return hash.digest('hex');
}

async function buildBundle(row) {
  for (const entry of Object.values(row.entries)) {
    if (!existsSync(inProject(entry))) {
      throw new PlainError(`talea: ${row.out}/… can't be built: ${entry} is missing.`);
    }
  }
  const began = Date.now();
  const { output, inputs } = await bundle(row);
  const recipe = sharedRecipe() + JSON.stringify(row);
  const stamp = takeStamp(recipe, inputs);
  const names = output.map((file) => join(row.out, file.fileName));
  // Entries last: until then a reader finds the old entry with its old chunks.
  const [chunks, entries] = [output.filter((file) => !file.isEntry), output.filter((file) => file.isEntry)];
  for (const file of [...chunks, ...entries])
    writeWhole(inProject(join(row.out, file.fileName)), file.code ?? file.source);
  const changed = inputs.some((path) => statSync(inProject(path)).mtimeMs > began);
  if (!changed) writeStamp(row.name, stamp, names);
  removeOldChunks(row, names);
}

/** Runs rolldown in memory; a mistake in the sources becomes one plain error. */
async function bundle(row) {
  // Packages may not be there yet when this file is loaded.
  const { rolldown } = await import('rolldown');
  const { withoutDocs } = await import('./without-docs.mjs');
  const classic = row.format === 'iife';
  try {
    const build = await rolldown({
      cwd: ROOT,
      input: Object.fromEntries(Object.entries(row.entries).map(([name, path]) => [name, inProject(path)])),
      platform: classic ? 'browser' : 'node',
      external: classic ? [] : isExternal,
      transform: { target: 'es2022' },
      tsconfig: false,
      logLevel: 'silent',
      plugins: [...(classic ? [] : [keepAddresses]), ...(row.withoutDocs ? [withoutDocs] : [])],
    });
    try {
      const { output } = await build.generate({
        format: row.format,
        entryFileNames: '[name].js',
        chunkFileNames: `${row.name}-chunks/[name]-[hash].js`,
        minify: classic && minifyOf(row),
      });
      const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      return { output, inputs: modules.filter(isAbsolute).map(inputPath).filter(isOwn) };
    } finally {
      await build.close();
    }
  } catch (error) {
    if (process.env.TALEA_DEBUG) throw error;
    throw new PlainError(
      `talea: ${Object.values(row.entries).join(', ')} can't be built:\n${firstLines(error)}`,
    );
  }
}

/** As small as can be; names of functions and classes stay where messages and stacks show them. */
const minifyOf = ({ nameless = false }) => ({
  compress: nameless || { keepNames: { function: true, class: true } },
  mangle: nameless || { keepNames: true },
  codegen: { removeWhitespace: true },
});

/** Packages whose modules Node would load only through a detour, and which are one file. */
const TAKEN_IN = ['esbuild-wasm/esm/'];
const isExternal = (id) =>
  !id.startsWith('.') && !isAbsolute(id) && !TAKEN_IN.some((prefix) => id.startsWith(prefix));

/** In modules for Node `import.meta.url` stays the source's, so that paths to dist/ are the same built and unbuilt. */
const keepAddresses = {
  name: 'keep-addresses',
  transform(code, id) {
    if (!isAbsolute(id) || id.includes('node_modules') || !code.includes('import.meta.url')) return null;
    return { code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)), map: null };
  },
};

const inputPath = (id) => relative(ROOT, id.split('?')[0]).replaceAll('\\', '/');
/** Packages are covered by the lock file, which is part of the recipe. */
const isOwn = (path) =>
  !path.startsWith('node_modules/') && !path.startsWith('..') && existsSync(inProject(path));
const firstLines = (error) =>
  stripVTControlCharacters(String(error?.message ?? error))
    .trim()
    .split('\n')
    .slice(0, 12)
    .join('\n');

function removeOldChunks(row, names) {
  const keep = new Set(names.map((name) => name.replaceAll('\\', '/')));
  for (const path of filesUnder(join(row.out, `${row.name}-chunks`))) {
    const isOld = Date.now() - statSync(inProject(path)).mtimeMs > KEEP_OLD_MS;
    if (isOld && !keep.has(path)) unlinkSync(inProject(path));
  }
}

/**
 * The rules of ARCHITECTURE.md as functions over texts, so that the checker itself can be tested with planted
 * breaches. Each returns breaches as lines `file: what is wrong`. Knows no file system.
 */

import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/** Path inside the project (with slashes) -> text. */
export type Files = ReadonlyMap<string, string>;

interface Import {
  readonly from: string;
  /** As written, without Vite's query. */
  readonly name: string;
  readonly query: string;
  /** Path inside the project for relative imports, else undefined. */
  readonly target: string | undefined;
}

const LONGEST_FILE_LINES = 500;
/** A header that says one of these may stand on a longer file. */
const LENGTH_REASON = /\b(?:therefore long|long because|over 500 lines because)\b/i;

const TOP_LEVEL = new Set([
  ...[
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'vite.config.ts',
    'src',
    'runtime',
    'patterns',
    'worklets',
  ],
  ...['tests', 'README.md', 'ARCHITECTURE.md', 'LICENSE', 'CHANGELOG.md', 'BENCHMARKS.md'],
]);
/** Never committed; there after an install or a build. */
const BUILT = new Set(['node_modules', 'dist', 'test-results']);

/** Which files of another folder a folder may import. Its own files are always allowed. */
const DIRECTIONS: Readonly<Record<string, readonly RegExp[]>> = {
  patterns: [],
  worklets: [],
  runtime: [/^patterns\//, /^worklets\/wire\.ts$/],
  src: [/^runtime\/(?!cli\/)/, /^patterns\/(?:controls|library|sounds|pieces)(?:\.ts$|\/|-)/],
  tests: [/^(?:src|runtime|patterns|worklets|dist)\//, /^vite\.config\.ts$/],
};

/** Built files that are asked for by address, with the Vite queries that do so. */
const BY_ADDRESS: readonly { readonly target: RegExp; readonly query: RegExp }[] = [
  { target: /^worklets\/processor\.ts$/, query: /^\?worker&url$/ },
  { target: /^dist\/engine\.wasm$/, query: /^\?url$/ },
  { target: /^dist\/sandbox\/[a-z-]+\.js$/, query: /^\?(?:raw|url)$/ },
];

/** Where a package may be imported. What is not named here may not be imported at all. */
const PACKAGES: readonly { readonly name: RegExp; readonly where: RegExp }[] = [
  { name: /^@codemirror\//, where: /^src\// },
  { name: /^@lezer\//, where: /^(?:src|runtime\/program)\// },
  { name: /^@fontsource\//, where: /^src\// },
  { name: /^@preact\/signals-core$/, where: /^src\// },
  { name: /^idb$/, where: /^src\// },
  { name: /^valibot$/, where: /^(?:src|runtime)\// },
  { name: /^@jridgewell\/trace-mapping$/, where: /^runtime\// },
  { name: /^esbuild-wasm$/, where: /^runtime\/(?:program|cli)\// },
  { name: /^typescript$/, where: /^(?:runtime|src)\// },
  { name: /^express$/, where: /^runtime\/cli\// },
  {
    name: /^(?:assemblyscript|rolldown|vite|playwright-core)$/,
    where: /^(?:runtime\/cli\/|vite\.config\.ts$)/,
  },
  { name: /^tone$/, where: /^runtime\/packs\/tone\// },
];
/** Tools that only tests may import; tests may import everything above too. */
const TEST_PACKAGES = /^(?:vitest|fast-check|fraction\.js|@axe-core\/playwright)$/;
/** Files that run in Node and may use its modules. */
const NODE_FILES = /^(?:runtime\/cli\/|tests\/|vite\.config\.ts$)|(?:^|\/)node-[a-z-]+\.m?[jt]s$/;

/** Breaches of directions, packages and addresses. */
export function importBreaches(files: Files): string[] {
  return importsOf(files).flatMap((each) => {
    const fault = each.target === undefined ? packageFault(each) : directionFault(each, files);
    return fault ? [`${each.from}: ${fault}`] : [];
  });
}

function directionFault({ from, name, query, target }: Import, files: Files): string | undefined {
  if (target!.startsWith('..')) return `${name} leaves the project`;
  if (BY_ADDRESS.some((row) => row.target.test(target!) && row.query.test(query))) return undefined;
  const room = roomOf(from);
  const isOwn = roomOf(target!) === room;
  // Files at the top are configuration: they may see what the command line sees.
  const allowed = DIRECTIONS[room] ?? [/^runtime\//];
  if (!isOwn && !allowed.some((pattern) => pattern.test(target!))) return `${room} may not import ${target}`;
  if (query === '' && isScript(target!) && !target!.startsWith('dist/') && !files.has(target!))
    return `${name} does not exist`;
  return undefined;
}

function packageFault({ from, name }: Import): string | undefined {
  if (name.startsWith('node:'))
    return NODE_FILES.test(from) ? undefined : `${name} is Node's, and this file is not`;
  if (isBuiltin(name)) return `write node:${name}`;
  const parts = name.split('/');
  const packageName = name.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
  const isTest = from.startsWith('tests/');
  if (isTest && TEST_PACKAGES.test(packageName)) return undefined;
  const row = PACKAGES.find((each) => each.name.test(packageName) || each.name.test(name));
  if (!row) return `${packageName} may not be imported`;
  return isTest || row.where.test(from) ? undefined : `${packageName} may not be imported here`;
}

/** Import cycles, each told once: `a.ts -> b.ts -> a.ts`. Types count too: a cycle of meaning is one. */
export function importCycles(files: Files): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, target, query } of importsOf(files)) {
    if (target === undefined || query !== '' || !files.has(target)) continue;
    edges.set(from, [...(edges.get(from) ?? []), target]);
  }
  const cycles: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      cycles.push([...path.slice(at), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of [...edges.keys()].sort()) visit(file);
  return cycles;
}

/** Files that are too long and do not say why in their first comment. */
export function lengthBreaches(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines <= LONGEST_FILE_LINES) return [];
    const header = /^(?:#![^\n]*\n)?\s*\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? '';
    return LENGTH_REASON.test(header) ? [] : [`${file}: ${lines} lines, and no reason in the header`];
  });
}

/** Entries of the top folder that the contract does not name. */
export function topLevelBreaches(entries: readonly string[]): string[] {
  return entries
    .filter((entry) => !entry.startsWith('.') && !TOP_LEVEL.has(entry) && !BUILT.has(entry))
    .map((entry) => `${entry}: not one of the top-level entries`);
}

/** Every import of every file: static, dynamic, re-export and type. Comments and strings do not count. */
function importsOf(files: Files): Import[] {
  return [...files].flatMap(([from, text]) =>
    isScript(from)
      ? ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
          const [name = '', query] = fileName.split('?');
          const target = name.startsWith('.') ? posix.join(posix.dirname(from), name) : undefined;
          return { from, name, query: query === undefined ? '' : `?${query}`, target };
        })
      : [],
  );
}

const isScript = (path: string): boolean => /\.m?[jt]s$/.test(path);
const roomOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

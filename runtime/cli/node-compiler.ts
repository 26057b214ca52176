/** The compiler of programs in Node: the page's own, with esbuild's wasm from the installed package. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Compiler, makeCompiler } from '../program/compile.ts';
import { startEsbuild } from '../program/esbuild-host.ts';

let compiler: Promise<Compiler> | null = null;

/** The one compiler of this process; `root` is the project's folder. */
export function nodeCompiler(root: string): Promise<Compiler> {
  compiler ??= start(root);
  return compiler;
}

async function start(root: string): Promise<Compiler> {
  const bytes = await readFile(join(root, 'node_modules', 'esbuild-wasm', 'esbuild.wasm'));
  return makeCompiler(await startEsbuild(await WebAssembly.compile(bytes)));
}

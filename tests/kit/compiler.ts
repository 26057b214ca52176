/** One compiler for a test file, with esbuild's wasm from node_modules. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Compiler, makeCompiler } from '../../runtime/program/compile.ts';
import { startEsbuild } from '../../runtime/program/esbuild-host.ts';

let compiler: Promise<Compiler> | null = null;

export function testCompiler(): Promise<Compiler> {
  compiler ??= start();
  return compiler;
}

async function start(): Promise<Compiler> {
  const path = createRequire(import.meta.url).resolve('esbuild-wasm/esbuild.wasm');
  const module = await WebAssembly.compile(await readFile(path));
  return makeCompiler(await startEsbuild(module));
}

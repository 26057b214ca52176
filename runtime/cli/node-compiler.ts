/** The compiler of programs in Node: the page's own, with esbuild's wasm from the installed package. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type Compiler, makeCompiler } from '../program/compile.ts';
import { startEsbuild } from '../program/esbuild-host.ts';

let compiler: Promise<Compiler> | null = null;

/** The one compiler of this process; `root` is the project's folder. */
export function nodeCompiler(root: string): Promise<Compiler> {
  compiler ??= start(root);
  return compiler;
}

/**
 * esbuild is 12 MB of wasm of which a program needs little. V8's optimising compiler would spend ten times longer on
 * it than the work takes (2.4 s of processor instead of 0.25 before the first answer; also ahead after 50
 * programs of 200 lines), so esbuild's functions stay with the quick one. The engine is compiled later, with both.
 */
async function start(root: string): Promise<Compiler> {
  const bytes = await readFile(join(root, 'node_modules', 'esbuild-wasm', 'esbuild.wasm'));
  setFlagsFromString('--liftoff-only');
  setFlagsFromString('--no-wasm-tier-up');
  try {
    const transform = await startEsbuild(await WebAssembly.compile(bytes));
    // Functions are compiled when they are first called: call those that every program needs.
    await transform('let x: number = 1;', { loader: 'ts', sourcemap: 'external', charset: 'utf8' });
    return makeCompiler(transform);
  } finally {
    setFlagsFromString('--no-liftoff-only');
    setFlagsFromString('--wasm-tier-up');
  }
}

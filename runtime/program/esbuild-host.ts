/**
 * Starts esbuild's WebAssembly in the thread it is called from, in a browser's worker and in Node alike, without
 * esbuild's own worker. One instance a module; a dead one takes its thread with it.
 */
import { initialize, transform } from 'esbuild-wasm/esm/browser.min.js';
import type { Transform } from './compile.ts';

/** `module` is the compiled esbuild.wasm. Call it once a thread. */
export async function startEsbuild(module: WebAssembly.Module): Promise<Transform> {
  // esbuild's browser build looks for `self`, which Node lacks.
  const scope = globalThis as { self?: unknown };
  scope.self ??= globalThis;
  await initialize({ wasmModule: module, worker: false });
  return transform as unknown as Transform;
}

/**
 * Entry of the page's compile worker: the compiler with esbuild's wasm, a text in, an outcome out. It evaluates nothing.
 * Thread: compile worker; blocks: while it compiles.
 */
import esbuildUrl from 'esbuild-wasm/esbuild.wasm?url';
import { type Compiler, makeCompiler } from './compile.ts';
import type { CompileAnswer, CompileRequest } from './compiler-client.ts';
import { startEsbuild } from './esbuild-host.ts';

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<CompileRequest>) => void) | null;
  postMessage(answer: CompileAnswer): void;
};
const compiler = start();
compiler.then(
  () => scope.postMessage({ type: 'ready' }),
  (error: unknown) => scope.postMessage({ type: 'dead', message: messageOf(error) }),
);

scope.onmessage = (event) => void answer(event.data);

async function start(): Promise<Compiler> {
  const response = await fetch(esbuildUrl);
  if (!response.ok) throw new Error(`${esbuildUrl} answers ${response.status}`);
  const module = await WebAssembly.compileStreaming(response.clone()).catch(async () =>
    WebAssembly.compile(await response.arrayBuffer()),
  );
  const made = makeCompiler(await startEsbuild(module));
  // The first compilation warms parser and esbuild: the musician's first one is quick.
  await made.compile('$: s("bd*4, hh*8").every(2, x => x.fast(2))\nlead: note("c e g")');
  return made;
}

async function answer({ serial, text }: CompileRequest): Promise<void> {
  try {
    scope.postMessage({ type: 'outcome', serial, outcome: await (await compiler).compile(text) });
  } catch (error) {
    scope.postMessage({ type: 'dead', message: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

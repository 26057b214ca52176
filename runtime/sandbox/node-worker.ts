/**
 * The killable process behind the command line: one vm context a session, the realm's script run in each. Only
 * strings cross into a context, and a context's objects are never called from here. It is a process and no worker
 * thread, since a thread that runs out of memory takes the whole process with it. Blocks while user code runs.
 */
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import type { Program, Version } from '../program/program.ts';
import { programFileName } from '../program/program-frames.ts';
import type { FromNodeWorker, NodeAnswer, ToNodeWorker } from './node-messages.ts';

/** No code from strings, and promises that run dry before a script returns. */
const CONTEXT_OPTIONS: vm.CreateContextOptions = {
  codeGeneration: { strings: false, wasm: false },
  microtaskMode: 'afterEvaluate',
};

// The entry is a name of the scripts' own scope: no property of the global object, and programs may not name it.
const realmSource = `${readFileSync(process.argv[2] ?? '', 'utf8')}
;const __taleaEntry = globalThis.__taleaEntry;
delete globalThis.__taleaEntry;`;
const realmScript = new vm.Script(realmSource, { filename: 'talea-realm.js' });

const sessions = new Map<number, vm.Context>();

process.on('message', (message: ToNodeWorker) => {
  const text = handle(message);
  if (message.type !== 'close') process.send?.({ id: message.id, text } satisfies FromNodeWorker);
});
process.on('disconnect', () => process.exit());
// A promise of a program that nobody awaits may fail; what the program states plays all the same.
process.on('unhandledRejection', () => {});

/** The answer to one request, as JSON text. */
function handle(message: ToNodeWorker): string {
  try {
    if (message.type === 'open') return open(message.session, message.program, message.limitMs);
    if (message.type === 'query') {
      const context = sessions.get(message.session);
      if (context === undefined) return stopped('The program is not there any more');
      return call(context, `query(${literal(message.request)})`, message.limitMs);
    }
    sessions.delete(message.session);
    return JSON.stringify({ type: 'closed' } satisfies NodeAnswer);
  } catch (thrown) {
    if (message.type !== 'close') sessions.delete(message.session);
    return stopped(wordsFor(thrown, message.type === 'close' ? 0 : message.limitMs));
  }
}

function open(session: number, program: Program, limitMs: number): string {
  // An ordinary global object, not one that asks the host for every name; Node 20.18 and later have it.
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY as unknown as vm.Context, CONTEXT_OPTIONS);
  sessions.set(session, context);
  realmScript.runInContext(context);
  for (const version of [program.current, ...Object.values(program.lastGood)]) define(context, version);
  return call(context, `open(${literal(program)})`, limitMs);
}

function define(context: vm.Context, { evalId, compiled }: Version): void {
  const name = programFileName(evalId);
  const source = `__taleaEntry.define(${Number(evalId)}, ${compiled.code}\n)\n//# sourceURL=${name}`;
  new vm.Script(source, { filename: name }).runInContext(context, { timeout: 1000 });
}

/** Calls the entry and reads the box it returns, once the context's promises have run dry. */
function call(context: vm.Context, expression: string, limitMs: number): string {
  const script = new vm.Script(`__taleaEntry.${expression}`, { filename: 'talea-call.js' });
  const box = script.runInContext(context, { timeout: Math.max(1, Math.ceil(limitMs)) }) as {
    text?: unknown;
  };
  const text = box.text;
  return typeof text === 'string' ? text : stopped('The program waits for something that never comes');
}

/** Data as a JavaScript string literal of its JSON. */
const literal = (data: unknown): string => JSON.stringify(JSON.stringify(data));

function stopped(message: string): string {
  return JSON.stringify({ type: 'stopped', message } satisfies NodeAnswer);
}

function wordsFor(thrown: unknown, limitMs: number): string {
  return codeOf(thrown) === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    ? tooLong(limitMs)
    : 'The program could not be run';
}

/** The error may belong to the context (so `instanceof` says nothing), and may be anything that the program made. */
function codeOf(thrown: unknown): unknown {
  try {
    return (thrown as NodeJS.ErrnoException | null)?.code;
  } catch {
    return undefined;
  }
}

function tooLong(limitMs: number): string {
  return `The program was stopped: it ran longer than ${limitMs / 1000} s`;
}

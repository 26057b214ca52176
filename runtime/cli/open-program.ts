/**
 * From a program's text to a session in the killable realm: compile, evaluate, and tell mistakes by their place. What
 * render and other commands that play a program share; it knows no sound.
 */
import type { Diagnostic, Program } from '../program/program.ts';
import { type NodeHost, type NodeSession, StoppedError } from '../sandbox/node-host.ts';
import type { Io } from './command.ts';
import { InputError, ProgramError } from './command.ts';
import { mistakeLines } from './mistakes.ts';
import { nodeCompiler } from './node-compiler.ts';
import type { ProgramText } from './program-file.ts';

const FIRST_EVALUATION = 1;

/** Compiles a text. Throws an InputError whose message are the mistakes, one a line. */
export async function compileProgram(source: ProgramText, io: Io): Promise<Program> {
  const outcome = await (await nodeCompiler(io.root)).compile(source.text);
  if (!outcome.ok) throw mistakesError(source, outcome.diagnostics);
  const current = { evalId: FIRST_EVALUATION, text: source.text, compiled: outcome.compiled };
  return { current, lastGood: {} };
}

/** Evaluates a program; warnings go to stderr. Throws an InputError for mistakes and for what never ends. */
export async function openProgram(
  host: NodeHost,
  program: Program,
  source: ProgramText,
  io: Io,
): Promise<NodeSession> {
  let session: NodeSession;
  try {
    session = await host.open(program);
  } catch (error) {
    throw stoppedError(source, error);
  }
  const { ok, diagnostics } = session.outcome;
  if (!ok) throw mistakesError(source, diagnostics);
  tellMistakes(source, diagnostics, io);
  return session;
}

/** An InputError for a StoppedError; other errors stay what they are. */
export function stoppedError(source: ProgramText, error: unknown): unknown {
  return error instanceof StoppedError ? new InputError(`${source.name}: ${error.message}.`) : error;
}

/** Mistakes that stop nothing, to stderr. */
export function tellMistakes(source: ProgramText, mistakes: readonly Diagnostic[], io: Io): void {
  for (const line of mistakes.flatMap((mistake) => mistakeLines(source, mistake)))
    io.stderr.write(`${line}\n`);
}

/** Lines for the user; the first begins with the place, not with our name. */
export function mistakesError(source: ProgramText, mistakes: readonly Diagnostic[]): ProgramError {
  return new ProgramError(mistakes.flatMap((mistake) => mistakeLines(source, mistake)).join('\n'));
}

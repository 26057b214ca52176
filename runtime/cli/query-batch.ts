/**
 * `talea query --batch`: JSON lines in, JSON lines out, in the same order. One process serves thousands of programs;
 * while one runs in the realm, the next is compiled. Nothing that a program does ends the batch.
 */
import { createInterface } from 'node:readline';
import type { CompileOutcome, Diagnostic } from '../program/program.ts';
import { NodeHost, nodeScripts, StoppedError } from '../sandbox/node-host.ts';
import type { Io } from './command.ts';
import { type CycleRange, RangeMistake, readCycleRange } from './cycle-range.ts';
import { nodeCompiler } from './node-compiler.ts';
import { writeWhole } from './write-stream.ts';

/** For evaluating and querying one program together. */
const PROGRAM_LIMIT_MS = 2000;
const DEFAULT_CYCLES_PER_SECOND = 0.5;
/** Text of one line; longer ones are refused. */
const LONGEST_LINE = 4_000_000;

interface Asked {
  readonly id: unknown;
  readonly code: string;
  readonly range: CycleRange;
}

interface BatchError {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

/** A line that is no request. */
class LineMistake extends Error {
  readonly id: unknown;

  constructor(message: string, id: unknown = null) {
    super(message);
    this.id = id;
  }
}

/** Answers every line of standard input; 0, or 1 where a line was no request. */
export async function runBatch(io: Io): Promise<number> {
  const host = new NodeHost({ ...nodeScripts(io.root), limitMs: PROGRAM_LIMIT_MS });
  const compiler = await nodeCompiler(io.root);
  let exitCode = 0;
  let answers: Promise<void> = Promise.resolve();
  let number = 0;
  const answer = async (line: string, lineNumber: number): Promise<void> => {
    let asked: Asked;
    try {
      asked = readLine(line, lineNumber);
    } catch (error) {
      if (!(error instanceof LineMistake)) throw error;
      exitCode = 1;
      const mistake = { id: error.id, error: { message: error.message, from: 0, to: 0 } };
      answers = answers.then(() => writeWhole(io.stdout, `${JSON.stringify(mistake)}\n`));
      return;
    }
    const compiled = await compiler.compile(asked.code);
    const before = answers;
    answers = before.then(async () => {
      const result = await answerOne(host, asked, compiled, lineNumber);
      await writeWhole(io.stdout, result);
    });
    // One ahead: enough to keep both threads busy, little enough to keep the order and the memory.
    await before;
  };
  try {
    for await (const line of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.trim() !== '') await answer(line, number);
    }
    await answers;
  } finally {
    await host.close();
  }
  return exitCode;
}

function readLine(line: string, number: number): Asked {
  if (line.length > LONGEST_LINE)
    throw new LineMistake(`Line ${number} is longer than ${LONGEST_LINE} characters`);
  let data: unknown;
  try {
    data = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    throw new LineMistake(`Line ${number} is no JSON`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new LineMistake(`Line ${number} is no object such as {"id":1,"code":"…"}`);
  }
  const { id = null, code, from, to } = data as Record<string, unknown>;
  if (typeof code !== 'string') throw new LineMistake(`Line ${number} has no text "code"`, id);
  try {
    return { id, code, range: readCycleRange(from, to, { from: '"from"', to: '"to"' }) };
  } catch (error) {
    if (error instanceof RangeMistake) throw new LineMistake(`Line ${number}: ${error.message}`, id);
    throw error;
  }
}

/** The line for one program. */
async function answerOne(
  host: NodeHost,
  asked: Asked,
  compiled: CompileOutcome,
  evalId: number,
): Promise<string> {
  const failed = (error: BatchError): string => `${JSON.stringify({ id: asked.id, error })}\n`;
  if (!compiled.ok) return failed(firstError(compiled.diagnostics));
  const begun = Date.now();
  const current = { evalId, text: asked.code, compiled: compiled.compiled };
  try {
    const session = await host.open({ current, lastGood: {} });
    try {
      const { ok, diagnostics, tempo } = session.outcome;
      if (!ok) return failed(firstError(diagnostics));
      const cyclesPerSecond = tempo?.cyclesPerSecond ?? DEFAULT_CYCLES_PER_SECOND;
      const leftMs = Math.max(100, PROGRAM_LIMIT_MS - (Date.now() - begun));
      const answer = await session.queryLines(asked.range.from, asked.range.to, cyclesPerSecond, leftMs);
      const failure = answer.failures[0];
      if (failure !== undefined) return failed(firstError([failure.diagnostic]));
      return `{"id":${JSON.stringify(asked.id)},"events":[${(answer.lines ?? []).join(',')}]}\n`;
    } finally {
      session.close();
    }
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    return failed({ message: error.message, from: 0, to: asked.code.length });
  }
}

function firstError(diagnostics: readonly Diagnostic[]): BatchError {
  const first = diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0];
  if (first === undefined) return { message: 'The program could not be read', from: 0, to: 0 };
  return { message: first.message, from: first.from, to: first.to };
}

/**
 * `talea query`: the events of a program, one line each, or many programs as JSON lines. Knows the command's words;
 * programs run in the realm, ranges and lines have files of their own.
 */
import { rational } from '../../../patterns/rational.ts';
import { NodeHost, nodeScripts } from '../../sandbox/node-host.ts';
import { parseArguments } from '../arguments.ts';
import { type Io, UsageError } from '../command.ts';
import { type CycleRange, RangeMistake, readCycleRange } from '../cycle-range.ts';
import { eventLine } from '../event-line.ts';
import { compileProgram, mistakesError, openProgram, stoppedError, tellMistakes } from '../open-program.ts';
import { QUERY_OPTIONS } from '../options.ts';
import { readProgramText } from '../program-file.ts';
import { runBatch } from '../query-batch.ts';
import { writeWhole } from '../write-stream.ts';

/** As in the page, where a program states no tempo. */
export const DEFAULT_CYCLES_PER_SECOND = 0.5;

/** Cycles of one request: what is found is printed in between. */
const CHUNK_CYCLES = 16;
/** A single program may take its time. */
const CHUNK_LIMIT_MS = 20_000;

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(argv, QUERY_OPTIONS);
  if (given.has('batch')) {
    const stray = ['from', 'to', 'json'].find((name) => given.has(name)) ?? given.positionals[0];
    if (stray !== undefined)
      throw new UsageError(`--batch reads everything from standard input; it takes no ${stray}.`);
    return runBatch(io);
  }
  const [file, ...others] = given.positionals;
  if (file === undefined) throw new UsageError('query needs a FILE, or - for standard input.');
  if (others.length > 0) throw new UsageError(`query takes one FILE; ${others[0]} is one too many.`);
  const range = readRange(given.text('from'), given.text('to'));
  return queryFile(file, range, given.has('json'), io);
}

function readRange(from: string | undefined, to: string | undefined): CycleRange {
  try {
    return readCycleRange(from, to, { from: '--from', to: '--to' });
  } catch (error) {
    throw error instanceof RangeMistake ? new UsageError(`${error.message}.`) : error;
  }
}

async function queryFile(file: string, { from, to }: CycleRange, json: boolean, io: Io): Promise<number> {
  const source = await readProgramText(file, io);
  const program = await compileProgram(source, io);
  tellMistakes(source, program.current.compiled.warnings, io);
  const host = new NodeHost({ ...nodeScripts(io.root), limitMs: 5000 });
  try {
    const session = await openProgram(host, program, source, io);
    const { tempo, tracks, log } = session.outcome;
    tellLog(log, io);
    if (tracks.length === 0) io.stderr.write(`${source.name} plays nothing: it has no track.\n`);
    const cyclesPerSecond = tempo?.cyclesPerSecond ?? DEFAULT_CYCLES_PER_SECOND;
    for (let begin = from; begin.compare(to) < 0; ) {
      const end = begin.floor().add(rational(CHUNK_CYCLES)).min(to);
      const answer = await session.queryLines(begin, end, cyclesPerSecond, CHUNK_LIMIT_MS);
      tellMistakes(source, answer.warnings, io);
      tellLog(answer.log, io);
      if (answer.failures.length > 0)
        throw mistakesError(
          source,
          answer.failures.map(({ diagnostic }) => diagnostic),
        );
      const lines = json ? (answer.lines ?? []) : (answer.lines ?? []).map(eventLine);
      await writeWhole(io.stdout, lines.map((line) => `${line}\n`).join(''));
      begin = end;
    }
    return 0;
  } catch (error) {
    throw stoppedError(source, error);
  } finally {
    await host.close();
  }
}

/** What the program printed is not its events. */
function tellLog(log: readonly string[], io: Io): void {
  for (const line of log) io.stderr.write(`${line}\n`);
}

/**
 * How many events a second of processor time pays for, on expressions as musicians type them. Where the variable
 * TALEA_BENCH_PEER names a folder with @strudel/core and @strudel/mini installed, that engine answers the same
 * expressions in the same run. It measures; it asserts nothing.
 */
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { globals } from '../../patterns/index.ts';

export const name = 'patterns';

/** Only text in arguments, so that no realm needs methods on its text. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  sequence: 's("bd hh sd [hh hh]").gain("0.5 0.9")',
  nested: 'note("<[c e g b]*2 [d f a]>*4").s("saw").lpf("400 800 1200").room(.3)',
  transforms: 's("bd*8").every(3, x => x.fast(2)).jux(rev)',
  euclid: 'stack(s("bd").euclid(3, 8), s("hh").euclid("<5 7>", 16), s("sd(2,8,<0 2>)"))',
  signals: 'note(sine.range(40, 60).segment(16).add("<0 2>")).pan(saw.slow(4))',
  samples: 's("breaks").chop(8).off(1/8, x => x.speed(2)).ply("<1 2>")',
};

const WARM_CYCLES = 64;
const ROUNDS = 6;
const ROUND_MS = 150;
/** The design asks for ten times the peer. */
const TIMES_PEER = 10;

interface Queryable {
  queryArc(begin: number, end: number, controls: object): readonly unknown[];
}

interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: number;
  readonly peer?: number;
}

function evaluate(code: string, names: Readonly<Record<string, unknown>>): Queryable {
  const keys = Object.keys(names);
  return new Function(...keys, `return (${code});`)(...keys.map((key) => names[key])) as Queryable;
}

/** The best of several rounds: other processes only ever slow a round down. */
function eventsPerCpuSecond(pattern: Queryable, controls: object): number {
  let cycle = 0;
  for (; cycle < WARM_CYCLES; cycle += 1) pattern.queryArc(cycle, cycle + 1, controls);
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let events = 0;
    const before = process.cpuUsage();
    const end = performance.now() + ROUND_MS;
    while (performance.now() < end) {
      events += pattern.queryArc(cycle, cycle + 1, controls).length;
      cycle += 1;
    }
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, (events * 1e6) / (user + system));
  }
  return Math.round(best);
}

/** The peer's globals, or null where none is installed. */
async function peerGlobals(): Promise<Record<string, unknown> | null> {
  const folder = process.env['TALEA_BENCH_PEER'];
  if (folder === undefined) return null;
  // Its web part has no export that Node can load; queries do not need it.
  const empty = 'data:text/javascript,export class SalatRepl {}';
  const hooks = `export async function resolve(name, context, next) {
    return name === '@kabelsalat/web' ? { url: ${JSON.stringify(empty)}, shortCircuit: true } : next(name, context);
  }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  const log = console.log;
  console.log = () => {};
  try {
    const load = (file: string) => import(pathToFileURL(join(folder, 'node_modules/@strudel', file)).href);
    const core = await load('core/dist/index.mjs');
    const mini = await load('mini/dist/index.mjs');
    core.setStringParser(mini.mini);
    return { ...core };
  } finally {
    console.log = log;
  }
}

/** Rows of events per second of processor time, one per expression. */
export async function run(): Promise<BenchRow[]> {
  const ours = globals();
  const theirs = await peerGlobals();
  return Object.entries(EXPRESSIONS).map(([title, code]) => {
    const value = eventsPerCpuSecond(evaluate(code, ours), { cyclesPerSecond: 0.5 });
    const row = { name: title, value, unit: 'events per CPU second' };
    if (theirs === null) return row;
    const peer = eventsPerCpuSecond(evaluate(code, theirs), { _cps: 0.5 });
    return { ...row, peer, goal: peer * TIMES_PEER };
  });
}

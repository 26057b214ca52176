/**
 * From Mod-Enter to a program that could swap in, in Node: marking and esbuild, then evaluation in the realm and the
 * first look-ahead window, on a program of 200 lines. The budget is that of the page (120 ms, p95), which has
 * the same stages; the wait for the boundary is not in it. It measures; it asserts nothing.
 */
import { fileURLToPath } from 'node:url';
import { nodeCompiler } from '../../runtime/cli/node-compiler.ts';
import type { Program } from '../../runtime/program/program.ts';
import { NodeHost, nodeScripts } from '../../runtime/sandbox/node-host.ts';
import { OfflineScheduler } from '../../runtime/schedule/offline.ts';

export const name = 'evaluation';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const LINES = 200;
const WARM_ROUNDS = 15;
const ROUNDS = 60;
const CYCLES_PER_SECOND = 0.5;
/** The dry run's window: at most 30 ms. */
const FIRST_WINDOW_CYCLES = 0.03 * CYCLES_PER_SECOND;
const BUDGET_MS = 120;

/** A program as long as a long set: tracks, arithmetic, comments. `round` makes each text new. */
function programText(round: number): string {
  const lines = [`// take ${round}`, 'setcps(0.5)', 'const wobble = sine.range(300, 1200).slow(4)'];
  for (let track = 0; lines.length < LINES; track++) {
    lines.push(
      `track${track}: note("<c${(track % 4) + 2} eb3 [g3 bb3]*2 ${round % 12}>*${(track % 7) + 1}")`,
      `  .s("sawtooth").lpf(wobble).gain(${((track % 9) + 1) / 20})`,
      `  .every(${(track % 3) + 2}, x => x.fast(2)).room("0 .${(track % 8) + 1}")`,
      `// line ${lines.length}`,
    );
  }
  return lines.slice(0, LINES).join('\n');
}

export async function run() {
  const began = performance.now();
  const compiler = await nodeCompiler(ROOT);
  const started = performance.now() - began;
  const host = new NodeHost(nodeScripts(ROOT));
  const stages = { compile: [] as number[], evaluate: [] as number[], together: [] as number[] };
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
    const text = programText(round);
    const begin = performance.now();
    const outcome = await compiler.compile(text);
    if (!outcome.ok) throw new Error(outcome.diagnostics[0]!.message);
    const compiled = performance.now();
    const program: Program = {
      current: { evalId: round + 1, text, compiled: outcome.compiled },
      lastGood: {},
    };
    const session = await host.open(program);
    if (!session.outcome.ok) throw new Error(session.outcome.diagnostics[0]!.message);
    const scheduler = new OfflineScheduler(session, {
      fromCycle: 0,
      toCycle: FIRST_WINDOW_CYCLES,
      cyclesPerSecond: CYCLES_PER_SECOND,
    });
    await scheduler.next();
    const end = performance.now();
    session.close();
    if (round < WARM_ROUNDS) continue;
    stages.compile.push(compiled - begin);
    stages.evaluate.push(end - compiled);
    stages.together.push(end - begin);
  }
  await host.close();
  const row = (what: string, value: number, goal?: number) => ({
    name: what,
    value,
    unit: 'ms',
    ...(goal === undefined ? {} : { goal }),
  });
  return [
    row('compiler starts, once', started),
    row(`mark and compile ${LINES} lines, p50`, quantile(stages.compile, 0.5)),
    row(`mark and compile ${LINES} lines, p95`, quantile(stages.compile, 0.95)),
    row('fresh realm, evaluate, first window, p50', quantile(stages.evaluate, 0.5)),
    row('fresh realm, evaluate, first window, p95', quantile(stages.evaluate, 0.95)),
    row('text to ready for the swap, p95', quantile(stages.together, 0.95), BUDGET_MS),
  ];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

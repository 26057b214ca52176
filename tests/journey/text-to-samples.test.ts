/**
 * The journey of the product in Node, on a virtual clock: typed text -> compiler -> realm -> supervisor, performer and
 * scheduler -> batches -> engine -> samples. Onsets must lie at the exact frames that the timeline gives.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Compiled } from '../../runtime/program/program.ts';
import { NodeHost, type NodeSession, nodeScripts } from '../../runtime/sandbox/node-host.ts';
import { Performer } from '../../runtime/sandbox/performer.ts';
import type { Realm } from '../../runtime/sandbox/realm-surface.ts';
import { OfflineScheduler } from '../../runtime/schedule/offline.ts';
import { frameAt, onsetFrame } from '../../runtime/schedule/timeline.ts';
import { BLOCK_FRAMES, Engine, type Tick } from '../../worklets/wire.ts';
import { testCompiler } from '../kit/compiler.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RATE = 48_000;
const BLOCKS_PER_TICK = 8;
const DELAY_SECONDS = 0.03;
let module: WebAssembly.Module;
let host: NodeHost;

beforeAll(async () => {
  module = await WebAssembly.compile(await readFile(`${root}/dist/engine.wasm`));
  host = new NodeHost(nodeScripts(root));
});
afterAll(() => host.close());

async function compiled(text: string): Promise<Compiled> {
  const outcome = await (await testCompiler()).compile(text);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('; '));
  return outcome.compiled;
}

async function opened(text: string): Promise<NodeSession> {
  return host.open({ current: { evalId: 1, text, compiled: await compiled(text) }, lastGood: {} });
}

function tickOf(engine: Engine): Tick {
  engine.observe();
  const cycle = engine.value('cycle');
  return {
    type: 'tick',
    frame: engine.value('frame'),
    sampleRate: RATE,
    cycle: Number.isNaN(cycle) ? null : cycle,
    cyclesPerSecond: engine.value('cyclesPerSecond'),
    horizon: engine.value('horizon'),
    epoch: engine.value('epoch'),
    repeating: engine.value('repeating') === 1,
  };
}

/** One performance as live: a performer per program, ticks every 8 blocks, its batches pushed at once. */
class Performance {
  readonly engine = new Engine(module, { sampleRate: RATE, polyphony: 64 });
  readonly left: number[] = [];
  private readonly performers: Performer[] = [];
  private epoch = 0;

  async perform(text: string, fromCycle: number, delaySeconds = DELAY_SECONDS): Promise<void> {
    const session = await opened(text);
    expect(session.outcome.diagnostics).toEqual([]);
    const realm: Realm = {
      evaluate: () => Promise.resolve(session.outcome),
      query: (begin, end, cps) => session.query(begin, end, cps),
      takeLog: () => [],
    };
    const performer = new Performer(
      realm,
      {
        toEngine: (buffer) => this.engine.push(buffer),
        toSupervisor: () => {},
        now: () => 0,
        every: () => () => {},
      },
      0.15,
    );
    const start = this.epoch === 0 ? { cyclesPerSecond: 0.5, delaySeconds } : null;
    await performer.onEngine(tickOf(this.engine));
    this.epoch += 1;
    const strips = Object.fromEntries(session.outcome.tracks.map(({ name }, i) => [name, i + 1]));
    const { tempo } = session.outcome;
    await performer.onSupervisor({
      type: 'go',
      epoch: this.epoch,
      fromCycle,
      start,
      tempo: start ? null : tempo,
      strips,
    });
    this.performers.push(performer);
  }

  async run(seconds: number): Promise<void> {
    const blocks = Math.ceil((seconds * RATE) / BLOCK_FRAMES);
    for (let block = 1; block <= blocks; block++) {
      this.engine.render();
      for (const sample of this.engine.left) this.left.push(sample);
      if (block % BLOCKS_PER_TICK !== 0) continue;
      const tick = tickOf(this.engine);
      for (const performer of this.performers) await performer.onEngine(tick);
    }
  }

  /** Frames at which silence ends. `quietFrames` of silence must come before. */
  onsets(quietFrames = 400): number[] {
    const found: number[] = [];
    let quiet = quietFrames;
    for (const [frame, sample] of this.left.entries()) {
      if (Math.abs(sample) < 1e-6) quiet += 1;
      else {
        if (quiet >= quietFrames) found.push(frame);
        quiet = 0;
      }
    }
    return found;
  }
}

/**
 * Frames between a note's onset and its first audible sample: a property of the sound (limiter's look-ahead, attack),
 * measured once from a single note at cycle 0.
 */
async function soundDelay(sound: string): Promise<number> {
  const performance = new Performance();
  await performance.perform(`$: ${sound}.mask("1 0 0 0")`, 0);
  await performance.run(0.5);
  return performance.onsets()[0]! - DELAY_SECONDS * RATE;
}

const BLIP = 's("square").note(69).clip(.05).release(.001)';

describe('text to samples', () => {
  test('each onset lies at the exact frame of its cycle', async () => {
    const delay = await soundDelay(BLIP);
    const performance = new Performance();
    await performance.perform(`$: ${BLIP}.struct("t*8")`, 0);
    await performance.run(8);
    const segments = performance.engine.segments();
    const frames = Array.from({ length: 31 }, (_, i) => onsetFrame(frameAt(segments, i / 8)!) + delay);
    expect(performance.onsets().slice(0, 31)).toEqual(frames);
    const { late, dropped, repeated, refused, clamped } = performance.engine.counters();
    expect({ late, dropped, repeated, refused, clamped }).toEqual({
      late: 0,
      dropped: 0,
      repeated: 0,
      refused: 0,
      clamped: 0,
    });
  });

  test('odd divisions too, over a tempo change in the middle and a swap at its boundary', async () => {
    const delay = await soundDelay(BLIP);
    const performance = new Performance();
    await performance.perform(`$: ${BLIP}.struct("t*5")`, 0);
    await performance.run(3.5);
    await performance.perform(`setcps(0.75)\n$: ${BLIP}.struct("t*7")`, 2);
    await performance.run(4);
    const segments = performance.engine.segments();
    const cycles = [
      ...Array.from({ length: 10 }, (_, i) => i / 5),
      ...Array.from({ length: 14 }, (_, i) => 2 + i / 7),
    ];
    // The first segment has been pruned by now: the old tempo's frames are plain arithmetic.
    const swapFrame = DELAY_SECONDS * RATE + 2 * 2 * RATE;
    const want = cycles.map((cycle) =>
      cycle < 2 ? onsetFrame(DELAY_SECONDS * RATE + cycle * 2 * RATE) : onsetFrame(frameAt(segments, cycle)!),
    );
    expect(onsetFrame(frameAt(segments, 2)!)).toBe(swapFrame);
    expect(performance.onsets().slice(0, want.length)).toEqual(want.map((frame) => frame + delay));
    const { late, dropped, repeated, refused } = performance.engine.counters();
    expect({ late, dropped, repeated, refused }).toEqual({ late: 0, dropped: 0, repeated: 0, refused: 0 });
  });

  test('live and offline: the same text gives the same samples, bit by bit', async () => {
    const text =
      '$: s("bd*2, hh*8?, ~ sd")\nbass: note("c2 <eb2 g2>*2").s("saw").lpf(sine.range(200, 2000).slow(3)).room(.2)';
    const performance = new Performance();
    await performance.perform(text, 0, 0);
    await performance.run(8);
    const session = await opened(text);
    const strips = Object.fromEntries(session.outcome.tracks.map(({ name }, i) => [name, i + 1]));
    const offline = new OfflineScheduler(session, { fromCycle: 0, toCycle: 5, cyclesPerSecond: 0.5, strips });
    const engine = new Engine(module, { sampleRate: RATE, polyphony: 64 });
    for (let next = await offline.next(); next; next = await offline.next()) {
      for (const bytes of next.batches) engine.push(bytes);
    }
    const left: number[] = [];
    while (left.length < performance.left.length) {
      engine.render();
      for (const sample of engine.left) left.push(sample);
    }
    expect(performance.left.findIndex((sample, i) => !Object.is(sample, left[i]))).toBe(-1);
    expect(Math.max(...left.slice(0, 50_000).map(Math.abs))).toBeGreaterThan(0.05);
  });

  test('a patterned tempo acts at the exact frame of each change, live as in a render', async () => {
    const delay = await soundDelay(BLIP);
    const text = `setcpm("<60 90 [120 45]>")\n$: ${BLIP}.struct("t*8")`;
    const live = new Performance();
    await live.perform(text, 0, 0);
    await live.run(8);
    // Seconds of half cycles: 1, 1/1.5 and then 1/2, 1/0.75 a cycle.
    const halves = [0.5, 0.5, 1 / 3, 1 / 3, 0.25, 2 / 3];
    const want: number[] = [];
    let seconds = 0;
    for (let half = 0; half < 16; half++) {
      const length = halves[half % 6]!;
      for (let i = 0; i < 4; i++) want.push(onsetFrame((seconds + (i * length) / 4) * RATE));
      seconds += length;
    }
    const frames = want.map((frame) => frame + delay);
    expect(live.onsets().slice(0, frames.length)).toEqual(frames);
    const { late, dropped, repeated, refused, clamped } = live.engine.counters();
    expect([late, dropped, repeated, refused, clamped]).toEqual([0, 0, 0, 0, 0]);

    const offline = new OfflineScheduler(await opened(text), {
      fromCycle: 0,
      toCycle: 12,
      cyclesPerSecond: 1,
      strips: { $1: 1 },
    });
    const engine = new Engine(module, { sampleRate: RATE, polyphony: 64 });
    for (let next = await offline.next(); next; next = await offline.next()) {
      for (const bytes of next.batches) engine.push(bytes);
    }
    let different = -1;
    for (let at = 0; at < live.left.length; ) {
      engine.render();
      for (const sample of engine.left)
        if (!Object.is(sample, live.left[at++]) && different < 0) different = at;
    }
    expect(different).toBe(-1);
  });

  test('a program that takes over in the middle begins with the tempo its pattern has there', async () => {
    const performance = new Performance();
    await performance.perform(`$: ${BLIP}`, 0);
    await performance.run(1.5);
    await performance.perform(`setcps("<1 2 3 4>")\n$: ${BLIP}`, 2);
    await performance.run(3);
    const speeds = performance.engine
      .segments()
      .map(({ cycle0, cyclesPerFrame }) => [cycle0, Math.round(cyclesPerFrame * RATE)]);
    expect(speeds.every(([cycle, speed]) => speed === [1, 2, 3, 4][cycle! % 4])).toBe(true);
    expect(speeds.length).toBeGreaterThan(0);
  });

  test('a ramp of the tempo acts', async () => {
    const performance = new Performance();
    await performance.perform(`$: ${BLIP}`, 0);
    await performance.run(1.5);
    await performance.perform(`tempo.ramp(240, 2)\n$: ${BLIP}`, 1);
    await performance.run(6);
    // From 0.5 to 1 cycle a second, linear in time, within 2 cycles: 2 / 0.75 seconds.
    const last = performance.engine.segments().at(-1)!;
    expect(last.cycle0).toBe(3);
    expect(last.frame0).toBeCloseTo((DELAY_SECONDS + 2 + 2 / 0.75) * RATE, 3);
    expect(last.cyclesPerFrame).toBeCloseTo(1 / RATE, 12);
  });

  test('a mistake is told at its place and the rest of the text still sounds', async () => {
    const session = await opened('a: s("bd*4")\nb: s("nosuchsound")\nc: note("c e").gain("loud")');
    const offline = new OfflineScheduler(session, {
      fromCycle: 0,
      toCycle: 1,
      cyclesPerSecond: 1,
      strips: { a: 1 },
    });
    const warnings: string[] = [];
    const engine = new Engine(module, { sampleRate: RATE, polyphony: 64 });
    for (let next = await offline.next(); next; next = await offline.next()) {
      warnings.push(
        ...next.warnings.map(({ from, to, message, track }) => `${track} ${from}-${to}: ${message}`),
      );
      for (const bytes of next.batches) engine.push(bytes);
    }
    for (let block = 0; block < RATE / BLOCK_FRAMES; block++) engine.render();
    expect(warnings).toEqual([
      'b 19-30: The sound `nosuchsound` is not known',
      'c 42-43: gain: "loud" is not a number',
    ]);
    expect(engine.counters().played).toBe(4 + 2);
  });
});

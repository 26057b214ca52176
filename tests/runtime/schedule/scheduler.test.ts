/** Laws of the scheduler: every onset exactly once, over random ticks, tempo changes, delays and swaps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OfflineScheduler } from '../../../runtime/schedule/offline.ts';
import { type Go, LOOK_AHEAD, Scheduler } from '../../../runtime/schedule/scheduler.ts';
import { EngineSink, Recorder } from '../../../runtime/schedule/sinks.ts';
import { gridFloor, windowsPerCycle } from '../../../runtime/schedule/window.ts';
import { decodeBatch } from '../../../worklets/wire.ts';
import { ModelEngine, TICK_FRAMES } from './model-engine.ts';
import { ModelRealm, type ModelTrack } from './model-realm.ts';

const go = (more: Partial<Go> = {}): Go => ({
  epoch: 1,
  fromCycle: 0,
  start: { cyclesPerSecond: 0.5, delaySeconds: 0 },
  tempo: null,
  strips: { a: 1, b: 2 },
  ...more,
});

const tracks: ModelTrack[] = [
  { track: 'a', grid: 16 },
  { track: 'b', grid: 3, offset: '1/7' },
];

/** Onsets of a model track in [from, to), as f64. */
function expected({ grid, offset = '0' }: ModelTrack, from: number, to: number): number[] {
  const [n, d] = offset === '0' ? [0, 1] : offset.split('/').map(Number);
  const onsets: number[] = [];
  for (let i = Math.floor((from - 2) * grid); i / grid < to + 2; i++) {
    const onset = (i * d! + n! * grid) / (grid * d!);
    if (onset >= from && onset < to) onsets.push(onset);
  }
  return onsets;
}

describe('scheduler', () => {
  test('windows meet without gap or overlap and hold every onset once, over random ticks and tempi', async () => {
    const step = fc.record({
      frames: fc.integer({ min: 128, max: 4096 }),
      cyclesPerSecond: fc.double({ min: 0.05, max: 8, noNaN: true }),
      lookAhead: fc.option(fc.double({ min: 0, max: 3, noNaN: true }), { nil: null }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        async (steps, fromCycle) => {
          const realm = new ModelRealm(tracks);
          const recorder = new Recorder();
          const scheduler = new Scheduler(realm, [recorder]);
          await scheduler.go(go({ fromCycle }), 0.5, null);
          let cycle = fromCycle;
          let frame = 0;
          for (const { frames, cyclesPerSecond, lookAhead } of steps) {
            if (lookAhead !== null) scheduler.setLookAhead(lookAhead);
            cycle += (Math.min(frames, 2048) / 48_000) * Math.min(cyclesPerSecond, 1);
            frame += frames;
            const horizon = scheduler.horizon!;
            await scheduler.onTick({
              type: 'tick',
              frame,
              sampleRate: 48_000,
              cycle,
              cyclesPerSecond,
              horizon,
              epoch: 1,
              repeating: false,
            });
          }
          const to = scheduler.horizon!;
          const horizons = recorder.windows.map(({ horizon }) => horizon);
          expect(horizons).toEqual([...horizons].sort((x, y) => x - y));
          const notes = recorder.windows.flatMap((window) => window.notes);
          for (const model of tracks) {
            const got = notes.filter(({ track }) => track === model.track).map(({ onset }) => onset);
            expect(got).toEqual(expected(model, fromCycle, to));
          }
          // Asked spans meet exactly.
          for (let i = 1; i < realm.asked.length; i++) {
            expect(realm.asked[i]![0].eq(realm.asked[i - 1]![1])).toBe(true);
          }
          let before = fromCycle;
          for (const { notes: found, horizon } of recorder.windows) {
            for (const { onset } of found) {
              expect(onset).toBeGreaterThanOrEqual(before);
              expect(onset).toBeLessThan(horizon);
            }
            before = horizon;
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('looks ahead as far as it is told, on each tick', async () => {
    const realm = new ModelRealm(tracks);
    const scheduler = new Scheduler(realm, [new Recorder()]);
    await scheduler.go(go(), 0.5, null);
    for (let cycle = 0; cycle < 4; cycle += 0.0107) {
      const horizon = scheduler.horizon!;
      const tick = {
        type: 'tick',
        frame: 0,
        sampleRate: 48_000,
        cycle,
        cyclesPerSecond: 0.5,
        horizon,
        epoch: 1,
        repeating: false,
      } as const;
      await scheduler.onTick(tick);
      expect(scheduler.horizon).toBeGreaterThanOrEqual(cycle + 0.15 * 0.5);
      expect(scheduler.horizon).toBeLessThanOrEqual(cycle + (0.15 + 0.05) * 0.5);
    }
  });

  test('1,000 swaps while playing: nothing dropped, nothing doubled, nothing missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const engine = new ModelEngine();
        const random = mulberry(seed);
        const seams: { cycle: number; model: ModelTrack; epoch: number }[] = [];
        let current: Scheduler | null = null;
        let next: { scheduler: Scheduler; cycle: number } | null = null;
        for (let count = 0; count < 1000 || next; ) {
          if (!next && count < 1000) {
            count += 1;
            const model: ModelTrack = {
              track: 'a',
              grid: 1 + Math.floor(random() * 12),
              offset: `${Math.floor(random() * 9)}/35`,
            };
            const realm = new ModelRealm([model], count);
            const scheduler = new Scheduler(realm, [
              new EngineSink(
                (buffer) => engine.push(buffer),
                () => {},
              ),
            ]);
            const position: number | null = engine.cycle;
            // Boundaries of all kinds: whole cycles, thirds (inexact as f64) and anywhere.
            const kinds = [
              (x: number) => Math.ceil(x),
              (x: number) => Math.ceil(x * 3) / 3,
              (x: number) => x,
            ];
            const cycle = position === null ? 0 : kinds[count % 3]!(position + 0.1 * engine.cyclesPerSecond);
            const start = position === null ? { cyclesPerSecond: 2, delaySeconds: 0 } : null;
            const tempo = count % 7 === 0 ? { cyclesPerSecond: 0.5 + 3 * random(), rampCycles: 0 } : null;
            await scheduler.go(
              go({ epoch: count, fromCycle: cycle, start, tempo }),
              engine.cyclesPerSecond,
              position,
            );
            seams.push({ cycle, model, epoch: count });
            if (!current) current = scheduler;
            else next = { scheduler, cycle };
          }
          engine.advance(TICK_FRAMES);
          const tick = engine.tick();
          await current!.onTick(tick);
          await next?.scheduler.onTick(tick);
          if (next && engine.cycle! >= next.cycle) {
            current!.stop();
            current = next.scheduler;
            next = null;
          }
        }
        expect(engine.dropped).toBe(0);
        expect(engine.late).toBe(0);
        expect(engine.refused).toBe(0);
        const want = seams.flatMap(({ cycle, model, epoch }, i) => {
          const end = seams[i + 1]?.cycle ?? engine.cycle!;
          return expected(model, cycle, end).map((onset) => [epoch, onset]);
        });
        const got = engine.played.map(({ epoch, cycle }) => [epoch, cycle]);
        expect(got).toEqual(want);
      }),
      { numRuns: 4 },
    );
  });

  test('the seam at a third: an onset that rounds to the boundary belongs to the new program only', async () => {
    for (const thirds of [1, 2, 5, 7, 100]) {
      const boundary = thirds / 3;
      const recorder = new Recorder();
      await new Scheduler(new ModelRealm([{ track: 'a', grid: 3 }]), [recorder]).go(
        go({ fromCycle: boundary, start: null }),
        0.5,
        0,
      );
      expect(recorder.windows[0]!.notes[0]!.onset).toBe(boundary);
    }
  });

  test('a later go takes over from one whose query still runs', async () => {
    const slow = new ModelRealm(tracks, 1);
    let release: () => void = () => {};
    slow.delay = () => new Promise((resolve) => (release = resolve));
    const recorder = new Recorder();
    const scheduler = new Scheduler(slow, [recorder]);
    const first = scheduler.go(go({ epoch: 1 }), 0.5, null);
    await Promise.resolve();
    const second = scheduler.go(go({ epoch: 2, fromCycle: 3 }), 0.5, null);
    slow.delay = () => Promise.resolve();
    release();
    await Promise.all([first, second]);
    expect(recorder.windows.map(({ epoch }) => epoch)).toEqual(recorder.windows.map(() => 2));
    expect(recorder.windows[0]!.opening).toMatchObject({ fromCycle: 3 });
    expect(recorder.windows.slice(1).every(({ opening }) => opening === null)).toBe(true);
  });

  test('late work makes the look-ahead grow, to its limit; what is lost is leapt over, once', async () => {
    const realm = new ModelRealm(tracks);
    const recorder = new Recorder();
    const grown: number[] = [];
    const scheduler = new Scheduler(realm, [recorder], { lookAhead: (seconds) => grown.push(seconds) });
    await scheduler.go(go(), 0.5, null);
    let cycle = 0;
    for (let i = 0; i < 12; i++) {
      cycle += 3;
      const before = recorder.windows.length;
      // Every second time the engine has repeated up to 70 ms after the playhead.
      const repeating = i % 2 === 0;
      const horizon = repeating ? cycle + 0.07 * 0.5 : scheduler.horizon!;
      const lostUntil = repeating ? horizon : cycle;
      await scheduler.onTick({
        type: 'tick',
        frame: 0,
        sampleRate: 48_000,
        cycle,
        cyclesPerSecond: 0.5,
        horizon,
        epoch: 1,
        repeating,
      });
      const notes = recorder.windows.slice(before).flatMap((window) => window.notes);
      expect(notes.length).toBeGreaterThan(0);
      expect(recorder.windows.slice(before).every(({ opening }) => opening === null)).toBe(true);
      for (const model of tracks) {
        const got = notes.filter(({ track }) => track === model.track).map(({ onset }) => onset);
        expect(got).toEqual(expected(model, lostUntil, scheduler.horizon!));
      }
    }
    expect(scheduler.lookAheadSeconds).toBe(LOOK_AHEAD.mostSeconds);
    expect(grown.at(-1)).toBe(LOOK_AHEAD.mostSeconds);
  });

  test('the look-ahead stays within its limits', () => {
    const scheduler = new Scheduler(new ModelRealm([]), []);
    for (const [set, got] of [
      [0, 0.05],
      [0.05, 0.05],
      [1, 1],
      [2, 2],
      [2.1, 2],
      [Number.NaN, 0.15],
    ] as const) {
      scheduler.setLookAhead(set);
      expect(scheduler.lookAheadSeconds).toBe(got);
    }
  });

  test('windows last as long as they should, on a power of two', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 30, noNaN: true }), (cps) => {
        const perCycle = windowsPerCycle(0.025, cps);
        expect(Number.isInteger(Math.log2(perCycle))).toBe(true);
        expect(1 / perCycle / cps >= 0.025 || perCycle === 1).toBe(true);
        expect(1 / perCycle / cps < 0.05 || perCycle === 4096).toBe(true);
      }),
    );
    expect(gridFloor(1 / 3, 64).toFraction()).toBe('21/64');
    expect(gridFloor(2, 64).toFraction()).toBe('2/1');
  });

  test('offline and live give the same notes, seeds and strips', async () => {
    const live = new ModelEngine();
    const sink = new EngineSink(
      (buffer) => live.push(buffer),
      () => {},
    );
    const scheduler = new Scheduler(new ModelRealm(tracks), [sink]);
    await scheduler.go(go(), 0.5, null);
    while (live.cycle! < 8) {
      live.advance(TICK_FRAMES);
      await scheduler.onTick(live.tick());
    }
    const offline = new OfflineScheduler(new ModelRealm(tracks), {
      fromCycle: 0,
      toCycle: 8,
      cyclesPerSecond: 0.5,
      strips: { a: 1, b: 2 },
    });
    const notes: unknown[] = [];
    for (let next = await offline.next(); next; next = await offline.next()) {
      for (const bytes of next.batches) {
        for (const { kind, epoch, cycle, strip, seed } of decodeBatch(bytes.buffer).records) {
          if (kind === 'note') notes.push({ epoch, cycle, strip, seed });
        }
      }
    }
    expect(notes).toEqual(live.played.filter(({ cycle }) => cycle < 8));
    expect(new Set(live.played.map(({ seed }) => seed)).size).toBe(live.played.length);
  });
});

/** A small seeded generator, so that a failing case can be run again. */
function mulberry(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

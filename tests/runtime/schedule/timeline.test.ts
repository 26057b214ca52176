/** Laws of the timeline: cycle and frame are inverse, segments meet, ramps end where they should. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cycleAt,
  cycleInSegment,
  frameAt,
  frameInSegment,
  onsetFrame,
  segmentAtFrame,
  speedInSegment,
  startTimeline,
  withTempo,
} from '../../../runtime/schedule/timeline.ts';
import { LIMIT, type TimelineSegment } from '../../../worklets/wire.ts';

const RATE = 48_000;
const tempo = fc.double({ min: 0.01, max: 16, noNaN: true });

interface Change {
  readonly after: number;
  readonly cyclesPerSecond: number;
  readonly rampCycles: number;
}
const change = fc.record({
  after: fc.double({ min: 0, max: 20, noNaN: true }),
  cyclesPerSecond: tempo,
  rampCycles: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 32, noNaN: true })),
});

/** A timeline with these changes, each some cycles after the one before (a ramp may be cut by the next). */
function timelineOf(cps: number, changes: readonly Change[]): TimelineSegment[] {
  let at = 0;
  return changes.reduce(
    (segments, { after, cyclesPerSecond, rampCycles }) => {
      at += after;
      return withTempo(segments, at, cyclesPerSecond, rampCycles, RATE);
    },
    startTimeline(1000, 0, cps, RATE),
  );
}

const near = (a: number, b: number, relative = 1e-9): void =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(a), Math.abs(b)));

describe('timeline', () => {
  test('cycle -> frame -> cycle is the identity, over tempo changes and ramps', () => {
    fc.assert(
      fc.property(
        tempo,
        fc.array(change, { maxLength: 8 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (cps, changes, cycle) => {
          const segments = timelineOf(cps, changes);
          near(cycleAt(segments, frameAt(segments, cycle)!)!, cycle);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('time never runs backwards: a later cycle has a later frame', () => {
    fc.assert(
      fc.property(
        tempo,
        fc.array(change, { maxLength: 8 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 1e-6, max: 10, noNaN: true }),
        (cps, changes, cycle, more) => {
          const segments = timelineOf(cps, changes);
          expect(frameAt(segments, cycle + more)!).toBeGreaterThan(frameAt(segments, cycle)!);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('segments meet: each begins where the one before has led', () => {
    fc.assert(
      fc.property(tempo, fc.array(change, { minLength: 1, maxLength: 8 }), (cps, changes) => {
        const segments = timelineOf(cps, changes);
        for (let i = 1; i < segments.length; i++) {
          const [before, after] = [segments[i - 1]!, segments[i]!];
          near(cycleInSegment(before, after.frame0), after.cycle0);
          near(frameInSegment(before, after.cycle0), after.frame0);
        }
      }),
    );
  });

  test('a ramp reaches its tempo after its cycles, linear in time, and holds it', () => {
    fc.assert(
      fc.property(tempo, tempo, fc.double({ min: 0.01, max: 64, noNaN: true }), (from, to, rampCycles) => {
        const segments = withTempo(startTimeline(0, 0, from, RATE), 2, to, rampCycles, RATE);
        const end = frameAt(segments, 2 + rampCycles)!;
        const begin = frameAt(segments, 2)!;
        near((end - begin) / RATE, (2 * rampCycles) / (from + to));
        const ramp = segmentAtFrame(segments, (begin + end) / 2)!;
        near(speedInSegment(ramp, (begin + end) / 2) * RATE, (from + to) / 2);
        expect(segments.at(-1)!.cyclesPerFrame).toBe(to / RATE);
        expect(segments.at(-1)!.ramp).toBe(0);
      }),
    );
  });

  test('known places', () => {
    const segments = withTempo(startTimeline(4800, 0, 0.5, RATE), 1, 1, 0, RATE);
    expect(frameAt(segments, 0)).toBe(4800);
    expect(frameAt(segments, 1)).toBe(4800 + 96_000);
    expect(frameAt(segments, 1.25)).toBe(4800 + 96_000 + 12_000);
    expect(onsetFrame(100)).toBe(100);
    expect(onsetFrame(100 + 1e-9)).toBe(100);
    expect(onsetFrame(100.001)).toBe(101);
    expect(cycleAt([], 5)).toBeNull();
    expect(frameAt([], 5)).toBeNull();
  });

  test('a change replaces what was planned from its cycle on; one past the limit of segments throws', () => {
    const twice = withTempo(withTempo(startTimeline(0, 0, 1, RATE), 4, 2, 0, RATE), 3, 0.5, 0, RATE);
    expect(twice.map(({ cycle0 }) => cycle0)).toEqual([0, 3]);
    expect(withTempo(startTimeline(0, 2, 1, RATE), 2, 3, 0, RATE)).toHaveLength(1);
    let full = startTimeline(0, 0, 1, RATE);
    for (let i = 1; i < LIMIT.segments; i++) full = withTempo(full, i, 1 + i / 100, 0, RATE);
    expect(full).toHaveLength(LIMIT.segments);
    expect(() => withTempo(full, LIMIT.segments, 2, 0, RATE)).toThrow(RangeError);
  });
});

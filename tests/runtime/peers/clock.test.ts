/** Laws of the clocks: what a ping proves, the floor, the filter, lines as inverse pairs, closure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  carried,
  intersection,
  middleSeconds,
  provenBounds,
  widthSeconds,
} from '../../../runtime/peers/clock/bounds.ts';
import { anchoredAt, lineThrough, toLocal, toShared } from '../../../runtime/peers/clock/clock-line.ts';
import { closureSeconds, worstClosureSeconds } from '../../../runtime/peers/clock/closure.ts';
import { ForgettingFloor } from '../../../runtime/peers/clock/forgetting-floor.ts';
import { OffsetFilter } from '../../../runtime/peers/clock/offset-filter.ts';
import { IMPOSSIBLE_SAMPLES, PairClock } from '../../../runtime/peers/clock/pair-clock.ts';
import { seeded } from '../../kit/jam-network.ts';

const seconds = (max: number) => fc.double({ min: 0, max, noNaN: true });
const offset = fc.double({ min: -1e5, max: 1e5, noNaN: true });
const line = fc.record({
  localSeconds: offset,
  sharedSeconds: offset,
  rate: fc.double({ min: 0.999, max: 1.001, noNaN: true }),
});

describe('bounds', () => {
  test('a round trip proves an interval that holds the true offset, as wide as the way took', () => {
    fc.assert(
      fc.property(offset, seconds(1), seconds(1), seconds(1), (true_, there, held, back) => {
        const bounds = provenBounds(
          {
            sentSeconds: 100,
            receivedSeconds: 100 + there + true_,
            answeredSeconds: 100 + there + held + true_,
            returnedSeconds: 100 + there + held + back,
          },
          1e-9,
        )!;
        expect(bounds.lowSeconds).toBeLessThanOrEqual(true_);
        expect(bounds.highSeconds).toBeGreaterThanOrEqual(true_);
        expect(widthSeconds(bounds)).toBeCloseTo(there + back, 6);
        expect(middleSeconds(bounds) - true_).toBeCloseTo((there - back) / 2, 6);
      }),
    );
  });

  test.each([
    ['an answer sent before the question came', 1, 5, 4.9, 2],
    ['a return before the question left', 1, 5, 5, 0.9],
    ['an answer held longer than the whole trip', 1, 5, 9, 2],
    ['no number', 1, Number.NaN, 5, 2],
  ])('%s is impossible', (_name, sentSeconds, receivedSeconds, answeredSeconds, returnedSeconds) => {
    expect(provenBounds({ sentSeconds, receivedSeconds, answeredSeconds, returnedSeconds }, 0)).toBeNull();
  });

  test('intersection is commutative, and contradictions have none', () => {
    const a = { lowSeconds: 0, highSeconds: 2 };
    const b = { lowSeconds: 1, highSeconds: 3 };
    expect(intersection(a, b)).toEqual({ lowSeconds: 1, highSeconds: 2 });
    expect(intersection(b, a)).toEqual(intersection(a, b));
    expect(intersection(a, carried(a, 3, 0))).toBeNull();
    expect(intersection(a, carried(a, 3, 1))).toEqual({ lowSeconds: 2, highSeconds: 2 });
  });
});

describe('lines between clocks', () => {
  test('toLocal undoes toShared', () => {
    fc.assert(
      fc.property(line, offset, (each, local) => {
        expect(toLocal(each, toShared(each, local))).toBeCloseTo(local, 6);
        expect(toShared(each, toLocal(each, local))).toBeCloseTo(local, 6);
      }),
    );
  });

  test('anchoring elsewhere changes no value', () => {
    fc.assert(
      fc.property(line, offset, offset, (each, anchor, local) => {
        expect(toShared(anchoredAt(each, anchor), local)).toBeCloseTo(toShared(each, local), 6);
      }),
    );
  });

  test('a line taken through a neighbour shows the time the neighbour shows', () => {
    fc.assert(
      fc.property(line, offset, fc.double({ min: -1e-4, max: 1e-4, noNaN: true }), (theirs, ahead, drift) => {
        const ours = lineThrough(theirs, 10, ahead, drift);
        for (const later of [0, 1, 60]) {
          const theirClock = 10 + later + ahead + drift * later;
          expect(toShared(ours, 10 + later)).toBeCloseTo(toShared(theirs, theirClock), 5);
        }
      }),
    );
  });
});

describe('the forgetting floor', () => {
  test('is the second smallest value, so one false value does not lower it', () => {
    const floor = new ForgettingFloor();
    for (const value of [5, 4, 6, 0.1, 5]) floor.add(1, value);
    expect(floor.floor).toBe(4);
  });

  test('agrees with sorting, whatever comes within ten minutes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(seconds(500), seconds(10)), { minLength: 2 }), (pairs) => {
        const floor = new ForgettingFloor();
        for (const [at, value] of [...pairs].sort((a, b) => a[0] - b[0])) floor.add(at, value);
        expect(floor.floor).toBe(pairs.map((each) => each[1]).sort((a, b) => a - b)[1]);
      }),
    );
  });

  test('forgets within ten minutes', () => {
    const floor = new ForgettingFloor();
    floor.add(0, 1);
    floor.add(1, 1);
    for (let second = 2; second < 599; second++) floor.add(second, 3);
    expect(floor.floor).toBe(1);
    for (let second = 599; second <= 660; second++) floor.add(second, 3);
    expect(floor.floor).toBe(3);
  });
});

describe('the filter', () => {
  test('finds a constant drift', () => {
    const filter = new OffsetFilter(0, 3, 1e-4);
    for (let second = 1; second <= 60; second++) filter.correct(second, 3 + 40e-6 * second, 1e-4);
    expect(filter.driftSecondsPerSecond).toBeCloseTo(40e-6, 6);
    expect(filter.offsetAt(120)).toBeCloseTo(3 + 40e-6 * 120, 4);
  });

  test('grows less certain with time and more certain with samples', () => {
    const filter = new OffsetFilter(0, 0, 1e-3);
    const before = filter.deviationAt(0);
    expect(filter.deviationAt(10)).toBeGreaterThan(before);
    filter.correct(1, 0, 1e-4);
    expect(filter.deviationAt(1)).toBeLessThan(before);
  });
});

/** Feeds bursts of pings over ways with these delays; returns the clock. */
function measured(clock: PairClock, from: number, to: number, offsetAt: (t: number) => number, seed = 1) {
  const random = seeded(seed);
  for (let second = from; second < to; second++) {
    for (let i = 0; i < 8; i++) {
      const at = second + i * 0.01;
      const there = 0.001 - 0.0005 * Math.log(1 - random());
      const back = 0.001 - 0.0005 * Math.log(1 - random());
      clock.add({ lowSeconds: offsetAt(at) - back, highSeconds: offsetAt(at) + there }, at);
    }
    clock.closeWindow();
  }
  return clock;
}

describe('the pair clock', () => {
  test('gives nothing before it measured', () => {
    const clock = new PairClock();
    expect(clock.offsetAt(0)).toBeNull();
    expect(clock.toPeer(0)).toBeNull();
    expect(clock.measured).toBe(false);
  });

  test('its estimate always lies in what the last ping proves', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const clock = measured(new PairClock(), 0, 20, (t) => 7 + 30e-6 * t, seed);
        expect(Math.abs(clock.offsetAt(20)! - (7 + 30e-6 * 20))).toBeLessThan(0.001);
      }),
      { numRuns: 50 },
    );
  });

  test(`${IMPOSSIBLE_SAMPLES} impossible samples in a row start it anew, one fewer does not`, () => {
    const clock = measured(new PairClock(), 0, 10, () => 0);
    for (let i = 1; i < IMPOSSIBLE_SAMPLES; i++) clock.add({ lowSeconds: 0.249, highSeconds: 0.251 }, 10);
    expect(clock.resets).toBe(0);
    expect(Math.abs(clock.offsetAt(10)!)).toBeLessThan(1e-3);
    clock.add({ lowSeconds: 0.249, highSeconds: 0.251 }, 10);
    expect(clock.resets).toBe(1);
    expect(clock.lastJumpSeconds).toBeCloseTo(0.25, 2);
    expect(clock.offsetAt(10)).toBeCloseTo(0.25, 2);
  });

  test('a possible sample in between clears the suspicion', () => {
    const clock = measured(new PairClock(), 0, 10, () => 0);
    for (let i = 0; i < 20; i++) {
      const jumped = i % IMPOSSIBLE_SAMPLES !== 0;
      clock.add(
        jumped ? { lowSeconds: 0.2, highSeconds: 0.3 } : { lowSeconds: -0.01, highSeconds: 0.01 },
        10,
      );
    }
    expect(clock.resets).toBe(0);
  });

  test('a longer way in one direction hardly moves it', () => {
    const clock = measured(new PairClock(), 0, 30, () => 0);
    for (let second = 30; second < 90; second++) {
      for (let i = 0; i < 8; i++) clock.add({ lowSeconds: -0.0012, highSeconds: 0.0112 }, second + i * 0.01);
      clock.closeWindow();
      expect(Math.abs(clock.offsetAt(second)!)).toBeLessThan(0.5e-3);
    }
  });

  test('both ends that hear each other agree on the mean', () => {
    const there = measured(new PairClock(), 0, 5, () => 2, 1);
    const back = measured(new PairClock(), 0, 5, () => -2, 2);
    const [one, two] = [there.ownEstimate(5)!, back.ownEstimate(5)!];
    there.hear(two, 5);
    back.hear(one, 5);
    expect(there.offsetAt(5)! + back.offsetAt(5)!).toBeCloseTo(0, 9);
  });

  test('a jump of our own clock moves the offset by as much the other way', () => {
    const clock = measured(new PairClock(), 0, 10, () => 5);
    const before = clock.offsetAt(10)!;
    clock.reanchor(0.4, 10.4);
    expect(clock.offsetAt(10.4)).toBeCloseTo(before - 0.4, 6);
    expect(clock.resets).toBe(0);
  });
});

describe('closure', () => {
  const clocks: Record<string, number> = { a: 1, b: 5, c: -2, d: 40 };
  const perfect = (a: string, b: string) => clocks[b]! - clocks[a]!;

  test('perfect clocks leave nothing over', () => {
    expect(worstClosureSeconds(perfect, 'a', ['b', 'c', 'd'])).toBe(0);
  });
  test('one wrong side shows, with its size', () => {
    const wrong = (a: string, b: string) => perfect(a, b) + (a === 'b' && b === 'd' ? 0.003 : 0);
    expect(worstClosureSeconds(wrong, 'a', ['b', 'c', 'd'])).toBeCloseTo(0.003, 9);
    expect(closureSeconds(wrong, 'a', 'b', 'c')).toBe(0);
  });
  test('an unmeasured side gives none', () => {
    expect(worstClosureSeconds(() => null, 'a', ['b', 'c'])).toBeNull();
    expect(worstClosureSeconds(perfect, 'a', ['b'])).toBeNull();
  });
});

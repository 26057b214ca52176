/** Laws of the shared session: phase, timeline, total order, seniority, merging, policy, steering. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownJump } from '../../../runtime/peers/session/clock-jumps.ts';
import { judge, withBeaten } from '../../../runtime/peers/session/merging.ts';
import {
  decodePhase,
  encodePhase,
  nearestInPhase,
  nextBoundary,
  nextInPhase,
  phaseOf,
  signedPhase,
} from '../../../runtime/peers/session/phase.ts';
import {
  acceptsPolicy,
  changedPolicy,
  firstPolicy,
  mayChange,
} from '../../../runtime/peers/session/policy.ts';
import { placeAmong, RootWatch } from '../../../runtime/peers/session/seniority.ts';
import {
  cycleAt,
  firstTimeline,
  fromBeatsPerMinute,
  SEGMENT_LIMIT,
  type SharedTimeline,
  timeAt,
  toBeatsPerMinute,
  withTempo,
} from '../../../runtime/peers/session/shared-timeline.ts';
import { plannedCycle, SLEW_PER_SECOND, Steering } from '../../../runtime/peers/session/steering.ts';
import { compareStamps, winner } from '../../../runtime/peers/session/total-order.ts';

const position = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const quantum = fc.double({ min: 0.25, max: 32, noNaN: true });
/** Distance of two phases around the circle. */
const apart = (a: number, b: number, q: number) => Math.abs(signedPhase(a - b, q));

describe('phase', () => {
  test('lies in [0, quantum) and repeats with the quantum', () => {
    fc.assert(
      fc.property(position, quantum, fc.integer({ min: -50, max: 50 }), (x, q, n) => {
        expect(phaseOf(x, q)).toBeGreaterThanOrEqual(0);
        expect(phaseOf(x, q)).toBeLessThan(q);
        expect(apart(x, x + n * q, q)).toBeLessThan(1e-9);
      }),
    );
  });

  test('nextInPhase is the first at or after, nearestInPhase within half a quantum', () => {
    fc.assert(
      fc.property(position, position, quantum, (x, like, q) => {
        const next = nextInPhase(x, like, q);
        expect(next).toBeGreaterThanOrEqual(x);
        expect(next).toBeLessThan(x + q);
        expect(apart(next, like, q)).toBeLessThan(1e-8);
        const nearest = nearestInPhase(x, like, q);
        expect(Math.abs(nearest - x)).toBeLessThanOrEqual(q / 2);
        expect(apart(nearest, like, q)).toBeLessThan(1e-8);
      }),
    );
  });

  test('decodePhase undoes encodePhase; the encoded count keeps phase with its origin and stays near', () => {
    fc.assert(
      fc.property(position, position, quantum, (x, origin, q) => {
        const encoded = encodePhase(x, origin, q);
        expect(decodePhase(encoded, origin, q)).toBeCloseTo(x, 9);
        expect(apart(encoded, x - origin, q)).toBeLessThan(1e-8);
        expect(Math.abs(encoded - x)).toBeLessThanOrEqual(q / 2);
      }),
    );
  });

  test.each([
    [0, 4, 0],
    [0.1, 4, 4],
    [4, 4, 4],
    [4 + 1e-12, 4, 4],
    [-0.5, 4, 0],
    [3.3, 0, 3.3],
  ])('the boundary at or after %d of quantum %d is %d', (x, q, boundary) => {
    expect(nextBoundary(x, q) + 0).toBe(boundary);
  });
});

/** Random timelines, made as musicians make them. */
const timeline = fc
  .array(
    fc.tuple(fc.double({ min: 0.01, max: 3, noNaN: true }), fc.double({ min: 0.05, max: 8, noNaN: true })),
    {
      maxLength: 30,
    },
  )
  .map((changes) => {
    let result = firstTimeline('a', 0.5);
    let now = 0;
    for (const [wait, tempo] of changes) {
      now += wait;
      result = withTempo(result, 'a', now, now + 0.15, tempo);
    }
    return { result, now };
  });

describe('the shared timeline', () => {
  test('timeAt undoes cycleAt', () => {
    fc.assert(
      fc.property(timeline, fc.double({ min: -5, max: 100, noNaN: true }), ({ result }, t) => {
        expect(timeAt(result, cycleAt(result, t))).toBeCloseTo(t, 6);
      }),
    );
  });

  test('a tempo change keeps every phase up to the moment it acts, and is continuous there', () => {
    fc.assert(
      fc.property(timeline, fc.double({ min: 0.05, max: 8, noNaN: true }), ({ result, now }, tempo) => {
        const at = now + 0.3;
        const next = withTempo(result, 'b', now, at, tempo);
        for (const t of [now, now + 0.1, now + 0.299, at]) {
          expect(cycleAt(next, t)).toBeCloseTo(
            cycleAt(result, Math.min(t, next.segments.at(-1)!.fromSeconds)),
            9,
          );
        }
        expect(cycleAt(next, at + 1) - cycleAt(next, at)).toBeCloseTo(tempo, 9);
      }),
    );
  });

  test('segments ascend, meet end to end and never exceed their limit', () => {
    fc.assert(
      fc.property(timeline, ({ result }) => {
        expect(result.segments.length).toBeLessThanOrEqual(SEGMENT_LIMIT);
        for (let i = 1; i < result.segments.length; i++) {
          const [a, b] = [result.segments[i - 1]!, result.segments[i]!];
          expect(b.fromSeconds).toBeGreaterThan(a.fromSeconds);
          expect(a.cycle + (b.fromSeconds - a.fromSeconds) * a.cyclesPerSecond).toBeCloseTo(b.cycle, 6);
        }
      }),
    );
  });

  test('a slider dragged at 60 Hz changes the present by nothing', () => {
    let result = firstTimeline('a', 0.5);
    for (let i = 0; i < 600; i++) {
      const now = 10 + i / 60;
      const before = cycleAt(result, now);
      result = withTempo(result, 'a', now, now + 0.25, 0.5 + i / 1000);
      expect(cycleAt(result, now)).toBeCloseTo(before, 9);
    }
  });

  test.each([20, 999])('%d beats a minute hold', (bpm) => {
    const { segments } = withTempo(firstTimeline('a', 0.5), 'a', 1, 1, fromBeatsPerMinute(bpm, 4));
    expect(toBeatsPerMinute(segments.at(-1)!.cyclesPerSecond, 4)).toBeCloseTo(bpm, 9);
  });
});

describe('total order', () => {
  const stamp = fc.record({ revision: fc.nat(5), author: fc.constantFrom('a', 'b', 'c') });
  test('is total, antisymmetric and transitive; the winner does not depend on who asks', () => {
    fc.assert(
      fc.property(stamp, stamp, stamp, (a, b, c) => {
        expect(Math.sign(compareStamps(a, b)) + Math.sign(compareStamps(b, a))).toBe(0);
        if (compareStamps(a, b) === 0) expect(a).toEqual(b);
        if (compareStamps(a, b) <= 0 && compareStamps(b, c) <= 0) {
          expect(compareStamps(a, c)).toBeLessThanOrEqual(0);
        }
        expect(winner(a, b)).toEqual(winner(b, a));
        expect(winner(winner(a, b), c)).toEqual(winner(a, winner(b, c)));
      }),
    );
  });
});

describe('merging', () => {
  const view = (id: string, ...beaten: string[]) => ({ id, beaten });
  test.each([
    ['the same session', view('a'), view('a'), 9, 'stay'],
    ['the smaller id judges: they are older', view('a'), view('b'), 0.51, 'move'],
    ['not older by more than half a second', view('a'), view('b'), 0.5, 'win'],
    ['younger', view('a'), view('b'), -9, 'win'],
    ['the greater id waits for the verdict', view('b'), view('a'), 9, 'stay'],
    ['not measured', view('a'), view('b'), null, 'stay'],
    ['a verdict against us', view('a'), view('b', 'a'), null, 'move'],
    ['a verdict for us', view('a', 'b'), view('b'), 9, 'stay'],
    ['contradicting verdicts: the smaller id stays', view('a', 'b'), view('b', 'a'), 9, 'stay'],
    ['contradicting verdicts: the greater id moves', view('b', 'a'), view('a', 'b'), -9, 'move'],
  ])('%s', (_name, ours, theirs, older, verdict) => {
    expect(judge(ours, theirs, older)).toBe(verdict);
  });

  test('never do both sides move, and after a verdict exactly one does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
        (d, e) => {
          const a = judge(view('a'), view('b'), d);
          const b = judge(view('b'), view('a'), -d + e);
          expect(b).toBe('stay');
          if (a === 'win') expect(judge(view('b'), view('a', 'b'), -d + e)).toBe('move');
          else expect(a).toBe('move');
        },
      ),
    );
  });

  test('remembered names are bounded and never our own', () => {
    const names = Array.from({ length: 40 }, (_, i) => `s${i}`);
    const kept = names.reduce<string[]>((all, name) => withBeaten(all, 's3', [name]), []);
    expect(kept).toHaveLength(16);
    expect(kept).not.toContain('s3');
    expect(kept.at(-1)).toBe('s39');
  });
});

describe('seniority', () => {
  const root = (id: string, joinedSeconds: number, listener = false) => ({
    id,
    joinedSeconds,
    listener,
    serial: 1,
  });
  test.each([
    ['alone', [], 'me', null],
    ['an older player', [{ neighbour: 'x', root: root('x', 0), depth: 0 }], 'x', 'x'],
    ['a younger player', [{ neighbour: 'x', root: root('x', 9), depth: 0 }], 'me', null],
    ['a listener never leads', [{ neighbour: 'x', root: root('x', 0, true), depth: 0 }], 'me', null],
    ['too far away', [{ neighbour: 'x', root: root('r', 0), depth: 6 }], 'me', null],
    [
      'the nearer of two ways',
      [
        { neighbour: 'x', root: root('r', 0), depth: 2 },
        { neighbour: 'y', root: root('r', 0), depth: 1 },
      ],
      'r',
      'y',
    ],
  ])('%s', (_name, offers, rootId, through) => {
    const place = placeAmong(root('me', 5), offers, null);
    expect([place.root.id, place.through]).toEqual([rootId, through]);
  });

  test('a root is gone once its serial no longer rises, however often it is repeated', () => {
    const watch = new RootWatch();
    for (let second = 0; second < 10; second++)
      watch.note({ ...root('r', 0), serial: Math.min(second, 3) }, second);
    expect(watch.alive('r', 5.9)).toBe(true);
    expect(watch.alive('r', 6)).toBe(false);
  });
});

describe('whose clock jumped', () => {
  const reset = (resetAt: number, resetJump: number) => ({ resetAt, resetJump });
  const never = reset(Number.NEGATIVE_INFINITY, 0);
  test.each([
    ['one neighbour cannot tell', [reset(10, 0.25)], null],
    ['one of three: it was theirs', [reset(10, 0.25), never, never], null],
    ['two of three alike: ours', [reset(10, 0.25), reset(10, 0.2505), never], -0.25025],
    ['two of four are no majority', [reset(10, 0.25), reset(10, 0.25), never, never], null],
    ['two that differ', [reset(10, 0.25), reset(10, -0.25)], null],
    ['too far apart in time', [reset(10, 0.25), reset(7, 0.25)], null],
  ])('%s', (_name, resets, jump) => {
    const found = ownJump(resets, 10.1);
    if (jump === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(jump, 9);
  });
});

describe('policy', () => {
  const everyone = firstPolicy('h');
  const strict = changedPolicy(everyone, 'h', 10, { tempoBy: 'host', kicked: ['k'] });
  test('changes made before a policy are not judged by it; the host may always', () => {
    expect(mayChange(everyone, 'p', 99)).toBe(true);
    expect(mayChange(strict, 'p', 9)).toBe(true);
    expect(mayChange(strict, 'p', 10)).toBe(false);
    expect(mayChange(strict, 'h', 10)).toBe(true);
    expect(mayChange(strict, 'k', 9)).toBe(false);
    expect(mayChange(changedPolicy(strict, 'h', 11, { listeners: ['p'] }), 'p', 9)).toBe(false);
  });
  test('only the root is believed', () => {
    expect(acceptsPolicy(everyone, strict, 'h')).toBe(true);
    expect(acceptsPolicy(strict, everyone, 'h')).toBe(false);
    expect(acceptsPolicy(everyone, { ...strict, author: 'x' }, 'h')).toBe(false);
    expect(acceptsPolicy(strict, { ...everyone, author: 'x' }, 'x')).toBe(true);
  });
  test('names are bounded, the oldest forgotten', () => {
    const many = Array.from({ length: 65 }, (_, i) => `p${i}`);
    const { banned } = changedPolicy(everyone, 'h', 0, { banned: many });
    expect([banned.length, banned[0]]).toEqual([64, 'p1']);
  });
});

describe('steering', () => {
  const timelineOf = (cyclesPerSecond: number): SharedTimeline => firstTimeline('a', cyclesPerSecond);
  const input = (now: number, sharedOffset: number, sounding = true, shared = timelineOf(0.5)) => ({
    nowSeconds: now,
    line: { localSeconds: 0, sharedSeconds: sharedOffset, rate: 1 },
    timeline: shared,
    nudgeSeconds: 0,
    sounding,
  });

  test('below 20 ms it slews by 1 ms a second at most, without a jump, and arrives', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.0199, max: 0.0199, noNaN: true }), (error) => {
        const steering = new Steering();
        steering.step(input(0, 0));
        let before = 0;
        for (let now = 0.1; now < 25; now += 0.1) {
          expect(steering.step(input(now, error))).toBeNull();
          for (const piece of steering.pieces) {
            expect(Math.abs(piece.cyclesPerSecond / 0.5 - 1)).toBeLessThanOrEqual(SLEW_PER_SECOND + 1e-9);
          }
          const cycle = steering.cycleAt(now)!;
          expect(cycle - before).toBeCloseTo(0.05, 3);
          before = cycle;
        }
        expect(steering.cycleAt(25)).toBeCloseTo((25 + error) * 0.5, 5);
      }),
      { numRuns: 30 },
    );
  });

  test('a slew ends by itself where nobody steps any more', () => {
    const steering = new Steering();
    steering.step(input(0, 0));
    steering.step(input(1, 0.01));
    expect(steering.cycleAt(100)).toBeCloseTo((100 + 0.01) * 0.5, 9);
  });

  test('20 ms and more jump exactly at the next bar of the shared timeline, and only once', () => {
    const steering = new Steering();
    steering.step(input(0, 0));
    const jumps = [];
    for (let now = 0.5; now < 6; now += 0.1) {
      const before = steering.cycleAt(now);
      const jump = steering.step(input(now, 0.3));
      expect(steering.cycleAt(now)).toBeCloseTo(before!, 9);
      if (jump) jumps.push({ now, ...jump });
    }
    expect(jumps).toHaveLength(1);
    expect(jumps[0]!.toCycle).toBe(1);
    expect(jumps[0]!.fromCycle).toBeCloseTo(0.85, 9);
    expect(jumps[0]!.now).toBeCloseTo(1.7, 1);
  });

  test('in silence it jumps at once', () => {
    const steering = new Steering();
    steering.step(input(0, 0, false));
    expect(steering.step(input(1, 5, false))).toEqual({ fromCycle: 0.5, toCycle: 3 });
  });

  test('where a bar takes minutes the next beat will do', () => {
    const slow = timelineOf(0.02);
    const steering = new Steering();
    steering.step(input(0, 0, true, slow));
    steering.step(input(1, 11, true, slow));
    const jump = steering.pieces.find((piece) => piece.jumps)!;
    expect(jump.cycle).toBe(0.25);
  });

  test('tempo changes that lie ahead are in the plan, at their exact place', () => {
    const changed = withTempo(timelineOf(0.5), 'a', 1, 2, 1.5);
    const steering = new Steering();
    steering.step(input(1, 0, true, changed));
    expect(
      steering.pieces.map((piece) => [piece.fromLocalSeconds, piece.cycle, piece.cyclesPerSecond]),
    ).toEqual([
      [1, 0.5, 0.5],
      [2, 1, 1.5],
    ]);
    expect(plannedCycle(steering.pieces, 3)).toBe(2.5);
  });

  test('pieces that do not jump meet end to end, whatever comes', () => {
    const change = fc.tuple(
      fc.double({ min: 0.01, max: 2, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: 0.1, max: 4, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const steering = new Steering();
        let shared = timelineOf(0.5);
        let now = 0;
        steering.step(input(0, 0));
        for (const [wait, offset, tempo] of changes) {
          now += wait;
          shared = withTempo(shared, 'a', now, now + 0.2, tempo);
          const before = plannedCycle(steering.pieces, now);
          steering.step(input(now, offset, true, shared));
          expect(plannedCycle(steering.pieces, now)).toBeCloseTo(before, 9);
          for (let i = 1; i < steering.pieces.length; i++) {
            const [a, b] = [steering.pieces[i - 1]!, steering.pieces[i]!];
            expect(b.fromLocalSeconds).toBeGreaterThanOrEqual(a.fromLocalSeconds);
            const end = a.cycle + (b.fromLocalSeconds - a.fromLocalSeconds) * a.cyclesPerSecond;
            if (!b.jumps) expect(end).toBeCloseTo(b.cycle, 6);
          }
        }
      }),
    );
  });
});

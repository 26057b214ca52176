/**
 * Functions that act cycle by cycle or event by event: reversing, repeating, rotating, squeezing. It knows patterns
 * and exact time; the library gives these their names, texts and patterned arguments.
 */
import { fastcat, pure, silence, slowcat, slowcatPrime, stack } from './combine.ts';
import { euclidSteps } from './euclid.ts';
import { PatternEvent } from './event.ts';
import { restartJoin, squeezeJoin } from './joins.ts';
import { isTrue } from './note-names.ts';
import { operate } from './operators.ts';
import { Pattern } from './pattern.ts';
import { ONE, type Rational, type RationalLike, ratio, rational, ZERO } from './rational.ts';
import { Span } from './span.ts';
import { early, fast, slow, zoom } from './time.ts';

type AnyPattern = Pattern<any>;
type Change = (pattern: AnyPattern) => AnyPattern;

/** Reverses each cycle. Law: rev(rev(p)) equals p. */
export function rev<T>(pattern: Pattern<T>): Pattern<T> {
  const ask: Pattern<T>['query'] = (state) => {
    const cycle = state.span.begin.floor();
    const turning = cycle.add(cycle).add(ONE);
    return reflected(pattern, turning).query(state);
  };
  return new Pattern(ask, pattern.stepCount).splitQueries();
}

/** Reverses all of time around 0. */
export function revv<T>(pattern: Pattern<T>): Pattern<T> {
  return reflected(pattern, ZERO);
}

/** Time t becomes turning - t. */
function reflected<T>(pattern: Pattern<T>, turning: Rational): Pattern<T> {
  const turn = (span: Span): Span => new Span(turning.sub(span.end), turning.sub(span.begin));
  return pattern.withQuerySpan(turn).withEvent((event) => {
    const part = turn(event.part);
    const whole = event.whole === event.part ? part : event.whole === null ? null : turn(event.whole);
    return new PatternEvent(whole, part, event.value, event.context);
  });
}

/** Each event n times in its own place. */
export function ply<T>(factor: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const plied = squeezeJoin(pattern.withValue((value) => fast(factor, pure(value))));
  return plied.withSteps(pattern.stepCount?.mul(factor) ?? null);
}

/** Each cycle n times before the next. */
export function repeatCycles<T>(times: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const by = rational(times);
  if (by.sign() <= 0) return silence;
  const ask: Pattern<T>['query'] = (state) => {
    const cycle = state.span.begin.floor();
    return early(cycle.div(by).floor().sub(cycle), pattern).query(state);
  };
  return new Pattern(ask, pattern.stepCount).splitQueries();
}

/** Each cycle begins one n-th later in the pattern (`direction` 1) or earlier (-1). */
export function iter<T>(times: RationalLike, direction: 1 | -1, pattern: Pattern<T>): Pattern<T> {
  const count = rational(times).floor().toNumber();
  if (count < 1) return silence;
  const turns = Array.from({ length: count }, (_, i) => early(ratio(i * direction, count), pattern));
  return slowcat(...turns).withSteps(pattern.stepCount);
}

/** f on the pattern slowed by n, then as fast again. */
export function inside(factor: RationalLike, change: Change, pattern: AnyPattern): AnyPattern {
  return fast(factor, change(slow(factor, pattern)));
}

/** f on the first (or last) of every n cycles. */
export function everyNth(
  n: RationalLike,
  change: Change,
  which: 'first' | 'last',
  pattern: AnyPattern,
): AnyPattern {
  const count = Math.floor(rational(n).toNumber());
  if (count < 1) return pattern;
  const cycles: AnyPattern[] = new Array(count).fill(pattern);
  cycles[which === 'first' ? 0 : count - 1] = change(pattern);
  return slowcatPrime(...cycles).withSteps(pattern.stepCount);
}

/** Structure from the booleans, values from the pattern. */
export function struct(booleans: AnyPattern, pattern: AnyPattern): AnyPattern {
  return operate('keepif', 'out', pattern, booleans);
}

/** n samples per cycle, each an event. */
export function segment(n: RationalLike, pattern: AnyPattern): AnyPattern {
  return struct(fast(n, pure(true)), pattern).withSteps(rational(n));
}

/** The first part of each cycle, looped at its own speed; a negative length takes the last part. */
export function linger(length: RationalLike, pattern: AnyPattern): AnyPattern {
  const by = rational(length);
  if (by.isZero()) return silence;
  const part = by.sign() < 0 ? zoom(by.add(ONE), ONE, pattern) : zoom(ZERO, by, pattern);
  return slow(by.abs(), part);
}

/** Euclidean structure. */
export function euclid(onsets: number, steps: number, rotation: number, pattern: AnyPattern): AnyPattern {
  const pulses = euclidSteps(onsets, steps, rotation);
  return struct(fastcat(...pulses.map((on) => pure(on))), pattern).withSteps(rational(pulses.length));
}

/** Both where the condition is false the pattern and where it is true what f makes of it. */
export function when(condition: unknown, change: Change, pattern: AnyPattern): AnyPattern {
  return isTrue(condition) ? change(pattern) : pattern;
}

/** f on one n-th of the cycle after another; `back` goes from the last to the first. */
export function chunk(
  n: RationalLike,
  change: Change,
  options: { readonly back: boolean; readonly fast: boolean },
  pattern: AnyPattern,
): AnyPattern {
  const count = Math.floor(rational(n).toNumber());
  if (count < 1) return pattern;
  const marks = fastcat(...Array.from({ length: count }, (_, i) => pure(i === 0)));
  const moving = iter(count, options.back ? 1 : -1, marks);
  const base = options.fast ? pattern : repeatCycles(count, pattern);
  const changed = change(base);
  return moving.innerBind((on) => (on ? changed : base)).withSteps(pattern.stepCount);
}

/** f on the events that begin between a and b of the cycle. */
export function within(
  begin: RationalLike,
  end: RationalLike,
  change: Change,
  pattern: AnyPattern,
): AnyPattern {
  const from = rational(begin);
  const to = rational(end);
  const isInside = (event: PatternEvent): boolean => {
    const position = event.wholeOrPart().begin.cyclePos();
    return position.gte(from) && position.lte(to);
  };
  return stack(
    change(pattern.filterEvents(isInside)),
    pattern.filterEvents((event) => !isInside(event)),
  );
}

/** Loops the stretch of so many cycles from `offset` on. */
export const ribbon = (offset: RationalLike, cycles: RationalLike, pattern: AnyPattern): AnyPattern =>
  restartJoin(slow(cycles, pure(early(offset, pattern))));

/** For each event of `pieces` the loop of what it covers, changed by f where the piece is true. */
export function unjoin(
  pieces: AnyPattern,
  f: (loop: AnyPattern) => unknown,
  pattern: AnyPattern,
): AnyPattern {
  return pieces.discreteOnly().withEvent((event) => {
    const { begin, end } = event.whole!;
    return event.withValue((value) => (isTrue(value) ? f(ribbon(begin, end.sub(begin), pattern)) : pattern));
  });
}

/** Events that sound at exactly the same time become one event with the list of them. */
export function collect<T>(pattern: Pattern<T>): Pattern<PatternEvent<T>[]> {
  return pattern.withEvents((events) => {
    const groups = new Map<string, PatternEvent<T>[]>();
    for (const event of events) {
      const key = `${event.whole?.show() ?? '~'} ${event.part.show()}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [event]);
      else group.push(event);
    }
    return [...groups.values()].map((group) => new PatternEvent(group[0]!.whole, group[0]!.part, group));
  });
}

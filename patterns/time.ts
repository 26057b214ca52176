/**
 * Moving and stretching time: each function alters the question and, inversely, the answer. It knows exact time
 * and patterns only.
 */
import { silence } from './combine.ts';
import { PatternEvent } from './event.ts';
import { Pattern } from './pattern.ts';
import { ONE, type Rational, type RationalLike, rational } from './rational.ts';
import { Span } from './span.ts';

/** n times as fast; silence where n is 0. Law: fast(n, slow(n, p)) equals p. */
export function fast<T>(factor: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const by = rational(factor);
  if (by.isZero()) return silence;
  if (by.eq(ONE)) return pattern;
  const back = ONE.div(by);
  return pattern.withTime(
    (time) => time.mul(by),
    (time) => time.mul(back),
  );
}

/** n times as slow; silence where n is 0. */
export function slow<T>(factor: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const by = rational(factor);
  return by.isZero() ? silence : fast(ONE.div(by), pattern);
}

/** Earlier by so many cycles. Law: early(t, late(t, p)) equals p. */
export function early<T>(cycles: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const by = rational(cycles);
  if (by.isZero()) return pattern;
  return pattern.withTime(
    (time) => time.add(by),
    (time) => time.sub(by),
  );
}

export function late<T>(cycles: RationalLike, pattern: Pattern<T>): Pattern<T> {
  return early(rational(cycles).neg(), pattern);
}

/** n times as fast, once per cycle, with silence after it. */
export function fastGap<T>(factor: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const by = rational(factor);
  if (by.sign() <= 0) return silence;
  const ask: Pattern<T>['query'] = (state) => {
    const { begin, end } = state.span;
    const cycle = begin.floor();
    const next = cycle.add(ONE);
    const toInner = (time: Rational): Rational => time.sub(cycle).mul(by).add(cycle).min(next);
    const innerBegin = toInner(begin);
    if (innerBegin.compare(next) >= 0) return [];
    const toOuter = (time: Rational): Rational => time.sub(cycle).div(by).add(cycle);
    return pattern.query(state.withSpan(new Span(innerBegin, toInner(end)))).map((event) => {
      const part = new Span(toOuter(event.part.begin).min(next), toOuter(event.part.end).min(next));
      return new PatternEvent(event.whole?.withTime(toOuter) ?? null, part, event.value, event.context);
    });
  };
  return new Pattern(ask, pattern.stepCount).splitQueries();
}

/** Each cycle, the cycle that begin lies in from begin on and as long as begin..end, going on before and after. */
export function focus<T>(begin: RationalLike, end: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const from = rational(begin);
  const length = rational(end).sub(from);
  if (length.isZero()) return silence;
  const cycle = from.floor();
  const back = ONE.div(length);
  return pattern.withTime(
    (time) => time.sub(from).mul(back).add(cycle),
    (time) => time.sub(cycle).mul(length).add(from),
  );
}

/**
 * Plays begin..end of each cycle, stretched to the cycle. Wholes and parts are stretched each within the cycle that
 * they begin in; of an event that began in an earlier cycle this leaves a fragment, as players of Strudel know it.
 */
export function zoom<T>(begin: RationalLike, end: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const from = rational(begin);
  const to = rational(end);
  if (from.gte(to)) return silence;
  const length = to.sub(from);
  const zoomed = pattern
    .withQuerySpan((span) => {
      const cycle = span.begin.floor();
      return span.withTime((time) => time.sub(cycle).mul(length).add(from).add(cycle));
    })
    .withEvent((event) =>
      event.withSpan((span) => {
        const cycle = span.begin.floor();
        return span.withTime((time) => time.sub(cycle).sub(from).div(length).add(cycle));
      }),
    );
  return zoomed.splitQueries().withSteps(pattern.stepCount?.mul(length) ?? null);
}

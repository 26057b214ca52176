/** A rhythm part of the way between two others. It knows patterns and exact time. */
import { PatternEvent } from './event.ts';
import { Pattern } from './pattern.ts';
import { ONE, type Rational, type RationalLike, ratio, rational } from './rational.ts';
import { Span } from './span.ts';

/** Where the onsets of a list lie in the cycle. */
const positions = (steps: readonly boolean[]): Rational[] =>
  steps.flatMap((on, i) => (on ? [ratio(i, steps.length)] : []));

/** Onsets of `from` moved towards those of `to` by a share of 0 to 1; each as long as a step of `from`. */
export function morphed(
  from: readonly boolean[],
  to: readonly boolean[],
  share: RationalLike,
): Pattern<boolean> {
  const by = rational(share);
  const length = from.length === 0 ? ONE : ratio(1, from.length);
  const targets = positions(to);
  const spans = positions(from)
    .slice(0, targets.length)
    .map((start, i) => {
      const begin = start.add(targets[i]!.sub(start).mul(by));
      return new Span(begin, begin.add(length));
    });
  const ask = (state: Parameters<Pattern['query']>[0]): PatternEvent<boolean>[] => {
    const cycle = state.span.begin.floor();
    const events: PatternEvent<boolean>[] = [];
    for (const span of spans) {
      const whole = span.withTime((time) => time.add(cycle));
      const part = whole.intersection(state.span);
      if (part !== null) events.push(new PatternEvent(whole, part, true));
    }
    return events;
  };
  return new Pattern(ask).splitQueries();
}

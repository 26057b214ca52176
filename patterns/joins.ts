/**
 * The remaining ways to flatten a pattern of patterns: squeezed into each event, restarted at each event, aligned
 * by step count. It knows patterns only.
 */
import { combineContexts, PatternEvent } from './event.ts';
import { Pattern } from './pattern.ts';
import { type RationalLike, rational } from './rational.ts';
import { fast, focus, late } from './time.ts';

/**
 * Cuts the events of each inner pattern to its outer event. Continuous inner patterns give their value at the
 * beginning of the part where `asksPart`, else at that of the query.
 */
function cutToOuter<T>(
  outers: Pattern<Pattern<T>>,
  place: (inner: Pattern<T>, outer: PatternEvent<Pattern<T>>) => Pattern<T>,
  asksPart: boolean,
): Pattern<T> {
  return new Pattern((state) => {
    const events: PatternEvent<T>[] = [];
    for (const outer of outers.query(state)) {
      if (outer.whole === null) continue;
      for (const event of place(outer.value, outer).query(asksPart ? state.withSpan(outer.part) : state)) {
        const part = event.part.intersection(outer.part);
        if (part === null) continue;
        const whole = event.whole === null ? null : event.whole.intersection(outer.whole);
        if (event.whole !== null && whole === null) continue;
        events.push(
          new PatternEvent(whole, part, event.value, combineContexts(outer.context, event.context)),
        );
      }
    }
    return events;
  });
}

/** The cycle of the inner pattern is squeezed into each outer event. */
export function squeezeJoin<T>(outers: Pattern<Pattern<T>>): Pattern<T> {
  return cutToOuter(outers, (inner, { whole }) => focus(whole!.begin, whole!.end, inner), true);
}

/** The inner pattern's cycle begins anew at each outer event. */
export function resetJoin<T>(outers: Pattern<Pattern<T>>): Pattern<T> {
  return cutToOuter(outers, (inner, { whole }) => late(whole!.begin.cyclePos(), inner), false);
}

/** The inner pattern begins with its cycle 0 at each outer event. */
export function restartJoin<T>(outers: Pattern<Pattern<T>>): Pattern<T> {
  return cutToOuter(outers, (inner, { whole }) => late(whole!.begin, inner), false);
}

/** The inner pattern runs so fast that it has as many steps per cycle as the outer one. */
export function polyJoin<T>(outers: Pattern<Pattern<T>>): Pattern<T> {
  return outers.outerBind((inner) => {
    if (outers.stepCount === null || inner.stepCount === null || inner.stepCount.isZero()) return inner;
    return extend(outers.stepCount.div(inner.stepCount), inner);
  });
}

/** n times as fast with n times the steps. */
export function extend<T>(factor: RationalLike, pattern: Pattern<T>): Pattern<T> {
  return fast(factor, pattern).withSteps(pattern.stepCount?.mul(factor) ?? null);
}

/** As many steps per cycle as said; a pattern without a step count stays as it is. */
export function pace<T>(steps: RationalLike, pattern: Pattern<T>): Pattern<T> {
  if (pattern.stepCount === null || pattern.stepCount.isZero()) return pattern;
  const by = rational(steps);
  return fast(by.div(pattern.stepCount), pattern).withSteps(by);
}

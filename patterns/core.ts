/**
 * The primitives by one name: what notation and the library are built from. It only gathers.
 */
export { chance, chooseByCycle, degradeBy, degradeWith } from './chance.ts';
export {
  compress,
  fastcat,
  gap,
  nothing,
  pure,
  signal,
  silence,
  slowcat,
  slowcatPrime,
  stack,
  steady,
  timecat,
} from './combine.ts';
export { euclidSteps } from './euclid.ts';
export { type Context, combineContexts, type Location, NO_CONTEXT, PatternEvent } from './event.ts';
export { Pattern } from './pattern.ts';
export { type Controls, controls, LimitError, State } from './query-state.ts';
export { Rational, type RationalLike, ratio, rational } from './rational.ts';
export { Span, span } from './span.ts';
export { early, fast, fastGap, focus, late, slow, zoom } from './time.ts';

/**
 * The constructors: one value, silence, together, one after another, one per cycle. Steps of a sequence that hold
 * one value are answered without asking further. It knows patterns and nothing of notation.
 */
import { type Context, NO_CONTEXT, PatternEvent } from './event.ts';
import { commonSteps, mapEventTime, Pattern } from './pattern.ts';
import type { State } from './query-state.ts';
import { ONE, type Rational, type RationalLike, ratio, rational, ZERO } from './rational.ts';
import { Span } from './span.ts';

/** A value once per cycle. */
export function pure<T>(value: T, context: Context = NO_CONTEXT): Pattern<T> {
  const ask = (state: State): PatternEvent<T>[] => {
    const events: PatternEvent<T>[] = [];
    for (const part of state.cycles()) {
      const begin = part.begin.floor();
      const end = begin.add(ONE);
      const isWhole = part.begin.eq(begin) && part.end.eq(end);
      events.push(new PatternEvent(isWhole ? part : new Span(begin, end), part, value, context));
    }
    return events;
  };
  const constant = { value, context };
  const made: Pattern<T> = new Pattern(ask, ONE, constant);
  return made;
}

/** No events, one step long. */
export const silence: Pattern<never> = new Pattern<never>(() => [], ONE);

/** No events, no steps. */
export const nothing: Pattern<never> = new Pattern<never>(() => [], ZERO);

/** Silence of n steps. */
export function gap(steps: RationalLike): Pattern<never> {
  return new Pattern<never>(() => [], rational(steps));
}

/** A value at every moment, with no whole. */
export function steady<T>(value: T): Pattern<T> {
  return new Pattern((state) => [new PatternEvent(null, state.span, value)]);
}

/** A continuous pattern: its value is that of the time at which a query begins. */
export function signal<T>(value: (time: Rational, controls: State['controls']) => T): Pattern<T> {
  return new Pattern((state) => {
    state.controls.budget.charge(1);
    return [new PatternEvent(null, state.span, value(state.span.begin, state.controls))];
  });
}

/** All together. */
export function stack<T>(...patterns: readonly Pattern<T>[]): Pattern<T> {
  if (patterns.length === 1) return patterns[0]!;
  const ask = (state: State): PatternEvent<T>[] => {
    const events: PatternEvent<T>[] = [];
    for (const pattern of patterns) for (const event of pattern.query(state)) events.push(event);
    return events;
  };
  return new Pattern(ask, commonSteps(patterns));
}

/** One pattern per cycle in turn; each continues where it left off. */
export function slowcat<T>(...patterns: readonly Pattern<T>[]): Pattern<T> {
  const count = patterns.length;
  if (count === 0) return silence;
  if (count === 1) return patterns[0]!;
  const countTime = rational(count);
  const ask = (state: State): PatternEvent<T>[] => {
    const events: PatternEvent<T>[] = [];
    for (const span of state.cycles()) {
      const cycle = span.begin.floor();
      const round = cycle.div(countTime).floor();
      const index = cycle.sub(round.mul(countTime)).toNumber();
      // The chosen pattern's own cycle is the number of rounds so far.
      const offset = cycle.sub(round);
      const inner = state.withSpan(new Span(span.begin.sub(offset), span.end.sub(offset)));
      for (const event of patterns[index]!.query(inner)) {
        events.push(offset.isZero() ? event : mapEventTime(event, (time) => time.add(offset)));
      }
    }
    return events;
  };
  return new Pattern(ask, commonSteps(patterns));
}

/** One pattern per cycle in turn, each at the cycle that is: cycles of the others are skipped. */
export function slowcatPrime<T>(...patterns: readonly Pattern<T>[]): Pattern<T> {
  if (patterns.length === 0) return silence;
  const count = rational(patterns.length);
  const ask = (state: State): PatternEvent<T>[] => {
    const index = state.span.begin.floor().mod(count).toNumber();
    return patterns[index]!.query(state);
  };
  return new Pattern(ask).splitQueries();
}

/** A step of a sequence: where it lies in the cycle, 0 to 1. */
interface Step<T> {
  readonly begin: Rational;
  readonly end: Rational;
  readonly length: Rational;
  readonly pattern: Pattern<T>;
}

/** Asks one step's pattern for the part of cycle `cycle` between begin and end. */
function askStep<T>(
  step: Step<T>,
  cycle: Rational,
  begin: Rational,
  end: Rational,
  state: State,
  into: PatternEvent<T>[],
): void {
  const stepBegin = cycle.add(step.begin);
  const constant = step.pattern.constant;
  if (constant !== null) {
    state.controls.budget.charge(1);
    const stepEnd = cycle.add(step.end);
    const whole = new Span(stepBegin, stepEnd);
    const isWhole = begin.eq(stepBegin) && end.eq(stepEnd);
    into.push(
      new PatternEvent(whole, isWhole ? whole : new Span(begin, end), constant.value, constant.context),
    );
    return;
  }
  const { length } = step;
  const inner = new Span(
    begin.sub(stepBegin).div(length).add(cycle),
    end.sub(stepBegin).div(length).add(cycle),
  );
  const toOuter = (time: Rational): Rational => time.sub(cycle).mul(length).add(stepBegin);
  for (const event of step.pattern.query(state.withSpan(inner))) into.push(mapEventTime(event, toOuter));
}

function sequenceOf<T>(steps: readonly Step<T>[], stepCount: Rational): Pattern<T> {
  const ask = (state: State): PatternEvent<T>[] => {
    const events: PatternEvent<T>[] = [];
    for (const { begin, end } of state.cycles()) {
      const cycle = begin.floor();
      const from = begin.sub(cycle);
      const to = end.sub(cycle);
      const isPoint = from.eq(to);
      for (const step of steps) {
        if (step.end.compare(from) <= 0) continue;
        const order = step.begin.compare(to);
        if (order > 0 || (order === 0 && !isPoint)) break;
        const partBegin = step.begin.compare(from) > 0 ? cycle.add(step.begin) : begin;
        const partEnd = step.end.compare(to) < 0 ? cycle.add(step.end) : end;
        askStep(step, cycle, partBegin, partEnd, state, events);
      }
    }
    return events;
  };
  return new Pattern(ask, stepCount);
}

/** Patterns one after another in one cycle, all equally long. */
export function fastcat<T>(...patterns: readonly Pattern<T>[]): Pattern<T> {
  if (patterns.length === 0) return silence;
  if (patterns.length === 1) return patterns[0]!;
  const layout = evenLayout(patterns.length);
  return sequenceOf(
    patterns.map((pattern, i) => ({ ...layout[i]!, pattern })),
    rational(patterns.length),
  );
}

type Place = Omit<Step<unknown>, 'pattern'>;
const evenLayouts: Place[][] = [];
const LAYOUTS_KEPT = 65;

/** Places of n equal steps; short ones are remembered, for sequences are made within queries too. */
function evenLayout(count: number): readonly Place[] {
  const known = evenLayouts[count];
  if (known !== undefined) return known;
  const length = ratio(1, count);
  const layout = Array.from({ length: count }, (_, i) => ({
    begin: ratio(i, count),
    end: ratio(i + 1, count),
    length,
  }));
  if (count < LAYOUTS_KEPT) evenLayouts[count] = layout;
  return layout;
}

/** Patterns one after another in one cycle, each as long as its weight says. */
export function timecat<T>(...weighted: readonly (readonly [RationalLike, Pattern<T>])[]): Pattern<T> {
  const entries = weighted
    .map(([weight, pattern]) => [rational(weight), pattern] as const)
    .filter(([weight]) => weight.sign() > 0);
  if (entries.length === 0) return nothing;
  const total = entries.reduce((sum, [weight]) => sum.add(weight), ZERO);
  if (entries.length === 1) return entries[0]![1].withSteps(total);
  let at = ZERO;
  const steps = entries.map(([weight, pattern]): Step<T> => {
    const begin = at.div(total);
    at = at.add(weight);
    return { begin, end: at.div(total), length: weight.div(total), pattern };
  });
  return sequenceOf(steps, total);
}

/** Each cycle squeezed into begin..end of the cycle, silence around it; nothing where these are not in order. */
export function compress<T>(begin: RationalLike, end: RationalLike, pattern: Pattern<T>): Pattern<T> {
  const from = rational(begin);
  const to = rational(end);
  if (from.gte(to) || from.lt(ZERO) || to.gt(ONE)) return silence;
  return sequenceOf(
    [{ begin: from, end: to, length: to.sub(from), pattern }],
    pattern.stepCount ?? ONE,
  ).withSteps(pattern.stepCount);
}

/**
 * A pattern: a pure function from a query to events, with the ways of combining two patterns by structure and of
 * flattening a pattern of patterns. Everything musical is built on these in other files; this one knows neither
 * notation nor names of functions.
 */
import { type Context, combineContexts, type Location, PatternEvent } from './event.ts';
import { type ControlSettings, controls, State } from './query-state.ts';
import { type Rational, type RationalLike, rational } from './rational.ts';
import { Span } from './span.ts';

export type Query<T> = (state: State) => PatternEvent<T>[];

/** The one value of a pattern made by `pure`: arguments that never change need no join. */
export interface Constant<T> {
  readonly value: T;
  readonly context: Context;
}

/** Immutable; made by the functions of combine.ts and time.ts or from a query of one's own. */
export class Pattern<T = unknown> {
  readonly query: Query<T>;
  /** Steps per cycle, for the stepwise functions; null where the pattern has no count of its own. */
  readonly stepCount: Rational | null;
  readonly constant: Constant<T> | null;

  constructor(query: Query<T>, stepCount: Rational | null = null, constant: Constant<T> | null = null) {
    this.query = query;
    this.stepCount = stepCount;
    this.constant = constant;
  }

  /** Events between two times, fragments included. */
  queryArc(begin: RationalLike, end: RationalLike, settings: ControlSettings = {}): PatternEvent<T>[] {
    return this.query(new State(new Span(rational(begin), rational(end)), controls(settings)));
  }

  firstCycle(): PatternEvent<T>[] {
    return this.queryArc(0, 1);
  }

  withSteps(stepCount: Rational | null): Pattern<T> {
    return new Pattern(this.query, stepCount, this.constant);
  }

  // ---- answers ---------------------------------------------------------------------------------------------

  withEvents<U>(map: (events: PatternEvent<T>[], state: State) => PatternEvent<U>[]): Pattern<U> {
    return new Pattern((state) => map(this.query(state), state), this.stepCount);
  }

  withEvent<U>(map: (event: PatternEvent<T>) => PatternEvent<U>): Pattern<U> {
    return new Pattern((state) => this.query(state).map(map), this.stepCount);
  }

  /** The same events with other values. */
  withValue<U>(map: (value: T) => U): Pattern<U> {
    return new Pattern((state) => {
      const events = this.query(state);
      const mapped: PatternEvent<U>[] = new Array(events.length);
      for (let i = 0; i < events.length; i += 1) {
        const event = events[i]!;
        mapped[i] = new PatternEvent(event.whole, event.part, map(event.value), event.context);
      }
      return mapped;
    }, this.stepCount);
  }

  withContext(map: (context: Context) => Context): Pattern<T> {
    const constant =
      this.constant === null ? null : { value: this.constant.value, context: map(this.constant.context) };
    return new Pattern(
      (state) => this.query(state).map((event) => event.withContext(map)),
      this.stepCount,
      constant,
    );
  }

  /** Adds a place in the text to every event. */
  withLocation(location: Location): Pattern<T> {
    return this.withContext((context) => ({ ...context, locations: [...context.locations, location] }));
  }

  filterEvents(keep: (event: PatternEvent<T>) => boolean): Pattern<T> {
    return new Pattern((state) => this.query(state).filter(keep), this.stepCount);
  }

  filterValues(keep: (value: T) => boolean): Pattern<T> {
    return this.filterEvents((event) => keep(event.value));
  }

  /** Only what has a whole. */
  discreteOnly(): Pattern<T> {
    return this.filterEvents((event) => event.whole !== null);
  }

  /** Only events with their beginning in the query. */
  onsetsOnly(): Pattern<T> {
    return this.filterEvents((event) => event.hasOnset());
  }

  // ---- questions -------------------------------------------------------------------------------------------

  /** Asks cycle by cycle. */
  splitQueries(): Pattern<T> {
    const ask = (state: State): PatternEvent<T>[] => {
      const spans = state.cycles();
      if (spans.length === 1) return this.query(state.withSpan(spans[0]!));
      const events: PatternEvent<T>[] = [];
      for (const span of spans) for (const event of this.query(state.withSpan(span))) events.push(event);
      return events;
    };
    return new Pattern(ask, this.stepCount);
  }

  withState(map: (state: State) => State): Pattern<T> {
    return new Pattern((state) => this.query(map(state)), this.stepCount);
  }

  withQuerySpan(map: (span: Span) => Span): Pattern<T> {
    return new Pattern((state) => this.query(state.withSpan(map(state.span))), this.stepCount);
  }

  withQueryTime(map: (time: Rational) => Rational): Pattern<T> {
    return this.withQuerySpan((span) => span.withTime(map));
  }

  withEventTime(map: (time: Rational) => Rational): Pattern<T> {
    return this.withEvent((event) => mapEventTime(event, map));
  }

  /** Alters question and answer inversely: `toInner` maps outer time to the pattern's, `toOuter` back. */
  withTime(toInner: (time: Rational) => Rational, toOuter: (time: Rational) => Rational): Pattern<T> {
    return new Pattern((state) => {
      const { begin, end } = state.span;
      const events = this.query(state.withSpan(new Span(toInner(begin), toInner(end))));
      for (let i = 0; i < events.length; i += 1) events[i] = mapEventTime(events[i]!, toOuter);
      return events;
    }, this.stepCount);
  }

  // ---- two patterns by structure -----------------------------------------------------------------------------

  /** Combines values; wholes come from this pattern, parts are where both sound. */
  combineLeft<U, V>(other: Pattern<U>, combine: (left: T, right: U) => V): Pattern<V> {
    const ask = (state: State): PatternEvent<V>[] => {
      const events: PatternEvent<V>[] = [];
      const constant = other.constant;
      for (const left of this.query(state)) {
        if (constant !== null && isWithinOneCycle(left.wholeOrPart())) {
          const context = combineContexts(left.context, constant.context);
          events.push(new PatternEvent(left.whole, left.part, combine(left.value, constant.value), context));
          continue;
        }
        for (const right of other.query(state.withSpan(left.wholeOrPart()))) {
          const part = left.part.intersection(right.part);
          if (part === null) continue;
          const context = combineContexts(left.context, right.context);
          events.push(new PatternEvent(left.whole, part, combine(left.value, right.value), context));
        }
      }
      return events;
    };
    return new Pattern(ask, this.stepCount);
  }

  combineRight<U, V>(other: Pattern<U>, combine: (left: T, right: U) => V): Pattern<V> {
    const ask = (state: State): PatternEvent<V>[] => {
      const events: PatternEvent<V>[] = [];
      for (const right of other.query(state)) {
        for (const left of this.query(state.withSpan(right.wholeOrPart()))) {
          const part = right.part.intersection(left.part);
          if (part === null) continue;
          const context = combineContexts(left.context, right.context);
          events.push(new PatternEvent(right.whole, part, combine(left.value, right.value), context));
        }
      }
      return events;
    };
    return new Pattern(ask, other.stepCount);
  }

  /** Wholes are what the wholes of both share. */
  combineBoth<U, V>(other: Pattern<U>, combine: (left: T, right: U) => V): Pattern<V> {
    return this.combineWhole(other, intersectWholes, combine);
  }

  combineWhole<U, V>(
    other: Pattern<U>,
    chooseWhole: (left: Span | null, right: Span | null) => Span | null,
    combine: (left: T, right: U) => V,
  ): Pattern<V> {
    const ask = (state: State): PatternEvent<V>[] => {
      const events: PatternEvent<V>[] = [];
      const rights = other.query(state);
      for (const left of this.query(state)) {
        state.controls.budget.charge(rights.length);
        for (const right of rights) {
          const part = left.part.intersection(right.part);
          if (part === null) continue;
          const context = combineContexts(left.context, right.context);
          const whole = chooseWhole(left.whole, right.whole);
          events.push(new PatternEvent(whole, part, combine(left.value, right.value), context));
        }
      }
      return events;
    };
    return new Pattern(ask, commonSteps([this, other]));
  }

  /** Applies a pattern of functions to a pattern of values; structure from the functions. */
  appLeft<A, B>(this: Pattern<(value: A) => B>, values: Pattern<A>): Pattern<B> {
    return this.combineLeft(values, (f, value) => f(value));
  }
  appRight<A, B>(this: Pattern<(value: A) => B>, values: Pattern<A>): Pattern<B> {
    return this.combineRight(values, (f, value) => f(value));
  }
  appBoth<A, B>(this: Pattern<(value: A) => B>, values: Pattern<A>): Pattern<B> {
    return this.combineBoth(values, (f, value) => f(value));
  }
  appWhole<A, B>(
    this: Pattern<(value: A) => B>,
    chooseWhole: (left: Span | null, right: Span | null) => Span | null,
    values: Pattern<A>,
  ): Pattern<B> {
    return this.combineWhole(values, chooseWhole, (f, value) => f(value));
  }

  // ---- patterns of patterns ----------------------------------------------------------------------------------

  /** For each event the pattern that `inner` gives, queried over its part; `chooseWhole` picks the wholes. */
  bindWhole<U>(
    chooseWhole: (outer: Span | null, inner: Span | null) => Span | null,
    inner: (value: T) => Pattern<U>,
  ): Pattern<U> {
    return new Pattern((state) => {
      const events: PatternEvent<U>[] = [];
      for (const outer of this.query(state)) {
        for (const event of inner(outer.value).query(state.withSpan(outer.part))) {
          const context = combineContexts(outer.context, event.context);
          events.push(
            new PatternEvent(chooseWhole(outer.whole, event.whole), event.part, event.value, context),
          );
        }
      }
      return events;
    });
  }

  /** Wholes are what outer and inner share. */
  bind<U>(inner: (value: T) => Pattern<U>): Pattern<U> {
    return this.bindWhole(intersectWholes, inner);
  }
  innerBind<U>(inner: (value: T) => Pattern<U>): Pattern<U> {
    return this.bindWhole((_outer, whole) => whole, inner);
  }
  outerBind<U>(inner: (value: T) => Pattern<U>): Pattern<U> {
    return this.bindWhole((whole) => whole, inner).withSteps(this.stepCount);
  }
  join<U>(this: Pattern<Pattern<U>>): Pattern<U> {
    return this.bind((pattern) => pattern);
  }
  innerJoin<U>(this: Pattern<Pattern<U>>): Pattern<U> {
    return this.innerBind((pattern) => pattern);
  }
  outerJoin<U>(this: Pattern<Pattern<U>>): Pattern<U> {
    return this.outerBind((pattern) => pattern);
  }
}

function isWithinOneCycle(span: Span): boolean {
  return span.isWithinCycle();
}

function intersectWholes(a: Span | null, b: Span | null): Span | null {
  return a === null || b === null ? null : a.intersection(b);
}

/** Maps both times of an event; a part that is the whole stays the same object. */
export function mapEventTime<T>(event: PatternEvent<T>, map: (time: Rational) => Rational): PatternEvent<T> {
  const part = new Span(map(event.part.begin), map(event.part.end));
  const whole =
    event.whole === event.part
      ? part
      : event.whole === null
        ? null
        : new Span(map(event.whole.begin), map(event.whole.end));
  return new PatternEvent(whole, part, event.value, event.context);
}

/** Least common multiple of the step counts there are, or null. */
export function commonSteps(patterns: readonly Pattern<any>[]): Rational | null {
  let common: Rational | null = null;
  for (const { stepCount } of patterns) {
    if (stepCount === null) continue;
    common = common === null ? stepCount : common.lcm(stepCount);
  }
  return common;
}

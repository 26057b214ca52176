/**
 * From the tree to a pattern: parts that repeat become cells laid out once (layout.ts), the others are made of
 * the core's functions. Every leaf carries its place in the program's text where it has one.
 */
import {
  type Context,
  chooseByCycle,
  degradeBy,
  euclidSteps,
  fast,
  fastcat,
  focus,
  type Location,
  NO_CONTEXT,
  Pattern,
  PatternEvent,
  pure,
  rational,
  Span,
  type State,
  silence,
  slow,
  stack,
  timecat,
} from '../core.ts';
import { combineContexts } from '../event.ts';
import { patternOfCycles } from './cycles.ts';
import { Layout, literal, onlyCell, weightOf } from './layout.ts';
import { NotationError, type NotationMistake } from './mistake.ts';
import { NOTATION_LIMIT } from './parse.ts';
import { countRange, rangeValues } from './ranges.ts';
import { countSlice } from './steps.ts';
import type { Group, Operator, Range, Sequence, Slice, Step } from './tree.ts';
import * as wording from './wording.ts';

/** Maps an offset in the notation to one in the program; null where the notation has no place there. */
export type Placing = ((offset: number) => number) | null;

type Any = Pattern<unknown>;

/** The pattern of a checked tree. `laidOut` false leaves everything to the core; tests hold both equal. */
export function compose(tree: Group, at: Placing, laidOut = true): Any {
  return new Builder(at, laidOut).slice(tree).withSteps(countSlice(tree).steps);
}

class Builder {
  private readonly at: Placing;
  private readonly layout: Layout | null;

  constructor(at: Placing, laidOut: boolean) {
    this.at = at;
    this.layout = laidOut ? new Layout((leaf) => this.context(leaf)) : null;
  }

  slice(slice: Slice): Any {
    const cycles = this.layout?.ofSlice(slice) ?? null;
    if (cycles === null) return this.composeSlice(slice);
    const only = onlyCell(cycles);
    return only === null ? patternOfCycles(cycles, null) : pure(only.value, only.context);
  }

  private step(step: Step): Any {
    const cycles = this.layout?.ofStep(step) ?? null;
    if (cycles !== null) return patternOfCycles(cycles, null);
    return step.operators.reduce(
      (pattern: Any, operator) => this.apply(operator, pattern),
      this.slice(step.slice),
    );
  }

  private composeSlice(slice: Slice): Any {
    switch (slice.kind) {
      case 'atom':
        return pure(slice.value, this.context(slice));
      case 'chord':
        return stack(...slice.notes.map((note): Any => pure(note, this.context(slice))));
      case 'rest':
        return silence;
      case 'group': {
        const { joining, parts, salt } = slice.body;
        const patterns = parts.map((part) => this.sequence(part));
        if (joining === 'stack') return stack(...patterns);
        return joining === 'feet' ? fastcat(...patterns) : chooseByCycle(patterns, salt);
      }
      case 'alternation':
        return stack(...slice.lanes.map((lane) => slow(weightOf(lane), this.sequence(lane))));
      case 'polymeter': {
        const perCycle =
          slice.steps === null ? pure(weightOf(slice.lanes[0]!).toNumber()) : this.argument(slice.steps);
        const lanes = slice.lanes.map((lane): Any => {
          const weight = weightOf(lane);
          const pattern = this.sequence(lane);
          return weight.isZero()
            ? silence
            : withArgument(perCycle, (steps) => fast(rational(steps).div(weight), pattern));
        });
        return stack(...lanes);
      }
      case 'progression': {
        const [first, second, last] = [slice.first, slice.second, slice.last].map(
          (end) => this.slice(end) as Pattern<number>,
        );
        return squeezeBind(first!, (from) =>
          second!.bind((next) =>
            last!.bind((to) => this.numbers(slice, Number(from), Number(to), Number(next))),
          ),
        );
      }
    }
  }

  private sequence(sequence: Sequence): Any {
    return timecat(...sequence.steps.map((step) => [step.weight, this.step(step)] as const));
  }

  private apply(operator: Operator, pattern: Any): Any {
    switch (operator.kind) {
      case 'fast':
        return withArgument(this.argument(operator.argument), (factor) => fast(factor, pattern));
      case 'slow':
        return withArgument(this.argument(operator.argument), (factor) => slow(factor, pattern));
      case 'tail':
        return pattern.combineLeft(this.slice(operator.argument), (value, tail) =>
          Array.isArray(value) ? [...value, tail] : [value, tail],
        );
      case 'range': {
        const last = this.slice(operator.argument) as Pattern<number>;
        return squeezeBind(pattern as Pattern<number>, (from) =>
          last.bind((to) => this.numbers(operator, Number(from), Number(to))),
        );
      }
      case 'replicate':
        return fast(
          operator.times,
          pattern.constant === null ? repeatCycles(operator.times, pattern) : pattern,
        );
      case 'degrade':
        return degradeBy(operator.chance ?? 0.5, pattern, operator.salt);
      case 'euclid':
        return this.euclid(operator, pattern);
    }
  }

  private euclid(operator: Operator & { readonly kind: 'euclid' }, pattern: Any): Any {
    const known = new Map<string, Any>();
    const rhythm = (onsets: number, steps: number, turn: number): Any => {
      const key = `${onsets} ${steps} ${turn}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      if (!Number.isInteger(onsets) || !Number.isInteger(steps) || steps < 1 || Math.abs(onsets) > steps) {
        this.fail(wording.impossibleEuclid(onsets, steps, operator.from, operator.to));
      }
      const made = struct(pattern, euclidSteps(onsets, steps, turn));
      if (known.size < 64) known.set(key, made);
      return made;
    };
    const onsets = this.euclidPart(operator.onsets);
    const steps = this.euclidPart(operator.steps);
    const turn = operator.turn === null ? pure(0) : this.euclidPart(operator.turn);
    return withArgument(onsets, (k) =>
      withArgument(steps, (n) => withArgument(turn, (r) => rhythm(k, n, r))),
    );
  }

  private euclidPart(step: Step): Pattern<number> {
    const number = literal(step);
    return number === null ? (this.step(step) as Pattern<number>) : pure(number);
  }

  /** An operator's argument; a literal one adds no place of its own to the events. */
  private argument(slice: Slice): Pattern<number> {
    return slice.kind === 'atom' ? pure(Number(slice.value)) : (this.slice(slice) as Pattern<number>);
  }

  private numbers(
    place: { from: number; to: number },
    from: number,
    to: number,
    next?: number,
  ): Pattern<number> {
    if (countRange(from, to, next) > NOTATION_LIMIT.steps) {
      this.fail(wording.tooManySteps(NOTATION_LIMIT.steps, place.from, place.to));
    }
    return fastcat(...rangeValues(from, to, next).map((value) => pure(value)));
  }

  private context(leaf: Range): Context {
    if (this.at === null) return NO_CONTEXT;
    const location: Location = { from: this.at(leaf.from), to: this.at(leaf.to) };
    return { locations: [location] };
  }

  private fail(mistake: NotationMistake): never {
    const error = new NotationError(mistake);
    throw this.at === null ? error : error.placedBy(this.at);
  }
}

/** Applies a function to each value of an argument; structure comes from the result. */
function withArgument<A, B>(argument: Pattern<A>, apply: (value: A) => Pattern<B>): Pattern<B> {
  return argument.constant === null ? argument.innerBind(apply) : apply(argument.constant.value);
}

/** For each event the cycle of another pattern, squeezed into the event's whole. */
function squeezeBind<A, B>(outer: Pattern<A>, inner: (value: A) => Pattern<B>): Pattern<B> {
  return new Pattern((state) => {
    const events: PatternEvent<B>[] = [];
    for (const event of outer.query(state)) {
      const around = event.wholeOrPart();
      for (const found of focus(around.begin, around.end, inner(event.value)).query(
        state.withSpan(event.part),
      )) {
        const whole = found.whole === null ? null : found.whole.intersection(around);
        const context = combineContexts(event.context, found.context);
        if (whole !== null) events.push(new PatternEvent(whole, found.part, found.value, context));
      }
    }
    return events;
  });
}

/** Each cycle n times, one after another in as many cycles. */
function repeatCycles(times: number, pattern: Any): Any {
  const by = rational(times);
  const ask = (state: State): PatternEvent[] => {
    const events: PatternEvent[] = [];
    for (const span of state.cycles()) {
      const cycle = span.begin.floor();
      const ahead = cycle.sub(cycle.div(by).floor());
      const inner = new Span(span.begin.sub(ahead), span.end.sub(ahead));
      for (const event of pattern.query(state.withSpan(inner))) {
        events.push(event.withSpan((part) => new Span(part.begin.add(ahead), part.end.add(ahead))));
      }
    }
    return events;
  };
  return by.isZero() ? silence : new Pattern(ask);
}

/** Onsets of the rhythm with the values that sound there. */
function struct(pattern: Any, rhythm: readonly boolean[]): Any {
  const count = rhythm.length;
  const ask = (state: State): PatternEvent[] => {
    const events: PatternEvent[] = [];
    for (const span of state.cycles()) {
      const cycle = span.begin.floor();
      const first = span.begin.sub(cycle).mul(count).floor().toNumber();
      const beyond = Math.max(first + 1, span.end.sub(cycle).mul(count).ceil().toNumber());
      for (let i = first; i < beyond; i += 1) {
        if (rhythm[i] !== true) continue;
        const whole = new Span(cycle.add(rational(i).div(count)), cycle.add(rational(i + 1).div(count)));
        const part = whole.intersection(span);
        if (part === null) continue;
        for (const event of pattern.query(state.withSpan(whole))) {
          const shared = event.part.intersection(part);
          if (shared !== null) events.push(new PatternEvent(whole, shared, event.value, event.context));
        }
      }
    }
    return events;
  };
  return new Pattern(ask);
}

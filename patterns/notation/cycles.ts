/**
 * Notation without chance repeats after some cycles: its events are laid out once, as cells of a few cycles, and
 * a query only moves them to the cycle that is asked for. It knows exact time and events, not the tree; each
 * function here is the counterpart of one of the core's, and a test holds them equal.
 */
import { type Context, Pattern, PatternEvent, type Rational, rational, Span, type State } from '../core.ts';

/** Cells and cycles of one layout; what is larger is left to the core. */
export const CYCLES_LIMIT = { cells: 2_048, period: 64 } as const;

/** An event of one cycle, or a fragment of it, in times from that cycle's begin. */
export interface Cell {
  readonly part: Span;
  readonly whole: Span;
  readonly value: unknown;
  readonly context: Context;
}

/** The cells of `length` cycles, which repeat for ever in both directions. */
export type Cycles = readonly (readonly Cell[])[];

const ZERO = rational(0);
const ONE = rational(1);
const CYCLE = new Span(ZERO, ONE);

export const REST_CYCLES: Cycles = [[]];

export function oneValue(value: unknown, context: Context): Cycles {
  return [[{ part: CYCLE, whole: CYCLE, value, context }]];
}

/** Null where the layouts would pass the limits. */
export function layer(parts: readonly Cycles[]): Cycles | null {
  const period = periodThatFits(parts);
  if (period === null) return null;
  const cycles: Cell[][] = [];
  for (let i = 0; i < period; i += 1) cycles.push(parts.flatMap((part) => part[i % part.length]!));
  return cycles;
}

/** Steps one after another by weight; weights must not be negative. */
export function sequence(steps: readonly (readonly [Rational, Cycles])[]): Cycles | null {
  const weighted = steps.filter(([weight]) => !weight.isZero());
  if (periodThatFits(weighted.map(([, cycles]) => cycles)) === null) return null;
  const total = weighted.reduce((sum, [weight]) => sum.add(weight), ZERO);
  const placed: Cycles[] = [];
  let at = ZERO;
  for (const [weight, cycles] of weighted) {
    const begin = at.div(total);
    const length = weight.div(total);
    at = at.add(weight);
    placed.push(length.eq(ONE) ? cycles : squeeze(cycles, begin, length));
  }
  return placed.length === 0 ? REST_CYCLES : layer(placed);
}

function squeeze(cycles: Cycles, begin: Rational, length: Rational): Cycles {
  return mapTime(cycles, (time) => time.mul(length).add(begin));
}

/** Faster or slower by an exact positive factor. */
export function retime(cycles: Cycles, factor: Rational): Cycles | null {
  if (factor.eq(ONE)) return cycles;
  if (factor.sign() <= 0) return REST_CYCLES;
  // After `period` outer cycles a whole number of rounds has passed: period * factor is a multiple of the length.
  const period = rational(cycles.length).div(factor).lcm(1).toNumber();
  if (!(period <= CYCLES_LIMIT.period) || !(period * factor.toNumber() <= CYCLES_LIMIT.cells)) return null;
  const made: Cell[][] = [];
  let count = 0;
  for (let i = 0; i < period; i += 1) {
    const begin = rational(i).mul(factor);
    const end = begin.add(factor);
    const row: Cell[] = [];
    for (let inner = begin.floor(); inner.lt(end); inner = inner.add(ONE)) {
      for (const cell of cycles[inner.mod(cycles.length).toNumber()]!) {
        const moved = window(cell, inner, begin, end, factor);
        if (moved === null) continue;
        const before = cell.part.begin.isZero() ? row.findIndex((other) => goesOn(other, moved)) : -1;
        if (before >= 0) row[before] = joined(row[before]!, moved);
        else {
          row.push(moved);
          count += 1;
        }
        if (count > CYCLES_LIMIT.cells) return null;
      }
    }
    made.push(row);
  }
  return made;
}

/** The cell of cycle `inner` as far as it lies in begin..end, in times of the outer cycle. */
function window(cell: Cell, inner: Rational, begin: Rational, end: Rational, factor: Rational): Cell | null {
  const from = cell.part.begin.add(inner).max(begin);
  const to = cell.part.end.add(inner).min(end);
  if (from.gte(to)) return null;
  const toOuter = (time: Rational): Rational => time.sub(begin).div(factor);
  const whole = new Span(toOuter(cell.whole.begin.add(inner)), toOuter(cell.whole.end.add(inner)));
  const part = new Span(toOuter(from), toOuter(to));
  return { ...cell, whole, part: part.equals(whole) ? whole : part };
}

/** True where both are fragments of one event and the second begins where the first ends. */
function goesOn(first: Cell, second: Cell): boolean {
  if (first.value !== second.value || first.context !== second.context) return false;
  return first.part.end.eq(second.part.begin) && first.whole.equals(second.whole);
}

function joined(first: Cell, second: Cell): Cell {
  const part = new Span(first.part.begin, second.part.end);
  return { ...first, part: part.equals(first.whole) ? first.whole : part };
}

/** Each cycle `times` times in its own place. */
export function repeat(cycles: Cycles, times: number): Cycles | null {
  if (times < 1 || !Number.isInteger(times) || times * Math.max(1, countCells(cycles)) > CYCLES_LIMIT.cells)
    return null;
  const length = rational(1).div(times);
  const copies: Cycles[] = [];
  for (let i = 0; i < times; i += 1) copies.push(squeeze(cycles, length.mul(i), length));
  return layer(copies);
}

/** Onsets of the rhythm with the values that sound there. */
export function struct(cycles: Cycles, rhythm: readonly boolean[]): Cycles | null {
  if (rhythm.length * Math.max(1, countCells(cycles)) > CYCLES_LIMIT.cells) return null;
  return cycles.map((row) =>
    rhythm.flatMap((on, i) => {
      if (!on) return [];
      const onset = new Span(rational(i).div(rhythm.length), rational(i + 1).div(rhythm.length));
      return row.flatMap((cell): Cell[] => {
        const part = onset.intersection(cell.part);
        return part === null ? [] : [{ ...cell, whole: onset, part: part.equals(onset) ? onset : part }];
      });
    }),
  );
}

/** The same cells with other values; `join` adds the places of what changed them. */
export function mapValues(
  cycles: Cycles,
  map: (value: unknown) => unknown,
  join: (context: Context) => Context,
): Cycles {
  return cycles.map((row) =>
    row.map((cell) => ({ ...cell, value: map(cell.value), context: join(cell.context) })),
  );
}

function mapTime(cycles: Cycles, map: (time: Rational) => Rational): Cycles {
  const mapSpan = (span: Span): Span => new Span(map(span.begin), map(span.end));
  return cycles.map((row) =>
    row.map((cell) => {
      const whole = mapSpan(cell.whole);
      return { ...cell, whole, part: cell.part === cell.whole ? whole : mapSpan(cell.part) };
    }),
  );
}

/** Cycles after which all parts together repeat; null where they or their cells pass the limits. */
function periodThatFits(parts: readonly Cycles[]): number | null {
  let period = 1;
  for (const { length } of parts) {
    period = rational(period).lcm(length).toNumber();
    if (period > CYCLES_LIMIT.period) return null;
  }
  let cells = 0;
  for (const part of parts) cells += (countCells(part) * period) / part.length;
  return cells <= CYCLES_LIMIT.cells ? period : null;
}

export function countCells(cycles: Cycles): number {
  let count = 0;
  for (const row of cycles) count += row.length;
  return count;
}

// ---- asking ------------------------------------------------------------------------------------------------

/** A cell with its bounds as numbers, so that most cells are passed over without exact arithmetic. */
interface Placed extends Cell {
  readonly begins: number;
  readonly ends: number;
}

/** Numbers of exact times in one cycle differ by far more than this, or are equal. */
const SLACK = 1e-9;

/** The pattern that repeats the cells. */
export function patternOfCycles(cycles: Cycles, stepCount: Rational | null): Pattern<unknown> {
  const rows = cycles.map((row) =>
    row.map(
      (cell): Placed => ({ ...cell, begins: cell.part.begin.toNumber(), ends: cell.part.end.toNumber() }),
    ),
  );
  const ask = (state: State): PatternEvent[] => {
    const events: PatternEvent[] = [];
    for (const span of state.cycles()) {
      const cycle = span.begin.floor();
      const row = rows.length === 1 ? rows[0]! : rows[cycle.mod(rows.length).toNumber()]!;
      const begin = span.begin.sub(cycle);
      const end = span.end.sub(cycle);
      if (begin.isZero() && end.eq(ONE)) for (const cell of row) events.push(moved(cell, cycle));
      else askPart(row, cycle, new Span(begin, end), events);
      state.controls.budget.charge(row.length);
    }
    return events;
  };
  return new Pattern(ask, stepCount);
}

/** Events of the row's cells that lie in `asked`, a span within the cycle. */
function askPart(row: readonly Placed[], cycle: Rational, asked: Span, into: PatternEvent[]): void {
  const from = asked.begin.toNumber() - SLACK;
  const to = asked.end.toNumber() + SLACK;
  for (const cell of row) {
    if (cell.begins > to || cell.ends < from) continue;
    const part = cell.part.intersection(asked);
    if (part === null) continue;
    if (part === cell.part) into.push(moved(cell, cycle));
    else
      into.push(
        new PatternEvent(moveSpan(cell.whole, cycle), moveSpan(part, cycle), cell.value, cell.context),
      );
  }
}

function moved(cell: Cell, cycle: Rational): PatternEvent {
  const whole = moveSpan(cell.whole, cycle);
  const part = cell.part === cell.whole ? whole : moveSpan(cell.part, cycle);
  return new PatternEvent(whole, part, cell.value, cell.context);
}

function moveSpan(span: Span, cycle: Rational): Span {
  return cycle.isZero() ? span : new Span(span.begin.add(cycle), span.end.add(cycle));
}

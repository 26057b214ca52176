/**
 * The cycles that a query asks for, from what somebody typed or a JSON line holds: exact, ordered, of a size that can
 * be answered. It stands alone because command and batch share it; mistakes are plain sentences.
 */
import { type Rational, rational } from '../../patterns/rational.ts';

export interface CycleRange {
  readonly from: Rational;
  readonly to: Rational;
}

/** A range that cannot be asked for; the message names the value. */
export class RangeMistake extends Error {}

const MOST_CYCLES = 100_000;
const FARTHEST_CYCLE = 1e9;

/**
 * Reads both ends; what is left out is 0 and 4. Numbers and texts such as "3/4", "0.25", "-2" are fine.
 * `names` is how the ends are called in messages.
 */
export function readCycleRange(from: unknown, to: unknown, names = { from: 'from', to: 'to' }): CycleRange {
  const range = { from: readCycle(from ?? 0, names.from), to: readCycle(to ?? 4, names.to) };
  const [begin, end] = [range.from.toFraction(), range.to.toFraction()];
  if (range.to.compare(range.from) <= 0) {
    throw new RangeMistake(`${names.to} ${shown(end)} is not after ${names.from} ${shown(begin)}`);
  }
  const length = range.to.sub(range.from).toNumber();
  if (length > MOST_CYCLES) {
    throw new RangeMistake(
      `${names.from} ${shown(begin)} to ${shown(end)} is more than ${MOST_CYCLES} cycles`,
    );
  }
  return range;
}

function readCycle(value: unknown, name: string): Rational {
  const cycle = parsed(value);
  if (cycle === null)
    throw new RangeMistake(`${name} ${quoted(value)} is no cycle: write a number or a fraction such as 3/4`);
  if (Math.abs(cycle.toNumber()) > FARTHEST_CYCLE)
    throw new RangeMistake(`${name} ${quoted(value)} is too far away`);
  return cycle;
}

function parsed(value: unknown): Rational | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  if (typeof value === 'string' && value.length > 100) return null;
  try {
    return rational(value);
  } catch {
    return null;
  }
}

const shown = (fraction: string): string => fraction.replace(/\/1$/, '');

function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

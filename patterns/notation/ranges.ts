/**
 * The numbers of `a .. b` and of `a b ... c`. It knows numbers only; sums are exact where they are decimals.
 */
import { rational } from '../core.ts';

/** How many numbers the range has; 0 where the example leads away from its end. */
export function countRange(first: number, last: number, second?: number): number {
  if (second === undefined) return Math.floor(Math.abs(last - first)) + 1;
  const step = rational(second).sub(rational(first));
  const way = rational(last).sub(rational(first));
  if (way.isZero()) return 1;
  if (step.isZero() || step.sign() !== way.sign()) return 0;
  return way.div(step).floor().toNumber() + 1;
}

/** The numbers from first to last in steps of 1, or of second - first; both ends included where met. */
export function rangeValues(first: number, last: number, second?: number): number[] {
  const begin = rational(first);
  const step = second === undefined ? rational(last < first ? -1 : 1) : rational(second).sub(begin);
  const count = countRange(first, last, second);
  return Array.from({ length: count }, (_, i) => begin.add(step.mul(i)).toNumber());
}

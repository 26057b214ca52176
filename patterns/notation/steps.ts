/**
 * How many steps a cycle of notation counts for the stepwise functions. A sequence counts its weights; a `^` in a
 * part makes that part the source, whose count then multiplies. It knows the tree and exact numbers only.
 */
import { type Rational, rational } from '../rational.ts';
import type { Operator, Sequence, Slice, Step } from './tree.ts';

/** A count, null where chance decides, and whether a `^` gave it. */
export interface Count {
  readonly steps: Rational | null;
  readonly marked: boolean;
}

const ONE_STEP: Count = { steps: rational(1), marked: false };

export function countSlice(slice: Slice): Count {
  switch (slice.kind) {
    case 'atom':
    case 'chord':
    case 'rest':
    case 'progression':
      return ONE_STEP;
    case 'alternation':
    case 'polymeter':
      return together(slice.lanes.map(countSequence));
    case 'group': {
      const { joining, parts } = slice.body;
      if (joining === 'feet') return { steps: rational(parts.length), marked: parts.some(isMarked) };
      const count = together(parts.map(countSequence));
      return joining === 'choice' && !count.marked ? { steps: null, marked: false } : count;
    }
  }
}

export function countSequence(sequence: Sequence): Count {
  let total = rational(0);
  const sources: Count[] = [];
  for (const step of sequence.steps) {
    total = total.add(step.weight);
    const count = countStep(step);
    if (count.marked) sources.push(count);
  }
  const factor = common(sources);
  return {
    steps: factor === null ? total : total.mul(factor),
    marked: sequence.marked || sources.length > 0,
  };
}

function countStep(step: Step): Count {
  const count = countSlice(step.slice);
  const ring = count.marked ? step.operators.map(ringOf).find((found) => found !== null) : undefined;
  return ring === undefined ? count : { steps: ring, marked: true };
}

/** A literal Euclidean rhythm counts its ring. */
function ringOf(operator: Operator): Rational | null {
  if (operator.kind !== 'euclid' || operator.steps.slice.kind !== 'atom') return null;
  return rational(Number(operator.steps.slice.value));
}

/** Of parts that sound together the marked ones count, or else all. */
function together(counts: readonly Count[]): Count {
  const sources = counts.filter(({ marked }) => marked);
  return { steps: common(sources.length > 0 ? sources : counts), marked: sources.length > 0 };
}

function common(counts: readonly Count[]): Rational | null {
  let least: Rational | null = null;
  for (const { steps } of counts) {
    if (steps === null || steps.isZero()) continue;
    least = least === null ? steps : least.lcm(steps);
  }
  return least;
}

function isMarked(sequence: Sequence): boolean {
  return countSequence(sequence).marked;
}

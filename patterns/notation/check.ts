/**
 * What the grammar alone cannot refuse: words where a number is due, rhythms no ring can hold, trees that would
 * grow without bound. One walk over the tree; it knows no patterns.
 */
import { NotationError, type NotationMistake } from './mistake.ts';
import { NOTATION_LIMIT } from './parse.ts';
import { countRange } from './ranges.ts';
import type { Atom, Group, Operator, Sequence, Slice, Step } from './tree.ts';
import * as wording from './wording.ts';

/** Steps of one Euclidean rhythm; the core's own limit. */
const EUCLID_STEPS = 4096;

/** How much a piece of the tree makes: steps with repeats written out, and layers of brackets and operators. */
interface Extent {
  readonly steps: number;
  readonly layers: number;
}

/** Throws a NotationError for the first mistake in the tree. */
export function checkTree(tree: Group): void {
  extentOfSlice(tree, null);
}

/** `sign` is the operator whose argument this is, where all its words must be numbers; else null. */
function extentOfSlice(slice: Slice, sign: string | null): Extent {
  switch (slice.kind) {
    case 'atom':
      if (sign !== null) mustBeNumber(slice, sign);
      return { steps: 1, layers: 0 };
    case 'rest':
      return { steps: 1, layers: 0 };
    case 'chord':
      if (sign !== null) fail(wording.notANumber(sign, 'a chord', slice.from, slice.to));
      return { steps: slice.notes.length, layers: 0 };
    case 'group':
      return around(slice.body.parts, sign);
    case 'alternation':
      return around(slice.lanes, sign);
    case 'polymeter':
      if (slice.steps !== null) extentOfSlice(slice.steps, '%');
      return around(slice.lanes, sign);
    case 'progression': {
      const ends = [slice.first, slice.second, slice.last].map((end) => extentOfSlice(end, '...'));
      const count = literalCount(slice.first, slice.second, slice.last);
      if (count === 0) fail(wording.neverArrives(slice.from, slice.to));
      if (count > NOTATION_LIMIT.steps)
        fail(wording.tooManySteps(NOTATION_LIMIT.steps, slice.from, slice.to));
      return { steps: count, layers: 1 + Math.max(...ends.map((end) => end.layers)) };
    }
  }
}

function around(parts: readonly Sequence[], sign: string | null): Extent {
  let steps = 0;
  let layers = 0;
  for (const part of parts) {
    for (const step of part.steps) {
      const extent = extentOfStep(step, sign);
      steps += extent.steps;
      layers = Math.max(layers, extent.layers);
      if (steps > NOTATION_LIMIT.steps) fail(wording.tooManySteps(NOTATION_LIMIT.steps, part.from, part.to));
    }
  }
  return { steps, layers: layers + 1 };
}

function extentOfStep(step: Step, sign: string | null): Extent {
  const lastRange = step.operators.findLastIndex(({ kind }) => kind === 'range');
  const left = extentOfSlice(step.slice, lastRange >= 0 ? '..' : sign);
  let { steps } = left;
  let layers = left.layers + step.operators.length;
  for (const [i, operator] of step.operators.entries()) {
    const extent = extentOfOperator(operator, step.slice, i < lastRange ? '..' : sign);
    steps *= extent.steps;
    layers = Math.max(layers, extent.layers + step.operators.length);
    if (steps > NOTATION_LIMIT.steps)
      fail(wording.tooManySteps(NOTATION_LIMIT.steps, operator.from, operator.to));
    if (layers > NOTATION_LIMIT.layers) fail(wording.tooDeep(NOTATION_LIMIT.layers, operator.from));
  }
  return { steps, layers };
}

/** `steps` is the factor by which the operator multiplies its step. */
function extentOfOperator(operator: Operator, left: Slice, sign: string | null): Extent {
  switch (operator.kind) {
    case 'fast':
      return { steps: 1, layers: extentOfSlice(operator.argument, '*').layers };
    case 'slow':
      return { steps: 1, layers: extentOfSlice(operator.argument, '/').layers };
    case 'tail':
      if (sign !== null) fail(wording.notANumber(sign, 'a list', operator.from, operator.to));
      return { steps: 1, layers: extentOfSlice(operator.argument, null).layers };
    case 'range': {
      const { layers } = extentOfSlice(operator.argument, '..');
      return { steps: literalCount(left, null, operator.argument), layers };
    }
    case 'replicate':
      return { steps: Math.max(1, Math.ceil(operator.times)), layers: 0 };
    case 'degrade':
      return { steps: 1, layers: 0 };
    case 'euclid':
      return { steps: 1, layers: checkEuclid(operator) };
  }
}

/** Numbers in `first .. last` or `first second ... last` where all are literal, else 1. */
function literalCount(first: Slice, second: Slice | null, last: Slice): number {
  if (first.kind !== 'atom' || last.kind !== 'atom') return 1;
  if (second === null) return countRange(Number(first.value), Number(last.value));
  return second.kind === 'atom'
    ? countRange(Number(first.value), Number(last.value), Number(second.value))
    : 1;
}

function checkEuclid(operator: Operator & { readonly kind: 'euclid' }): number {
  const { onsets, steps, turn } = operator;
  const extents = [onsets, steps, ...(turn === null ? [] : [turn])].map((part) => extentOfStep(part, '( )'));
  const rings = leaves(steps);
  for (const { value, from, to } of rings ?? []) {
    const ring = Number(value);
    if (!Number.isInteger(ring) || ring < 1) fail(wording.impossibleEuclid(0, ring, from, to));
    if (ring > EUCLID_STEPS) fail(wording.tooManySteps(EUCLID_STEPS, from, to));
  }
  const widest = rings === null ? EUCLID_STEPS : Math.max(...rings.map(({ value }) => Number(value)));
  for (const { value, from, to } of leaves(onsets) ?? []) {
    const count = Number(value);
    const narrow = rings === null || rings.length === 0;
    if (!Number.isInteger(count) || (!narrow && Math.abs(count) > widest)) {
      fail(wording.impossibleEuclid(count, narrow ? EUCLID_STEPS : widest, from, to));
    }
  }
  return Math.max(...extents.map(({ layers }) => layers));
}

/** The numbers a step can give, or null where it computes some. */
function leaves(step: Step): readonly Atom[] | null {
  if (step.operators.some(({ kind }) => kind === 'range')) return null;
  return leavesOfSlice(step.slice);
}

function leavesOfSlice(slice: Slice): readonly Atom[] | null {
  if (slice.kind === 'atom') return [slice];
  if (slice.kind === 'rest') return [];
  if (slice.kind === 'progression' || slice.kind === 'chord') return null;
  const parts = slice.kind === 'group' ? slice.body.parts : slice.lanes;
  const found: Atom[] = [];
  for (const part of parts) {
    for (const step of part.steps) {
      const inner = leaves(step);
      if (inner === null) return null;
      found.push(...inner);
    }
  }
  return found;
}

function mustBeNumber(atom: Atom, sign: string): void {
  if (Number.isFinite(atom.value)) return;
  fail(wording.notANumber(sign, `the word \`${atom.value}\``, atom.from, atom.to));
}

function fail(mistake: NotationMistake): never {
  throw new NotationError(mistake);
}

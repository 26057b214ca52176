/**
 * The operators and their alignments: how two values combine, and which pattern gives the structure. Control
 * objects combine key by key. A table; it knows patterns, values and the evaluation's warnings.
 */
import { currentEvaluation } from './evaluation.ts';
import { polyJoin, resetJoin, restartJoin, squeezeJoin } from './joins.ts';
import { isTrue, toNumeral } from './note-names.ts';
import type { Pattern } from './pattern.ts';
import { log2, pow } from './transcendental.ts';

export type Combine = (left: any, right: any) => any;
type AnyPattern = Pattern<any>;

const numeral =
  (combine: (left: number, right: number) => unknown): Combine =>
  (left, right) =>
    combine(toNumeral(left), toNumeral(right));

/** Remainder with the sign of the divisor. */
const remainder = (left: number, right: number): number => ((left % right) + right) % right;

/** How each operator combines two plain values. */
export const OPERATORS: Readonly<Record<string, Combine>> = {
  set: (_left, right) => right,
  keep: (left) => left,
  keepif: (left, right) => (isTrue(right) ? left : undefined),
  add: numeral((left, right) => left + right),
  sub: numeral((left, right) => left - right),
  mul: numeral((left, right) => left * right),
  div: numeral((left, right) => left / right),
  mod: numeral(remainder),
  pow: numeral(pow),
  log2: numeral((left) => log2(left)),
  band: numeral((left, right) => left & right),
  bor: numeral((left, right) => left | right),
  bxor: numeral((left, right) => left ^ right),
  blshift: numeral((left, right) => left << right),
  brshift: numeral((left, right) => left >> right),
  lt: (left, right) => left < right,
  gt: (left, right) => left > right,
  lte: (left, right) => left <= right,
  gte: (left, right) => left >= right,
  // biome-ignore lint/suspicious/noDoubleEquals: eq is the loose comparison, eqt the strict one
  eq: (left, right) => left == right,
  eqt: (left, right) => left === right,
  // biome-ignore lint/suspicious/noDoubleEquals: as above
  ne: (left, right) => left != right,
  net: (left, right) => left !== right,
  and: (left, right) => (isTrue(left) ? right : left),
  or: (left, right) => (isTrue(left) ? left : right),
  func: (left, right) => right(left),
};

type Align = (left: AnyPattern, right: AnyPattern, combine: Combine) => AnyPattern;

/** Which side gives the structure. */
export const ALIGNMENTS: Readonly<Record<string, Align>> = {
  in: (left, right, combine) => left.combineLeft(right, combine),
  out: (left, right, combine) => left.combineRight(right, combine),
  mix: (left, right, combine) => left.combineBoth(right, combine),
  squeeze: (left, right, combine) =>
    squeezeJoin(left.withValue((a) => right.withValue((b) => combine(a, b)))).withSteps(null),
  squeezeout: (left, right, combine) =>
    squeezeJoin(right.withValue((b) => left.withValue((a) => combine(a, b)))),
  reset: (left, right, combine) => resetJoin(right.withValue((b) => left.withValue((a) => combine(a, b)))),
  restart: (left, right, combine) =>
    restartJoin(right.withValue((b) => left.withValue((a) => combine(a, b)))),
  // Step by step the sides change places: the value of the other pattern comes first.
  poly: (left, right, combine) =>
    polyJoin(left.withValue((a) => right.withValue((b) => combine(b, a))).withSteps(left.stepCount)),
};

type Controls = Record<string, unknown>;

function isControls(value: unknown): value is Controls {
  return typeof value === 'object' && value !== null;
}

/** Both objects; where a key is in both, the operator combines its values. */
function union(left: Controls, right: Controls, combine: Combine): Controls {
  const result: Controls = { ...left };
  for (const key of Object.keys(right))
    result[key] = key in left ? combine(left[key], right[key]) : right[key];
  return result;
}

/** Combines two values, key by key where one of them is a control object. */
export function combineValues(name: string, combine: Combine): Combine {
  return (left, right) => {
    if (!isControls(left) && !isControls(right)) return combine(left, right);
    if (!isControls(right)) {
      warnOfPlainValue(name, left as Controls, right);
      return left;
    }
    if ('value' in right && Object.keys(right).length === 1) return left;
    const controls = isControls(left) ? left : { value: left };
    // By far the most frequent operator: the right side wins, no key needs a look.
    return name === 'set' ? { ...controls, ...right } : union(controls, right, combine);
  };
}

function warnOfPlainValue(name: string, controls: Controls, value: unknown): void {
  const shown = typeof value === 'string' ? `"${value}"` : typeof value === 'number' ? `${value}` : '…';
  const control = 'note' in controls ? 'note' : 'n';
  currentEvaluation().warn({
    message: `.${name}(${shown}) leaves a control pattern as it is; name the control, as in .${name}(${control}(${shown}))`,
  });
}

/** One operator in one alignment. */
export function operate(name: string, alignment: string, left: AnyPattern, right: AnyPattern): AnyPattern {
  const align = ALIGNMENTS[alignment]!;
  if (name !== 'keepif') return align(left, right, combineValues(name, OPERATORS[name]!));
  return align(left, right, OPERATORS.keepif!).filterValues((value) => value !== undefined);
}

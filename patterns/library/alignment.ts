/** Rows of the operators with their alignments: `.add`, `.add.mix`, `.squeeze`, … */
import { ALIGNMENTS, OPERATORS, operate } from '../operators.ts';
import { reify, sequence } from '../reify.ts';
import { type AnyPattern, curry, type LibraryRow, rowsOf } from './row.ts';

const row = rowsOf('operators');

const TEXTS: Readonly<Record<string, readonly [text: string, example: string]>> = {
  set: ['Takes the values of the other pattern; controls are joined.', 's("bd hh").set(gain(0.5))'],
  keep: [
    'Keeps its own values; controls of the other pattern fill what is missing.',
    's("bd").keep(gain(0.5))',
  ],
  keepif: ['Keeps events where the other pattern is true.', '"0 1 2 3".keepif("1 0")'],
  add: ['Adds numbers; note names count as MIDI numbers.', 'note("c e g").add(note("<0 5 7>"))'],
  sub: ['Subtracts.', '"7 8".sub(2)'],
  mul: ['Multiplies.', 's("hh*4").gain(0.8).mul(gain("1 .5"))'],
  div: ['Divides.', '"8 4".div(2)'],
  mod: ['Remainder with the sign of the divisor.', '"0 5 9".mod(4)'],
  pow: ['Raises to a power.', '"1 2 3".pow(2)'],
  log2: ['Base-2 logarithm of its values.', '"1 2 8".log2(0)'],
  band: ['Bitwise and.', '"5 6".band(4)'],
  bor: ['Bitwise or.', '"5 6".bor(1)'],
  bxor: ['Bitwise exclusive or.', '"5 6".bxor(1)'],
  blshift: ['Shifts bits to the left.', '"1 2".blshift(2)'],
  brshift: ['Shifts bits to the right.', '"8 4".brshift(1)'],
  lt: ['True where less.', '"1 5".lt(3)'],
  gt: ['True where greater.', '"1 5".gt(3)'],
  lte: ['True where less or equal.', '"1 5".lte(5)'],
  gte: ['True where greater or equal.', '"1 5".gte(5)'],
  eq: ['True where equal; "1" equals 1.', '"1 2".eq(1)'],
  eqt: ['True where equal and of the same type.', '"1 2".eqt(1)'],
  ne: ['True where not equal.', '"1 2".ne(1)'],
  net: ['True where not equal or of another type.', '"1 2".net(1)'],
  and: ['Logical and.', '"1 0".and("1 1")'],
  or: ['Logical or.', '"1 0".or("0 0")'],
  func: ['Applies functions to values.', '"1 2".func(pure(x => x * 2))'],
};

const SIGNATURE = '(...values: PatternLike<any>[]) => Pattern<any>';

type Aligned = ((...args: any[]) => any) & Record<string, (...args: any[]) => any>;

/** A function with one property per alignment; it is itself `in`. */
function aligned(act: (alignment: string) => (...args: any[]) => any): Aligned {
  const function_ = act('in') as Aligned;
  for (const alignment of Object.keys(ALIGNMENTS)) function_[alignment] = act(alignment);
  return function_;
}

const operators: LibraryRow[] = Object.keys(OPERATORS).map((name) => {
  const [text, example] = TEXTS[name]!;
  const free = aligned((alignment) =>
    curry(2, (value, pattern) => operate(name, alignment, reify(pattern), reify(value))),
  );
  const getter = (pattern: AnyPattern): unknown =>
    aligned(
      (alignment) =>
        (...values: unknown[]) =>
          operate(name, alignment, pattern, sequence(...values)),
    );
  return row(name, SIGNATURE, text, example, { free, getter });
});

const ALIGNMENT_TEXTS: Readonly<Record<string, string>> = {
  in: 'Takes values of the other pattern; structure stays.',
  out: 'Takes values and structure of the other pattern.',
  mix: 'Takes values of the other pattern; structure from both.',
  squeeze: 'Squeezes a cycle of the other pattern into each event.',
  squeezeout: 'Squeezes its own cycle into each event of the other pattern.',
  poly: 'Takes values of the other pattern step by step.',
};

const bare: LibraryRow[] = Object.entries(ALIGNMENT_TEXTS).map(([alignment, text]) =>
  row(alignment, SIGNATURE, text, `"0 1".${alignment}("10 20 30")`, {
    method(...values) {
      return operate('set', alignment, this, sequence(...values));
    },
  }),
);

export const alignmentRows: readonly LibraryRow[] = [...operators, ...bare];

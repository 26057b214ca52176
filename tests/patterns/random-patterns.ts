/** Random patterns and times for laws. fast-check prints the seed of a failing case. */
import fc from 'fast-check';
import * as core from '../../patterns/core.ts';

type P = core.Pattern<string>;

/** Small exact fractions, negative ones too. */
export const time: fc.Arbitrary<core.Rational> = fc
  .tuple(fc.integer({ min: -24, max: 24 }), fc.constantFrom(1, 2, 3, 4, 5, 8))
  .map(([n, d]) => core.ratio(n, d));

export const positive: fc.Arbitrary<core.Rational> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 3, 4))
  .map(([n, d]) => core.ratio(n, d));

const letter = fc.constantFrom('a', 'b', 'c', 'd');
const leaf: fc.Arbitrary<P> = fc.oneof(
  { weight: 8, arbitrary: letter.map((value) => core.pure(value)) },
  { weight: 1, arbitrary: fc.constant(core.silence as P) },
);

/** Patterns of letters, up to three levels deep. */
export const pattern: fc.Arbitrary<P> = fc.letrec<{ pattern: P }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.array(tie('pattern'), { minLength: 1, maxLength: 4 }).map((items) => core.fastcat(...items)),
    fc.array(tie('pattern'), { minLength: 1, maxLength: 3 }).map((items) => core.slowcat(...items)),
    fc.array(tie('pattern'), { minLength: 1, maxLength: 3 }).map((items) => core.stack(...items)),
    fc
      .array(fc.tuple(positive, tie('pattern')), { minLength: 1, maxLength: 3 })
      .map((items) => core.timecat(...items)),
    fc.tuple(positive, tie('pattern')).map(([factor, inner]) => core.fast(factor, inner)),
    fc.tuple(time, tie('pattern')).map(([shift, inner]) => core.early(shift, inner)),
    tie('pattern').map((inner) => core.compress('1/4', '3/4', inner)),
  ),
})).pattern;

/** Two times in order, up to four cycles apart. */
export const span: fc.Arbitrary<core.Span> = fc
  .tuple(time, positive)
  .map(([begin, length]) => new core.Span(begin, begin.add(length.min(4))));

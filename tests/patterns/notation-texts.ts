/**
 * Random pieces of notation for laws: of the grammar, of the grammar with a few characters changed, and of its
 * alphabet alone. fast-check prints the text and the seed of what fails.
 */
import fc from 'fast-check';

const PIECES = [
  ...'ab01239[]<>{}(),|.~-_^!@?*/:% \n\'"+&$',
  ' . ',
  '..',
  ' ... ',
  '//',
  '/*',
  '*/',
  '.5',
  '1e9',
  '(3,8)',
  ' _',
  '\u00a0',
  'é',
  '😀',
];

export const anyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

const word = fc.constantFrom('a', 'b', 'bd', 'c#4', '0', '1', '2', '-1', '.5', '~', '-', "c'maj");
const factor = fc.constantFrom('1', '2', '3', '4', '1.5', '0.5', '<2 3>', '[1 2]', '<1 2 3>', '{2 3}%1');
const operator = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('*', '/').chain((sign) => factor.map((by) => sign + by)) },
  { weight: 3, arbitrary: fc.constantFrom('@2', '@3', '@1.5', '!', '!2', '!3', '!1.5', ' _', ' !') },
  { weight: 1, arbitrary: fc.constantFrom('?', '?0.3', '?1') },
  { weight: 1, arbitrary: fc.constantFrom(':1', ':x', ':<1 2>', ':[1 2]') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '(3,8)',
      '(<3 5>,8,<0 2>)',
      '(-3,8)',
      '(3,8,1)',
      '([1 2],4)',
      '(3,<8 4>)',
      '(0,4)',
    ),
  },
);
const ranged = fc.constantFrom(
  '0 .. 3',
  '2 .. -1',
  '<0 3> .. 2',
  '[0 1] .. [2 3]',
  '0 2 ... 6',
  '0 <1 2> ... 4',
);

interface Texts {
  step: string;
  sequence: string;
  lanes: string;
  body: string;
}

const { body } = fc.letrec<Texts>((tie) => {
  const bracket = fc.oneof(
    tie('body').map((inner) => `[${inner}]`),
    tie('lanes').map((inner) => `<${inner}>`),
    tie('lanes').map((inner) => `{${inner}}`),
    fc.tuple(tie('lanes'), factor).map(([inner, steps]) => `{${inner}}%${steps}`),
  );
  const slice = fc.oneof({ depthSize: 'small', withCrossShrink: true }, word, bracket);
  return {
    step: fc.oneof(
      {
        weight: 12,
        arbitrary: fc
          .tuple(slice, fc.array(operator, { maxLength: 2 }))
          .map(([left, ops]) => left + ops.join('')),
      },
      { weight: 1, arbitrary: ranged },
    ),
    sequence: fc
      .tuple(fc.constantFrom('', '', '', '^'), fc.array(tie('step'), { minLength: 1, maxLength: 4 }))
      .map(([mark, steps]) => mark + steps.join(' ')),
    lanes: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((parts) => parts.join(', ')),
    body: fc
      .tuple(fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }), fc.constantFrom(', ', ' | ', ' . '))
      .map(([parts, sign]) => parts.join(sign)),
  };
});

export const textOfGrammar: fc.Arbitrary<string> = body;

export const mutatedText: fc.Arbitrary<string> = fc
  .tuple(
    body,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('', ...PIECES)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((changed, [where, piece]) => {
      const at = Math.floor(where * changed.length);
      return changed.slice(0, at) + piece + changed.slice(piece === '' ? at + 1 : at);
    }, text),
  );

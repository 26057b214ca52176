import { describe, expect, test } from 'vitest';
import { checkNotation, NotationError, notation } from '../../patterns/notation/index.ts';

/** text · what is marked · message · the text after the fix ('' where no fix is offered) */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  ['', '', 'The notation is empty: expected a step, such as `bd`, or `~` for a rest.', '~'],
  ['   ', '   ', 'The notation is empty: expected a step, such as `bd`, or `~` for a rest.', '~   '],
  ['[]', '[]', '`[]` is empty: expected a step, such as `bd`, or `~` for a rest.', '[~]'],
  ['<>', '<>', '`<>` is empty: expected a step, such as `bd`, or `~` for a rest.', '<~>'],
  ['{ }', '{ }', '`{}` is empty: expected a step, such as `bd`, or `~` for a rest.', '{~ }'],
  ['a []', '[]', '`[]` is empty: expected a step, such as `bd`, or `~` for a rest.', 'a [~]'],
  ['[a b', '[', '`[` is never closed: expected `]` before the end.', '[a b]'],
  ['[a [b c]', '[', '`[` is never closed: expected `]` before the end.', '[a [b c]]'],
  ['<[a b>', '[', '`[` is closed by `>`: expected `]`.', '<[a b]>'],
  ['[a b>', '[', '`[` is closed by `>`: expected `]`.', '[a b]'],
  ['a b]', ']', '`]` closes nothing: there is no `[` before it.', 'a b'],
  ['a >', '>', '`>` closes nothing: there is no `<` before it.', 'a '],
  ['(3,8', '(', '`( )` is a Euclidean rhythm and needs a step before it; a group is written `[ ]`.', '[3,8'],
  ['(a)', '(', '`( )` is a Euclidean rhythm and needs a step before it; a group is written `[ ]`.', '[a)'],
  ['bd(3,8', '(', '`(` is never closed: expected `)` before the end.', 'bd(3,8)'],
  [
    'bd(3',
    '(3',
    'A Euclidean rhythm is `(onsets,steps)` or `(onsets,steps,turn)`: the number of steps is missing, found the end.',
    'bd(3,8)',
  ],
  [
    'bd(3)',
    '(3',
    'A Euclidean rhythm is `(onsets,steps)` or `(onsets,steps,turn)`: the number of steps is missing, found `)`.',
    'bd(3,8)',
  ],
  [
    'bd(3,)',
    '(3',
    'A Euclidean rhythm is `(onsets,steps)` or `(onsets,steps,turn)`: the number of steps is missing, found `)`.',
    'bd(3,8,)',
  ],
  [
    'bd(,8)',
    '(',
    'A Euclidean rhythm is `(onsets,steps)` or `(onsets,steps,turn)`: the number of onsets is missing, found `,`.',
    'bd(3,8)',
  ],
  [
    'bd()',
    '(',
    'A Euclidean rhythm is `(onsets,steps)` or `(onsets,steps,turn)`: the number of onsets is missing, found `)`.',
    'bd(3,8)',
  ],
  ['bd(x,8)', 'x', '`( )` needs a number, found the word `x`.', ''],
  ['bd(3,8 sd', '(', '`(` is never closed: expected `)` before `s`.', 'bd(3,8) sd'],
  ['bd(3 5,8)', '(', '`(` is never closed: expected `)` before `5`.', 'bd(3) 5,8)'],
  ['bd(9,8)', '9', '9 onsets do not fit into 8 steps.', ''],
  ['bd(-9,8)', '-9', '9 onsets do not fit into 8 steps.', ''],
  ['bd(<3 9>,8)', '9', '9 onsets do not fit into 8 steps.', ''],
  ['bd(3,0)', '0', 'A Euclidean rhythm needs a whole number of steps, 1 or more, found 0.', ''],
  ['bd(2.5,8)', '2.5', 'A Euclidean rhythm needs a whole number of onsets, found 2.5.', ''],
  ['bd(3,-8)', '-8', 'A Euclidean rhythm needs a whole number of steps, 1 or more, found -8.', ''],
  ['bd(3,<8 0>)', '0', 'A Euclidean rhythm needs a whole number of steps, 1 or more, found 0.', ''],
  ['bd(1,5000)', '5000', 'This makes more than 4,096 steps.', ''],
  ['bd**2', '**', '`*` needs a number after it, found `*`.', 'bd*2'],
  ['bd*', '*', '`*` needs a number after it, found the end.', 'bd*2'],
  ['bd* sd', 'sd', '`*` needs a number, found the word `sd`.', ''],
  ['bd/', '/', '`/` needs a number after it, found the end.', 'bd/2'],
  ['bd*x', 'x', '`*` needs a number, found the word `x`.', ''],
  ['bd*[2 x]', 'x', '`*` needs a number, found the word `x`.', ''],
  ['bd*2x', '2x', '`*` needs a number, found the word `2x`.', ''],
  ['bd:', ':', '`:` needs a word or number after it, found the end.', 'bd:0'],
  ['bd::2', '::', '`:` needs a word or number after it, found `:`.', 'bd:2'],
  ['{a b}%', '%', '`%` needs a number after it, found the end.', '{a b}%4'],
  ['{a b}%x', 'x', '`%` needs a number, found the word `x`.', ''],
  ['{a b}%%4', '%%', '`%` needs a number after it, found `%`.', '{a b}%4'],
  ['a%4', '%', '`%` sets the steps of a polymeter and stands right after `}`, as in `{a b c}%4`.', ''],
  ['!', '!', '`!` needs a step before it, and there is none: expected a word, a number or a bracket.', ''],
  [
    '! a',
    '!',
    '`!` needs a step before it, and there is none: expected a word, a number or a bracket.',
    ' a',
  ],
  [
    '!2 a',
    '!2',
    '`!` needs a step before it, and there is none: expected a word, a number or a bracket.',
    ' a',
  ],
  [
    '*2 a',
    '*2',
    '`*` needs a step before it, and there is none: expected a word, a number or a bracket.',
    ' a',
  ],
  [
    '? a',
    '?',
    '`?` needs a step before it, and there is none: expected a word, a number or a bracket.',
    ' a',
  ],
  [
    '@3 a',
    '@3',
    '`@` needs a step before it, and there is none: expected a word, a number or a bracket.',
    ' a',
  ],
  [
    '_ a',
    '_',
    '`_` needs a step before it, and there is none: expected a word, a number or a bracket.',
    ' a',
  ],
  [
    '[_ a]',
    '_',
    '`_` needs a step before it, and there is none: expected a word, a number or a bracket.',
    '[ a]',
  ],
  ['. a', '.', 'There is nothing before `.`: expected a step, such as `bd`, or `~` for a rest.', '~ . a'],
  ['a .', '.', 'There is nothing after `.`: expected a step, such as `bd`, or `~` for a rest.', 'a . ~'],
  [
    'a . . b',
    '.',
    'There is nothing before `.`: expected a step, such as `bd`, or `~` for a rest.',
    'a . ~ . b',
  ],
  ['a,', ',', 'There is nothing after `,`: expected a step, such as `bd`, or `~` for a rest.', 'a, ~'],
  ['a,,b', ',', 'There is nothing before `,`: expected a step, such as `bd`, or `~` for a rest.', 'a,~,b'],
  [', a', ',', 'There is nothing before `,`: expected a step, such as `bd`, or `~` for a rest.', '~, a'],
  ['a |', '|', 'There is nothing after `|`: expected a step, such as `bd`, or `~` for a rest.', 'a | ~'],
  ['| a', '|', 'There is nothing before `|`: expected a step, such as `bd`, or `~` for a rest.', '~| a'],
  ['[a,]', ',', 'There is nothing after `,`: expected a step, such as `bd`, or `~` for a rest.', '[a, ~]'],
  ['<a,>', ',', 'There is nothing after `,`: expected a step, such as `bd`, or `~` for a rest.', '<a, ~>'],
  ['<a | b>', '|', '`|` cannot stand inside `< >` or `{ }`: put these steps in `[ ]` of their own.', ''],
  [
    '{a . b}',
    '.',
    'A lone `.` cannot stand inside `< >` or `{ }`: put these steps in `[ ]` of their own.',
    '',
  ],
  ['a | b, c', ',', '`,` cannot stand beside `|`: put these steps in `[ ]` of their own.', ''],
  ['a . b | c', '|', '`|` cannot stand beside `.`: put these steps in `[ ]` of their own.', ''],
  [
    'a & b',
    '&',
    '`&` has no meaning in mini-notation: expected a step or one of `* / ! @ ? : ( [ < { , |`.',
    'a  b',
  ],
  [
    'a; b',
    ';',
    '`;` has no meaning in mini-notation: expected a step or one of `* / ! @ ? : ( [ < { , |`.',
    'a b',
  ],
  [
    'a + b',
    '+',
    '`+` has no meaning in mini-notation: expected a step or one of `* / ! @ ? : ( [ < { , |`.',
    'a  b',
  ],
  [
    'a=b',
    '=',
    '`=` has no meaning in mini-notation: expected a step or one of `* / ! @ ? : ( [ < { , |`.',
    'ab',
  ],
  [
    'a"b',
    '"',
    '`"` has no meaning in mini-notation: expected a step or one of `* / ! @ ? : ( [ < { , |`.',
    'ab',
  ],
  [
    'a😀',
    '😀',
    '`😀` has no meaning in mini-notation: expected a step or one of `* / ! @ ? : ( [ < { , |`.',
    'a',
  ],
  ['0 ..', '..', '`..` needs a number after it, found the end.', '0 .. 8'],
  ['0 .. x', 'x', '`..` needs a number, found the word `x`.', ''],
  ['c .. g', 'g', '`..` needs a number, found the word `g`.', ''],
  [
    '0 ... 8',
    '...',
    'A range by example needs two plain steps before `...`, as in `0 2 ... 8`; steps of 1 are `0 .. 8`.',
    '0 .. 8',
  ],
  [
    'a*2 1 ... 8',
    '...',
    'A range by example needs two plain steps before `...`, as in `0 2 ... 8`; steps of 1 are `0 .. 8`.',
    'a*2 1 .. 8',
  ],
  [
    '0 2 ... 8 ... 9',
    '...',
    'A range by example needs two plain steps before `...`, as in `0 2 ... 8`; steps of 1 are `0 .. 8`.',
    '0 2 ... 8 .. 9',
  ],
  ['0 2 ... x', 'x', '`...` needs a number, found the word `x`.', ''],
  [
    '0 2 ... -4',
    '0 2 ... -4',
    'This range by example never arrives: its first two numbers do not lead to the last.',
    '',
  ],
  ['a@-1', '@-1', '`@-1` makes a weight of -1: expected a number of 0 or more.', ''],
  ['a@-1 b', '@-1', '`@-1` makes a weight of -1: expected a number of 0 or more.', ''],
  ['a!-2', '!-2', '`!-2` makes a weight of -2: expected a number of 0 or more.', ''],
  ['a /* b', '/*', 'The comment `/*` is never closed.', 'a /* b */'],
  ['bd sd)', ')', '`)` closes nothing: there is no `(` before it.', 'bd sd'],
  ['a]b', ']', '`]` closes nothing: there is no `[` before it.', 'ab'],
  ['{a b', '{', '`{` is never closed: expected `}` before the end.', '{a b}'],
  ['<a b', '<', '`<` is never closed: expected `>` before the end.', '<a b>'],
  ['[a b)', '[', '`[` is closed by `)`: expected `]`.', '[a b]'],
  ['a*{2 b}', 'b', '`*` needs a number, found the word `b`.', ''],
  ['0 .. 100000', '.. 100000', 'This makes more than 65,536 steps.', ''],
  ['0 1 ... 100000', '0 1 ... 100000', 'This makes more than 65,536 steps.', ''],
  ['a!100000000', '!100000000', 'This makes more than 65,536 steps.', ''],
  ['[[[a!999]!999]!999]', '!999', 'This makes more than 65,536 steps.', ''],
  [
    "'a",
    "'",
    "`'` has no meaning in mini-notation: expected a step or one of `* / ! @ ? : ( [ < { , |`.",
    'a',
  ],
  ['hh*1e400', '1e400', '`*` needs a number, found the word `Infinity`.', ''],
  ['{a b}%[2:3]', ':3', '`%` needs a number, found a list.', ''],
  ["c'mja7", 'mja7', 'Unknown chord name `mja7`; nearest: maj7, m7, mM7.', "c'maj7"],
  ["c'", '', 'Unknown chord name nothing; nearest: 1, 5, 6.', "c'1"],
  ["h'maj", 'h', "A chord such as `c'maj7` begins with a note or a number, found `h`.", ''],
  ["c'maj'q", 'q', 'A chord is changed by a number of notes, by `i`, `o` or `d1`, found `q`.', ''],
  ["c'maj'd4", 'd4', 'A chord is changed by a number of notes, by `i`, `o` or `d1`, found `d4`.', ''],
  ["c'maj'99", '99', 'A chord is changed by a number of notes, by `i`, `o` or `d1`, found `99`.', ''],
  ["a*c'maj", "c'maj", '`*` needs a number, found a chord.', ''],
];

describe('mistakes name what was found, what was expected and the nearest fix', () => {
  for (const [text, marked, message, fixed] of ROWS) {
    test(text === '' ? '(empty)' : text, () => {
      const error = checkNotation(text);
      expect(error).toBeInstanceOf(NotationError);
      const { from, to, fix, expected } = error!;
      expect(error!.message).toBe(message);
      expect(text.slice(from, to)).toBe(marked);
      expect(expected.length).toBeGreaterThan(0);
      expect(fix === undefined ? '' : text.slice(0, fix.from) + fix.insert + text.slice(fix.to)).toBe(fixed);
    });
  }

  test('a fix mends what it is offered for', () => {
    for (const [text, , , fixed] of ROWS) {
      if (fixed === '') continue;
      const left = checkNotation(fixed);
      const before = checkNotation(text)!;
      expect(left === null || left.message !== before.message || left.from !== before.from, text).toBe(true);
    }
  });
});

describe('places', () => {
  test('offsets are those of the program where the text has a place there', () => {
    const at = (offset: number): number => 100 + 2 * offset;
    expect(() => notation('a b]', 10)).toThrow(expect.objectContaining({ from: 13, to: 14, placed: true }));
    expect(() => notation('a b]', 10)).toThrow(
      expect.objectContaining({ fix: expect.objectContaining({ from: 13, to: 14 }) }),
    );
    expect(() => notation('a b]', 10, at)).toThrow(expect.objectContaining({ from: 106, to: 108 }));
    expect(() => notation('a b]', null)).toThrow(expect.objectContaining({ from: 3, to: 4, placed: false }));
  });

  test('an impossible rhythm that only a query can find has its place too', () => {
    const pattern = notation('a(<2 8>,<8 4>)', 5);
    expect(pattern.queryArc(0, 1)).toHaveLength(2);
    expect(() => pattern.queryArc(1, 2)).toThrow(NotationError);
    expect(() => pattern.queryArc(1, 2)).toThrow(
      expect.objectContaining({ from: 6, to: 19, message: '8 onsets do not fit into 4 steps.' }),
    );
  });
});

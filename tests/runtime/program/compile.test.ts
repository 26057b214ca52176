/** The compiler's words: what a mistake is called and where it is shown. Ranges are written into the text as ‹…›. */
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../runtime/program/program.ts';
import { MAX_DEPTH, MAX_LENGTH } from '../../../runtime/program/survey.ts';
import { testCompiler } from '../../kit/compiler.ts';

/** Text with ‹ › around the range, and the plain one. */
function marked(text: string): { plain: string; from: number; to: number } {
  const from = text.indexOf('‹');
  const to = text.indexOf('›') - 1;
  return { plain: text.replace('‹', '').replace('›', ''), from, to };
}

async function diagnose(text: string): Promise<readonly Diagnostic[]> {
  const outcome = await (await testCompiler()).compile(text);
  return outcome.ok ? outcome.compiled.warnings : outcome.diagnostics;
}

/** [text with the place, message] */
const ERRORS: readonly (readonly [string, string])[] = [
  ['$: note("c" ‹"e"›)', 'A comma or `)` is missing before `"e"`'],
  ['const a = ‹;›', 'Unexpected `;`'],
  ['s("bd‹›', 'This string has no end: its closing quote is missing'],
  ['f(‹›', 'The program ends too early: something is still open'],
  ['s("bd").fast(2)‹)›', 'Expected `;` but found `)`'],
  ['s(‹“›bd”)', 'These are not the quotes of code: write "…"'],
  ['ä = é; f(a ‹b›', 'A comma or `)` is missing before `b`'],
  ['$: s("bd")\n$: s("hh")\nconst ‹1› = 2', 'Expected identifier but found `1`'],
  ['const x = 1\nconst ‹x› = 2', '`x` is declared twice'],
  ['‹with› (a) b', 'With statements cannot be used: programs are strict TypeScript'],
  ['‹class›: s("x")', "`class` is a word of TypeScript itself and can't name a track"],
  ['x\n‹in›: s("y")', "`in` is a word of TypeScript itself and can't name a track"],
  ['‹await›: s("x")', "`await` is a word of TypeScript itself and can't name a track"],
  ['‹case›: s("x")', "`case` is a word of TypeScript itself and can't name a track"],
  [
    '‹import x from "y"›\ns("x")',
    '`import` does not work in a program: all of the language is there without it',
  ],
  ['‹import›("y")', '`import(…)` does not work in a program: all of the language is there without it'],
  ['‹export› const a = 1', '`export` does not work in a program: nothing can import it'],
  ['‹__talea›.n(1)', 'Names that begin with `__talea` are reserved: choose another one than `__talea`'],
  ['await x; ‹return› 3', '`return` and `await` outside a function do not go together'],
];

const WARNINGS: readonly (readonly [string, string])[] = [
  ['s("bd")\n‹`›hh`', 'This line begins with a backtick and so belongs to the line above'],
  ['s("bd")\n‹[›1, 2].map(f)', 'This line begins with `[` and so belongs to the line above'],
  ['‹a›: x\na: y', '`a:` is there twice; only the last one plays'],
  ['‹_a›: x\nS_a: y', '`a:` is there twice; only the last one plays'],
  ['‹Snare›: x', '`Snare` is a name here, nothing is soloed; in Strudel a label with a capital S solos'],
];

describe.each([
  ['errors', ERRORS],
  ['warnings', WARNINGS],
] as const)('%s', (_, rows) => {
  test.each(rows)('%s', async (text, message) => {
    const { plain, from, to } = marked(text);
    const [first] = await diagnose(plain);
    expect(first).toMatchObject({ message, from, to });
  });
});

test.each([
  'out: for (;;) { break out }',
  '$: a\n$: b\n_$: c',
  'of: s("x")',
  'if (a) x: b; else x: c',
  'switch (a) { default: b }',
  '({ class: 1, new: 2, default: 3 })',
])('no complaint about %s', async (text) => {
  expect(await diagnose(text)).toEqual([]);
});

test('a fix of a joined line parts it', async () => {
  const text = 's("bd")\n`hh`';
  const [{ fix }] = (await diagnose(text)) as [Diagnostic];
  expect(text.slice(0, fix!.from) + fix!.insert + text.slice(fix!.to)).toBe('s("bd");\n`hh`');
});

test('what nests too deep or is too long is refused, and the compiler lives on', async () => {
  const nested = (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`;
  expect(await diagnose(nested(MAX_DEPTH - 3))).toEqual([]);
  expect((await diagnose(nested(20_000)))[0]!.message).toBe(`This is nested deeper than ${MAX_DEPTH} levels`);
  expect(await diagnose(' '.repeat(MAX_LENGTH))).toEqual([]);
  expect((await diagnose(' '.repeat(MAX_LENGTH + 1)))[0]!.message).toContain(`the limit is ${MAX_LENGTH}`);
  expect(await diagnose('s("bd")')).toEqual([]);
});

test('TypeScript that our own parser cannot read still plays', async () => {
  const outcome = await (await testCompiler()).compile('enum E { "a-b" = 1 }\n$: s("x")');
  expect(outcome).toMatchObject({ ok: true, compiled: { tracks: [{ name: '$1' }] } });
});

test('no way to load modules is left in the code', async () => {
  const outcome = await (await testCompiler()).compile('declare module "x" { }\nimport("fs")');
  expect(outcome.ok ? outcome.compiled.code : '').not.toMatch(/import\s*\(/);
});

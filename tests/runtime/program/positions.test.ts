/** Positions: every word of a program is found again from its place in the generated code. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markProgram, parseProgram } from '../../../runtime/program/mark.ts';
import {
  columnOfBytes,
  lineColumn,
  markedOffset,
  offsetOf,
  ProgramPlaces,
  typedOffset,
} from '../../../runtime/program/positions.ts';
import { programFrames } from '../../../runtime/program/program-frames.ts';
import { rawOffsets } from '../../../runtime/program/raw-offsets.ts';
import { testCompiler } from '../../kit/compiler.ts';

/** Random expressions in which every `#` becomes a word of its own. */
const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      '#',
      '#("a b")',
      "#('é')",
      '"c e".fast(#)',
      '`a [b c]`.every(2, x => #(x))',
      'm`bd*2`.add(#)',
    ),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `#(${a}, ${b})`),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `[${a},\n  ${b}]`),
    tie('e').map((a) => `#(${a})\n  .slow("<1 2>")`),
    tie('e').map((a) => `(() => { for (const x of [${a}]) #(x); return "ü" })()`),
    tie('e').map((a) => `({ "k": ${a}, l: \`x \${#} y\` })`),
  ),
})).e;

const statement = fc.tuple(
  fc.constantFrom('', '$: ', 'drums: ', '_x: ', 'S$: ', 'const # = ', 'while (false) '),
  expression,
  fc.constantFrom('\n', ';\n', '; // "ä"\n', '\n\n'),
);

/** A program whose marks are replaced by w1, w2, …; statements are ended where they would run together. */
const program = fc.array(statement, { minLength: 1, maxLength: 6 }).map((statements) => {
  let count = 0;
  const text = statements.map(([label, body, end]) => `;${label}${body}${end}`).join('');
  return text.replaceAll('#', () => `w${++count}`);
});

test('typed -> generated -> typed is the identity on every word', async () => {
  const compiler = await testCompiler();
  await fc.assert(
    fc.asyncProperty(program, async (text) => {
      const outcome = await compiler.compile(text);
      if (!outcome.ok) throw new Error(`${JSON.stringify(text)}: ${outcome.diagnostics[0]!.message}`);
      const { compiled } = outcome;
      const places = new ProgramPlaces(text, compiled);
      const words = [...text.matchAll(/\bw\d+\b/g)];
      for (const { 0: word, index } of words) {
        const at = compiled.code.search(new RegExp(`\\b${word}\\b`));
        expect(at, word).toBeGreaterThan(0);
        expect(places.offsetOf(lineColumn(compiled.code, at)), `${word} in ${JSON.stringify(text)}`).toBe(
          index,
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('marking only inserts, and its offsets map both ways', () => {
  fc.assert(
    fc.property(program, (text) => {
      const { text: marked, insertions } = markProgram(text, parseProgram(text));
      let typed = '';
      let at = 0;
      let inserted = 0;
      for (const [offset, length] of insertions) {
        typed += marked.slice(at, offset + inserted);
        inserted += length;
        at = offset + inserted;
      }
      expect(typed + marked.slice(at)).toBe(text);
      for (let offset = 0; offset <= text.length; offset += 1) {
        expect(typedOffset(insertions, markedOffset(insertions, offset))).toBe(offset);
      }
    }),
  );
});

describe('lines', () => {
  test('offset -> line and column -> offset', () => {
    const lines = fc.array(fc.constantFrom('a', 'é', '𝄞', '\n', '\r\n', '\r', '\u2028', ''), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(lines, (pieces) => {
        const text = pieces.join('');
        for (let at = 0; at <= text.length; at += 1) expect(offsetOf(text, lineColumn(text, at))).toBe(at);
      }),
    );
  });

  test.each([
    ['abc', 2, 3],
    ['äbc', 2, 2],
    ['𝄞x', 4, 3],
    ['ab', 9, 3],
  ])('byte column of %s at %i is %i', (line, bytes, column) => {
    expect(columnOfBytes(line, bytes)).toBe(column);
  });
});

test.each([
  ['plain', 3, 3],
  ['a\\nb', 2, 3],
  ['\\u0041b', 1, 6],
  ['\\u{1F600}b', 2, 9],
  ['a\\\nb', 1, 3],
  ['a\r\nb', 2, 3],
  ['x\\"y', 2, 3],
])('raw offset in %j of %i is %i', (raw, offset, expected) => {
  expect(rawOffsets(raw)(offset)).toBe(expected);
});

test.each([
  ['V8', 'Error: x\n    at f (talea-program-7.js:3:5)\n    at talea-program-7.js:9:1'],
  ['SpiderMonkey', 'f@talea-program-7.js:3:5\n@talea-program-7.js:9:1\n'],
])('frames of %s', (_, stack) => {
  expect(programFrames(stack)).toEqual([
    { evalId: 7, place: { line: 3, column: 5 } },
    { evalId: 7, place: { line: 9, column: 1 } },
  ]);
});

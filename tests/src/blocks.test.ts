/** Block evaluation: which block, and the performed text with it replaced. */
import { ChangeSet, Text } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockAt, onlyBlock, type Performed, resultOf, withBlock } from '../../src/text/blocks.ts';

/** The text with the cursor at `|`. */
function at(marked: string): [string, number] {
  return [marked.replace('|', ''), marked.indexOf('|')];
}

const block = (marked: string): string | null => {
  const [text, position] = at(marked);
  const found = blockAt(text, position);
  return found && text.slice(found.from, found.to);
};

describe('blockAt', () => {
  test.each([
    ['a: s("b|d")\nb: s("sd")', 'a: s("bd")'],
    ['a: s("bd")\nb: s("s|d")', 'b: s("sd")'],
    ['a: stack(\n\n  s("bd")|,\n\n  s("sd"))\n\nb: s("hh")', 'a: stack(\n\n  s("bd"),\n\n  s("sd"))'],
    ['a: stack(\n|\n  s("bd"))', 'a: stack(\n\n  s("bd"))'],
    ['const x = 1\ncon|st y = 2\n\na: s("bd")', 'const x = 1\nconst y = 2'],
    ['// about a\n|// more\na: s("bd")', '// about a\n// more\na: s("bd")'],
    ['|', null],
    ['a: s("bd")\n\n|\n\nb: s("sd")', null],
    ['a: s("bd")|', 'a: s("bd")'],
  ])('%j holds %j', (marked, expected) => {
    expect(block(marked)).toBe(expected);
  });

  test('is whole lines and holds the cursor, in any text', () => {
    const line = fc.constantFrom(
      'a: s("bd")',
      'b: stack(',
      ')',
      '',
      '  s("x")',
      '`',
      '// c',
      'const q = 1',
      '}',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.nat(), (lines, seed) => {
        const text = lines.join('\n');
        const position = text.length === 0 ? 0 : seed % (text.length + 1);
        const found = blockAt(text, position);
        if (!found) return;
        expect(found.from).toBeLessThanOrEqual(position);
        expect(found.to).toBeGreaterThanOrEqual(position);
        expect(found.from === 0 || text[found.from - 1] === '\n').toBe(true);
        expect(found.to === text.length || text[found.to] === '\n').toBe(true);
      }),
    );
  });
});

/** A performed text that was edited to `text` by replacing its range from..to. */
function edited(performed: string, text: string): Performed {
  let from = 0;
  while (from < Math.min(performed.length, text.length) && performed[from] === text[from]) from++;
  let end = 0;
  const room = Math.min(performed.length, text.length) - from;
  while (end < room && performed.at(-1 - end) === text.at(-1 - end)) end++;
  const changes = ChangeSet.of(
    { from, to: performed.length - end, insert: text.slice(from, text.length - end) },
    performed.length,
  );
  return { text: performed, changes };
}

const perform = (performed: string, marked: string): string => {
  const [text, position] = at(marked);
  return withBlock(edited(performed, text), text, blockAt(text, position)!).text;
};

describe('withBlock', () => {
  test.each([
    ['one of two', 'a: s("bd")\nb: s("sd")', 'a: s("b|d*2")\nb: s("sd")', 'a: s("bd*2")\nb: s("sd")'],
    [
      'the other stays as it was performed',
      'a: s("bd")\n\nb: s("sd")\n',
      'a: s("bd*8")\n\nb: s("s|d*2")\n',
      'a: s("bd")\n\nb: s("sd*2")\n',
    ],
    [
      'by name after a move',
      'a: s("bd")\nb: s("sd")',
      'b: s("s|d:1")\na: s("bd")',
      'a: s("bd")\nb: s("sd:1")',
    ],
    [
      'a mark is the same track',
      'a: s("bd")\nb: s("sd")',
      '_a: s("b|d")\nb: s("sd")',
      '_a: s("bd")\nb: s("sd")',
    ],
    ['a new one after', 'a: s("bd")', 'a: s("bd")\n\nn: s("h|h")', 'a: s("bd")\nn: s("hh")'],
    ['a new one before', 'a: s("bd")', 'n: s("h|h")\n\na: s("bd")', 'n: s("hh")\na: s("bd")'],
    [
      'unnamed ones by place',
      '$: s("bd")\n\n$: s("sd")',
      '$: s("bd")\n\n$: s("s|d*2")',
      '$: s("bd")\n\n$: s("sd*2")',
    ],
  ])('%s', (_, performed, marked, expected) => {
    expect(perform(performed, marked)).toBe(expected);
  });

  test('the changes lead to the text of now, and the block maps to itself', () => {
    const line = fc.constantFrom('a: s("bd")', 'b: s("sd")', '$: s("hh")', '', 'const q = 1', '// c');
    const lines = fc.array(line, { maxLength: 6 }).map((each) => each.join('\n'));
    fc.assert(
      fc.property(lines, lines, fc.nat(), (before, text, seed) => {
        const position = seed % (text.length + 1);
        const found = blockAt(text, position);
        if (!found) return;
        const next = withBlock(edited(before, text), text, found);
        expect(resultOf(next)).toBe(text);
        const source = text.slice(found.from, found.to);
        const places = [...next.text].flatMap((_, from) =>
          next.text.startsWith(source, from) ? [from] : [],
        );
        const itself = places.some(
          (from) =>
            next.changes.mapPos(from, 1) === found.from &&
            next.changes.mapPos(from + source.length, -1) === found.to,
        );
        expect(itself).toBe(true);
      }),
    );
  });
});

describe('onlyBlock', () => {
  test('blanks the other tracks, keeps declarations and places', () => {
    const text = 'setcpm(30)\na: s("bd")\nb: stack(\n  s("sd"))\nconst q = 1';
    const only = onlyBlock(text, blockAt(text, text.indexOf('bd'))!);
    expect(only.text).toBe('setcpm(30)\na: s("bd")\n         \n          \nconst q = 1');
    expect(only.changes.apply(Text.of(only.text.split('\n'))).toString()).toBe(text);
  });
});

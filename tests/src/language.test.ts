/** How the editor indents a program: chains below their track, arguments inside their call. */
import { getIndentation, indentUnit } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { language } from '../../src/editor/language.ts';

/** Spaces that the line after `text` gets. */
function indentAfter(text: string, next = ''): number | null {
  const doc = `${text}\n${next}`;
  const state = EditorState.create({ doc, extensions: [language, indentUnit.of('  ')] });
  return getIndentation(state, text.length + 1);
}

test.each([
  ['a: s("bd")', '.fast(2)', 2],
  ['drums: stack(', '', 2],
  ['drums: stack(\n  s("bd"),', '', 2],
  ['drums: stack(\n  s("bd"),', ')', 0],
  ['const f = (x) => {', '', 2],
  ['const f = (x) => {\n  x', '}', 0],
  ['const a = [', '', 2],
  ['', 'a: s("bd")', 0],
])('after %j comes %j at %d', (text, next, expected) => {
  expect(indentAfter(text, next)).toBe(expected);
});

test('inside a template nothing is indented', () => {
  expect(indentAfter('a: s(`bd', 'sd`)')).toBeNull();
});

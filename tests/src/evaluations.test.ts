/** Places in an evaluated text follow every edit, also those made while the evaluation was under way. */
import { ChangeSet, EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  evaluationNamed,
  evaluationSent,
  evaluations,
  mapRange,
  recordOf,
  recordOfEvaluation,
} from '../../src/editor/evaluations.ts';

function sent(text: string): EditorState {
  const state = EditorState.create({ doc: text, extensions: [evaluations] });
  const effect = evaluationSent.of({ key: 1, text, changes: ChangeSet.empty(text.length) });
  return state.update({ effects: effect }).state;
}

const edit = (state: EditorState, from: number, to: number, insert: string): EditorState =>
  state.update({ changes: { from, to, insert } }).state;

/** Where bd of `s("bd sd")` is after an edit, as text; null where it is gone. */
const bd = (state: EditorState): string | null => {
  const place = mapRange(recordOf(state, 1)!, 3, 5);
  return place && state.sliceDoc(place.from, place.to);
};

test.each([
  ['text before', 0, 0, 'a: ', 'bd'],
  ['text directly before', 3, 3, 'hh ', 'bd'],
  ['text directly after', 5, 5, '*2', 'bd'],
  ['text inside', 4, 4, 'x', 'bxd'],
  ['one letter gone', 3, 4, '', 'd'],
  ['all of it gone', 3, 5, '', null],
  ['all of it and more gone', 0, 8, 'x', null],
  ['text far behind', 9, 9, '\n', 'bd'],
])('after %s', (_, from, to, insert, expected) => {
  expect(bd(edit(sent('s("bd sd")'), from, to, insert))).toBe(expected);
});

test('a place that is still there reads as it did, whatever is typed elsewhere', () => {
  const word = fc.constantFrom('hh ', 'x', '\n', '');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(), word), { maxLength: 12 }), (edits) => {
      let state = sent('one two three');
      for (const [before, at, insert] of edits) {
        const place = mapRange(recordOf(state, 1)!, 4, 7)!;
        const from = before ? at % (place.from + 1) : place.to + (at % (state.doc.length - place.to + 1));
        state = edit(state, from, from, insert);
      }
      const place = mapRange(recordOf(state, 1)!, 4, 7)!;
      expect(state.sliceDoc(place.from, place.to)).toBe('two');
    }),
  );
});

test('the runtime’s number leads to the record, and ranges outside the text to nothing', () => {
  const state = sent('s("bd sd")').update({ effects: evaluationNamed.of({ key: 1, evalId: 42 }) }).state;
  const record = recordOfEvaluation(state, 42)!;
  expect(record.key).toBe(1);
  expect(recordOfEvaluation(state, 43)).toBeNull();
  expect(mapRange(record, -1, 3)).toBeNull();
  expect(mapRange(record, 3, 11)).toBeNull();
  expect(mapRange(record, 5, 3)).toBeNull();
  expect(mapRange(record, 10, 10)).toEqual({ from: 10, to: 10 });
});

test('old records go: eight are kept', () => {
  let state = sent('a');
  for (let key = 2; key <= 9; key++) {
    state = state.update({
      effects: evaluationSent.of({ key, text: 'a', changes: ChangeSet.empty(1) }),
    }).state;
  }
  expect(recordOf(state, 1)).toBeNull();
  expect(recordOf(state, 2)?.key).toBe(2);
});

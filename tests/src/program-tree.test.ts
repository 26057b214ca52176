/** Labels, marks and top-level statements as the page sees them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLabel } from '../../runtime/program/labels.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { topLevel, tracksOf, writeLabel } from '../../src/text/program-tree.ts';
import { markTrack } from '../../src/text/track-marks.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);

describe('labels', () => {
  test('readLabel(writeLabel(name, muted, solo)) gives name, muted, solo', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.constant('$')), fc.boolean(), fc.boolean(), (base, muted, solo) => {
        const read = readLabel(writeLabel(base, muted, solo));
        expect(read).toEqual({ name: base === '$' ? null : base, muted, solo });
      }),
      { verbose: 1 },
    );
  });

  test.each([
    ['a: s("bd")\nb: s("sd")', 'a b'],
    ['$: s("bd")\n_$: s("sd")\nS$: s("hh")', '$1 _$2 S$3'],
    ['_drums: s("bd")\ndrums_: s("sd")\nS_x: s("hh")', '_drums _drums Sx'],
    ['Snare: s("sd")', 'Snare'],
    ['setcpm(30)\ns("bd*4")', '$1'],
    ['a: s("bd")\nsetcpm(30)', 'a'],
    ['for (const x of [1]) {}\nif (1) { b: s("x") }', ''],
    ['a: { b: 1 }', ''],
    ['', ''],
    ['// only\n/* comments */', ''],
  ])('tracks of %j are %s', (text, expected) => {
    const shown = tracksOf(text).map((each) => `${each.muted ? '_' : ''}${each.solo ? 'S' : ''}${each.name}`);
    expect(shown.join(' ')).toBe(expected);
  });

  test('a broken text never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        for (const each of topLevel(text)) expect(each.from <= each.to && each.to <= text.length).toBe(true);
      }),
    );
  });
});

describe('marks', () => {
  test('marking and unmarking gives the text back, but for name_', () => {
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.nat(), fc.boolean(), (tracks, pick, solo) => {
        const text = tracks.map((each) => `${each}: s("bd")`).join('\n\n');
        const track = tracks[pick % tracks.length]!;
        const mark = (from: string, on: boolean): string =>
          applyEdits(from, [markTrack(from, track, solo ? { solo: on } : { muted: on })!]);
        const marked = mark(text, true);
        expect(tracksOf(marked).map((each) => (solo ? each.solo : each.muted))).toEqual(
          tracks.map((each) => each === track),
        );
        expect(mark(marked, false)).toBe(text);
      }),
    );
  });

  test.each([
    ['$: s("bd")\n$: s("sd")', '$2', { muted: true }, '$: s("bd")\n_$: s("sd")'],
    ['s("bd")', '$1', { muted: true }, '_$: s("bd")'],
    ['a: s("bd")\na: s("sd")', 'a', { solo: true }, 'a: s("bd")\nS_a: s("sd")'],
    ['S$: s("bd")', '$1', { muted: true }, 'S$_: s("bd")'],
    ['_a: s("bd")', 'a', { solo: true }, 'S__a: s("bd")'],
    ['_a: s("bd")', 'a', { muted: false, solo: true }, 'S_a: s("bd")'],
  ])('%j with %s marked %j becomes %j', (text, track, marks, expected) => {
    expect(applyEdits(text, [markTrack(text, track, marks)!])).toBe(expected);
  });

  test('nothing to do is no edit', () => {
    expect(markTrack('a: s("bd")', 'b', { muted: true })).toBeNull();
    expect(markTrack('_a: s("bd")', 'a', { muted: true })).toBeNull();
  });
});

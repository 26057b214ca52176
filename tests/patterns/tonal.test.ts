import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Evaluation, withEvaluation } from '../../patterns/index.ts';
import { dictionaryOf, voicingSettings } from '../../patterns/tonal/dictionaries.ts';
import { noteOfStep, SCALE_NAMES, scaleOf, stepOfMidi } from '../../patterns/tonal/scale.ts';
import {
  intervalOfSemitones,
  midiOf,
  parseInterval,
  parseNote,
  showNote,
  transposeNote,
} from '../../patterns/tonal/spelled-note.ts';
import { parseChord, placeVoicing, voicingsOf } from '../../patterns/tonal/voicing.ts';
import { patternOf, played, run } from './playing.ts';
import { ROWS } from './tonal-rows.ts';

/** Notes of a cycle by onset, those together joined by +. */
function notes(code: string, cycle = 0, evaluation = new Evaluation()): string {
  const pattern = patternOf(code, evaluation);
  return withEvaluation(evaluation, () => {
    const onsets = new Map<string, string[]>();
    const events = pattern.queryArc(cycle, cycle + 1);
    events.sort((a, b) => a.part.begin.compare(b.part.begin));
    for (const { part, value } of events) {
      const at = part.begin.show();
      const note = String(typeof value === 'object' ? value.note : value);
      onsets.set(at, [...(onsets.get(at) ?? []), note]);
    }
    return [...onsets.values()].map((together) => together.join('+')).join(' ');
  });
}

test('a scale is known behind arguments that have a place in the text', () => {
  const evaluation = new Evaluation();
  for (const [text, from] of [
    ['0 2', 3],
    ['C:major', 14],
    ['<1 2>', 40],
  ] as const) {
    evaluation.note(text, from, '"');
  }
  expect(notes('n("0 2").scale("C:major").scaleTranspose("<1 2>")', 1, evaluation)).toBe('E3 G3');
});

describe('recorded notes', () => {
  for (const [code, first, second = first] of ROWS) {
    test(code, () => {
      expect(notes(code, 0)).toBe(first);
      expect(notes(code, 1)).toBe(second);
    });
  }
});

describe('values', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['s("piano").n("2").scale("C:major").gain(.5)', '0-1 {"gain":0.5,"note":"E3","s":"piano"}'],
    ['chord("C5").s("piano").anchor("c4").dict("ireal").voicing()', fifth('"s":"piano"')],
    ['chord("C^7").s("piano").rootNotes(2)', '0-1 {"note":"C2"}'],
    ['chord("C^7").rootNotes()', '0-1 {"note":"C2"}'],
    ['"C Dm".rootNotes()', '0-1/2 C2 | 1/2-1 D2'],
    ['note("c").transpose("1.5")', '0-1 {"note":49.5}'],
    ['n("0 2").transpose(3)', '0-1/2 {"n":0} | 1/2-1 {"n":2}'],
    ['s("bd").scale("C:major")', '0-1 {"s":"bd"}'],
    ['n("0 x").scale("C:major")', '0-1/2 {"note":"C3"}'],
    ['"0 2".scale("C:major").note()', '0-1/2 {"note":"C3"} | 1/2-1 {"note":"E3"}'],
    ['transpose(12, note("c3"))', '0-1 {"note":"C4"}'],
    ['note("c3").apply(transpose(12))', '0-1 {"note":"C4"}'],
    ['voicing(chord("C5").anchor("c4"))', fifth()],
    ['"<C^7 Dm7>".voicings("lefthand")', '0-1 B3 | 0-1 D4 | 0-1 E4 | 0-1 G4'],
    ['"A7".voicings("lefthand")', '0-1 B3 | 0-1 C#4 | 0-1 F#4 | 0-1 G3'],
    ['"C".voicings("triads")', '0-1 C4 | 0-1 E4 | 0-1 G3'],
  ];
  for (const [code, expected] of rows) test(code, () => expect(played(code)).toBe(expected));

  function fifth(rest = ''): string {
    return ['C3', 'C4', 'G2', 'G3']
      .map((note) => `0-1 {"note":"${note}"${rest === '' ? '' : `,${rest}`}}`)
      .join(' | ');
  }
});

describe('mistakes', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['n("0").scale("C:majr")', 'Unknown scale "majr"; nearest: major, minor, iwato'],
    [
      'n("0").scale("C")',
      'The scale "C" has a tonic but no name: write "C:major", with colons instead of blanks',
    ],
    ['n("0").scaleTranspose(1)', 'scaleTranspose needs a scale before it'],
    [
      'note("c").transpose("x")',
      '.transpose takes semitones, or an interval such as "5P" or "-3m"; found "x"',
    ],
    [
      'chord("C").dict("none").voicing()',
      'Unknown dictionary of voicings "none"; there are lefthand, triads',
    ],
    ['chord("C").mode("sideways").voicing()', 'Unknown mode "sideways" of a voicing; there are below, above'],
    ['chord("C").anchor("x").voicing()', 'The anchor of a voicing is a note or its number; found "x"'],
    ['setDefaultVoicings("none")', 'Unknown dictionary of voicings "none"'],
    ['addVoicings("own", { m: ["0 q"] })', '"q" in a voicing of "m" is no interval'],
  ];
  for (const [code, message] of rows) test(code, () => expect(() => notes(code)).toThrow(message));

  const warnings: readonly (readonly [string, string])[] = [
    ['chord("Cnonsense").voicing()', 'Unknown chord "Cnonsense" in the dictionary "ireal"'],
    ['chord("H").voicing()', 'Unknown chord "H"'],
    ['s("bd").voicing()', '.voicing needs a chord, as in chord("Am7").voicing()'],
    ['s("bd").rootNotes(2)', '.rootNotes needs chords, as in chord("Am7").rootNotes(2); found {"s":"bd"}'],
    ['n("0 x").scale("C:major")', '"x" is neither a step of a scale nor a note'],
    [
      's("bd").scale("C:major")',
      '.scale needs steps or notes, as in n("0 2 4").scale("C:major"); found {"s":"bd"}',
    ],
    ['"bd".transpose(1)', '.transpose: "bd" is not a note'],
  ];
  for (const [code, message] of warnings) {
    test(`${code} warns`, () => {
      const evaluation = new Evaluation();
      notes(code, 0, evaluation);
      expect(evaluation.warnings.map((warning) => warning.message)).toEqual([message]);
    });
  }
});

describe('dictionaries of a program', () => {
  test('are used by name or by default, and end with it', () => {
    const evaluation = run(
      'addVoicings("house", { "": ["1P 5P 10M"], m: ["0 7 15"] }); setDefaultVoicings("house")',
    );
    expect(notes('chord("C").voicing()', 0, evaluation)).toBe('C3+G3+E4');
    expect(notes('chord("Cm").dict("house").voicing()', 0, evaluation)).toBe('C3+G3+Eb4');
    expect(notes('chord("C").dict("triads").voicing()', 0, evaluation)).toBe('E4+G4+C5');
    expect(() => notes('chord("C").dict("house").voicing()')).toThrow('Unknown dictionary');
  });

  test('aliases and ranges', () => {
    const evaluation = run(
      'voicingAlias("^7", "dreamy"); setVoicingRange("lefthand", ["F2", "A3"]); resetVoicings()',
    );
    expect(notes('chord("Cdreamy").voicing()', 0, evaluation)).toBe(notes('chord("C^7").voicing()'));
    expect(notes('"C^7".voicings("lefthand")', 0, evaluation)).toBe('B2+D3+E3+G3');
  });

  test('other spellings of a symbol mean the same chord', () => {
    for (const [one, other] of [
      ['Cmaj7', 'C^7'],
      ['CM7', 'C^7'],
      ['Cmin7', 'Cm7'],
      ['C-7', 'Cm7'],
      ['Cdim7', 'Co7'],
      ['Csus4', 'Csus'],
      ['C7sus4', 'C7sus'],
      ['Cmaj9', 'C^9'],
      ['Cm7b5', 'Ch7'],
    ]) {
      expect(notes(`chord("${one}").voicing()`), one).toBe(notes(`chord("${other}").voicing()`));
    }
    expect(notes('chord("C-7").dict("lefthand").voicing()')).toBe(
      notes('chord("Cm7").dict("lefthand").voicing()'),
    );
  });
});

describe('laws', () => {
  const note = fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: -2, max: 2 }), fc.integer({ min: -1, max: 9 }))
    .map(([letter, accidental, octave]) => ({ letter, accidental, octave }));
  const semitones = fc.integer({ min: -40, max: 40 });

  test('a note and its name are inverse', () => {
    fc.assert(
      fc.property(note, (made) => {
        expect(parseNote(showNote(made))).toEqual(made);
      }),
    );
  });

  test('transposing moves the MIDI number by the semitones, and back again', () => {
    fc.assert(
      fc.property(note, semitones, (made, by) => {
        const moved = transposeNote(made, intervalOfSemitones(by));
        expect(midiOf(moved)).toBe(midiOf(made) + by);
        expect(transposeNote(moved, intervalOfSemitones(-by))).toEqual(made);
      }),
    );
  });

  test('intervals may be named either way round', () => {
    for (const name of ['1P', '2m', '3M', '4A', '5d', '7m', '9M', '13m', '15P']) {
      const turned = name.replace(/(\d+)(.)/, '$2$1');
      expect(parseInterval(turned)).toEqual(parseInterval(name));
      expect(parseInterval(`-${name}`)!.semitones).toBe(-parseInterval(name)!.semitones);
    }
    for (const none of ['', '5M', '3P', '0P', 'x', '5']) expect(parseInterval(none)).toBeNull();
  });

  test('every scale rises, stays within its octave, and its notes are their own nearest', () => {
    expect(SCALE_NAMES.length).toBeGreaterThan(110);
    for (const name of SCALE_NAMES) {
      const scale = scaleOf(`Eb2:${name}`);
      const count = scale.intervals.length;
      for (let step = -count; step < 2 * count; step += 1) {
        const midi = midiOf(noteOfStep(scale, step));
        expect(midiOf(noteOfStep(scale, step + 1))).toBeGreaterThan(midi);
        expect(midiOf(noteOfStep(scale, step + count))).toBe(midi + 12);
        expect(stepOfMidi(scale, midi)).toBe(step);
      }
    }
  });

  test('every voicing rises and meets its anchor', () => {
    const settings = voicingSettings(new Evaluation());
    for (const [name, { chords }] of settings.dictionaries) {
      for (const symbol of chords.keys()) {
        const chord = parseChord(`Bb${symbol}`)!;
        expect(chord.symbol).toBe(symbol);
        const voicings = voicingsOf(dictionaryOf(name, settings), symbol)!;
        for (let anchor = 60; anchor < 72; anchor += 1) {
          const request = { anchor, offset: 0, octaves: 1 };
          const below = placeVoicing(chord, voicings, { ...request, mode: 'below' });
          const above = placeVoicing(chord, voicings, { ...request, mode: 'above' });
          for (const placed of [below, above]) expect([...placed].sort((a, b) => a - b)).toEqual(placed);
          const top = below[below.length - 1]!;
          expect(anchor - top).toBeGreaterThanOrEqual(0);
          expect(anchor - top).toBeLessThan(12);
          expect(anchor - above[0]!).toBeGreaterThanOrEqual(0);
          expect(anchor - above[0]!).toBeLessThan(12);
          const ducked = placeVoicing(chord, voicings, { ...request, mode: 'duck' });
          expect(ducked).toEqual(below.filter((midi) => midi !== anchor));
          const next = placeVoicing(chord, voicings, { ...request, mode: 'below', offset: voicings.length });
          expect(next).toEqual(below.map((midi) => midi + 12));
        }
      }
    }
  });
});

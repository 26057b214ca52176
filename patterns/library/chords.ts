/** Rows of chords: their voicings, roots and dictionaries. */
import { toNumeral } from '../note-names.ts';
import { reify } from '../reify.ts';
import { DEFAULT_DICTIONARY, dictionaryOf, readDictionary, voicingSettings } from '../tonal/dictionaries.ts';
import { isControls, midiOfValue, shown, warn } from '../tonal/values.ts';
import {
  type Chord,
  flatName,
  noteOfVoicing,
  parseChord,
  placeVoicing,
  VOICING_MODES,
  type VoicingMode,
  voicingInRange,
  voicingsOf,
} from '../tonal/voicing.ts';
import { type AnyPattern, type Entry, type LibraryRow, rowsOf, transform } from './row.ts';

const row = rowsOf('tonal');

/** The chord that a value names, or null with a warning. */
function chordOf(value: unknown): Chord | null {
  const name = isControls(value) ? value.chord : value;
  const chord = typeof name === 'string' ? parseChord(name) : null;
  if (chord !== null) return chord;
  warn(
    name === undefined
      ? '.voicing needs a chord, as in chord("Am7").voicing()'
      : `Unknown chord ${shown(name)}`,
  );
  return null;
}

function voiced(pattern: AnyPattern): AnyPattern {
  const settings = voicingSettings();
  return spread(pattern, (value) => {
    const chord = chordOf(value);
    if (chord === null) return [];
    const asked = isControls(value) ? value : {};
    const name = asked.dictionary === undefined ? settings.defaultName : String(asked.dictionary);
    const voicings = voicingsOf(dictionaryOf(name, settings), chord.symbol);
    if (voicings === null) {
      warn(`Unknown chord "${isControls(value) ? value.chord : value}" in the dictionary "${name}"`);
      return [];
    }
    const octaves = asked.octaves === undefined ? 1 : toNumeral(asked.octaves);
    const offset = asked.offset === undefined ? 0 : Math.round(toNumeral(asked.offset));
    const notes = placeVoicing(chord, voicings, {
      mode: modeOf(asked.mode),
      anchor: anchorOf(asked.anchor),
      offset,
      octaves,
    });
    const {
      chord: _c,
      dictionary: _d,
      mode: _m,
      anchor: _a,
      offset: _o,
      octaves: _s,
      n,
      note: _n,
      ...rest
    } = asked;
    if (n === undefined) return notes.map((note) => ({ ...rest, note: flatName(note) }));
    return notes.length === 0
      ? []
      : [{ ...rest, note: noteOfVoicing(notes, Math.round(toNumeral(n)), octaves) }];
  });
}

function modeOf(asked: unknown): VoicingMode {
  const mode = VOICING_MODES.find((known) => known === (asked ?? 'below'));
  if (mode !== undefined) return mode;
  throw new RangeError(`Unknown mode ${shown(asked)} of a voicing; there are ${VOICING_MODES.join(', ')}`);
}

/** MIDI number of the anchor; c5 where there is none. */
function anchorOf(asked: unknown): number {
  if (asked === undefined) return 72;
  const anchor = isControls(asked) ? asked.note : asked;
  const midi = midiOfValue(anchor);
  if (midi !== null) return midi;
  throw new RangeError(`The anchor of a voicing is a note or its number; found ${shown(anchor)}`);
}

/** Several values in place of each, with the same time. */
function spread(pattern: AnyPattern, values: (value: unknown) => readonly unknown[]): AnyPattern {
  return pattern.withEvents((events) =>
    events.flatMap((event) => values(event.value).map((value) => event.withValue(() => value))),
  );
}

/** Notes of chords given as text, within the dictionary's range. */
function voicingsIn(name: unknown, pattern: AnyPattern): AnyPattern {
  const dictionary = dictionaryOf(String(name), voicingSettings());
  return spread(pattern, (value) => {
    const chord = chordOf(value);
    if (chord === null) return [];
    const voicings = voicingsOf(dictionary, chord.symbol);
    if (voicings === null) warn(`Unknown chord ${shown(value)} in the dictionary "${name}"`);
    return voicings === null ? [] : voicingInRange(chord, voicings, dictionary.range);
  });
}

const DEFAULT_ROOT_OCTAVE = 2;

function rootNotes(octave: unknown, pattern: AnyPattern): AnyPattern {
  const number = Math.round(toNumeral(octave));
  return spread(pattern, (value) => {
    const name = isControls(value) ? value.chord : value;
    const root = typeof name === 'string' ? /^[a-gA-G](?:#+|b+)?/.exec(name)?.[0] : undefined;
    if (root === undefined) {
      warn(`.rootNotes needs chords, as in chord("Am7").rootNotes(2); found ${shown(value)}`);
      return [];
    }
    return [isControls(value) ? { note: `${root}${number}` } : `${root}${number}`];
  });
}

/** Like a transform of one argument, which may be left out. */
function withDefault(fallback: unknown, entry: Required<Pick<Entry, 'free' | 'method'>>): Entry {
  return {
    free: entry.free,
    method(...args) {
      return entry.method.apply(this, args.length === 0 ? [fallback] : args);
    },
  };
}

const voicing: Entry = {
  free: (pattern: unknown) => voiced(reify(pattern)),
  method() {
    return voiced(this);
  },
};

/** The MIDI numbers of two notes. */
function rangeOf(ends: unknown): [number, number] {
  const [low, high] = Array.isArray(ends) ? ends.map(midiOfValue) : [];
  if (low == null || high == null) {
    throw new RangeError(`The range of voicings is two notes, as in ["F3", "A4"]; found ${shown(ends)}`);
  }
  return [low, high];
}

function addVoicings(name: string, chords: object, range?: readonly [string, string]): void {
  const dictionary = readDictionary(chords, range === undefined ? undefined : rangeOf(range));
  voicingSettings().dictionaries.set(name, dictionary);
}

function setDefaultVoicings(name: string): void {
  const settings = voicingSettings();
  dictionaryOf(name, settings);
  settings.defaultName = name;
}

/** A further name of a chord symbol, in every dictionary or in those named. */
function voicingAlias(symbol: string, alias: string, names?: string | readonly string[]): void {
  const { dictionaries } = voicingSettings();
  const chosen = names === undefined ? [...dictionaries.keys()] : typeof names === 'string' ? [names] : names;
  for (const name of chosen) {
    const dictionary = dictionaryOf(name, voicingSettings());
    const voicings = dictionary.chords.get(symbol);
    if (voicings !== undefined)
      dictionaries.set(name, { ...dictionary, chords: new Map(dictionary.chords).set(alias, voicings) });
  }
}

function setVoicingRange(name: string, range: readonly [string, string]): void {
  const settings = voicingSettings();
  settings.dictionaries.set(name, { ...dictionaryOf(name, settings), range: rangeOf(range) });
}

function resetVoicings(): void {
  voicingSettings().defaultName = DEFAULT_DICTIONARY;
}

export const chordRows: readonly LibraryRow[] = [
  row(
    'voicing',
    '() => Pattern<any>',
    'Turns chords into notes; dict, mode, anchor, offset, n and octaves say how.',
    'chord("<C^7 A7b13 Dm7 G7>").anchor("g4").voicing()',
    voicing,
  ),
  row(
    'voicings',
    '(dictionary: PatternLike<string>) => Pattern<any>',
    'Turns chord names into notes of a dictionary.',
    '"<C^7 A7 Dm7 G7>".voicings("lefthand").note()',
    transform(1, voicingsIn),
  ),
  row(
    'rootNotes',
    '(octave?: PatternLike<number>) => Pattern<any>',
    'The roots of chords, in an octave.',
    '"<C^7 A7 Dm7 G7>".rootNotes(2).note()',
    withDefault(DEFAULT_ROOT_OCTAVE, transform(1, rootNotes)),
  ),
  row(
    'setDefaultVoicings',
    '(dictionary: string) => void',
    'The dictionary of voicings where none is named.',
    'setDefaultVoicings("lefthand")',
    { free: setDefaultVoicings },
  ),
  row(
    ['addVoicings', 'registerVoicings'],
    '(name: string, chords: Record<string, string[]>, range?: [string, string]) => void',
    'Adds a dictionary of voicings.',
    'addVoicings("house", { "": ["7 12 16"], m: ["0 3 7"] })',
    { free: addVoicings },
  ),
  row(
    'voicingAlias',
    '(symbol: string, alias: string, dictionaries?: string | string[]) => void',
    'A further name of a chord symbol.',
    'voicingAlias("^7", "maj7")',
    { free: voicingAlias },
  ),
  row(
    'setVoicingRange',
    '(dictionary: string, range: [string, string]) => void',
    'The range that voicings() keeps a dictionary in.',
    'setVoicingRange("lefthand", ["F3", "A4"])',
    { free: setVoicingRange },
  ),
  row('resetVoicings', '() => void', 'Back to the usual dictionary of voicings.', 'resetVoicings()', {
    free: resetVoicings,
  }),
];

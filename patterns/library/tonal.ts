/** Rows of harmony: scales, transposing, chords and their voicings. */
import { currentEvaluation } from '../evaluation.ts';
import { type Context, PatternEvent } from '../event.ts';
import { toNumeral } from '../note-names.ts';
import { DEFAULT_DICTIONARY, dictionaryOf, readDictionary, voicingSettings } from '../tonal/dictionaries.ts';
import { noteInScale, noteOfStep, scaleOf, stepOfMidi } from '../tonal/scale.ts';
import {
  type Interval,
  intervalOfSemitones,
  midiOf,
  parseInterval,
  parseNote,
  showNote,
  transposeNote,
} from '../tonal/spelled-note.ts';
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
import { type AnyPattern, curry, type Entry, type LibraryRow, rowsOf, transform } from './row.ts';

const row = rowsOf('tonal');

/** An event's context also says in which scale it is, so that it can be moved within it. */
interface ScaleContext extends Context {
  readonly scale?: string;
}

const isControls = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const warn = (message: string): void => currentEvaluation().warn({ message });
const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : JSON.stringify(value));

// ---- scales ------------------------------------------------------------------------------------------------

/** Steps and notes to the notes of a scale; events that stand for neither are dropped, with a warning. */
function inScale(name: unknown, pattern: AnyPattern): AnyPattern {
  const scale = scaleOf(name);
  return pattern.withEvents((events) => {
    const changed: PatternEvent<any>[] = [];
    for (const event of events) {
      const { value } = event;
      const context: ScaleContext = { ...event.context, scale: scale.name };
      if (isControls(value) && value.note === undefined && value.n === undefined) {
        warn(`.scale needs steps or notes, as in n("0 2 4").scale("C:major"); found ${shown(value)}`);
        changed.push(event);
        continue;
      }
      const note = noteInScale(scale, isControls(value) ? (value.note ?? value.n) : value);
      if (note === null) {
        warn(
          `${shown(isControls(value) ? (value.note ?? value.n) : value)} is neither a step of a scale nor a note`,
        );
        continue;
      }
      changed.push(new PatternEvent(event.whole, event.part, renamed(value, note), context));
    }
    return changed;
  });
}

/** The note in place of what it was made from: `n` of controls goes, the rest stays. */
function renamed(value: unknown, note: string | number): unknown {
  if (!isControls(value)) return note;
  const { n: _step, ...rest } = value;
  return { ...rest, note };
}

function moveInScale(steps: unknown, pattern: AnyPattern): AnyPattern {
  const by = Math.ceil(toNumeral(steps));
  return pattern.withEvent((event) => {
    const { scale: name } = event.context as ScaleContext;
    if (name === undefined)
      throw new RangeError(
        'scaleTranspose needs a scale before it, as in n("0 2").scale("C:major").scaleTranspose(1)',
      );
    const scale = scaleOf(name);
    const { value } = event;
    const midi = midiOfValue(isControls(value) ? value.note : value);
    if (midi === null) return event;
    return event.withValue(() => renamed(value, showNote(noteOfStep(scale, stepOfMidi(scale, midi) + by))));
  });
}

function midiOfValue(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const note = typeof value === 'string' ? parseNote(value) : null;
  return note === null ? null : midiOf(note);
}

// ---- transposing -------------------------------------------------------------------------------------------

/** Semitones, or an interval such as `5P`; `interval` null is a fraction of a semitone. */
function readAmount(amount: unknown): { readonly semitones: number; readonly interval: Interval | null } {
  const named = typeof amount === 'string' ? parseInterval(amount.trim()) : null;
  if (named !== null) return { semitones: named.semitones, interval: named };
  const semitones = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
  if (typeof semitones !== 'number' || !Number.isFinite(semitones)) {
    throw new RangeError(
      `.transpose takes semitones, or an interval such as "5P" or "-3m"; found ${shown(amount)}`,
    );
  }
  return { semitones, interval: Number.isInteger(semitones) ? intervalOfSemitones(semitones) : null };
}

function transposed(amount: unknown, pattern: AnyPattern): AnyPattern {
  const { semitones, interval } = readAmount(amount);
  const move = (note: unknown): string | number | null => {
    if (typeof note === 'number') return note + semitones;
    if (typeof note !== 'string') return null;
    const spelled = parseNote(note);
    if (spelled !== null)
      return interval === null ? midiOf(spelled) + semitones : showNote(transposeNote(spelled, interval));
    return note.trim() !== '' && Number.isFinite(Number(note)) ? Number(note) + semitones : null;
  };
  return pattern.withValue((value) => {
    if (isControls(value) && value.note === undefined) {
      if (value.n !== undefined)
        warn(`.transpose moves notes; ${shown(value)} has none: use note(…), or .scale(…) before it`);
      return value;
    }
    const note = move(isControls(value) ? value.note : value);
    if (note === null) {
      warn(`.transpose: ${shown(isControls(value) ? value.note : value)} is not a note`);
      return value;
    }
    return isControls(value) ? { ...value, note } : note;
  });
}

// ---- chords ------------------------------------------------------------------------------------------------

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

const voicing = {
  free: curry(1, (pattern) => voiced(pattern)),
  method(this: AnyPattern) {
    return voiced(this);
  },
};

function addVoicings(name: string, chords: object, range?: readonly [string, string]): void {
  const ends = range?.map((end) => midiOfValue(end));
  if (ends?.some((end) => end === null))
    throw new RangeError(`The range of voicings is two notes, as in ["F3", "A4"]; found ${shown(range)}`);
  voicingSettings().dictionaries.set(name, readDictionary(chords, ends as [number, number] | undefined));
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
  const [low, high] = range.map((end) => midiOfValue(end));
  if (low == null || high == null)
    throw new RangeError(`The range of voicings is two notes, as in ["F3", "A4"]; found ${shown(range)}`);
  settings.dictionaries.set(name, { ...dictionaryOf(name, settings), range: [low, high] });
}

function resetVoicings(): void {
  voicingSettings().defaultName = DEFAULT_DICTIONARY;
}

export const tonalRows: readonly LibraryRow[] = [
  row(
    'scale',
    '(name: PatternLike<string>) => Pattern<any>',
    'Turns steps into notes of a scale, and moves notes to its nearest ones.',
    'n("0 2 4 <6 7>").scale("C4:minor")',
    transform(1, inScale, { keepsSteps: true }),
  ),
  row(
    ['scaleTranspose', 'scaleTrans', 'strans'],
    '(steps: PatternLike<number>) => Pattern<any>',
    'Moves notes by steps of their scale.',
    'n("0 2 4").scale("C:major").scaleTranspose("<0 -1 2>")',
    transform(1, moveInScale, { keepsSteps: true }),
  ),
  row(
    ['transpose', 'trans'],
    '(amount: PatternLike<number | string>) => Pattern<any>',
    'Moves notes by semitones, or by an interval such as "5P" or "-3m", which keeps their spelling.',
    'note("c e g").transpose("<0 5 7 -3m>")',
    transform(1, transposed, { keepsSteps: true }),
  ),
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

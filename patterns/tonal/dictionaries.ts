/**
 * Dictionaries of voicings: for each chord symbol the ways to play it, in semitones from the root. The built-in
 * ones, and those that a program adds, per evaluation. It knows evaluations and numbers, no patterns.
 */
import { currentEvaluation, type Evaluation } from '../evaluation.ts';
import { IREAL } from './ireal-voicings.ts';
import { parseInterval } from './spelled-note.ts';

/** Semitones from the root, lowest first. */
export type Voicing = readonly number[];

export interface Dictionary {
  /** By chord symbol: what stands behind the root; '' is the bare major chord. */
  readonly chords: ReadonlyMap<string, readonly Voicing[]>;
  /** MIDI numbers that `voicings` stays between. */
  readonly range: readonly [low: number, high: number];
}

/** F3 to A4. */
const DEFAULT_RANGE: readonly [number, number] = [53, 69];
export const DEFAULT_DICTIONARY = 'ireal';

type Rows = readonly (readonly [symbols: string, voicings: string])[];

const TRIADS: Rows = [
  ['major / M', '0 4 7 | 4 7 12 | 7 12 16'],
  ['m', '0 3 7 | 3 7 12 | 7 12 15'],
  ['o', '0 3 6 | 3 6 12 | 6 12 15'],
  ['aug', '0 3 8 | 3 8 12 | 8 12 15'],
];

/** Rootless voicings for the left hand, after Bill Evans. */
const LEFT_HAND: Rows = [
  ['7', '4 9 10 14 | 10 14 16 21'],
  ['69', '4 7 10 14'],
  ['m7', '3 7 10 14 | 10 14 15 19'],
  ['^7', '4 7 11 14 | 11 14 16 19'],
  ['m7b5', '3 6 10 12 | 10 12 15 18'],
  ['7b9 / 7b13', '4 8 10 13 | 10 13 16 20'],
  ['o7', '0 3 6 9 | 6 9 12 15'],
  ['7#11', '10 14 18 22'],
  ['7#9', '4 10 15'],
  ['mM7', '3 7 11 14 | 11 14 15 19'],
  ['m6', '3 7 9 14 | 9 14 15 19'],
];

/** Third and seventh alone. */
const GUIDE_TONES: Rows = [
  ['6', '4 9 | 9 16'],
  ['7 / 7b9 / 7b13 / 7#11 / 7#9', '4 10 | 10 16'],
  ['69', '4 9'],
  ['m7 / m9 / m7b5', '3 10 | 10 15'],
  ['^7 / ^9', '4 11 | 11 16'],
  ['o7', '3 9 | 9 15'],
  ['mM7', '3 11 | 11 15'],
  ['m6', '3 9 | 9 15'],
];

function read(rows: Rows): Dictionary {
  const chords = new Map<string, readonly Voicing[]>();
  for (const [symbols, voicings] of rows) {
    const list = voicings.split(' | ').map((voicing) => voicing.split(' ').map(Number));
    for (const symbol of symbols.split(' / ')) chords.set(symbol === 'major' ? '' : symbol, list);
  }
  return { chords, range: DEFAULT_RANGE };
}

const BUILT_IN: ReadonlyMap<string, Dictionary> = new Map([
  ['lefthand', read(LEFT_HAND)],
  ['triads', read(TRIADS)],
  ['guidetones', read(GUIDE_TONES)],
  ['legacy', read([...TRIADS, ...LEFT_HAND])],
  ['ireal', read(IREAL)],
]);

/** What one evaluation sets: dictionaries of its own and which one is meant where none is named. */
export interface VoicingSettings {
  defaultName: string;
  readonly dictionaries: Map<string, Dictionary>;
}

const settings = new WeakMap<Evaluation, VoicingSettings>();

export function voicingSettings(evaluation: Evaluation = currentEvaluation()): VoicingSettings {
  let found = settings.get(evaluation);
  if (found === undefined) {
    found = { defaultName: DEFAULT_DICTIONARY, dictionaries: new Map(BUILT_IN) };
    settings.set(evaluation, found);
  }
  return found;
}

/** Throws a RangeError that lists the dictionaries there are. */
export function dictionaryOf(name: string, from: VoicingSettings): Dictionary {
  const found = from.dictionaries.get(name);
  if (found !== undefined) return found;
  throw new RangeError(
    `Unknown dictionary of voicings "${name}"; there are ${[...from.dictionaries.keys()].join(', ')}`,
  );
}

/**
 * The dictionary of `{ m7: ['3m 5P 7m 9M', …], … }`: intervals, or semitones. Throws a RangeError that names what
 * it cannot read.
 */
export function readDictionary(chords: object, range: Dictionary['range'] = DEFAULT_RANGE): Dictionary {
  const entries = Object.entries(chords).map(([symbol, voicings]) => {
    if (!Array.isArray(voicings) || voicings.length === 0) {
      throw new RangeError(`Voicings of "${symbol}" must be a list such as ['1P 3M 5P']`);
    }
    return [symbol, voicings.map((voicing) => readVoicing(voicing, symbol))] as const;
  });
  return { chords: new Map(entries), range };
}

function readVoicing(voicing: unknown, symbol: string): Voicing {
  const steps = Array.isArray(voicing) ? voicing : String(voicing).trim().split(/\s+/);
  return steps.map((step) => {
    const semitones =
      typeof step === 'number' ? step : (parseInterval(String(step))?.semitones ?? Number(step));
    if (Number.isFinite(semitones) && step !== '') return semitones;
    throw new RangeError(`"${step}" in a voicing of "${symbol}" is no interval, such as 3M, 5P or 7m`);
  });
}

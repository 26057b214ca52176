/**
 * Chords to notes: which of a chord's voicings is nearest to an anchor, and its notes. Pure: the same chord gives
 * the same notes wherever it stands. It knows dictionaries, names and numbers, no patterns.
 */
import { spelled } from './chord-literal.ts';
import type { Dictionary, Voicing } from './dictionaries.ts';
import { midiOf, parseNote, type SpelledNote, showNote, transposeNote } from './spelled-note.ts';

export interface Chord {
  readonly root: SpelledNote;
  /** What stands behind the root. */
  readonly symbol: string;
}

/**
 * How a voicing meets its anchor: `below` its highest note is at or below it, `duck` as below and without the
 * anchor itself, `above` its lowest note is at or below it, `root` the first voicing, by its lowest note.
 */
export const VOICING_MODES = ['below', 'above', 'duck', 'root'] as const;
export type VoicingMode = (typeof VOICING_MODES)[number];

export interface VoicingRequest {
  readonly mode: VoicingMode;
  /** MIDI number. */
  readonly anchor: number;
  /** Moves on to the next or an earlier voicing of the list. */
  readonly offset: number;
  /** Octaves between a note and the same note of the next round, where single notes are asked for. */
  readonly octaves: number;
}

/** Other spellings of symbols, tried where a dictionary has none by that name. */
const SPELLINGS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/^(?:maj|Maj|MAJ|ma|Δ)(?=\d|$)/, '^'],
  [/^M(?=\d)/, '^'],
  [/^\^$/, ''],
  [/^(?:min|mi)/, 'm'],
  [/^m(?:\^|maj|M)7$/, 'mM7'],
  [/^mM7$/, '-^7'],
  [/^m(?!aj)/, '-'],
  [/^-/, 'm'],
  [/^dim/, 'o'],
  [/^(?:ø|-7b5|m7b5|h)7?$/, 'h7'],
  [/^h7$/, 'm7b5'],
  [/^(?:\+|aug)$/, 'aug'],
  [/sus4$/, 'sus'],
  [/^sus2$/, '2'],
  [/^dom/, ''],
];

/** Root and symbol of `Bbm7`, or null. */
export function parseChord(name: string): Chord | null {
  const match = /^([A-Ga-g](?:#+|b+)?)(.*)$/.exec(name.trim());
  const root = match === null ? null : parseNote(match[1]!);
  return match === null || root === null ? null : { root, symbol: match[2]!.trim() };
}

/** The chord's voicings in a dictionary, or null. */
export function voicingsOf(dictionary: Dictionary, symbol: string): readonly Voicing[] | null {
  const direct = dictionary.chords.get(symbol);
  if (direct !== undefined) return direct;
  for (const [pattern, replacement] of SPELLINGS) {
    if (!pattern.test(symbol)) continue;
    const other = symbol.replace(pattern, replacement);
    for (const spelling of [other, other.replace(/^-/, 'm')]) {
      const found = dictionary.chords.get(spelling);
      if (found !== undefined) return found;
    }
  }
  return null;
}

const floorMod = (a: number, b: number): number => ((a % b) + b) % b;

/** MIDI numbers of the voicing that meets the anchor, lowest first. */
export function placeVoicing(chord: Chord, voicings: readonly Voicing[], request: VoicingRequest): number[] {
  const { mode, anchor, offset } = request;
  const atTop = mode === 'below' || mode === 'duck';
  const root = midiOf({ ...chord.root, octave: 0 });
  const target = (voicing: Voicing): number => voicing[atTop ? voicing.length - 1 : 0]!;
  const below = (voicing: Voicing): number => floorMod(anchor - root - target(voicing), 12);
  let best = 0;
  if (mode !== 'root') {
    for (let i = 1; i < voicings.length; i += 1) if (below(voicings[i]!) < below(voicings[best]!)) best = i;
  }
  const voicing = voicings[floorMod(best + offset, voicings.length)]!;
  const octaves = Math.ceil(offset / voicings.length);
  const shift = anchor - below(voicing) - target(voicing) + 12 * octaves;
  const notes = voicing.map((semitones) => semitones + shift);
  return mode === 'duck' ? notes.filter((note) => note !== anchor) : notes;
}

/** The n-th of the notes, which go on in the octaves above and below. */
export function noteOfVoicing(notes: readonly number[], n: number, octaves: number): number {
  const round = Math.floor(n / notes.length);
  return notes[n - round * notes.length]! + 12 * octaves * round;
}

const FLAT_NAMES: readonly string[] = 'C Db D Eb E F Gb G Ab A Bb B'.split(' ');

/** The name with flats: 61 is Db4. */
export function flatName(midi: number): string {
  return `${FLAT_NAMES[floorMod(midi, 12)]}${Math.floor(midi / 12) - 1}`;
}

/**
 * Notes of the lowest voicing within a dictionary's range, spelled from the root; where none fits, of the one
 * nearest below the upper end.
 */
export function voicingInRange(
  chord: Chord,
  voicings: readonly Voicing[],
  range: Dictionary['range'],
): string[] {
  const [low, high] = range;
  const root = midiOf({ ...chord.root, octave: 0 });
  let best: { readonly voicing: Voicing; readonly base: number; readonly top: number } | null = null;
  for (const voicing of voicings) {
    const base = low + floorMod(root + voicing[0]! - low, 12) - voicing[0]!;
    const top = base + voicing[voicing.length - 1]!;
    if (top <= high && (best === null || top < best.top)) best = { voicing, base, top };
  }
  if (best === null) {
    return placeVoicing(chord, voicings, { mode: 'below', anchor: high, offset: 0, octaves: 1 }).map(
      flatName,
    );
  }
  const { voicing, base } = best;
  const tonic: SpelledNote = { ...chord.root, octave: Math.round((base - root) / 12) };
  return voicing.map((semitones) => showNote(transposeNote(tonic, spelled(semitones))));
}

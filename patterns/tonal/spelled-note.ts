/**
 * Notes as they are written: a letter, accidentals and, where known, an octave; and intervals with a degree and a
 * quality, so that a minor third above c is eb and not d#. It knows names and numbers, no patterns.
 */

/** `octave` null is a pitch class: `Db`. */
export interface SpelledNote {
  /** Index in C D E F G A B. */
  readonly letter: number;
  /** Sharps positive, flats negative. */
  readonly accidental: number;
  readonly octave: number | null;
}

/** Letters and semitones upwards, both signed alike. */
export interface Interval {
  readonly letters: number;
  readonly semitones: number;
}

const LETTERS = 'CDEFGAB';
export const LETTER_SEMITONES: readonly number[] = [0, 2, 4, 5, 7, 9, 11];
const NOTE = /^([a-gA-G])(#+|s+|b+|f+|x+)?(-?\d+)?$/;
const QUALITY_FIRST = /^(-?)(P|M|m|d+|A+)(\d+)$/;
const QUALITY_LAST = /^(-?)(\d+)(P|M|m|d+|A+)$/;
/** Degrees that are perfect rather than major: first, fourth, fifth. */
const PERFECT: ReadonlySet<number> = new Set([0, 3, 4]);
/** Letters that 0 to 11 semitones move by: minor and major, and the diminished fifth. */
const LETTERS_OF_SEMITONES: readonly number[] = [0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6];

const floorMod = (a: number, b: number): number => ((a % b) + b) % b;

/** The note of a name such as `c`, `Eb4`, `f##-1`, or null. */
export function parseNote(name: string): SpelledNote | null {
  const match = NOTE.exec(name);
  if (match === null) return null;
  const signs = match[2] ?? '';
  const step = signs[0] === 'b' || signs[0] === 'f' ? -1 : signs[0] === 'x' ? 2 : 1;
  return {
    letter: LETTERS.indexOf(match[1]!.toUpperCase()),
    accidental: signs.length * step,
    octave: match[3] === undefined ? null : Number(match[3]),
  };
}

/** `Db3`; a pitch class has no number. */
export function showNote({ letter, accidental, octave }: SpelledNote): string {
  const sign = accidental < 0 ? 'b'.repeat(-accidental) : '#'.repeat(accidental);
  return `${LETTERS[letter]}${sign}${octave ?? ''}`;
}

/** MIDI number; c4 is 60. A pitch class counts as of `octave`. */
export function midiOf(note: SpelledNote, octave = 3): number {
  return ((note.octave ?? octave) + 1) * 12 + LETTER_SEMITONES[note.letter]! + note.accidental;
}

/** Law: the MIDI number rises by the interval's semitones. */
export function transposeNote(note: SpelledNote, { letters, semitones }: Interval): SpelledNote {
  const letter = floorMod(note.letter + letters, 7);
  const octaves = Math.floor((note.letter + letters) / 7);
  const natural = LETTER_SEMITONES[letter]! + 12 * octaves - LETTER_SEMITONES[note.letter]!;
  return {
    letter,
    accidental: note.accidental + semitones - natural,
    octave: note.octave === null ? null : note.octave + octaves,
  };
}

/** The usual interval of so many semitones: 3 is a minor third, 6 a diminished fifth. */
export function intervalOfSemitones(semitones: number): Interval {
  const size = Math.abs(semitones);
  const letters = LETTERS_OF_SEMITONES[size % 12]! + 7 * Math.floor(size / 12);
  return semitones < 0 ? { letters: -letters, semitones } : { letters, semitones };
}

/** The interval of a name such as `5P`, `-3m` or `P5`, or null. */
export function parseInterval(name: string): Interval | null {
  const first = QUALITY_FIRST.exec(name);
  const last = QUALITY_LAST.exec(name);
  const sign = first?.[1] ?? last?.[1];
  if (sign === undefined) return null;
  const degree = Number(first?.[3] ?? last?.[2]) - 1;
  const quality = first?.[2] ?? last?.[3] ?? '';
  if (degree < 0) return null;
  const shift = shiftOfQuality(quality, PERFECT.has(degree % 7));
  if (shift === null) return null;
  const semitones = LETTER_SEMITONES[degree % 7]! + 12 * Math.floor(degree / 7) + shift;
  return sign === '-' ? { letters: -degree, semitones: -semitones } : { letters: degree, semitones };
}

function shiftOfQuality(quality: string, perfect: boolean): number | null {
  if (quality[0] === 'A') return quality.length;
  if (quality[0] === 'd') return perfect ? -quality.length : -quality.length - 1;
  if (quality === 'P') return perfect ? 0 : null;
  if (perfect) return null;
  return quality === 'M' ? 0 : -1;
}

/** The interval of a degree of the major scale: `b3`, `#4`, `7`. */
export function intervalOfDegree(degree: string): Interval {
  const number = Number(/\d+$/.exec(degree)![0]) - 1;
  const signs = degree.replace(/\d+$/, '');
  const shift = signs[0] === 'b' ? -signs.length : signs.length;
  return { letters: number, semitones: LETTER_SEMITONES[number % 7]! + 12 * Math.floor(number / 7) + shift };
}

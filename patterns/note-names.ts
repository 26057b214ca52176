/**
 * Note names and what counts as a number or as true in patterns. It stands alone since arithmetic, booleans and
 * encoders must agree on it; it knows plain values only.
 */

const NOTE = /^([a-gA-G])([#bsf]*)(-?\d*)$/;
const SEMITONES: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
const ACCIDENTALS: Readonly<Record<string, number>> = { '#': 1, s: 1, b: -1, f: -1 };

export const DEFAULT_OCTAVE = 3;

/** True for names such as `c`, `eb4`, `f#`, `Gs-1`. */
export function isNoteName(text: string): boolean {
  return NOTE.test(text);
}

/** MIDI number of a note name (c3 is 48), or null. */
export function midiOfNoteName(text: string, defaultOctave = DEFAULT_OCTAVE): number | null {
  const match = NOTE.exec(text);
  if (match === null) return null;
  const octave = match[3] === '' || match[3] === '-' ? defaultOctave : Number(match[3]);
  let shift = 0;
  for (const sign of match[2]!) shift += ACCIDENTALS[sign]!;
  return (octave + 1) * 12 + SEMITONES[match[1]!.toLowerCase()]! + shift;
}

/** The number a value stands for: numbers, numeric text, note names. Throws a RangeError for all else. */
export function toNumeral(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    if (!Number.isNaN(number)) return number;
    const midi = midiOfNoteName(value);
    if (midi !== null) return midi;
  } else if (typeof value === 'boolean') {
    return value ? 1 : 0;
  } else if (value !== null && typeof value === 'object' && 'toNumber' in value) {
    return (value as { toNumber(): number }).toNumber();
  }
  const shown =
    typeof value === 'string'
      ? `"${value}"`
      : typeof value === 'function'
        ? 'a function'
        : JSON.stringify(value);
  throw new RangeError(`Cannot read ${shown} as a number or note name`);
}

/** Where a boolean is due: `f`, `false`, `0`, `~` and nothing are false, all else is true. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'string')
    return value !== 'f' && value !== 'false' && value !== '0' && value !== '~' && value !== '';
  return Boolean(value);
}

/**
 * Pitch: note names and MIDI numbers to frequencies, in f64 by + and * alone, so that every machine hears the same
 * and only the wire's f32 rounds. It stands alone because encoder, MIDI and displays share it; it knows no events.
 */

/** 2^(i/12), each the double nearest to it. */
const SEMITONES = [
  1,
  1.0594630943592953,
  1.122462048309373,
  1.189207115002721,
  1.2599210498948732,
  1.3348398541700344,
  Math.SQRT2,
  1.4983070768766815,
  1.5874010519681996,
  1.681792830507429,
  1.7817974362806785,
  1.887748625363387,
];

const LETTERS: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
const ACCIDENTALS: Readonly<Record<string, number>> = { '#': 1, s: 1, '♯': 1, b: -1, f: -1, '♭': -1 };
const NAME = /^([a-g])([#sbf♯♭]*)(-?\d{1,2})?$/i;
/** Octave of a name without one: c is c3, MIDI 48. */
const DEFAULT_OCTAVE = 3;

/** MIDI number of a note name ("c#4" is 61, "eb" is 51); null where the text is no note name. */
export function midiOfName(name: string): number | null {
  const match = NAME.exec(name.trim());
  if (!match) return null;
  let midi = LETTERS[match[1]!.toLowerCase()]! + 12 * (Number(match[3] ?? DEFAULT_OCTAVE) + 1);
  for (const sign of match[2]!) midi += ACCIDENTALS[sign.toLowerCase()]!;
  return midi;
}

/** 2^x for |x| <= 1/24 by Taylor's series; the error is below one unit in the last place. */
function powerOfTwoNearZero(x: number): number {
  const y = x * Math.LN2;
  let sum = 1;
  for (let k = 9; k >= 1; k--) sum = 1 + (y / k) * sum;
  return sum;
}

/** 2^n for whole n, exact (hosts' own powers need not be). */
function wholePowerOfTwo(n: number): number {
  let power = 1;
  for (let i = Math.abs(n); i > 0; i--) power *= n < 0 ? 0.5 : 2;
  return power;
}

/** Hertz of a MIDI number within -1000..1000, fractions allowed; 69 is exactly 440, an octave exactly the double. */
export function freqOfMidi(number: number): number {
  const midi = Math.min(1000, Math.max(-1000, number));
  const steps = Math.round(midi) - 69;
  const octave = Math.floor(steps / 12);
  const semitone = SEMITONES[steps - 12 * octave]!;
  return 440 * semitone * powerOfTwoNearZero((midi - Math.round(midi)) / 12) * wholePowerOfTwo(octave);
}

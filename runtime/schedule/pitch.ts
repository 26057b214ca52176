/**
 * Pitch: MIDI numbers to frequencies, in f64 with the patterns' own powers, so that every machine hears the same and
 * only the wire's f32 rounds. It stands alone because encoder, MIDI and displays share it; it knows no events.
 */
import { exp2 } from '../../patterns/transcendental.ts';

/** Hertz of a MIDI number within -1000..1000, fractions allowed; 69 is exactly 440, an octave exactly the double. */
export function freqOfMidi(number: number): number {
  const midi = Math.min(1000, Math.max(-1000, number));
  const octave = Math.floor((midi - 69) / 12);
  return 440 * exp2((midi - 69 - 12 * octave) / 12) * exp2(octave);
}

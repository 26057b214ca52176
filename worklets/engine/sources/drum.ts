/**
 * What the drum sources share: the tuning of a note, decay factors, and which variation `n` asks for.
 */
import { P_FREQ, P_N } from '../ids';
import { sampleRate } from '../block';
import { exp2 } from '../math/approx';
import { given, param } from '../voices/params';

/** A drum given a frequency is tuned by its ratio to this (C2), as a sample would be. */
const REFERENCE_HZ: f32 = 65.40639;

/** Ratio by which the note tunes the drum, 1 where it says nothing. */
export function tuning(): f32 {
  return given(P_FREQ) ? max(0.125, min(8, param(P_FREQ) / REFERENCE_HZ)) : 1;
}

/** Row of a table of `rows` variations that `n` asks for; any whole number will do. */
export function variation(rows: i32): i32 {
  const n = <i32>floor(param(P_N)) % rows;
  return n < 0 ? n + rows : n;
}

/** Factor per frame of a decay to 1/e in `seconds`. */
export function decayFactor(seconds: f32): f32 {
  return exp2(-1.4426950408889634 / (seconds * <f32>sampleRate));
}

/** Frames until a decay to 1/e in `seconds` has fallen by 100 dB. */
export function lifeOf(seconds: f32): f64 {
  return ceil(11.6 * <f64>seconds * sampleRate);
}

/**
 * What the drum sources share: the tuning of a note, decay factors, and which row of its table a drum takes for the kit
 * (0 its own, 1 808, 2 909, 3 lofi) and the variation that a note asks for.
 */
import { P_FREQ, P_KIT, P_N } from '../ids';
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

/** Row of a drum's table: its own variations come first, then one row for each further kit. */
export function rowOf(own: i32): i32 {
  const kit = <i32>param(P_KIT);
  return kit == 0 ? variation(own) : own - 1 + kit;
}

/** What `n` does where it has no rows of its own: as it is, deep and long, high and short, dry. */
const VARIED_TUNE: StaticArray<f32> = [1, 0.89, 1.12, 1];
const VARIED_DECAY: StaticArray<f32> = [1, 1.6, 0.7, 0.45];

function isVaried(own: i32): bool {
  return own == 1 || <i32>param(P_KIT) != 0;
}

/** Ratio by which note and variation tune a drum with `own` variations. */
export function tuneOf(own: i32): f32 {
  return tuning() * (isVaried(own) ? unchecked(VARIED_TUNE[variation(4)]) : 1);
}

/** Factor on the decays of a drum with `own` variations. */
export function stretchOf(own: i32): f32 {
  return isVaried(own) ? unchecked(VARIED_DECAY[variation(4)]) : 1;
}

/** Factor per frame of a decay to 1/e in `seconds`. */
export function decayFactor(seconds: f32): f32 {
  return exp2(-1.4426950408889634 / (seconds * <f32>sampleRate));
}

/** Frames until a decay to 1/e in `seconds` has fallen by 100 dB. */
export function lifeOf(seconds: f32): f64 {
  return ceil(11.6 * <f64>seconds * sampleRate);
}

/**
 * How a reverb lies in memory, and the rows that all reverbs share while one of them renders.
 */

export const LINES: i32 = 16;

@unmanaged
export class Reverb {
  rings: usize;
  ringMask: i32;
  position: i32;
  diffusers: usize;
  diffuserMask: i32;
  silence: i32;
  isAsleep: i32;
  isFresh: i32;
  blocks: u32;
  seconds: f32;
  secondsTo: f32;
  /** Level that makes rooms of all sizes equally loud. */
  level: f32;
  levelTo: f32;
  split: f32;
  predelay: usize;
  predelayMask: i32;
  predelayFrames: i32;
}

export const ROW_BYTES: usize = 128 << 2;
/** Gains of the lines: low band, high band, and their targets; 4 vectors each. Then the low-pass states. */
export const GAINS_AT: usize = 128;
export const REVERB_BYTES: usize = GAINS_AT + 5 * 64;

/** Outputs of the lines in rows of frames; then the same with four lines a vector. */
export const rows: usize = memory.data(16 * 128 * 4, 16);
export const woven: usize = memory.data(16 * 128 * 4, 16);
export const input2: usize = memory.data(2 * (128 + 4) * 4, 16);
export const lengths = new StaticArray<i32>(16);
export const diffuserFrames = new StaticArray<i32>(8);

/**
 * Twice the sample rate and back, for effects that make new partials: a half-band filter of 47 taps, flat to 0.01 dB up to
 * 20 kHz and 63 dB down from 28 kHz on (of 48). Works on scratch memory; what it must remember lies in the effect's state. Both ways together delay by 23 frames.
 */

/** Inputs and doubled outputs that are remembered between stretches, in vectors. */
const INPUTS: usize = 24;
const OUTPUTS: usize = 46;
export const MEMORY_BYTES: usize = (24 + 46) << 4;

const input: usize = memory.data((24 + 128 + 4) * 16, 16);
const output: usize = memory.data((46 + 256 + 8) * 16, 16);
/** The doubled signal, two vectors a frame; and where its worked version goes. */
export const doubled: usize = memory.data((256 + 8) * 16, 16);
export const worked: usize = output + (OUTPUTS << 4);

// Every second tap of the half-band filter, from the middle outwards; the middle is 1/2, the others are 0.
const TAPS: StaticArray<f32> = [
  0.317015477, -0.101872473, 0.0567689959, -0.0362308962, 0.0241672179, -0.0162206758, 0.0107155488, -0.0068486447,
  0.00416100932, -0.00234832767, 0.00118493706, -0.000492167743,
];

export function clearLane(at: usize, lane: i32): void {
  for (let i: usize = 0; i < INPUTS + OUTPUTS; i++) store<f32>(at + (i << 4) + (<usize>lane << 2), 0);
}

/** From `frames` vectors at `buffer` to twice as many at `doubled`. */
export function double(at: usize, buffer: usize, frames: i32): void {
  memory.copy(input, at, INPUTS << 4);
  memory.copy(input + (INPUTS << 4), buffer, <usize>frames << 4);
  for (let n = 0; n < frames; n++) {
    // The newest input is 12 frames ahead of the middle.
    const middle = input + ((INPUTS + <usize>n - 12) << 4);
    let sum = f32x4.splat(0);
    for (let j = 0; j < 12; j++) {
      const pair = f32x4.add(v128.load(middle - (<usize>j << 4)), v128.load(middle + (<usize>(j + 1) << 4)));
      sum = f32x4.add(sum, f32x4.mul(f32x4.splat(2 * unchecked(TAPS[j])), pair));
    }
    v128.store(doubled + (<usize>n << 5), v128.load(middle));
    v128.store(doubled + (<usize>n << 5), sum, 16);
  }
  memory.copy(at, input + (<usize>frames << 4), INPUTS << 4);
}

/** From twice `frames` vectors at `worked` to `frames` at `buffer`. */
export function halve(at: usize, buffer: usize, frames: i32): void {
  const kept = at + (INPUTS << 4);
  memory.copy(output, kept, OUTPUTS << 4);
  for (let n = 0; n < frames; n++) {
    const middle = output + ((OUTPUTS + 2 * <usize>n - 22) << 4);
    let sum = f32x4.mul(f32x4.splat(0.5), v128.load(middle));
    for (let j: usize = 0; j < 12; j++) {
      const away = (2 * j + 1) << 4;
      const pair = f32x4.add(v128.load(middle - away), v128.load(middle + away));
      sum = f32x4.add(sum, f32x4.mul(f32x4.splat(unchecked(TAPS[<i32>j])), pair));
    }
    v128.store(buffer + (<usize>n << 4), sum);
  }
  memory.copy(kept, output + (<usize>frames << 5), OUTPUTS << 4);
}

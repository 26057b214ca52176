/**
 * What all parts share about time and memory: sample rate, the frame at which the current block begins, the block's
 * size, and how memory is taken. It knows nothing else. Memory is taken in `init` and `push` only, never in `render`.
 */
export const BLOCK: i32 = 128;

/** Floats beyond a block that loops over four frames at a time may touch. */
export const PAD: i32 = 4;

export let sampleRate: f64 = 48000;

/** First frame of the block that is rendered next. */
export let frameNow: f64 = 0;

export function setSampleRate(rate: f64): void {
  sampleRate = rate;
}

export function nextBlock(): void {
  frameNow += <f64>BLOCK;
}

/** Frames of a time, rounded. */
export function framesOf(seconds: f64): f64 {
  return nearest(seconds * sampleRate);
}

/**
 * Zeroed memory, aligned to 16 bytes. The runtime never gives memory twice and new pages are zero, so it is not touched here:
 * the eight seconds of a delay cost nothing until they are used.
 */
export function take(bytes: usize): usize {
  return heap.alloc(bytes);
}

/** Room for one block of one channel. */
export function takeBlock(): usize {
  return take((BLOCK + PAD) << 2);
}

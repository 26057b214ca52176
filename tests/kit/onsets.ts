/**
 * Finds onsets and pitches in captured audio, for tests that listen. Plain signal arithmetic on Float32Array;
 * knows nothing of Talea. Frames and seconds are always named as such.
 */

/**
 * Frames at which the level rises from quiet to loud.
 * @param signal mono samples
 * @param threshold absolute level that counts as loud
 * @param quietFrames how long it must have been below the threshold before the next onset counts
 */
export function findOnsets(signal: Float32Array, threshold: number, quietFrames: number): number[] {
  const onsets: number[] = [];
  let lastLoud = Number.NEGATIVE_INFINITY;
  for (let frame = 0; frame < signal.length; frame++) {
    if (Math.abs(signal[frame]!) < threshold) continue;
    if (frame - lastLoud > quietFrames) onsets.push(frame);
    lastLoud = frame;
  }
  return onsets;
}

/** Differences of neighbouring values. */
export function gaps(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - values[index]!);
}

/**
 * Level of one frequency by the Goertzel recurrence over a Hann window, as amplitude (a sine of amplitude 1 reads 1).
 * Source: Goertzel 1958.
 */
export function levelAt(
  signal: Float32Array,
  sampleRate: number,
  frequencyHz: number,
  from = 0,
  to = signal.length,
): number {
  const length = to - from;
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  const coefficient = 2 * Math.cos(omega);
  let s1 = 0;
  let s2 = 0;
  for (let index = 0; index < length; index++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length);
    const s0 = signal[from + index]! * window + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
  return (Math.sqrt(Math.max(0, power)) * 4) / length;
}

/** Root mean square of a stretch. */
export function rms(signal: Float32Array, from = 0, to = signal.length): number {
  let sum = 0;
  for (let frame = from; frame < to; frame++) sum += signal[frame]! * signal[frame]!;
  return Math.sqrt(sum / Math.max(1, to - from));
}

/** Longest stretch, in frames, in which no sample passes the threshold. */
export function longestSilence(signal: Float32Array, threshold: number): number {
  let longest = 0;
  let run = 0;
  for (const sample of signal) {
    run = Math.abs(sample) < threshold ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

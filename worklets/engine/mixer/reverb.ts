/**
 * The reverb of an orbit: a feedback network of sixteen delay lines (Jot and Chaigne 1991) with a Hadamard matrix, fed
 * through four all-passes a side (Schroeder 1962). Each line is damped in two bands so that all decay alike, and slowly
 * modulated so that nothing rings. Lines are read and written in rows of frames; the matrix works with four lines a vector.
 */
import { BLOCK, framesOf, sampleRate, take } from '../block';
import { exp2 } from '../math/approx';
import { diffuserFrames, GAINS_AT, lengths, LINES, Reverb, REVERB_BYTES } from './reverb-layout';
import { diffuse, readLines, takeInput, writeLines } from './reverb-lines';
import { spread, unweave, weave } from './reverb-matrix';

/** Lengths at 48 kHz: primes from 17 to 110 ms. */
const LENGTHS: StaticArray<i32> = [
  821, 937, 1069, 1193, 1361, 1543, 1747, 1979, 2237, 2521, 2837, 3209, 3617, 4079, 4603, 5189,
];
/** Diffusers of the left and the right, at 48 kHz. */
const DIFFUSERS: StaticArray<i32> = [113, 179, 277, 419, 127, 191, 263, 439];
/** The upper band dies this much faster, and begins about here. */
const HIGH_SHARE: f32 = 0.5;
const SPLIT_HZ: f32 = 4500;
const SILENT: f32 = 1e-6;
const SLEEP_SECONDS: f64 = 0.5;
const PREDELAY_SECONDS: f64 = 0.008;

function scaled(frames: i32): i32 {
  return <i32>nearest((<f64>frames * sampleRate) / 48000);
}

export function takeReverb(): usize {
  for (let i = 0; i < LINES; i++) unchecked((lengths[i] = max(BLOCK + 20, scaled(unchecked(LENGTHS[i])))));
  for (let i = 0; i < 8; i++) unchecked((diffuserFrames[i] = max(8, scaled(unchecked(DIFFUSERS[i])))));
  const at = take(REVERB_BYTES);
  const reverb = changetype<Reverb>(at);
  const ringFrames = powerOver(unchecked(lengths[LINES - 1]) + 2 * BLOCK + 32);
  reverb.rings = take((<usize>ringFrames << 2) * LINES);
  reverb.ringMask = ringFrames - 1;
  const diffuserRing = powerOver(unchecked(diffuserFrames[7]) + BLOCK + 8);
  reverb.diffusers = take((<usize>diffuserRing << 2) * 8);
  reverb.diffuserMask = diffuserRing - 1;
  reverb.predelayFrames = <i32>framesOf(PREDELAY_SECONDS);
  const predelayRing = powerOver(reverb.predelayFrames + BLOCK + 8);
  reverb.predelay = take((<usize>predelayRing << 2) * 2);
  reverb.predelayMask = predelayRing - 1;
  reverb.split = 1 - exp2((-1.4426950408889634 * 6.2831853 * SPLIT_HZ) / <f32>sampleRate);
  reverb.isAsleep = 1;
  reverb.isFresh = 1;
  setReverbTime(at, 2);
  reverb.isFresh = 1;
  return at;
}

function powerOver(frames: i32): i32 {
  let size = 1;
  while (size < frames) size <<= 1;
  return size;
}

export function clearReverb(at: usize): void {
  const reverb = changetype<Reverb>(at);
  memory.fill(reverb.rings, 0, (<usize>(reverb.ringMask + 1) << 2) * LINES);
  memory.fill(reverb.diffusers, 0, (<usize>(reverb.diffuserMask + 1) << 2) * 8);
  memory.fill(reverb.predelay, 0, (<usize>(reverb.predelayMask + 1) << 2) * 2);
  memory.fill(at + GAINS_AT + 256, 0, 64);
  reverb.isAsleep = 1;
  reverb.isFresh = 1;
  reverb.silence = 0;
}

/** Seconds in which a sound falls by 60 dB (the low band; the high one falls faster). */
export function setReverbTime(at: usize, seconds: f32): void {
  const reverb = changetype<Reverb>(at);
  if (seconds == reverb.secondsTo && !reverb.isFresh) return;
  reverb.secondsTo = seconds;
  let energy: f32 = 0;
  for (let i = 0; i < LINES; i++) {
    // 10^(-3 d / T60) per pass.
    const passes: f32 = (<f32>-9.965784284662087 * <f32>unchecked(lengths[i])) / (seconds * <f32>sampleRate);
    const low = exp2(passes);
    store<f32>(at + GAINS_AT + 128 + (<usize>i << 2), low);
    store<f32>(at + GAINS_AT + 192 + (<usize>i << 2), exp2(passes / HIGH_SHARE));
    energy += low * low;
  }
  const mean = min(0.9999, energy / <f32>LINES);
  reverb.levelTo = 0.42 * sqrt<f32>(1 - mean);
  if (reverb.isFresh) {
    memory.copy(at + GAINS_AT, at + GAINS_AT + 128, 128);
    reverb.level = reverb.levelTo;
    reverb.isFresh = 0;
  }
}

/** Renders a block into `out`; `input` is a bus or 0. False, and nothing written, while it sleeps. */
export function renderReverb(at: usize, input: usize, out: usize): bool {
  const reverb = changetype<Reverb>(at);
  if (input == 0 && reverb.isAsleep) return false;
  reverb.isAsleep = 0;
  takeInput(reverb, input);
  diffuse(reverb);
  readLines(reverb);
  weave();
  const loudest = spread(at, out);
  unweave();
  writeLines(reverb);
  reverb.position += BLOCK;
  reverb.blocks += 1;
  reverb.silence = loudest > SILENT || input != 0 ? 0 : reverb.silence + BLOCK;
  if (<f64>reverb.silence > SLEEP_SECONDS * sampleRate) clearReverb(at);
  return true;
}

/**
 * The reverb of an orbit: a feedback network of sixteen delay lines (Jot and Chaigne 1991) with a Hadamard matrix, fed
 * through four all-passes a side (Schroeder 1962). Each line is damped in two bands so that all decay alike, and slowly
 * modulated so that nothing rings. Lines are read and written in rows of frames; the matrix works with four lines a vector.
 */
import { BLOCK, framesOf, sampleRate, take } from '../block';
import { exp2, sinTurn } from '../math/approx';
import { BUS_BYTES } from './bus';

const LINES: i32 = 16;
/** Lengths at 48 kHz: primes from 17 to 110 ms. */
const LENGTHS: StaticArray<i32> = [
  821, 937, 1069, 1193, 1361, 1543, 1747, 1979, 2237, 2521, 2837, 3209, 3617, 4079, 4603, 5189,
];
/** Diffusers of the left and the right, at 48 kHz. */
const DIFFUSERS: StaticArray<i32> = [113, 179, 277, 419, 127, 191, 263, 439];
const DIFFUSION: f32 = 0.62;
/** The upper band dies this much faster, and begins about here. */
const HIGH_SHARE: f32 = 0.5;
const SPLIT_HZ: f32 = 4500;
/** Reach and speed of the modulation. */
const DRIFT_FRAMES: f32 = 8;
const SILENT: f32 = 1e-6;
const SLEEP_SECONDS: f64 = 0.5;
const PREDELAY_SECONDS: f64 = 0.008;

@unmanaged
class Reverb {
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

const ROW_BYTES: usize = 128 << 2;
/** Gains of the lines: low band, high band, and their targets; 4 vectors each. Then the low-pass states. */
const GAINS_AT: usize = 128;
const REVERB_BYTES: usize = GAINS_AT + 5 * 64;

/** Outputs of the lines in rows of frames; then the same with four lines a vector. */
const rows: usize = memory.data(16 * 128 * 4, 16);
const woven: usize = memory.data(16 * 128 * 4, 16);
const input2: usize = memory.data(2 * (128 + 4) * 4, 16);
const lengths = new StaticArray<i32>(16);
const diffuserFrames = new StaticArray<i32>(8);

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

/** The input through the predelay into `input2`. */
function takeInput(reverb: Reverb, input: usize): void {
  for (let side = 0; side < 2; side++) {
    const ring = reverb.predelay + ((<usize>side * <usize>(reverb.predelayMask + 1)) << 2);
    const from = input + <usize>side * BUS_BYTES;
    const to = input2 + <usize>side * BUS_BYTES;
    for (let i = 0; i < BLOCK; i++) {
      const p = reverb.position + i;
      store<f32>(ring + (<usize>(p & reverb.predelayMask) << 2), input != 0 ? load<f32>(from + (<usize>i << 2)) : 0);
      store<f32>(
        to + (<usize>i << 2),
        load<f32>(ring + (<usize>((p - reverb.predelayFrames) & reverb.predelayMask) << 2)),
      );
    }
  }
}

/** Four all-passes a side, in place. */
function diffuse(reverb: Reverb): void {
  const mask = reverb.diffuserMask;
  for (let k = 0; k < 8; k++) {
    const x0 = input2 + (k < 4 ? <usize>0 : BUS_BYTES);
    const ring = reverb.diffusers + ((<usize>k * <usize>(mask + 1)) << 2);
    const length = unchecked(diffuserFrames[k]);
    for (let i = 0; i < BLOCK; i++) {
      const p = reverb.position + i;
      const at = x0 + (<usize>i << 2);
      const old = load<f32>(ring + (<usize>((p - length) & mask) << 2));
      let v: f32 = load<f32>(at) + DIFFUSION * old;
      if (abs(v) < 1e-15) v = 0;
      store<f32>(ring + (<usize>(p & mask) << 2), v);
      store<f32>(at, old - DIFFUSION * v);
    }
  }
}

/** Each line's block of output, its place drifting slowly, into `rows`. */
function readLines(reverb: Reverb): void {
  const mask = reverb.ringMask;
  const bytes = <usize>(mask + 1) << 2;
  for (let i = 0; i < LINES; i++) {
    const ring = reverb.rings + <usize>i * bytes;
    const row = rows + <usize>i * ROW_BYTES;
    const begin = drift(reverb.blocks, i);
    const step = (drift(reverb.blocks + 1, i) - begin) / <f32>BLOCK;
    for (let n = 0; n < BLOCK; n += 4) {
      // One place per four frames: it moves by some thousandths of a frame.
      const offset = begin + step * (<f32>n + 2);
      const whole = <i32>floor(offset);
      const x = f32x4.splat(offset - <f32>whole);
      const p = reverb.position + n - unchecked(lengths[i]) + whole;
      const y0 = four(ring, p - 1, mask);
      const y1 = four(ring, p, mask);
      const y2 = four(ring, p + 1, mask);
      const y3 = four(ring, p + 2, mask);
      const half = f32x4.splat(0.5);
      const c1 = f32x4.mul(half, f32x4.sub(y2, y0));
      const c3 = f32x4.add(
        f32x4.mul(half, f32x4.sub(y3, y0)),
        f32x4.mul(f32x4.splat(1.5), f32x4.sub(y1, y2)),
      );
      const c2 = f32x4.sub(f32x4.add(f32x4.sub(y0, y1), c1), c3);
      const value = f32x4.add(
        f32x4.mul(f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(c3, x), c2), x), c1), x),
        y1,
      );
      v128.store(row + (<usize>n << 2), value);
    }
  }
}

/** Where a line's reading place has drifted, -DRIFT..DRIFT frames, at the beginning of a block. */
function drift(block: u32, line: i32): f32 {
  // Periods of one to two seconds, unlike in every line; u32 phases wrap for free.
  const step = <u32>((<f64>(0.45 + 0.031 * <f64>line) * 4294967296.0 * <f64>BLOCK) / sampleRate);
  const phase = block * step + <u32>line * 0x10000000;
  return DRIFT_FRAMES * sinTurn(<f32>(<i32>phase) * 2.3283064365386963e-10);
}

/** Four neighbouring frames of a ring. */
// @ts-ignore: decorator
@inline
function four(ring: usize, p: i32, mask: i32): v128 {
  const from = p & mask;
  if (from + 3 <= mask) return v128.load(ring + (<usize>from << 2));
  return f32x4(
    load<f32>(ring + (<usize>from << 2)),
    load<f32>(ring + (<usize>((p + 1) & mask) << 2)),
    load<f32>(ring + (<usize>((p + 2) & mask) << 2)),
    load<f32>(ring + (<usize>((p + 3) & mask) << 2)),
  );
}

/** Transposes four rows of four frames. */
// @ts-ignore: decorator
@inline
function turn(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStep);
  const c = v128.load(from + 2 * fromStep);
  const d = v128.load(from + 3 * fromStep);
  const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab01, cd01, 0, 2));
  v128.store(to + toStep, v128.shuffle<i64>(ab01, cd01, 1, 3));
  v128.store(to + 2 * toStep, v128.shuffle<i64>(ab23, cd23, 0, 2));
  v128.store(to + 3 * toStep, v128.shuffle<i64>(ab23, cd23, 1, 3));
}

function weave(): void {
  for (let n = 0; n < BLOCK; n += 4) {
    for (let q = 0; q < 4; q++) {
      turn(rows + <usize>(4 * q) * ROW_BYTES + (<usize>n << 2), ROW_BYTES, woven + (<usize>n << 6) + (<usize>q << 4), 64);
    }
  }
}

function unweave(): void {
  for (let n = 0; n < BLOCK; n += 4) {
    for (let q = 0; q < 4; q++) {
      turn(woven + (<usize>n << 6) + (<usize>q << 4), 64, rows + <usize>(4 * q) * ROW_BYTES + (<usize>n << 2), ROW_BYTES);
    }
  }
}

/** A Hadamard matrix of four within a vector, without its scale. */
// @ts-ignore: decorator
@inline
function mix4(x: v128): v128 {
  const swapped = v128.shuffle<i32>(x, x, 1, 0, 3, 2);
  const signed = f32x4.mul(x, f32x4(1, -1, 1, -1));
  const a = f32x4.add(swapped, signed);
  const crossed = v128.shuffle<i32>(a, a, 2, 3, 0, 1);
  return f32x4.add(crossed, f32x4.mul(a, f32x4(1, 1, -1, -1)));
}

// @ts-ignore: decorator
@inline
function sum4(x: v128): f32 {
  const a = f32x4.add(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1);
}

/** Damps, mixes, feeds and taps the lines, frame by frame. Gives the loudest value in the lines. */
function spread(at: usize, out: usize): f32 {
  const reverb = changetype<Reverb>(at);
  const gains = at + GAINS_AT;
  const split = f32x4.splat(reverb.split);
  const quarter = f32x4.splat(0.25);
  const perFrame = f32x4.splat(1.0 / <f32>BLOCK);
  let loudest = f32x4.splat(0);
  let level = reverb.level;
  const levelStep = (reverb.levelTo - reverb.level) / <f32>BLOCK;
  let low0 = v128.load(gains, 256);
  let low1 = v128.load(gains, 272);
  let low2 = v128.load(gains, 288);
  let low3 = v128.load(gains, 304);
  for (let n = 0; n < BLOCK; n++) {
    const frame = woven + (<usize>n << 6);
    const u = f32x4.mul(f32x4.splat(<f32>(n + 1)), perFrame);
    const x0 = v128.load(frame);
    const x1 = v128.load(frame, 16);
    const x2 = v128.load(frame, 32);
    const x3 = v128.load(frame, 48);
    low0 = f32x4.add(low0, f32x4.mul(split, f32x4.sub(x0, low0)));
    low1 = f32x4.add(low1, f32x4.mul(split, f32x4.sub(x1, low1)));
    low2 = f32x4.add(low2, f32x4.mul(split, f32x4.sub(x2, low2)));
    low3 = f32x4.add(low3, f32x4.mul(split, f32x4.sub(x3, low3)));
    const d0 = damp(x0, low0, gains, u);
    const d1 = damp(x1, low1, gains + 16, u);
    const d2 = damp(x2, low2, gains + 32, u);
    const d3 = damp(x3, low3, gains + 48, u);
    // Taps: signs that are orthogonal between left and right.
    const sum = f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3));
    const difference = f32x4.sub(f32x4.add(x0, x2), f32x4.add(x1, x3));
    level += levelStep;
    store<f32>(out + (<usize>n << 2), level * sum4(f32x4.mul(sum, f32x4(1, -1, 1, -1))));
    store<f32>(out + (<usize>n << 2), level * sum4(f32x4.mul(difference, f32x4(1, 1, -1, -1))), BUS_BYTES);
    // Hadamard 16 = Hadamard 4 across the vectors times Hadamard 4 within.
    const a0 = f32x4.add(d0, d1);
    const a1 = f32x4.sub(d0, d1);
    const a2 = f32x4.add(d2, d3);
    const a3 = f32x4.sub(d2, d3);
    const left = load<f32>(input2 + (<usize>n << 2));
    const right = load<f32>(input2 + (<usize>n << 2), BUS_BYTES);
    const feed = f32x4(left, right, -left, right);
    const back = f32x4(left, -right, left, right);
    const m0 = f32x4.add(f32x4.mul(quarter, mix4(f32x4.add(a0, a2))), feed);
    const m1 = f32x4.add(f32x4.mul(quarter, mix4(f32x4.add(a1, a3))), back);
    const m2 = f32x4.sub(f32x4.mul(quarter, mix4(f32x4.sub(a0, a2))), feed);
    const m3 = f32x4.add(f32x4.mul(quarter, mix4(f32x4.sub(a1, a3))), feed);
    const most = f32x4.max(f32x4.max(f32x4.abs(m0), f32x4.abs(m1)), f32x4.max(f32x4.abs(m2), f32x4.abs(m3)));
    loudest = f32x4.max(loudest, most);
    v128.store(frame, quiet(m0));
    v128.store(frame, quiet(m1), 16);
    v128.store(frame, quiet(m2), 32);
    v128.store(frame, quiet(m3), 48);
  }
  v128.store(gains, quiet(low0), 256);
  v128.store(gains, quiet(low1), 272);
  v128.store(gains, quiet(low2), 288);
  v128.store(gains, quiet(low3), 304);
  memory.copy(gains, gains + 128, 128);
  reverb.level = reverb.levelTo;
  const a = max(f32x4.extract_lane(loudest, 0), f32x4.extract_lane(loudest, 1));
  return max(a, max(f32x4.extract_lane(loudest, 2), f32x4.extract_lane(loudest, 3)));
}

/** Low band and high band with their gains, which move from the old ones to the new within the block. */
// @ts-ignore: decorator
@inline
function damp(x: v128, low: v128, gains: usize, u: v128): v128 {
  const lowFrom = v128.load(gains);
  const highFrom = v128.load(gains, 64);
  const lowGain = f32x4.add(lowFrom, f32x4.mul(u, f32x4.sub(v128.load(gains, 128), lowFrom)));
  const highGain = f32x4.add(highFrom, f32x4.mul(u, f32x4.sub(v128.load(gains, 192), highFrom)));
  return f32x4.add(f32x4.mul(low, lowGain), f32x4.mul(f32x4.sub(x, low), highGain));
}

/** Zero where a value would go denormal. */
// @ts-ignore: decorator
@inline
function quiet(x: v128): v128 {
  return v128.and(x, f32x4.gt(f32x4.abs(x), f32x4.splat(1e-15)));
}

function writeLines(reverb: Reverb): void {
  const mask = reverb.ringMask;
  const bytes = <usize>(mask + 1) << 2;
  const from = <usize>(reverb.position & mask) << 2;
  // Blocks and rings are powers of two: a block never wraps inside.
  for (let i = 0; i < LINES; i++) memory.copy(reverb.rings + <usize>i * bytes + from, rows + <usize>i * ROW_BYTES, ROW_BYTES);
}

/**
 * The matrix of the network, four lines a vector: damping in two bands, Hadamard 16, feed and taps, frame by frame.
 */
import { BLOCK } from '../block';
import { BUS_BYTES } from './bus';
import { GAINS_AT, input2, Reverb, ROW_BYTES, rows, woven } from './reverb-layout';

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

export function weave(): void {
  for (let n = 0; n < BLOCK; n += 4) {
    for (let q = 0; q < 4; q++) {
      turn(rows + <usize>(4 * q) * ROW_BYTES + (<usize>n << 2), ROW_BYTES, woven + (<usize>n << 6) + (<usize>q << 4), 64);
    }
  }
}

export function unweave(): void {
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
export function spread(at: usize, out: usize): f32 {
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

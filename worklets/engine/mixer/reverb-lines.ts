/**
 * The way into the network and its delay lines: predelay, diffusers, and reading and writing the lines in rows of frames, each
 * at a place that drifts slowly.
 */
import { BLOCK, sampleRate } from '../block';
import { sinTurn } from '../math/approx';
import { BUS_BYTES } from './bus';
import { diffuserFrames, input2, lengths, LINES, Reverb, ROW_BYTES, rows } from './reverb-layout';

const DIFFUSION: f32 = 0.62;
/** Reach of the modulation. */
const DRIFT_FRAMES: f32 = 8;

/** The input through the predelay into `input2`. */
export function takeInput(reverb: Reverb, input: usize): void {
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
export function diffuse(reverb: Reverb): void {
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
export function readLines(reverb: Reverb): void {
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

/** The rows into the lines, a block at once. */
export function writeLines(reverb: Reverb): void {
  const mask = reverb.ringMask;
  const bytes = <usize>(mask + 1) << 2;
  const from = <usize>(reverb.position & mask) << 2;
  // Blocks and rings are powers of two: a block never wraps inside.
  for (let i = 0; i < LINES; i++) memory.copy(reverb.rings + <usize>i * bytes + from, rows + <usize>i * ROW_BYTES, ROW_BYTES);
}

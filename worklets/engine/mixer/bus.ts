/**
 * A stereo bus of one block: left, then right, each with room to round up. All of the mixer's signals lie like this.
 */
import { BLOCK, PAD, take } from '../block';

/** Bytes of one side. */
export const BUS_BYTES: usize = (128 + 4) << 2;
export const STEREO_BYTES: usize = BUS_BYTES << 1;

export function takeBus(): usize {
  return take(STEREO_BYTES);
}

// @ts-ignore: decorator
@inline
export function clearBus(bus: usize): void {
  memory.fill(bus, 0, STEREO_BYTES);
}

/** to += from. */
export function addBus(to: usize, from: usize): void {
  for (let i: usize = 0; i < STEREO_BYTES; i += 16) {
    v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
  }
}

/** bus *= gain. */
export function scaleBus(bus: usize, gain: f32): void {
  const g = f32x4.splat(gain);
  for (let i: usize = 0; i < STEREO_BYTES; i += 16) v128.store(bus + i, f32x4.mul(v128.load(bus + i), g));
}

/** bus *= gains, one gain per frame of the block. */
export function shapeBus(bus: usize, gains: usize): void {
  for (let i: usize = 0; i < <usize>BLOCK << 2; i += 16) {
    const g = v128.load(gains + i);
    v128.store(bus + i, f32x4.mul(v128.load(bus + i), g));
    v128.store(bus + i, f32x4.mul(v128.load(bus + i, BUS_BYTES), g), BUS_BYTES);
  }
}

/** Greatest |x| of both sides; NaN where there is one. */
export function peakOfBus(bus: usize): f32 {
  let peak = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>BLOCK << 2; i += 16) {
    peak = f32x4.max(peak, f32x4.max(f32x4.abs(v128.load(bus + i)), f32x4.abs(v128.load(bus + i, BUS_BYTES))));
  }
  const a = max(f32x4.extract_lane(peak, 0), f32x4.extract_lane(peak, 1));
  return max(a, max(f32x4.extract_lane(peak, 2), f32x4.extract_lane(peak, 3)));
}

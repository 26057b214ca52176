/**
 * Phases as u32 accumulators: a turn is 2^32, so they wrap for free, never drift and give the same bits everywhere.
 */
import { sampleRate } from '../block';

/** Increment per frame of a frequency in Hz. */
// @ts-ignore: decorator
@inline
export function increment4(hz: v128): v128 {
  return i32x4.trunc_sat_f32x4_u(f32x4.mul(hz, f32x4.splat(<f32>(4294967296.0 / sampleRate))));
}

/** The phase in turns, -0.5 to 0.5. */
// @ts-ignore: decorator
@inline
export function turns4(phase: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(phase), f32x4.splat(2.3283064365386963e-10));
}

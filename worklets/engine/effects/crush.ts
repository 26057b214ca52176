/** Fewer bits: rounds to steps of 2^(1 - bits), fractions of a bit too. 1 bit leaves -1, 0, 1; silence stays silent. */
import { P_CRUSH } from '../ids';
import { exp2 } from '../math/approx';
import { Group } from '../voices/group';
import { setLane } from '../voices/lanes';
import { given, param } from '../voices/params';

/** Steps in 1, and the size of one. */
export const STATE_BYTES: usize = 32;

export function wants(): bool {
  return given(P_CRUSH);
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  setLane(state, lane, exp2(param(P_CRUSH) - 1));
  setLane(state + 16, lane, exp2(1 - param(P_CRUSH)));
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const steps = v128.load(state);
  const size = v128.load(state, 16);
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    v128.store(buffer + i, f32x4.mul(f32x4.nearest(f32x4.mul(v128.load(buffer + i), steps)), size));
  }
}

/**
 * A lower sample rate: holds a sample until `coarse` frames have passed, fractions kept from hold to hold, so that 2.5 holds
 * 2 and 3 frames in turn. The phase runs on across blocks.
 */
import { P_COARSE } from '../ids';
import { Group } from '../voices/group';
import { setLane } from '../voices/lanes';
import { given, param } from '../voices/params';

@unmanaged
class State {
  held: v128;
  /** Frames until the next sample is taken, and frames that each stays. */
  left: v128;
  length: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

export function wants(): bool {
  return given(P_COARSE) && param(P_COARSE) > 1;
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  setLane(state + offsetof<State>('held'), lane, 0);
  setLane(state + offsetof<State>('left'), lane, 0);
  setLane(state + offsetof<State>('length'), lane, param(P_COARSE));
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const s = changetype<State>(state);
  const length = s.length;
  let held = s.held;
  let left = s.left;
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    const isDue = f32x4.lt(left, f32x4.splat(0.5));
    held = v128.bitselect(v128.load(buffer + i), held, isDue);
    left = f32x4.sub(f32x4.add(left, v128.and(length, isDue)), f32x4.splat(1));
    v128.store(buffer + i, held);
  }
  s.held = held;
  s.left = left;
}

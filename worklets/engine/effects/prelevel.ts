/**
 * The note's level ahead of effects that depend on it (distortion, crush, compressor, ladder): gain, velocity and the
 * source's own level act here for such notes, and postgain alone behind. All others get their level while being mixed.
 */
import { P_COMPRESSOR, P_CRUSH, P_CUTOFF, P_DISTORT, P_FTYPE, P_GAIN, P_SHAPE, P_VELOCITY } from '../ids';
import { levelOf } from '../sources/rows';
import { Group } from '../voices/group';
import { setLane } from '../voices/lanes';
import { given, param } from '../voices/params';

export const STATE_BYTES: usize = 16;
const LADDER: f32 = 1;

export function wants(): bool {
  return (
    given(P_DISTORT) || given(P_SHAPE) || given(P_CRUSH) || given(P_COMPRESSOR) ||
    (given(P_CUTOFF) && param(P_FTYPE) == LADDER)
  );
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  setLane(state, lane, param(P_GAIN) * param(P_VELOCITY) * levelOf(group.source));
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const level = v128.load(state);
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    v128.store(at, f32x4.mul(v128.load(at), level));
  }
}

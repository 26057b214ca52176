/**
 * A sine: the odd polynomial of degree 9 over an integer phase. THD below -108 dB.
 */
import { setLaneBits } from '../voices/lanes';
import { Group } from '../voices/group';
import { sinTurn4 } from '../math/approx';
import { stepBytes, stepsAt } from '../voices/pitch';
import { turns4 } from './phase';

/** One vector: the phases. */
export const STATE_BYTES: usize = 16;

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  setLaneBits(state, lane, 0);
  return Infinity;
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  let phase = v128.load(state);
  let step = stepsAt;
  const bytes = stepBytes;
  for (let i = 0; i < frames; i++) {
    phase = i32x4.add(phase, v128.load(step));
    step += bytes;
    v128.store(out + (<usize>i << 4), sinTurn4(turns4(phase)));
  }
  v128.store(state, phase);
}

/**
 * A pulse of any width: two band-limited saws half a turn and more apart, one taken from the other, so that nothing folds back
 * and no DC comes with it. A sine moves the width.
 */
import { P_PW, P_PWRATE, P_PWSWEEP } from '../ids';
import { sampleRate } from '../block';
import { sinTurn4 } from '../math/approx';
import { Group } from '../voices/group';
import { setLane, setLaneBits } from '../voices/lanes';
import { given, param } from '../voices/params';
import { stepBytes, stepsAt } from '../voices/pitch';
import { turns4 } from './phase';
import * as wavetable from './wavetable';

@unmanaged
class Sweep {
  width: v128;
  depth: v128;
  phase: v128;
  step: v128;
}
const SWEEP: usize = wavetable.STATE_BYTES;
export const STATE_BYTES: usize = wavetable.STATE_BYTES + offsetof<Sweep>();

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  const sweep = state + SWEEP;
  // A rate without a depth is meant to be heard.
  const depth: f32 = given(P_PWSWEEP) ? param(P_PWSWEEP) : given(P_PWRATE) ? <f32>0.3 : 0;
  setLane(sweep + offsetof<Sweep>('width'), lane, param(P_PW));
  setLane(sweep + offsetof<Sweep>('depth'), lane, depth);
  setLaneBits(sweep + offsetof<Sweep>('phase'), lane, 0);
  setLaneBits(sweep + offsetof<Sweep>('step'), lane, <u32>(<u64>((<f64>param(P_PWRATE) * 4294967296.0) / sampleRate)));
  return wavetable.resetSawtooth(state, lane, group);
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  wavetable.refresh(state, group);
  const tables = v128.load(state + wavetable.TABLE);
  const table0 = i32x4.extract_lane(tables, 0);
  const table1 = i32x4.extract_lane(tables, 1);
  const table2 = i32x4.extract_lane(tables, 2);
  const table3 = i32x4.extract_lane(tables, 3);
  const s = changetype<Sweep>(state + SWEEP);
  const least = f32x4.splat(0.01);
  const most = f32x4.splat(0.99);
  const half = f32x4.splat(0.5);
  const fullTurn = f32x4.splat(4294967296.0);
  let step = stepsAt;
  const bytes = stepBytes;
  let phase = v128.load(state + wavetable.PHASE);
  let sweep = s.phase;
  for (let i = 0; i < frames; i++) {
    phase = i32x4.add(phase, v128.load(step));
    step += bytes;
    sweep = i32x4.add(sweep, s.step);
    const moved = f32x4.add(s.width, f32x4.mul(f32x4.mul(half, s.depth), sinTurn4(turns4(sweep))));
    const width = f32x4.pmax(f32x4.pmin(moved, most), least);
    const second = i32x4.add(phase, i32x4.trunc_sat_f32x4_u(f32x4.mul(width, fullTurn)));
    const value = f32x4.sub(
      wavetable.read4(table0, table1, table2, table3, second),
      wavetable.read4(table0, table1, table2, table3, phase),
    );
    v128.store(out + (<usize>i << 4), value);
  }
  v128.store(state + wavetable.PHASE, phase);
  s.phase = sweep;
}

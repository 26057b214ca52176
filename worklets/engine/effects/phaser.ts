/**
 * Phaser: four first-order all-passes in a row (trapezoidal), whose frequency a sine moves between centre + sweep and as far
 * below in octaves; mixed with the direct sound they make two notches. Depth 1 makes them whole.
 */
import { P_PHASERCENTER, P_PHASERDEPTH, P_PHASERRATE, P_PHASERSWEEP } from '../ids';
import { sampleRate } from '../block';
import { log2, sinTurn4 } from '../math/approx';
import { Group, ONSET } from '../voices/group';
import { laneOf, setLane, wide } from '../voices/lanes';
import { given, param } from '../voices/params';
import { quiet, tangentOf } from './svf';

@unmanaged
class State {
  s1: v128;
  s2: v128;
  s3: v128;
  s4: v128;
  hertz: v128;
  half: v128;
  center: v128;
  octaves: v128;
}
export const STATE_BYTES: usize = offsetof<State>();
const STEP: i32 = 16;

export function wants(): bool {
  return given(P_PHASERRATE);
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  for (let i: usize = 0; i < 4; i++) setLane(state + (i << 4), lane, 0);
  const center = param(P_PHASERCENTER);
  setLane(state + offsetof<State>('hertz'), lane, param(P_PHASERRATE));
  setLane(state + offsetof<State>('half'), lane, 0.5 * param(P_PHASERDEPTH));
  setLane(state + offsetof<State>('center'), lane, center / <f32>sampleRate);
  setLane(state + offsetof<State>('octaves'), lane, log2(1 + param(P_PHASERSWEEP) / center));
}

function turnsOf(state: usize, group: Group, lane: i32, frame: f64): f32 {
  const seconds = (frame - wide(changetype<usize>(group) + ONSET, lane)) / sampleRate;
  const turns = <f64>laneOf(state + offsetof<State>('hertz'), lane) * seconds;
  return <f32>(turns - floor(turns));
}

// @ts-ignore: decorator
@inline
function tangentAt(s: State, begin: v128, frames: i32): v128 {
  const turns = f32x4.add(begin, f32x4.mul(s.hertz, f32x4.splat(<f32>(<f64>frames / sampleRate))));
  return tangentOf(s.center, f32x4.mul(s.octaves, sinTurn4(turns)));
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const s = changetype<State>(state);
  const begin = f32x4(
    turnsOf(state, group, 0, frame), turnsOf(state, group, 1, frame),
    turnsOf(state, group, 2, frame), turnsOf(state, group, 3, frame),
  );
  const one = f32x4.splat(1);
  let before = tangentAt(s, begin, 0);
  for (let from = 0; from < frames; from += STEP) {
    const n = min(STEP, frames - from);
    const after = tangentAt(s, begin, from + n);
    const step = f32x4.mul(f32x4.sub(after, before), f32x4.splat(1.0 / <f32>n));
    let g = before;
    for (let i = from; i < from + n; i++) {
      g = f32x4.add(g, step);
      const G = f32x4.div(g, f32x4.add(one, g));
      const x = v128.load(buffer + (<usize>i << 4));
      let y = x;
      for (let k: usize = 0; k < 64; k += 16) {
        const held = v128.load(state + k);
        const v = f32x4.mul(G, f32x4.sub(y, held));
        const low = f32x4.add(v, held);
        v128.store(state + k, f32x4.add(low, v));
        y = f32x4.sub(f32x4.add(low, low), y);
      }
      v128.store(buffer + (<usize>i << 4), f32x4.add(x, f32x4.mul(s.half, f32x4.sub(y, x))));
    }
    before = after;
  }
  for (let k: usize = 0; k < 64; k += 16) v128.store(state + k, quiet(v128.load(state + k)));
}

/**
 * Tremolo: a level that goes up and down. `tremolo` in Hz runs from the note's onset; `tremolosync`, in turns per cycle,
 * follows the transport, also while its tempo moves. Steps are rounded by two one-poles of a millisecond.
 */
import {
  P_TREMOLO, P_TREMOLODEPTH, P_TREMOLOPHASE, P_TREMOLOSHAPE, P_TREMOLOSKEW, P_TREMOLOSYNC,
} from '../ids';
import { sampleRate } from '../block';
import { sinTurn4 } from '../math/approx';
import { cycleOfFrame, isPlaying, tempoAt } from '../transport/timeline';
import { Group, ONSET } from '../voices/group';
import { laneOf, setLane, wide } from '../voices/lanes';
import { given, param } from '../voices/params';

@unmanaged
class State {
  hertz: v128;
  perCycle: v128;
  depth: v128;
  skew: v128;
  offset: v128;
  shape: v128;
  /** Smoothed twice; below 0 where the lane has just begun. */
  first: v128;
  second: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

const TRIANGLE: f32 = 0;
const SINE: f32 = 1;
const RAMP: f32 = 2;
const SAW: f32 = 3;
const SMOOTH_SECONDS: f64 = 0.001;
const FRESH: f32 = -1;

export function wants(): bool {
  return given(P_TREMOLO) || given(P_TREMOLOSYNC);
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  const isSynced = given(P_TREMOLOSYNC);
  setLane(state + offsetof<State>('hertz'), lane, isSynced ? 0 : param(P_TREMOLO));
  setLane(state + offsetof<State>('perCycle'), lane, isSynced ? param(P_TREMOLOSYNC) : 0);
  setLane(state + offsetof<State>('depth'), lane, param(P_TREMOLODEPTH));
  // Alone, the triangle leans fully: a rising ramp. With a shape it stands upright.
  const skew = given(P_TREMOLOSKEW) ? param(P_TREMOLOSKEW) : given(P_TREMOLOSHAPE) ? <f32>0.5 : <f32>1;
  setLane(state + offsetof<State>('skew'), lane, max<f32>(0.001, min<f32>(0.999, skew)));
  setLane(state + offsetof<State>('offset'), lane, param(P_TREMOLOPHASE));
  setLane(state + offsetof<State>('shape'), lane, nearest(param(P_TREMOLOSHAPE)));
  setLane(state + offsetof<State>('first'), lane, FRESH);
  setLane(state + offsetof<State>('second'), lane, FRESH);
}

/** Height, 0 to 1, at a phase from 0 to 1. */
// @ts-ignore: decorator
@inline
function heightAt(s: State, phase: v128): v128 {
  const one = f32x4.splat(1);
  const isRising = f32x4.lt(phase, s.skew);
  const triangle = v128.bitselect(
    f32x4.div(phase, s.skew),
    f32x4.div(f32x4.sub(one, phase), f32x4.sub(one, s.skew)),
    isRising,
  );
  const sine = f32x4.add(f32x4.splat(0.5), f32x4.mul(f32x4.splat(0.5), sinTurn4(phase)));
  let height = v128.and(one, isRising); // square
  height = v128.bitselect(triangle, height, f32x4.eq(s.shape, f32x4.splat(TRIANGLE)));
  height = v128.bitselect(sine, height, f32x4.eq(s.shape, f32x4.splat(SINE)));
  height = v128.bitselect(phase, height, f32x4.eq(s.shape, f32x4.splat(RAMP)));
  return v128.bitselect(f32x4.sub(one, phase), height, f32x4.eq(s.shape, f32x4.splat(SAW)));
}

function phaseOf(state: usize, group: Group, lane: i32, frame: f64): f32 {
  const at = changetype<usize>(group);
  let turns = <f64>laneOf(state + offsetof<State>('offset'), lane);
  turns += <f64>laneOf(state + offsetof<State>('hertz'), lane) * ((frame - wide(at + ONSET, lane)) / sampleRate);
  if (isPlaying()) turns += <f64>laneOf(state + offsetof<State>('perCycle'), lane) * cycleOfFrame(frame);
  return <f32>(turns - floor(turns));
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const s = changetype<State>(state);
  const tempo: f32 = isPlaying() ? <f32>tempoAt(frame) : 0;
  const perSecond = f32x4.add(s.hertz, f32x4.mul(s.perCycle, f32x4.splat(tempo)));
  const step = f32x4.mul(perSecond, f32x4.splat(<f32>(1 / sampleRate)));
  const begin = f32x4(
    phaseOf(state, group, 0, frame), phaseOf(state, group, 1, frame),
    phaseOf(state, group, 2, frame), phaseOf(state, group, 3, frame),
  );
  const rate = f32x4.splat(<f32>(1 / (SMOOTH_SECONDS * sampleRate)));
  const one = f32x4.splat(1);
  const isFresh = f32x4.lt(s.first, f32x4.splat(0));
  const height0 = heightAt(s, begin);
  let first = v128.bitselect(height0, s.first, isFresh);
  let second = v128.bitselect(height0, s.second, isFresh);
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const turns = f32x4.add(begin, f32x4.mul(step, f32x4.splat(<f32>i)));
    const height = heightAt(s, f32x4.sub(turns, f32x4.floor(turns)));
    first = f32x4.add(first, f32x4.mul(rate, f32x4.sub(height, first)));
    second = f32x4.add(second, f32x4.mul(rate, f32x4.sub(first, second)));
    const gain = f32x4.sub(one, f32x4.mul(s.depth, f32x4.sub(one, second)));
    v128.store(at, f32x4.mul(v128.load(at), gain));
  }
  s.first = first;
  s.second = second;
}

/**
 * A struck head: a sine whose pitch falls in two stages (a snap of milliseconds, then the body), driven into a soft clip, with
 * a short burst of noise at the front. Bass drum and toms are rows of numbers for it.
 */
import { sampleRate } from '../block';
import { noise4, nextRandom } from '../math/random';
import { sinTurn4, softClip4 } from '../math/approx';
import { setLane, setLaneBits } from '../voices/lanes';
import { Group } from '../voices/group';
import { decayFactor, lifeOf, rowOf, stretchOf, tuneOf } from './drum';

@unmanaged
class State {
  phase: v128;
  /** Turns per frame: rest, body sweep, snap; and the factors by which the latter two fall. */
  rest: v128;
  sweep: v128;
  sweepFall: v128;
  snap: v128;
  snapFall: v128;
  amp: v128;
  ampFall: v128;
  click: v128;
  clickFall: v128;
  drive: v128;
  noise: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

/** Columns: rest Hz, sweep Hz, sweep s, snap Hz, snap s, amp s, click, drive. */
const COLUMNS: i32 = 8;

/** Strikes the drum of a table with `own` variations and the kits behind them, its pitch times `factor`. */
export function strike(state: usize, lane: i32, rows: StaticArray<f32>, own: i32, factor: f32): f64 {
  const row = rowOf(own) * COLUMNS;
  const tune = (factor * tuneOf(own)) / <f32>sampleRate;
  const ampSeconds = rows[row + 5] * stretchOf(own);
  setLane(state + offsetof<State>('phase'), lane, 0);
  setLane(state + offsetof<State>('rest'), lane, rows[row] * tune);
  setLane(state + offsetof<State>('sweep'), lane, rows[row + 1] * tune);
  setLane(state + offsetof<State>('sweepFall'), lane, decayFactor(rows[row + 2]));
  setLane(state + offsetof<State>('snap'), lane, rows[row + 3] * tune);
  setLane(state + offsetof<State>('snapFall'), lane, decayFactor(rows[row + 4]));
  setLane(state + offsetof<State>('amp'), lane, 1);
  setLane(state + offsetof<State>('ampFall'), lane, decayFactor(ampSeconds));
  setLane(state + offsetof<State>('click'), lane, rows[row + 6]);
  setLane(state + offsetof<State>('clickFall'), lane, decayFactor(0.0016));
  setLane(state + offsetof<State>('drive'), lane, rows[row + 7]);
  setLaneBits(state + offsetof<State>('noise'), lane, nextRandom());
  return lifeOf(ampSeconds);
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  const rest = s.rest;
  const sweepFall = s.sweepFall;
  const snapFall = s.snapFall;
  const ampFall = s.ampFall;
  const clickFall = s.clickFall;
  const drive = s.drive;
  const one = i32x4.splat(1);
  let phase = s.phase;
  let sweep = s.sweep;
  let snap = s.snap;
  let amp = s.amp;
  let click = s.click;
  let noise = s.noise;
  for (let i = 0; i < frames; i++) {
    phase = f32x4.add(phase, f32x4.add(rest, f32x4.add(sweep, snap)));
    phase = f32x4.sub(phase, f32x4.nearest(phase));
    sweep = f32x4.mul(sweep, sweepFall);
    snap = f32x4.mul(snap, snapFall);
    const body = f32x4.mul(sinTurn4(phase), f32x4.mul(amp, drive));
    const front = f32x4.mul(noise4(noise), click);
    // Driven while loud, clean in the tail.
    v128.store(out + (<usize>i << 4), softClip4(f32x4.add(body, front)));
    amp = f32x4.mul(amp, ampFall);
    click = f32x4.mul(click, clickFall);
    noise = i32x4.add(noise, one);
  }
  s.phase = phase;
  s.sweep = sweep;
  s.snap = snap;
  s.amp = amp;
  s.click = click;
  s.noise = noise;
}

/**
 * Hand clap: noise through a band-pass, let in by a few quick bursts and a tail behind the last; a shaker is one burst, high.
 */
import { framesOf, sampleRate } from '../block';
import { noise4, nextRandom } from '../math/random';
import { tanPi } from '../math/approx';
import { setLane, setLaneBits } from '../voices/lanes';
import { Group } from '../voices/group';
import { decayFactor, lifeOf, rowOf, stretchOf, tuneOf } from './drum';

@unmanaged
class State {
  noise: v128;
  /** Frames until the next burst, frames between two, bursts that are left. */
  wait: v128;
  period: v128;
  left: v128;
  burst: v128;
  burstFall: v128;
  /** Level that the tail begins with, and its present one. */
  tailFrom: v128;
  tail: v128;
  tailFall: v128;
  g: v128;
  damping: v128;
  /** How much of what lies above the band comes through. */
  air: v128;
  ic1: v128;
  ic2: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

/** Columns: band-pass Hz, its 1/Q, bursts, s between two, burst s, tail level, tail s, air. Rows: own, 808, 909, lofi. */
const COLUMNS: i32 = 8;
const CLAP: StaticArray<f32> = [
  1150, 0.75, 3, 0.0105, 0.0042, 0.62, 0.06, 0.06,
  980, 0.6, 3, 0.0105, 0.0048, 0.55, 0.085, 0.05,
  1350, 0.9, 4, 0.0085, 0.0034, 0.7, 0.05, 0.12,
  760, 0.8, 3, 0.014, 0.006, 0.6, 0.035, 0.02,
];
const SHAKER: StaticArray<f32> = [
  6800, 0.9, 1, 0.01, 0.03, 0.25, 0.045, 0.5,
  5200, 0.7, 1, 0.01, 0.022, 0.2, 0.03, 0.25,
  8200, 0.9, 1, 0.01, 0.035, 0.3, 0.05, 0.7,
  3400, 0.9, 1, 0.01, 0.025, 0.3, 0.03, 0.1,
];

export function init(): void {}

export function resetClap(state: usize, lane: i32, group: Group): f64 {
  return reset(state, lane, CLAP);
}
export function resetShaker(state: usize, lane: i32, group: Group): f64 {
  return reset(state, lane, SHAKER);
}

function reset(state: usize, lane: i32, rows: StaticArray<f32>): f64 {
  const row = rowOf(1) * COLUMNS;
  const stretch = stretchOf(1);
  const tailSeconds = rows[row + 6] * stretch;
  setLaneBits(state + offsetof<State>('noise'), lane, nextRandom());
  setLaneBits(state + offsetof<State>('wait'), lane, 1);
  setLaneBits(state + offsetof<State>('period'), lane, <u32>framesOf(<f64>rows[row + 3]));
  setLaneBits(state + offsetof<State>('left'), lane, <u32>rows[row + 2]);
  setLane(state + offsetof<State>('burst'), lane, 0);
  setLane(state + offsetof<State>('burstFall'), lane, decayFactor(rows[row + 4]));
  setLane(state + offsetof<State>('tailFrom'), lane, rows[row + 5]);
  setLane(state + offsetof<State>('tail'), lane, 0);
  setLane(state + offsetof<State>('tailFall'), lane, decayFactor(tailSeconds));
  setLane(state + offsetof<State>('g'), lane, tanPi(min<f32>(0.45, (rows[row] * tuneOf(1)) / <f32>sampleRate)));
  setLane(state + offsetof<State>('damping'), lane, rows[row + 1]);
  setLane(state + offsetof<State>('air'), lane, rows[row + 7]);
  setLane(state + offsetof<State>('ic1'), lane, 0);
  setLane(state + offsetof<State>('ic2'), lane, 0);
  return lifeOf(max(tailSeconds, rows[row + 4])) + framesOf(<f64>(rows[row + 2] * rows[row + 3]));
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  const one = f32x4.splat(1);
  const next = i32x4.splat(1);
  const zero = i32x4.splat(0);
  const g = s.g;
  const k = s.damping;
  const a1 = f32x4.div(one, f32x4.add(one, f32x4.mul(g, f32x4.add(g, k))));
  const a2 = f32x4.mul(g, a1);
  const a3 = f32x4.mul(g, a2);
  let noise = s.noise;
  let wait = s.wait;
  let left = s.left;
  let burst = s.burst;
  let tail = s.tail;
  let ic1 = s.ic1;
  let ic2 = s.ic2;
  for (let i = 0; i < frames; i++) {
    wait = i32x4.sub(wait, next);
    const fires = v128.and(i32x4.eq(wait, zero), i32x4.gt_s(left, zero));
    left = i32x4.add(left, fires);
    wait = v128.bitselect(s.period, wait, fires);
    burst = v128.bitselect(one, f32x4.mul(burst, s.burstFall), fires);
    tail = v128.bitselect(s.tailFrom, f32x4.mul(tail, s.tailFall), v128.and(fires, i32x4.eq(left, zero)));
    const white = noise4(noise);
    noise = i32x4.add(noise, next);
    const v3 = f32x4.sub(white, ic2);
    const v1 = f32x4.add(f32x4.mul(a1, ic1), f32x4.mul(a2, v3));
    const v2 = f32x4.add(ic2, f32x4.add(f32x4.mul(a2, ic1), f32x4.mul(a3, v3)));
    ic1 = f32x4.sub(f32x4.add(v1, v1), ic1);
    ic2 = f32x4.sub(f32x4.add(v2, v2), ic2);
    const band = f32x4.mul(k, v1);
    const above = f32x4.sub(f32x4.sub(white, band), v2);
    const heard = f32x4.add(band, f32x4.mul(above, s.air));
    v128.store(out + (<usize>i << 4), f32x4.mul(heard, f32x4.add(burst, tail)));
  }
  s.noise = noise;
  s.wait = wait;
  s.left = left;
  s.burst = burst;
  s.tail = tail;
  s.ic1 = ic1;
  s.ic2 = ic2;
}

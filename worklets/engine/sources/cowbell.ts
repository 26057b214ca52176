/**
 * Cowbell: the odd partials of two squares a fifth and more apart, as sines (so that nothing folds back), in a fast and a
 * slow decay.
 */
import { sampleRate } from '../block';
import { sinTurn4 } from '../math/approx';
import { setLane } from '../voices/lanes';
import { Group } from '../voices/group';
import { decayFactor, lifeOf, rowOf, stretchOf, tuneOf } from './drum';

@unmanaged
class State {
  low: v128;
  high: v128;
  lowStep: v128;
  highStep: v128;
  hit: v128;
  hitFall: v128;
  ring: v128;
  ringFall: v128;
  /** Levels of the third and fifth partials. */
  third: v128;
  fifth: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

/** Columns: low Hz, high Hz, hit, hit s, ring, ring s, third, fifth. Rows: own, 808, 909, lofi. */
const COLUMNS: i32 = 8;
const ROWS: StaticArray<f32> = [
  562, 845, 0.6, 0.012, 0.4, 0.085, 0.6, 0.28,
  540, 800, 0.5, 0.018, 0.5, 0.11, 0.45, 0.2,
  605, 890, 0.8, 0.01, 0.35, 0.06, 0.8, 0.4,
  430, 655, 0.7, 0.02, 0.4, 0.05, 0.9, 0.6,
];

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  const row = rowOf(1) * COLUMNS;
  const tune = tuneOf(1) / <f32>sampleRate;
  const ringSeconds = ROWS[row + 5] * stretchOf(1);
  setLane(state + offsetof<State>('low'), lane, 0);
  setLane(state + offsetof<State>('high'), lane, 0);
  setLane(state + offsetof<State>('lowStep'), lane, min<f32>(0.09, ROWS[row] * tune));
  setLane(state + offsetof<State>('highStep'), lane, min<f32>(0.095, ROWS[row + 1] * tune));
  setLane(state + offsetof<State>('hit'), lane, ROWS[row + 2]);
  setLane(state + offsetof<State>('hitFall'), lane, decayFactor(ROWS[row + 3]));
  setLane(state + offsetof<State>('ring'), lane, ROWS[row + 4]);
  setLane(state + offsetof<State>('ringFall'), lane, decayFactor(ringSeconds));
  setLane(state + offsetof<State>('third'), lane, ROWS[row + 6]);
  setLane(state + offsetof<State>('fifth'), lane, ROWS[row + 7]);
  return lifeOf(max(ROWS[row + 3], ringSeconds));
}

/** First, third and fifth partial of a phase in turns. */
// @ts-ignore: decorator
@inline
function partials(phase: v128, third: v128, fifth: v128): v128 {
  return f32x4.add(
    sinTurn4(phase),
    f32x4.add(
      f32x4.mul(third, sinTurn4(f32x4.mul(phase, f32x4.splat(3)))),
      f32x4.mul(fifth, sinTurn4(f32x4.mul(phase, f32x4.splat(5)))),
    ),
  );
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  let low = s.low;
  let high = s.high;
  let hit = s.hit;
  let ring = s.ring;
  for (let i = 0; i < frames; i++) {
    low = f32x4.add(low, s.lowStep);
    low = f32x4.sub(low, f32x4.nearest(low));
    high = f32x4.add(high, s.highStep);
    high = f32x4.sub(high, f32x4.nearest(high));
    const bell = f32x4.add(partials(low, s.third, s.fifth), partials(high, s.third, s.fifth));
    v128.store(out + (<usize>i << 4), f32x4.mul(bell, f32x4.add(hit, ring)));
    hit = f32x4.mul(hit, s.hitFall);
    ring = f32x4.mul(ring, s.ringFall);
  }
  s.low = low;
  s.high = high;
  s.hit = hit;
  s.ring = ring;
}

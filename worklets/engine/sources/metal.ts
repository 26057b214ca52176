/**
 * A struck plate: the six squares of an 808's cymbal bank and some noise, rung through a band-pass and a high-pass, in a fast
 * and a slow decay. The squares are plain bits of their phases: what folds back only adds to the metal. Hats and cymbals are
 * rows of numbers for it.
 */
import { sampleRate } from '../block';
import { noise4, nextRandom } from '../math/random';
import { tanPi } from '../math/approx';
import { setLane, setLaneBits } from '../voices/lanes';
import { Group } from '../voices/group';
import { decayFactor, lifeOf, rowOf, stretchOf, tuneOf } from './drum';

@unmanaged
class State {
  /** Phases and increments, u32. */
  phase0: v128; phase1: v128; phase2: v128; phase3: v128; phase4: v128; phase5: v128;
  step0: v128; step1: v128; step2: v128; step3: v128; step4: v128; step5: v128;
  noise: v128;
  /** Levels of squares and noise. */
  metal: v128;
  hiss: v128;
  hit: v128;
  hitFall: v128;
  ring: v128;
  ringFall: v128;
  bandG: v128;
  band1: v128;
  band2: v128;
  highG: v128;
  high1: v128;
  high2: v128;
}
export const STATE_BYTES: usize = offsetof<State>();
const PHASES: usize = offsetof<State>('phase0');
const STEPS: usize = offsetof<State>('step0');

const SQUARES_HZ: StaticArray<f64> = [205.3, 304.4, 369.6, 522.7, 540, 800];
/** Columns: hit level, hit s, ring level, ring s, band-pass Hz, high-pass Hz, squares, noise, tuning of the squares. */
const COLUMNS: i32 = 9;

/** Strikes the plate of a table with `own` variations and the kits behind them. */
export function strike(state: usize, lane: i32, rows: StaticArray<f32>, own: i32): f64 {
  const row = rowOf(own) * COLUMNS;
  const tune = tuneOf(own);
  const hitSeconds = rows[row + 1];
  const ringSeconds = rows[row + 3] * stretchOf(own);
  for (let i = 0; i < 6; i++) {
    const step = (unchecked(SQUARES_HZ[i]) * 2.0 * <f64>(tune * rows[row + 8]) * 4294967296.0) / sampleRate;
    setLaneBits(state + PHASES + (<usize>i << 4), lane, nextRandom());
    setLaneBits(state + STEPS + (<usize>i << 4), lane, <u32>(<u64>step));
  }
  setLaneBits(state + offsetof<State>('noise'), lane, nextRandom());
  setLane(state + offsetof<State>('hit'), lane, rows[row]);
  setLane(state + offsetof<State>('hitFall'), lane, decayFactor(hitSeconds));
  setLane(state + offsetof<State>('ring'), lane, rows[row + 2]);
  setLane(state + offsetof<State>('ringFall'), lane, decayFactor(ringSeconds));
  setLane(state + offsetof<State>('bandG'), lane, tanPi(min<f32>(0.45, (rows[row + 4] * tune) / <f32>sampleRate)));
  setLane(state + offsetof<State>('highG'), lane, tanPi(min<f32>(0.45, (rows[row + 5] * tune) / <f32>sampleRate)));
  setLane(state + offsetof<State>('metal'), lane, rows[row + 6]);
  setLane(state + offsetof<State>('hiss'), lane, rows[row + 7]);
  setLane(state + offsetof<State>('band1'), lane, 0);
  setLane(state + offsetof<State>('band2'), lane, 0);
  setLane(state + offsetof<State>('high1'), lane, 0);
  setLane(state + offsetof<State>('high2'), lane, 0);
  return lifeOf(max(hitSeconds, ringSeconds));
}

/** +1 or -1 by the top bit of a phase. */
// @ts-ignore: decorator
@inline
function square(phase: v128): v128 {
  return v128.or(v128.and(phase, i32x4.splat(0x80000000)), f32x4.splat(1));
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  const one = f32x4.splat(1);
  const next = i32x4.splat(1);
  const k = f32x4.splat(0.9);
  const g = s.bandG;
  const a1 = f32x4.div(one, f32x4.add(one, f32x4.mul(g, f32x4.add(g, k))));
  const a2 = f32x4.mul(g, a1);
  const a3 = f32x4.mul(g, a2);
  const h = s.highG;
  const b1 = f32x4.div(one, f32x4.add(one, f32x4.mul(h, f32x4.add(h, k))));
  const b2 = f32x4.mul(h, b1);
  const b3 = f32x4.mul(h, b2);
  let phase0 = s.phase0;
  let phase1 = s.phase1;
  let phase2 = s.phase2;
  let phase3 = s.phase3;
  let phase4 = s.phase4;
  let phase5 = s.phase5;
  let noise = s.noise;
  let hit = s.hit;
  let ring = s.ring;
  let band1 = s.band1;
  let band2 = s.band2;
  let high1 = s.high1;
  let high2 = s.high2;
  for (let i = 0; i < frames; i++) {
    phase0 = i32x4.add(phase0, s.step0);
    phase1 = i32x4.add(phase1, s.step1);
    phase2 = i32x4.add(phase2, s.step2);
    phase3 = i32x4.add(phase3, s.step3);
    phase4 = i32x4.add(phase4, s.step4);
    phase5 = i32x4.add(phase5, s.step5);
    const metal = f32x4.add(
      f32x4.add(f32x4.add(square(phase0), square(phase1)), f32x4.add(square(phase2), square(phase3))),
      f32x4.add(square(phase4), square(phase5)),
    );
    const x = f32x4.add(f32x4.mul(metal, s.metal), f32x4.mul(noise4(noise), s.hiss));
    noise = i32x4.add(noise, next);
    let v3 = f32x4.sub(x, band2);
    let v1 = f32x4.add(f32x4.mul(a1, band1), f32x4.mul(a2, v3));
    let v2 = f32x4.add(band2, f32x4.add(f32x4.mul(a2, band1), f32x4.mul(a3, v3)));
    band1 = f32x4.sub(f32x4.add(v1, v1), band1);
    band2 = f32x4.sub(f32x4.add(v2, v2), band2);
    const y = f32x4.add(v1, f32x4.mul(x, f32x4.splat(0.25)));
    v3 = f32x4.sub(y, high2);
    v1 = f32x4.add(f32x4.mul(b1, high1), f32x4.mul(b2, v3));
    v2 = f32x4.add(high2, f32x4.add(f32x4.mul(b2, high1), f32x4.mul(b3, v3)));
    high1 = f32x4.sub(f32x4.add(v1, v1), high1);
    high2 = f32x4.sub(f32x4.add(v2, v2), high2);
    const bright = f32x4.sub(f32x4.sub(y, f32x4.mul(k, v1)), v2);
    v128.store(out + (<usize>i << 4), f32x4.mul(bright, f32x4.add(hit, ring)));
    hit = f32x4.mul(hit, s.hitFall);
    ring = f32x4.mul(ring, s.ringFall);
  }
  s.phase0 = phase0;
  s.phase1 = phase1;
  s.phase2 = phase2;
  s.phase3 = phase3;
  s.phase4 = phase4;
  s.phase5 = phase5;
  s.noise = noise;
  s.hit = hit;
  s.ring = ring;
  s.band1 = band1;
  s.band2 = band2;
  s.high1 = high1;
  s.high2 = high2;
}

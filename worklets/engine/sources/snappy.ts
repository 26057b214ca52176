/**
 * A head with wires: two falling sines for the head, noise through a high-pass for the wires, in two decays (the hit and the
 * rattle), softly clipped. Snare and rim are rows of numbers for it.
 */
import { sampleRate } from '../block';
import { noise4, nextRandom } from '../math/random';
import { sinTurn4, softClip4, tanPi } from '../math/approx';
import { setLane, setLaneBits } from '../voices/lanes';
import { Group } from '../voices/group';
import { decayFactor, lifeOf, rowOf, stretchOf, tuneOf } from './drum';

@unmanaged
class State {
  low: v128;
  high: v128;
  lowStep: v128;
  highStep: v128;
  /** Factor on both steps that falls to 1. */
  bend: v128;
  bendFall: v128;
  tone: v128;
  toneFall: v128;
  hit: v128;
  hitFall: v128;
  rattle: v128;
  rattleFall: v128;
  noise: v128;
  /** State-variable high-pass of the noise. */
  g: v128;
  ic1: v128;
  ic2: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

/** Columns: low Hz, high Hz, bend, tone s, tone level, hit level, hit s, rattle level, rattle s, high-pass Hz. */
const COLUMNS: i32 = 10;

/** Strikes the drum of a table with `own` variations and the kits behind them. */
export function strike(state: usize, lane: i32, rows: StaticArray<f32>, own: i32): f64 {
  const row = rowOf(own) * COLUMNS;
  const tune = tuneOf(own) / <f32>sampleRate;
  const toneSeconds = rows[row + 3] * stretchOf(own);
  const rattleSeconds = rows[row + 8] * stretchOf(own);
  setLane(state + offsetof<State>('low'), lane, 0);
  setLane(state + offsetof<State>('high'), lane, 0);
  setLane(state + offsetof<State>('lowStep'), lane, rows[row] * tune);
  setLane(state + offsetof<State>('highStep'), lane, rows[row + 1] * tune);
  setLane(state + offsetof<State>('bend'), lane, rows[row + 2]);
  setLane(state + offsetof<State>('bendFall'), lane, decayFactor(0.009));
  setLane(state + offsetof<State>('tone'), lane, rows[row + 4]);
  setLane(state + offsetof<State>('toneFall'), lane, decayFactor(toneSeconds));
  setLane(state + offsetof<State>('hit'), lane, rows[row + 5]);
  setLane(state + offsetof<State>('hitFall'), lane, decayFactor(rows[row + 6]));
  setLane(state + offsetof<State>('rattle'), lane, rows[row + 7]);
  setLane(state + offsetof<State>('rattleFall'), lane, decayFactor(rattleSeconds));
  setLaneBits(state + offsetof<State>('noise'), lane, nextRandom());
  setLane(state + offsetof<State>('g'), lane, tanPi(min(0.45, rows[row + 9] * tune)));
  setLane(state + offsetof<State>('ic1'), lane, 0);
  setLane(state + offsetof<State>('ic2'), lane, 0);
  return lifeOf(max(toneSeconds, rattleSeconds));
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  const one = f32x4.splat(1);
  const next = i32x4.splat(1);
  const g = s.g;
  const k = f32x4.splat(1.1);
  const a1 = f32x4.div(one, f32x4.add(one, f32x4.mul(g, f32x4.add(g, k))));
  const a2 = f32x4.mul(g, a1);
  const a3 = f32x4.mul(g, a2);
  let low = s.low;
  let high = s.high;
  let bend = s.bend;
  let tone = s.tone;
  let hit = s.hit;
  let rattle = s.rattle;
  let noise = s.noise;
  let ic1 = s.ic1;
  let ic2 = s.ic2;
  for (let i = 0; i < frames; i++) {
    const speed = f32x4.add(one, bend);
    low = f32x4.add(low, f32x4.mul(s.lowStep, speed));
    low = f32x4.sub(low, f32x4.nearest(low));
    high = f32x4.add(high, f32x4.mul(s.highStep, speed));
    high = f32x4.sub(high, f32x4.nearest(high));
    const head = f32x4.mul(
      tone,
      f32x4.add(f32x4.mul(sinTurn4(low), f32x4.splat(0.75)), f32x4.mul(sinTurn4(high), f32x4.splat(0.4))),
    );
    const white = noise4(noise);
    noise = i32x4.add(noise, next);
    const v3 = f32x4.sub(white, ic2);
    const v1 = f32x4.add(f32x4.mul(a1, ic1), f32x4.mul(a2, v3));
    const v2 = f32x4.add(ic2, f32x4.add(f32x4.mul(a2, ic1), f32x4.mul(a3, v3)));
    ic1 = f32x4.sub(f32x4.add(v1, v1), ic1);
    ic2 = f32x4.sub(f32x4.add(v2, v2), ic2);
    const wires = f32x4.sub(f32x4.sub(white, f32x4.mul(k, v1)), v2);
    // Only the head is driven: clipped noise would sting between the samples.
    const driven = softClip4(f32x4.mul(head, f32x4.splat(1.5)));
    v128.store(out + (<usize>i << 4), f32x4.add(driven, f32x4.mul(wires, f32x4.add(hit, rattle))));
    bend = f32x4.mul(bend, s.bendFall);
    tone = f32x4.mul(tone, s.toneFall);
    hit = f32x4.mul(hit, s.hitFall);
    rattle = f32x4.mul(rattle, s.rattleFall);
  }
  s.low = low;
  s.high = high;
  s.bend = bend;
  s.tone = tone;
  s.hit = hit;
  s.rattle = rattle;
  s.noise = noise;
  s.ic1 = ic1;
  s.ic2 = ic2;
}

/**
 * Noises that sound as long as their gate is open: white, pink (-3 dB an octave, by P. Kellet's sum of one-poles), brown
 * (-6 dB an octave, a leaky sum) and crackle (single impulses by chance).
 */
import { P_CRACKLEDENSITY } from '../ids';
import { noise4, nextRandom } from '../math/random';
import { Group } from '../voices/group';
import { setLane, setLaneBits } from '../voices/lanes';
import { param } from '../voices/params';

@unmanaged
class State {
  counter: v128;
  /** Chance of an impulse per frame, as a bound on noise in -1..1. */
  bound: v128;
  b0: v128; b1: v128; b2: v128; b3: v128; b4: v128; b5: v128; b6: v128;
}
export const STATE_BYTES: usize = offsetof<State>();
const POLES: usize = offsetof<State>('b0');

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  setLaneBits(state, lane, nextRandom());
  // A density of 1 is an impulse every hundred frames.
  setLane(state + offsetof<State>('bound'), lane, 1 - 0.02 * param(P_CRACKLEDENSITY));
  for (let k = 0; k < 7; k++) setLane(state + POLES + (<usize>k << 4), lane, 0);
  return Infinity;
}

export function renderWhite(state: usize, group: Group, out: usize, frames: i32): void {
  const one = i32x4.splat(1);
  let counter = v128.load(state);
  for (let i = 0; i < frames; i++) {
    v128.store(out + (<usize>i << 4), noise4(counter));
    counter = i32x4.add(counter, one);
  }
  v128.store(state, counter);
}

// @ts-ignore: decorator
@inline
function pole(held: v128, factor: f32, white: v128, gain: f32): v128 {
  return f32x4.add(f32x4.mul(held, f32x4.splat(factor)), f32x4.mul(white, f32x4.splat(gain)));
}

export function renderPink(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  const one = i32x4.splat(1);
  let counter = s.counter;
  for (let i = 0; i < frames; i++) {
    const white = noise4(counter);
    counter = i32x4.add(counter, one);
    s.b0 = pole(s.b0, 0.99886, white, 0.0555179);
    s.b1 = pole(s.b1, 0.99332, white, 0.0750759);
    s.b2 = pole(s.b2, 0.969, white, 0.153852);
    s.b3 = pole(s.b3, 0.8665, white, 0.3104856);
    s.b4 = pole(s.b4, 0.55, white, 0.5329522);
    s.b5 = pole(s.b5, -0.7616, white, -0.016898);
    const low = f32x4.add(f32x4.add(s.b0, s.b1), f32x4.add(s.b2, s.b3));
    const high = f32x4.add(f32x4.add(s.b4, s.b5), f32x4.add(s.b6, f32x4.mul(white, f32x4.splat(0.5362))));
    s.b6 = f32x4.mul(white, f32x4.splat(0.115926));
    v128.store(out + (<usize>i << 4), f32x4.mul(f32x4.add(low, high), f32x4.splat(0.22)));
  }
  s.counter = counter;
}

export function renderBrown(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  const one = i32x4.splat(1);
  let counter = s.counter;
  let sum = s.b0;
  for (let i = 0; i < frames; i++) {
    sum = pole(sum, 0.998, noise4(counter), 0.035);
    counter = i32x4.add(counter, one);
    v128.store(out + (<usize>i << 4), sum);
  }
  s.counter = counter;
  s.b0 = sum;
}

export function renderCrackle(state: usize, group: Group, out: usize, frames: i32): void {
  const s = changetype<State>(state);
  const one = i32x4.splat(1);
  const half = i32x4.splat(0x40000000);
  let counter = s.counter;
  for (let i = 0; i < frames; i++) {
    const fires = f32x4.gt(noise4(counter), s.bound);
    // Another draw gives its height.
    v128.store(out + (<usize>i << 4), v128.and(noise4(i32x4.add(counter, half)), fires));
    counter = i32x4.add(counter, one);
  }
  s.counter = counter;
}

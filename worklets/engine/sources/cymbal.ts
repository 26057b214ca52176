/**
 * Crash, ride and tambourine: plates that ring for long, with a stick's ping, or jingle.
 */
import { Group } from '../voices/group';
import { strike } from './metal';

/** Columns as in metal.ts; each own, 808, 909, lofi. */
const CRASH: StaticArray<f32> = [
  0.8, 0.06, 0.6, 0.62, 5600, 3600, 0.4, 1.1, 1.13,
  0.5, 0.05, 0.7, 0.5, 6400, 4200, 0.7, 0.25, 1,
  0.9, 0.07, 0.65, 0.7, 6800, 4400, 0.25, 1.5, 1.37,
  0.9, 0.05, 0.6, 0.28, 3600, 2200, 0.6, 1, 0.8,
];
const RIDE: StaticArray<f32> = [
  0.75, 0.018, 0.42, 0.5, 6400, 4300, 0.65, 0.14, 1.57,
  0.5, 0.02, 0.5, 0.42, 5600, 3800, 0.7, 0.05, 1.26,
  0.9, 0.014, 0.45, 0.6, 7400, 5200, 0.5, 0.4, 1.83,
  0.8, 0.02, 0.45, 0.22, 3900, 2500, 0.7, 0.2, 1.1,
];
const TAMBOURINE: StaticArray<f32> = [
  0.85, 0.014, 0.55, 0.075, 9900, 8600, 0.45, 0.7, 2.3,
  0.7, 0.012, 0.6, 0.09, 9000, 8200, 0.6, 0.2, 2,
  0.95, 0.012, 0.6, 0.06, 11200, 9400, 0.35, 1.1, 2.7,
  0.9, 0.016, 0.6, 0.05, 5200, 4100, 0.6, 0.7, 1.7,
];

export function init(): void {}

export function resetCrash(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, CRASH, 1);
}
export function resetRide(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, RIDE, 1);
}
export function resetTambourine(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, TAMBOURINE, 1);
}

/**
 * Toms, low, middle and high, and a conga-like `perc`: struck heads with little snap.
 */
import { Group } from '../voices/group';
import { strike } from './swept';

/** Columns as in swept.ts, of the low tom: own, 808, 909, lofi. */
const ROWS: StaticArray<f32> = [
  82, 48, 0.055, 240, 0.003, 0.15, 0.09, 1.7,
  80, 16, 0.05, 60, 0.004, 0.27, 0.02, 1.0,
  84, 95, 0.07, 500, 0.002, 0.15, 0.2, 2.6,
  96, 60, 0.04, 300, 0.004, 0.08, 0.35, 6.0,
];
/** The same for `perc`. */
const PERC: StaticArray<f32> = [
  290, 70, 0.012, 900, 0.002, 0.085, 0.12, 1.4,
  310, 12, 0.02, 100, 0.003, 0.12, 0.02, 1.0,
  270, 150, 0.015, 1200, 0.002, 0.09, 0.25, 2.4,
  340, 80, 0.02, 700, 0.003, 0.045, 0.4, 6.0,
];

export function init(): void {}

export function resetLow(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, ROWS, 1, 1);
}
export function resetMiddle(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, ROWS, 1, 1.42);
}
export function resetHigh(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, ROWS, 1, 2);
}
export function resetPerc(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, PERC, 1, 1);
}

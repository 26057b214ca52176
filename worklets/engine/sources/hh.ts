/**
 * Hi-hats. Variations of the closed one by `n`: closed, tight, half open, open.
 */
import { Group } from '../voices/group';
import { strike } from './metal';

const OWN: i32 = 4;
/** Columns as in metal.ts; behind the variations 808, 909, lofi. */
const CLOSED: StaticArray<f32> = [
  0.75, 0.008, 0.75, 0.034, 9200, 7200, 0.5, 0.9, 1,
  0.9, 0.006, 0.5, 0.016, 9200, 7200, 0.5, 0.9, 1,
  0.6, 0.01, 0.7, 0.09, 9200, 7200, 0.5, 0.9, 1,
  0.5, 0.012, 0.7, 0.21, 9200, 7200, 0.5, 0.9, 1,
  0.5, 0.01, 0.85, 0.045, 7400, 6300, 0.65, 0.15, 1,
  0.95, 0.006, 0.75, 0.027, 10800, 8200, 0.35, 1.25, 1.31,
  0.9, 0.012, 0.7, 0.03, 4600, 3400, 0.65, 0.8, 0.8,
];
/** The open hat: own, 808, 909, lofi. */
const OPEN: StaticArray<f32> = [
  0.5, 0.012, 0.72, 0.21, 9000, 7000, 0.5, 0.9, 1,
  0.35, 0.02, 0.8, 0.3, 7200, 6100, 0.65, 0.15, 1,
  0.6, 0.012, 0.75, 0.19, 10600, 8000, 0.35, 1.25, 1.31,
  0.6, 0.02, 0.7, 0.12, 4600, 3200, 0.65, 0.8, 0.8,
];

export function init(): void {}

export function resetClosed(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, CLOSED, OWN);
}
export function resetOpen(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, OPEN, 1);
}

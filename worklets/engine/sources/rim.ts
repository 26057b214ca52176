/**
 * Rim shot: two high modes of a few milliseconds and a click.
 */
import { Group } from '../voices/group';
import { strike } from './snappy';

/** Columns as in snappy.ts: own, 808, 909, lofi. */
const ROWS: StaticArray<f32> = [
  472, 1690, 0.08, 0.011, 1.5, 0.45, 0.0025, 0.05, 0.02, 2600,
  455, 1667, 0, 0.0075, 1.7, 0.15, 0.0015, 0, 0.004, 3000,
  510, 1010, 0.12, 0.013, 1.6, 0.5, 0.003, 0.04, 0.012, 1800,
  390, 1240, 0.3, 0.016, 1.2, 0.8, 0.006, 0.15, 0.02, 900,
];

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, ROWS, 1);
}

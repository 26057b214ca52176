/**
 * Bass drum: a struck head, deep. Variations by `n`: plain, long and round, hard, short.
 */
import { Group } from '../voices/group';
import { strike } from './swept';

const OWN: i32 = 4;
/** Columns as in swept.ts; behind the variations 808, 909, lofi. */
const ROWS: StaticArray<f32> = [
  50, 130, 0.022, 900, 0.0022, 0.135, 0.22, 2.2,
  46, 60, 0.018, 300, 0.003, 0.34, 0.06, 1.3,
  54, 210, 0.026, 1500, 0.002, 0.15, 0.35, 5.0,
  58, 120, 0.014, 700, 0.002, 0.06, 0.25, 2.4,
  45, 38, 0.014, 220, 0.003, 0.5, 0.03, 1.05,
  53, 175, 0.03, 1900, 0.0014, 0.16, 0.5, 3.4,
  64, 90, 0.03, 400, 0.004, 0.085, 0.45, 7.0,
];

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, ROWS, OWN, 1);
}

/**
 * Snare. Variations by `n`: plain, thin and dry, tight, fat.
 */
import { Group } from '../voices/group';
import { strike } from './snappy';

const OWN: i32 = 4;
/** Columns as in snappy.ts; behind the variations 808, 909, lofi. */
const ROWS: StaticArray<f32> = [
  186, 331, 0.9, 0.045, 0.85, 0.4, 0.014, 0.34, 0.075, 1400,
  172, 335, 0.35, 0.06, 0.75, 0.25, 0.01, 0.36, 0.09, 2200,
  220, 390, 0.8, 0.03, 0.8, 0.45, 0.01, 0.25, 0.035, 1800,
  158, 286, 1.1, 0.07, 1.0, 0.4, 0.018, 0.36, 0.12, 1000,
  178, 336, 0.15, 0.055, 0.9, 0.12, 0.008, 0.3, 0.11, 3000,
  196, 350, 1.3, 0.05, 0.9, 0.55, 0.012, 0.45, 0.09, 1100,
  205, 290, 0.6, 0.035, 0.8, 0.7, 0.02, 0.45, 0.05, 500,
];

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  return strike(state, lane, ROWS, OWN);
}

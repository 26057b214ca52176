/**
 * The counters that the page shows (wire's COUNTERS) and where they lie. They only ever grow.
 */
import { COUNTER_COUNT } from './ids';

export const countersAt: usize = memory.data(COUNTER_COUNT << 2, 16);

// @ts-ignore: decorator
@inline
export function count(counter: i32): void {
  const at = countersAt + (<usize>counter << 2);
  store<u32>(at, load<u32>(at) + 1);
}

export function countMany(counter: i32, times: u32): void {
  const at = countersAt + (<usize>counter << 2);
  store<u32>(at, load<u32>(at) + times);
}

/**
 * The property of jamming: whatever happens in whatever order, in the end all agree, and nobody who lost no merge heard a
 * jump. A failing seed is printed with its deeds. The bench runs a hundred times as many.
 */
import { expect, test } from 'vitest';
import { runSchedule } from '../../kit/jam-schedules.ts';

const SEEDS = 1500;
/** Seeds that failed once. */
const KNOWN = [4062, 4239, 4993, 6256, 8275];
const seeds = [...KNOWN, ...Array.from({ length: SEEDS }, (_, i) => i + 1)];

test(`${seeds.length} random schedules end in one state, without a jump that nobody earned`, () => {
  for (const seed of seeds) {
    const { deeds, states, breaks, unearned, sharedSpreadSeconds, playedSpreadSeconds } = runSchedule(seed);
    const story = `seed ${seed}: ${deeds.join('; ')}`;
    expect(states, story).toHaveLength(1);
    expect(unearned, story).toEqual([]);
    expect(breaks, story).toBe(0);
    expect(sharedSpreadSeconds, story).toBeLessThan(2e-3);
    // What is still being slewed away may be under way.
    expect(playedSpreadSeconds, story).toBeLessThan(22e-3);
  }
}, 120_000);

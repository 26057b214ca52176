/**
 * Levels as bars of decibels, for the master and for each track: fall at a steady rate, so that a drum is seen and
 * silence is soon seen too.
 */
import { el } from './element.ts';

const FLOOR_DB = -54;
const FALL_DB_PER_SECOND = 36;

/** Where on a bar of length 1 a linear peak stands. */
export function levelShare(peak: number): number {
  if (!(peak > 0)) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(peak)) / FLOOR_DB));
}

/** A bar that `show` feeds with linear peaks, about 20 times a second. */
export function levelBar(className: string): { element: HTMLElement; show: (peak: number) => void } {
  const fill = el('span.level-fill');
  const element = el(`span.level.${className}`, { 'aria-hidden': 'true' }, fill);
  let share = 0;
  let lastSeconds = 0;
  return {
    element,
    show(peak) {
      const nowSeconds = performance.now() / 1000;
      const fall = ((nowSeconds - lastSeconds) * FALL_DB_PER_SECOND) / -FLOOR_DB;
      lastSeconds = nowSeconds;
      const next = Math.max(levelShare(peak), share - fall, 0);
      if (next === share) return;
      share = next;
      fill.style.clipPath = `inset(0 ${((1 - share) * 100).toFixed(1)}% 0 0)`;
    },
  };
}

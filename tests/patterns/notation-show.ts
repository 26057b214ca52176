/**
 * Events of notation as one line of text, for tables and laws: `begin-end value | ...` sorted by begin, with the
 * whole in brackets where it is more than the fragment.
 */

import type { PatternEvent } from '../../patterns/event.ts';
import { checkTree } from '../../patterns/notation/check.ts';
import { compose } from '../../patterns/notation/compose.ts';
import { parse } from '../../patterns/notation/parse.ts';
import type { Pattern } from '../../patterns/pattern.ts';
import type { ControlSettings } from '../../patterns/query-state.ts';
import type { Rational } from '../../patterns/rational.ts';

/** As musicians write fractions: 3/4, and 2 instead of 2/1. */
const short = (time: Rational): string => time.toFraction().replace(/\/1$/, '');

export function showCycle(pattern: Pattern, cycle: number, settings: ControlSettings = {}): string {
  return showSpan(pattern, cycle, cycle + 1, settings);
}

/**
 * How many fragments of each event sound at each moment of a cycle: the same for every way of cutting the events,
 * which a layout may do where the core does not.
 */
export function coverage(pattern: Pattern, cycle: number): string[] {
  const changes = new Map<string, Map<string, { readonly time: Rational; by: number }>>();
  const change = (group: string, time: Rational, by: number): void => {
    const times = changes.get(group) ?? new Map<string, { readonly time: Rational; by: number }>();
    changes.set(group, times);
    times.set(time.show(), { time, by: (times.get(time.show())?.by ?? 0) + by });
  };
  for (const { whole, part, value } of pattern.queryArc(cycle, cycle + 1)) {
    const group = `${JSON.stringify(value)} (${whole?.show() ?? ''})`;
    change(group, part.begin, 1);
    change(group, part.end, -1);
  }
  const lines = [...changes].map(([group, times]) => {
    const steps = [...times.values()].filter(({ by }) => by !== 0).sort((a, b) => a.time.compare(b.time));
    return `${group}: ${steps.map(({ time, by }) => `${time.show()} ${by > 0 ? '+' : ''}${by}`).join(', ')}`;
  });
  return lines.sort();
}

export function showSpan(
  pattern: Pattern,
  begin: number,
  end: number,
  settings: ControlSettings = {},
): string {
  return showEvents(pattern.queryArc(begin, end, settings));
}

function showEvents(events: readonly PatternEvent[]): string {
  const rows = events.map(({ part, whole, value }) => {
    const text = JSON.stringify(value).replaceAll('"', '');
    const around = whole?.equals(part)
      ? ''
      : ` (${whole === null ? '' : `${short(whole.begin)}-${short(whole.end)}`})`;
    return {
      part,
      whole: whole ?? part,
      text,
      line: `${short(part.begin)}-${short(part.end)} ${text}${around}`,
    };
  });
  rows.sort(
    (a, b) =>
      a.part.begin.compare(b.part.begin) ||
      a.part.end.compare(b.part.end) ||
      a.whole.begin.compare(b.whole.begin) ||
      a.whole.end.compare(b.whole.end) ||
      (a.text < b.text ? -1 : a.text > b.text ? 1 : 0),
  );
  return rows.map(({ line }) => line).join(' | ');
}

/** The text made of the core's functions alone, without cycles laid out beforehand. */
export function composed(text: string): Pattern {
  const tree = parse(text);
  checkTree(tree);
  return compose(tree, null, false);
}

/**
 * Events of notation as one line of text, for tables and laws: `begin-end value | ...` sorted by begin, with the
 * whole in brackets where it is more than the fragment.
 */

import { PatternEvent } from '../../patterns/event.ts';
import { checkTree } from '../../patterns/notation/check.ts';
import { compose } from '../../patterns/notation/compose.ts';
import { parse } from '../../patterns/notation/parse.ts';
import type { Pattern } from '../../patterns/pattern.ts';
import type { ControlSettings } from '../../patterns/query-state.ts';
import type { Rational } from '../../patterns/rational.ts';
import { Span } from '../../patterns/span.ts';

/** As musicians write fractions: 3/4, and 2 instead of 2/1. */
const short = (time: Rational): string => time.toFraction().replace(/\/1$/, '');

export function showCycle(pattern: Pattern, cycle: number, settings: ControlSettings = {}): string {
  return showSpan(pattern, cycle, cycle + 1, settings);
}

/** As showCycle, with touching fragments of one event joined: a layout may cut where the core does not. */
export function showJoined(pattern: Pattern, cycle: number): string {
  const found = pattern.queryArc(cycle, cycle + 1).sort((a, b) => a.part.begin.compare(b.part.begin));
  const events: PatternEvent[] = [];
  for (const event of found) {
    const i = events.findIndex(
      (other) =>
        other.spanEquals(event) &&
        other.part.end.eq(event.part.begin) &&
        JSON.stringify(other.value) === JSON.stringify(event.value),
    );
    if (i < 0) events.push(event);
    else
      events[i] = new PatternEvent(event.whole, new Span(events[i]!.part.begin, event.part.end), event.value);
  }
  return showEvents(events);
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

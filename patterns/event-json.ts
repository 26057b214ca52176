/**
 * Events as JSON for the command line and tests: exact fractions, one query per cycle, fragments that touch
 * joined, one order. It knows patterns and plain values.
 */
import { PatternEvent } from './event.ts';
import type { Pattern } from './pattern.ts';
import { queryCapped } from './query-capped.ts';
import { type Controls, controls } from './query-state.ts';
import { ONE, type Rational, type RationalLike, rational } from './rational.ts';
import { Span } from './span.ts';

export interface EventJson {
  readonly whole: readonly [string, string] | null;
  readonly part: readonly [string, string];
  readonly value: unknown;
  readonly track?: string;
}

/** A value as plain data with sorted keys. Throws a TypeError for what JSON cannot say. */
export function plainValue(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`A value is not finite: ${value}`);
    return value === 0 ? 0 : value;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object') throw new TypeError(`A value is a ${typeof value}; events carry plain data`);
  if ('toFraction' in value && typeof value.toFraction === 'function') return value.toFraction();
  if ('query' in value && typeof value.query === 'function')
    throw new TypeError('A value is a pattern; join it first');
  const record = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, plainValue(record[key])]),
  );
}

const spanJson = (span: Span): [string, string] => [span.begin.toFraction(), span.end.toFraction()];

/** One event; `track` is added where it is given. */
export function eventToJson(event: PatternEvent, track?: string): EventJson {
  return {
    whole: event.whole === null ? null : spanJson(event.whole),
    part: spanJson(event.part),
    value: plainValue(event.value),
    ...(track === undefined ? {} : { track }),
  };
}

interface Sortable {
  readonly event: PatternEvent;
  readonly text: string;
  readonly track: string | undefined;
}

/** A null whole sorts first. */
function compareWholes(a: Span | null, b: Span | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return a.begin.compare(b.begin) || a.end.compare(b.end);
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareEvents(a: Sortable, b: Sortable): number {
  return (
    a.event.part.begin.compare(b.event.part.begin) ||
    a.event.part.end.compare(b.event.part.end) ||
    compareWholes(a.event.whole, b.event.whole) ||
    compareTexts(a.text, b.text) ||
    compareTexts(a.track ?? '', b.track ?? '')
  );
}

/** Joins fragments with the same whole, value and track whose parts touch. Continuous events stay as they are. */
function joined(sorted: readonly Sortable[]): Sortable[] {
  const result: Sortable[] = [];
  const open = new Map<string, number[]>();
  for (const entry of sorted) {
    const { event, text, track } = entry;
    if (event.whole === null) {
      result.push(entry);
      continue;
    }
    const [begin, end] = spanJson(event.part);
    const name = `${spanJson(event.whole).join()} ${text} ${track ?? ''}`;
    const before = open.get(`${begin} ${name}`)?.shift();
    let at = result.length;
    if (before === undefined) {
      result.push(entry);
    } else {
      at = before;
      const part = new Span(result[at]!.event.part.begin, event.part.end);
      result[at] = { event: new PatternEvent(event.whole, part, event.value, event.context), text, track };
    }
    const key = `${end} ${name}`;
    const waiting = open.get(key);
    if (waiting === undefined) open.set(key, [at]);
    else waiting.push(at);
  }
  return result.sort(compareEvents);
}

/** Events of ONE query in the order of the contract, fragments joined. */
export function eventsToJson(
  events: readonly { readonly event: PatternEvent; readonly track?: string }[],
): EventJson[] {
  const sortable = events.map(({ event, track }) => ({
    event,
    track,
    text: JSON.stringify(plainValue(event.value)),
  }));
  return joined(sortable.sort(compareEvents)).map(({ event, track }) => eventToJson(event, track));
}

export interface QueriedTrack {
  readonly pattern: Pattern;
  /** Left out where the program has no named track. */
  readonly track?: string;
  readonly controls?: Controls;
}

/** Queries tracks cycle by cycle from `from` to `to` and gives their events as JSON. */
export function queryToJson(
  tracks: readonly QueriedTrack[],
  from: RationalLike,
  to: RationalLike,
  maxEventsPerCycle = 4096,
): EventJson[] {
  const result: EventJson[] = [];
  const end = rational(to);
  for (let begin: Rational = rational(from); begin.lt(end); begin = begin.floor().add(ONE)) {
    const cycle = new Span(begin, begin.floor().add(ONE).min(end));
    const events = tracks.flatMap(({ pattern, track, controls: given }) =>
      queryCapped(pattern, cycle, given ?? controls({ track }), maxEventsPerCycle).map((event) => ({
        event,
        track,
      })),
    );
    result.push(...eventsToJson(events));
  }
  return result;
}

/** Rows of the tools under everything else: queries, values, joins, filters. */
import { fastcat, pure } from '../combine.ts';
import { type Context, PatternEvent } from '../event.ts';
import { polyJoin, resetJoin, restartJoin, squeezeJoin } from '../joins.ts';
import type { Pattern } from '../pattern.ts';
import { reify } from '../reify.ts';
import { collect, unjoin } from '../structure.ts';
import { ARP_MODES, arpOrder } from './arp-modes.ts';
import { type AnyPattern, type LibraryRow, method, plain, rowsOf } from './row.ts';

const row = rowsOf('raw');
const MAP = '<U>(f: (value: T) => U) => Pattern<U>';
const JOIN = '() => Pattern<any>';
const BIND = '<U>(f: (value: T) => Pattern<U>) => Pattern<U>';
type Bind = (pattern: AnyPattern, f: (value: any) => AnyPattern) => AnyPattern;

const mapped = (pattern: AnyPattern, f: (value: any) => unknown): AnyPattern => pattern.withValue(f);
const mapping = (f: (value: unknown) => unknown, ...rest: unknown[]): unknown =>
  rest.length === 0 ? (later: unknown) => mapped(reify(later), f) : mapped(reify(rest[0]), f);

/** Methods of the class Pattern, described. */
const OWN: readonly (readonly [name: string, signature: string, text: string, example: string])[] = [
  [
    'queryArc',
    '(begin: TimeLike, end: TimeLike) => any[]',
    'Events between two times.',
    '"1 2".queryArc(0, 1)',
  ],
  ['firstCycle', '() => any[]', 'Events of cycle 0.', '"1 2".firstCycle()'],
  ['withContext', '(f: (context: any) => any) => Pattern<T>', 'Other contexts.', '"1 2".withContext(c => c)'],
  [
    'filterValues',
    '(keep: (value: T) => boolean) => Pattern<T>',
    'Keeps values for which it is true.',
    '"1 2".filterValues(x => x > 1)',
  ],
  ['discreteOnly', '() => Pattern<T>', 'Drops what is continuous.', '"1 2".discreteOnly()'],
  ['onsetsOnly', '() => Pattern<T>', 'Drops fragments without a beginning.', '"1/2".onsetsOnly()'],
  ['splitQueries', '() => Pattern<T>', 'Is asked cycle by cycle.', '"1/2".splitQueries()'],
  [
    'withQuerySpan',
    '(f: (span: any) => any) => Pattern<T>',
    'Changes the span that is asked for.',
    '"1 2".withQuerySpan(s => s)',
  ],
  [
    'withQueryTime',
    '(f: (time: any) => any) => Pattern<T>',
    'Changes the times that are asked for.',
    '"1 2".withQueryTime(t => t)',
  ],
  [
    'appLeft',
    '(values: Pattern<any>) => Pattern<any>',
    'Applies functions; structure from them.',
    'pure(x => x + 1).appLeft(reify("1 2"))',
  ],
  [
    'appRight',
    '(values: Pattern<any>) => Pattern<any>',
    'Applies functions; structure from the values.',
    'pure(x => x + 1).appRight(reify("1 2"))',
  ],
  [
    'appBoth',
    '(values: Pattern<any>) => Pattern<any>',
    'Applies functions; structure from both.',
    'pure(x => x + 1).appBoth(reify("1 2"))',
  ],
  ['bind', BIND, 'A pattern for each value; wholes are what both share.', '"0 1".bind(x => pure(x))'],
  ['innerBind', BIND, 'A pattern for each value; wholes of the inner ones.', '"0 1".innerBind(x => pure(x))'],
  ['outerBind', BIND, 'A pattern for each value; wholes of the outer ones.', '"0 1".outerBind(x => pure(x))'],
  ['join', JOIN, 'Flattens; wholes are what both share.', '"0 1".fmap(x => pure(x)).join()'],
  ['innerJoin', JOIN, 'Flattens; wholes of the inner patterns.', '"0 1".fmap(x => pure(x)).innerJoin()'],
  ['outerJoin', JOIN, 'Flattens; wholes of the outer patterns.', '"0 1".fmap(x => pure(x)).outerJoin()'],
];

const binding =
  (join: (patterns: Pattern<AnyPattern>) => AnyPattern): Bind =>
  (pattern, f) =>
    join(pattern.withValue(f));
const joinRows = (
  name: string,
  text: string,
  join: (patterns: Pattern<AnyPattern>) => AnyPattern,
): LibraryRow[] => [
  row(`${name}Join`, JOIN, text, `"0 1".fmap(() => s("bd*2")).${name}Join()`, method(join)),
  row(`${name}Bind`, BIND, text, `"0 1".${name}Bind(() => s("bd*2"))`, method(binding(join))),
];

/** Joins fragments that touch and are of one event. */
function defragment(events: readonly PatternEvent[]): PatternEvent[] {
  const result: PatternEvent[] = [];
  for (const event of events) {
    const i = result.findIndex(
      (known) =>
        known.value === event.value && known.spanEquals(event) && known.part.end.eq(event.part.begin),
    );
    if (i < 0) result.push(event);
    else
      result[i] = new PatternEvent(
        event.whole,
        event.part.withTime((t) => (t === event.part.begin ? result[i]!.part.begin : t)),
        event.value,
        event.context,
      );
  }
  return result;
}

function arpWith(pattern: AnyPattern, f: (events: PatternEvent<any>[]) => unknown): AnyPattern {
  return collect(pattern)
    .withValue((events) => reify(f(events)))
    .innerJoin()
    .withEvent((event) => {
      const inner = event.value as PatternEvent<any>;
      return new PatternEvent(event.whole, event.part, inner.value, inner.context);
    });
}

/** By index, or by the names of modes: then the notes share the time of their chord. */
function arp(indices: unknown, pattern: AnyPattern): AnyPattern {
  const asked = reify(indices);
  const [first] = asked.firstCycle();
  if (first !== undefined && arpOrder(first.value, []) !== null) {
    return asked.innerBind((mode) =>
      squeezeJoin(
        collect(pattern).withValue((events) => {
          const notes = arpOrder(mode, events);
          if (notes === null) throw new RangeError(unknownMode(mode));
          return fastcat<any>(...notes.map(({ value, context }) => pure(value, context)));
        }),
      ),
    );
  }
  return arpWith(pattern, (events) =>
    reify(indices).withValue(
      (index) => events[((Math.floor(Number(index)) % events.length) + events.length) % events.length],
    ),
  );
}

const unknownMode = (mode: unknown): string =>
  `arp has no mode ${JSON.stringify(mode)}; there are ${Object.keys(ARP_MODES).join(', ')}`;

export const rawRows: readonly LibraryRow[] = [
  row('withValue', MAP, 'Other values, same events.', '"1 2".withValue(x => x * 2)', {
    free: mapping,
    own: true,
  }),
  row('fmap', MAP, 'As withValue.', '"1 2".fmap(x => x * 2)', {
    free: mapping,
    method(f) {
      return mapped(this, f);
    },
  }),
  ...OWN.map(([name, signature, text, example]) => row(name, signature, text, example, { own: true })),
  ...joinRows('squeeze', 'Each inner cycle is squeezed into its outer event.', squeezeJoin),
  ...joinRows('reset', 'The inner cycle begins anew at each outer event.', resetJoin),
  ...joinRows('restart', 'The inner pattern begins anew at each outer event.', restartJoin),
  ...joinRows('poly', 'The inner pattern is aligned by step count.', polyJoin),
  row(
    'filterHaps',
    '(keep: (event: any) => boolean) => Pattern<T>',
    'As filterEvents.',
    's("bd sd").filterHaps(e => e.value.s === "bd")',
    method((pattern, keep) => pattern.filterEvents(keep)),
  ),
  row(
    'filter',
    '(keep: (event: any) => boolean) => Pattern<T>',
    'As filterEvents.',
    's("bd sd").filter(e => e.value.s === "bd")',
    plain(1, (keep, pattern) => pattern.filterEvents(keep)),
  ),
  row(
    'filterWhen',
    '(keep: (time: any) => boolean) => Pattern<T>',
    'Keeps events by the time of their beginning.',
    's("bd*4").filterWhen(t => t >= 0.5)',
    plain(1, (keep, pattern) =>
      pattern.filterEvents((event: PatternEvent) => event.whole !== null && keep(event.whole.begin)),
    ),
  ),
  row(
    'removeUndefineds',
    '() => Pattern<T>',
    'Drops events without a value.',
    '"1 2".removeUndefineds()',
    method((pattern) => pattern.filterValues((value) => value !== undefined)),
  ),
  row(
    'withHap',
    '(f: (event: any) => any) => Pattern<any>',
    'Other events.',
    '"1 2".withHap(e => e)',
    method((pattern, f) => pattern.withEvent(f)),
  ),
  row(
    'withHaps',
    '(f: (events: any[]) => any[]) => Pattern<any>',
    'Other lists of events.',
    '"1 2".withHaps(es => es)',
    method((pattern, f) => pattern.withEvents(f)),
  ),
  row(
    'withHapSpan',
    '(f: (span: any) => any) => Pattern<T>',
    'Other spans of events.',
    '"1 2".withHapSpan(s => s)',
    method((pattern, f) => pattern.withEvent((event) => event.withSpan(f))),
  ),
  row(
    'withHapTime',
    '(f: (time: any) => any) => Pattern<T>',
    'Other times of events.',
    '"1 2".withHapTime(t => t.add(1))',
    method((pattern, f) => pattern.withEventTime(f)),
  ),
  row(
    'withLoc',
    '(from: number, to: number) => Pattern<T>',
    'Adds a place in the text.',
    'pure(1).withLoc(0, 3)',
    method((pattern, from, to) => pattern.withLocation({ from, to })),
  ),
  row(
    'setContext',
    '(context: any) => Pattern<T>',
    'Another context.',
    'pure(1).setContext({ locations: [] })',
    method((pattern, context: Context) => pattern.withContext(() => context)),
  ),
  row(
    'stripContext',
    '() => Pattern<T>',
    'No context.',
    '"1 2".stripContext()',
    method((pattern) => pattern.withContext(() => ({ locations: [] }))),
  ),
  row(
    'tag',
    '(name: string) => Pattern<T>',
    'Marks events with a word.',
    's("bd").tag("drums")',
    method((pattern, name) =>
      pattern.withContext((context) => ({ ...context, tags: [...(context.tags ?? []), name] })),
    ),
  ),
  row(
    'collect',
    '() => Pattern<any[]>',
    'Events of one time become one event with a list.',
    'note("c,e,g").collect()',
    method(collect),
  ),
  row(
    'defragmentHaps',
    '() => Pattern<T>',
    'Joins fragments of one event that touch.',
    '"1".defragmentHaps()',
    method((pattern) => pattern.withEvents(defragment)),
  ),
  row(
    'sortHapsByPart',
    '() => Pattern<T>',
    'Events in order of time.',
    '"1 2".sortHapsByPart()',
    method((pattern) =>
      pattern.withEvents((events) =>
        [...events].sort((a, b) => a.part.begin.compare(b.part.begin) || a.part.end.compare(b.part.end)),
      ),
    ),
  ),
  row('firstCycleValues', 'any[]', 'The values of cycle 0.', '"1 2".firstCycleValues', {
    getter: (pattern) => pattern.firstCycle().map((event) => event.value),
  }),
  row('showFirstCycle', 'string[]', 'The events of cycle 0 as text.', '"1 2".showFirstCycle', {
    getter: (pattern) => pattern.firstCycle().map((event) => event.show()),
  }),
  row(
    'unjoin',
    '(pieces: PatternLike<any>, f?: (piece: Pattern<T>) => any) => Pattern<any>',
    'Cuts the pattern into looped pieces.',
    '"0 1 2 3".unjoin("1 1")',
    method((pattern, pieces, f = (piece: AnyPattern) => piece) => unjoin(reify(pieces), f, pattern)),
  ),
  row(
    'arpWith',
    '(f: (events: any[]) => any) => Pattern<any>',
    'Picks from the events of one time by a function.',
    'note("<[c,eb,g]>").arpWith(es => es[2])',
    {
      free: (f: any, pattern: unknown) => arpWith(reify(pattern), f),
      method(f) {
        return arpWith(this, f);
      },
    },
  ),
  row(
    'arp',
    '(indices: PatternLike<number | string>) => Pattern<any>',
    'Plays the notes of a chord one by one: by index, or by a mode such as "<up down pinkyup>".',
    'note("<[c,eb,g]!2 [c,f,ab]>").arp("0 [0,2] 1 [0,2]")',
    plain(1, arp),
  ),
  row(
    'log',
    '(f?: (event: any) => any) => Pattern<T>',
    'Prints events as they are queried.',
    's("bd sd").log()',
    method((pattern, f = (event: PatternEvent) => event.show()) =>
      pattern.withEvent((event) => {
        if (event.hasOnset()) console.log(f(event));
        return event;
      }),
    ),
  ),
  row(
    'logValues',
    '(f?: (value: any) => any) => Pattern<T>',
    'Prints values as they are queried.',
    '"1 2".logValues()',
    method((pattern, f = (value: unknown) => value) =>
      pattern.withEvent((event) => {
        if (event.hasOnset()) console.log(f(event.value));
        return event;
      }),
    ),
  ),
];

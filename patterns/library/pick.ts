/** Rows of functions that look patterns up by index or name. */
import { silence } from '../combine.ts';
import { resetJoin, restartJoin, squeezeJoin } from '../joins.ts';
import { toNumeral } from '../note-names.ts';
import { Pattern } from '../pattern.ts';
import { reify } from '../reify.ts';
import { type AnyPattern, type LibraryRow, rowsOf } from './row.ts';

const row = rowsOf('picking');

type Lookup = readonly unknown[] | Readonly<Record<string, unknown>>;
type Join = (patterns: Pattern<AnyPattern>) => AnyPattern;

const isLookup = (x: unknown): x is Lookup => typeof x === 'object' && x !== null && !(x instanceof Pattern);

/** For each value of the pattern the entry it names; indices are clamped or wrap around. */
function looked(lookup: Lookup, pattern: AnyPattern, wraps: boolean): Pattern<AnyPattern> {
  if (Array.isArray(lookup)) {
    const entries = lookup.map(reify);
    const count = entries.length;
    if (count === 0) return pattern.withValue(() => silence);
    return pattern.withValue((value) => {
      const index = Math.round(toNumeral(value));
      if (!Number.isFinite(index)) return silence;
      return entries[wraps ? ((index % count) + count) % count : Math.min(Math.max(index, 0), count - 1)]!;
    });
  }
  const entries = new Map(Object.entries(lookup).map(([name, entry]) => [name, reify(entry)]));
  return pattern.withValue((value) => entries.get(String(value)) ?? silence);
}

/** Lookup and pattern may come in either order. */
function pickWith(join: Join, wraps: boolean) {
  const act = (a: unknown, b: unknown): AnyPattern => {
    const [lookup, pattern] = isLookup(a) ? [a, b] : [b, a];
    if (!isLookup(lookup)) throw new TypeError('Expected a list or an object to pick from');
    return join(looked(lookup, reify(pattern), wraps));
  };
  return {
    free: (a: unknown, ...rest: unknown[]) =>
      rest.length === 0 ? (pattern: unknown) => act(a, pattern) : act(a, rest[0]),
    method(this: AnyPattern, ...args: unknown[]) {
      return act(args.length === 1 && isLookup(args[0]) ? args[0] : args, this);
    },
  };
}

const INNER: Join = (patterns) => patterns.innerJoin();
const OUTER: Join = (patterns) => patterns.outerJoin();
const KINDS: readonly (readonly [
  clamped: string | string[],
  wrapped: string | string[],
  join: Join,
  text: string,
])[] = [
  ['pick', 'pickmod', INNER, 'Picks patterns by index or name'],
  ['pickOut', 'pickmodOut', OUTER, 'Picks by index or name, structure from the indices'],
  ['pickReset', 'pickmodReset', resetJoin, 'Picks by index or name, each cycle begins anew'],
  ['pickRestart', 'pickmodRestart', restartJoin, 'Picks by index or name, each pattern begins anew'],
  [
    ['inhabit', 'pickSqueeze'],
    ['inhabitmod', 'pickmodSqueeze'],
    squeezeJoin,
    'Picks by index or name, squeezed into the events',
  ],
];
const SIGNATURE = '(lookup: PatternLike<any>[] | Record<string, PatternLike<any>>) => Pattern<any>';

function squeezed(indices: unknown, ...rest: unknown[]): unknown {
  if (rest.length === 0) return (items: readonly unknown[]) => squeezed(indices, items);
  const items = rest[0] as readonly unknown[];
  return squeezeJoin(looked(items, reify(indices), true));
}

/** Functions by index, applied to the pattern. */
function pickF(wraps: boolean) {
  const act = (
    indices: unknown,
    functions: readonly ((p: AnyPattern) => unknown)[],
    pattern: AnyPattern,
  ): AnyPattern =>
    INNER(
      looked(
        functions.map((f) => reify(f(pattern))),
        reify(indices),
        wraps,
      ),
    );
  return {
    free: (indices: unknown, functions: any, pattern?: unknown) =>
      pattern === undefined
        ? (later: unknown) => act(indices, functions, reify(later))
        : act(indices, functions, reify(pattern)),
    method(this: AnyPattern, indices: unknown, functions: any) {
      return act(indices, functions, this);
    },
  };
}

export const pickRows: readonly LibraryRow[] = [
  ...KINDS.flatMap(([clamped, wrapped, join, text]) => [
    row(
      clamped,
      SIGNATURE,
      `${text}; indices are clamped.`,
      `"<0 1>".${first(clamped)}(["bd", "hh*2"]).s()`,
      pickWith(join, false),
    ),
    row(
      wrapped,
      SIGNATURE,
      `${text}; indices wrap around.`,
      `"<0 3>".${first(wrapped)}(["bd", "hh*2"]).s()`,
      pickWith(join, true),
    ),
  ]),
  row(
    'squeeze',
    '(indices: PatternLike<number>, items: PatternLike<any>[]) => Pattern<any>',
    'Items by index, squeezed into the events.',
    'note(squeeze("<0@2 1>", ["g a", "f"]))',
    { free: squeezed },
  ),
  row(
    'pickF',
    '(indices: PatternLike<number>, functions: PatternTransform[]) => Pattern<any>',
    'Functions by index.',
    's("bd [rim hh]").pickF("<0 1>", [rev, fast(2)])',
    pickF(false),
  ),
  row(
    'pickmodF',
    '(indices: PatternLike<number>, functions: PatternTransform[]) => Pattern<any>',
    'Functions by index; indices wrap around.',
    's("bd").pickmodF("<0 3>", [rev, fast(2)])',
    pickF(true),
  ),
];

function first(names: string | string[]): string {
  return typeof names === 'string' ? names : names[0]!;
}

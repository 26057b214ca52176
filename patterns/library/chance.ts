/** Rows of chance: choosing, dropping, doing sometimes. All of it repeats exactly with seed, track and time. */
import { chance, degradeWith, draws } from '../chance.ts';
import { pure, signal, silence, stack } from '../combine.ts';
import { currentEvaluation } from '../evaluation.ts';
import { toNumeral } from '../note-names.ts';
import type { Pattern } from '../pattern.ts';
import { withSeed } from '../query-state.ts';
import { ratio } from '../rational.ts';
import { reify } from '../reify.ts';
import { repeatCycles, segment } from '../structure.ts';
import { fast, zoom } from '../time.ts';
import { rand } from '../waves.ts';
import { type AnyPattern, applyPatterned, type LibraryRow, method, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('chance');
type Change = (pattern: AnyPattern) => unknown;

// ---- choosing --------------------------------------------------------------------------------------------

/** For each value of `amounts` (0..1) one of the items. */
function chosen(amounts: AnyPattern, items: readonly unknown[]): Pattern<AnyPattern> {
  const patterns = items.map(reify);
  const last = patterns.length - 1;
  return amounts.withValue(
    (amount) => patterns[Math.min(Math.max(Math.floor(amount * patterns.length), 0), last)]!,
  );
}

const itemsOf = (items: readonly unknown[]): readonly unknown[] =>
  items.length === 1 && Array.isArray(items[0]) ? items[0] : items;
const chooseOut = (amounts: AnyPattern, items: readonly unknown[]): AnyPattern =>
  items.length === 0 ? silence : chosen(amounts, items).outerJoin();
const chooseIn = (amounts: AnyPattern, items: readonly unknown[]): AnyPattern =>
  items.length === 0 ? silence : chosen(amounts, items).innerJoin();
const fromBipolar = (pattern: AnyPattern): AnyPattern => pattern.withValue((x) => (toNumeral(x) + 1) / 2);
const oncePerCycle = (pattern: AnyPattern): AnyPattern => segment(1, pattern);

/** As `chosen`, by weights that may vary. */
function weighed(amounts: AnyPattern, pairs: readonly (readonly [unknown, unknown])[]): Pattern<AnyPattern> {
  const patterns = pairs.map(([item]) => reify(item));
  let sums: Pattern<number[]> = pure([]);
  for (const [, weight] of pairs) {
    sums = sums.combineBoth(reify(weight), (before, next) => [
      ...before,
      (before.at(-1) ?? 0) + toNumeral(next),
    ]);
  }
  return amounts.bind((amount) =>
    sums.withValue((bounds) => {
      const at = amount * (bounds.at(-1) ?? 0);
      const index = bounds.findIndex((bound) => bound > at);
      return patterns[index < 0 ? patterns.length - 1 : index]!;
    }),
  );
}

const overNumber =
  (f: (n: number) => AnyPattern) =>
  (n: unknown): AnyPattern =>
    applyPatterned([n], silence, (value) => f(toNumeral(value)));
const irand = (n: number): AnyPattern => rand.withValue((x) => Math.trunc(x * n));

/** The numbers from 0 to n-1 in an order that chance draws per cycle. */
function randrun(n: number): AnyPattern {
  const order = signal((time, controls) => {
    const drawn = draws(time.floor().add('1/2'), controls, n).map((x, i) => [x, i] as const);
    drawn.sort(([a], [b]) => (a > b ? 1 : a < b ? -1 : 0));
    const place = Math.floor(time.cyclePos().mul(n).toNumber()) % n;
    return drawn[place]![1];
  });
  return segment(n, order);
}

function rearranged(indices: AnyPattern, n: number, pattern: AnyPattern): AnyPattern {
  const parts = Array.from({ length: n }, (_, i) =>
    fast(n, repeatCycles(n, zoom(ratio(i, n), ratio(i + 1, n), pattern))),
  );
  return indices.innerBind((index) => parts[index]!);
}

// ---- dropping ----------------------------------------------------------------------------------------------

const degrade = (probability: unknown, pattern: AnyPattern): AnyPattern =>
  degradeWith(chance(), toNumeral(probability), pattern);
/** Keeps what degradeBy(1 - probability) drops. */
const undegrade = (probability: unknown, pattern: AnyPattern): AnyPattern =>
  keepBelow(chance(), 1 - toNumeral(probability), pattern);

function keepBelow(amounts: AnyPattern, bound: number, pattern: AnyPattern): AnyPattern {
  return pattern.combineLeft(
    amounts.filterValues((amount) => amount < bound),
    (value) => value,
  );
}

const sometimes = (probability: unknown, f: Change, pattern: AnyPattern): AnyPattern => {
  const p = toNumeral(probability);
  return stack(degradeWith(chance(), p, pattern), reify(f(keepBelow(chance(), p, pattern))));
};
const someCycles = (probability: unknown, f: Change, pattern: AnyPattern): AnyPattern => {
  const p = toNumeral(probability);
  const perCycle = oncePerCycle(chance());
  return stack(degradeWith(perCycle, p, pattern), reify(f(keepBelow(perCycle, p, pattern))));
};

const F = '(f: PatternTransform) => Pattern<any>';
const sometimesRow = (name: string, probability: number, text: string): LibraryRow =>
  row(
    name,
    F,
    text,
    `s("hh*8").${name}(x => x.speed(2))`,
    plain(1, (f, pattern) => sometimes(probability, f, pattern)),
  );

const seeded = (seed: unknown, pattern: AnyPattern): AnyPattern =>
  pattern.withState((state) => state.withControls(withSeed(state.controls, toNumeral(seed))));

const CHOICE = '(...items: PatternLike<any>[]) => Pattern<any>';
const PAIRS = '(...pairs: [PatternLike<any>, PatternLike<number>][]) => Pattern<any>';
const P = '(probability: PatternLike<number>) => Pattern<any>';

export const chanceRows: readonly LibraryRow[] = [
  row(
    'irand',
    '(n: PatternLike<number>) => Pattern<number>',
    'Whole numbers from 0 to n-1 by chance.',
    'n(irand(8)).segment(8)',
    { free: overNumber(irand) },
  ),
  row(
    'brandBy',
    '(probability: PatternLike<number>) => Pattern<boolean>',
    'True by the given chance.',
    's("hh*8").when(brandBy(0.2), fast(2))',
    { free: overNumber((p) => rand.withValue((x) => x < p)) },
  ),
  row('brand', 'Pattern<boolean>', 'True half of the time.', 's("hh*8").mask(brand.segment(8))', {
    free: rand.withValue((x) => x < 0.5),
  }),
  row(
    'choose',
    CHOICE,
    'One of the items by chance; as a method by its values from 0 to 1.',
    'note("c2").s(choose("sine", "triangle"))',
    {
      free: (...items: unknown[]) => chooseOut(rand, itemsOf(items)),
      method(...items) {
        return chooseOut(this, itemsOf(items));
      },
    },
  ),
  row(
    'chooseWith',
    '(amounts: PatternLike<number>, items: PatternLike<any>[]) => Pattern<any>',
    'One of the items by the values 0 to 1 of a pattern.',
    'chooseWith(sine, ["a", "b"])',
    { free: (amounts: unknown, items: unknown[]) => chooseOut(reify(amounts), items) },
  ),
  row(
    'chooseInWith',
    '(amounts: PatternLike<number>, items: PatternLike<any>[]) => Pattern<any>',
    'As chooseWith, structure from the items.',
    'chooseInWith(sine, ["a", "b c"])',
    { free: (amounts: unknown, items: unknown[]) => chooseIn(reify(amounts), items) },
  ),
  row('chooseIn', CHOICE, 'One of the items by chance, structure from the items.', 'chooseIn("a", "b c")', {
    free: (...items: unknown[]) => chooseIn(rand, itemsOf(items)),
  }),
  row('chooseOut', CHOICE, 'As choose.', 'chooseOut("a", "b")', {
    free: (...items: unknown[]) => chooseOut(rand, itemsOf(items)),
  }),
  row(
    'choose2',
    CHOICE,
    'One of the items by its values from -1 to 1.',
    'sine2.choose2("a", "b")',
    method((pattern, ...items) => chooseOut(fromBipolar(pattern), itemsOf(items))),
  ),
  row(
    ['chooseCycles', 'randcat'],
    CHOICE,
    'One of the items per cycle by chance.',
    'chooseCycles("bd", "hh", "sd").s()',
    { free: (...items: unknown[]) => chooseIn(oncePerCycle(rand), itemsOf(items)) },
  ),
  row(
    'wchoose',
    PAIRS,
    'One of the items by chance and weight.',
    'note("c2").s(wchoose(["sine", 3], ["square", 1]))',
    { free: (...pairs: [unknown, unknown][]) => weighed(rand, pairs).outerJoin() },
  ),
  row(
    ['wchooseCycles', 'wrandcat'],
    PAIRS,
    'One of the items per cycle by chance and weight.',
    'wchooseCycles(["bd", 10], ["hh", 1]).s()',
    { free: (...pairs: [unknown, unknown][]) => weighed(oncePerCycle(rand), pairs).innerJoin() },
  ),
  row('randL', '(n: PatternLike<number>) => Pattern<number[]>', 'A list of n chances.', 'randL(8)', {
    free: overNumber((n) => signal((time, controls) => draws(time, controls, n).map(Math.abs))),
  }),
  row(
    'randrun',
    '(n: PatternLike<number>) => Pattern<number>',
    'The numbers from 0 to n-1 in an order of chance.',
    'n(randrun(8))',
    { free: overNumber(randrun) },
  ),
  row(
    'shuffle',
    '(n: PatternLike<number>) => Pattern<any>',
    'n parts of the cycle in an order of chance, each once.',
    'note("c d e f").shuffle(4)',
    transform(1, (n, pattern) => rearranged(randrun(toNumeral(n)), toNumeral(n), pattern)),
  ),
  row(
    'scramble',
    '(n: PatternLike<number>) => Pattern<any>',
    'n parts of the cycle drawn by chance.',
    'note("c d e f").scramble(4)',
    transform(1, (n, pattern) => rearranged(segment(n, irand(toNumeral(n))), toNumeral(n), pattern)),
  ),
  row('degradeBy', P, 'Drops events by the given chance.', 's("hh*8").degradeBy(0.2)', transform(1, degrade)),
  row(
    'degrade',
    '() => Pattern<any>',
    'Drops half of the events.',
    's("hh*8").degrade()',
    plain(0, (pattern) => degrade(0.5, pattern)),
  ),
  row(
    'degradeByWith',
    '(amounts: Pattern<number>, probability: number) => Pattern<any>',
    'Drops events where the amounts are below the probability.',
    's("hh*8").degradeByWith(rand, 0.5)',
    plain(2, (amounts, probability, pattern) =>
      applyPatterned([probability], pattern, (p, base) => degradeWith(reify(amounts), toNumeral(p), base)),
    ),
  ),
  row(
    'undegradeBy',
    P,
    'Drops what degradeBy with 1 minus the chance keeps.',
    's("hh*8").undegradeBy(0.2)',
    transform(1, undegrade),
  ),
  row(
    'undegrade',
    '() => Pattern<any>',
    'Drops what degrade keeps.',
    's("hh*8").undegrade()',
    plain(0, (pattern) => undegrade(0.5, pattern)),
  ),
  row(
    'sometimesBy',
    '(probability: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'f on some events.',
    's("hh*8").sometimesBy(0.4, x => x.speed(2))',
    transform(2, sometimes),
  ),
  sometimesRow('sometimes', 0.5, 'f on half of the events.'),
  sometimesRow('often', 0.75, 'f on three of four events.'),
  sometimesRow('rarely', 0.25, 'f on one of four events.'),
  sometimesRow('almostNever', 0.1, 'f on one of ten events.'),
  sometimesRow('almostAlways', 0.9, 'f on nine of ten events.'),
  row(
    'always',
    F,
    'f on all events.',
    's("hh*8").always(x => x.speed(2))',
    plain(1, (f, pattern) => reify(f(pattern))),
  ),
  row(
    'never',
    F,
    'f on no event.',
    's("hh*8").never(x => x.speed(2))',
    plain(1, (_f, pattern) => pattern),
  ),
  row(
    'someCyclesBy',
    '(probability: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'f in some cycles.',
    's("hh*8").someCyclesBy(0.3, x => x.speed(2))',
    transform(2, someCycles),
  ),
  row(
    'someCycles',
    F,
    'f in half of the cycles.',
    's("hh*8").someCycles(x => x.speed(2))',
    plain(1, (f, pattern) => someCycles(0.5, f, pattern)),
  ),
  row(
    ['seed', 'withSeed'],
    '(n: PatternLike<number>) => Pattern<any>',
    'Chance of its own; as a statement, seed(n) sets that of the program.',
    's("hh*8").degrade().seed(3)',
    {
      free: (n: unknown, pattern?: unknown) => {
        if (pattern !== undefined) return applyPatterned([n], reify(pattern), seeded);
        currentEvaluation().seed = toNumeral(n);
        return (later: unknown) => applyPatterned([n], reify(later), seeded);
      },
      method: transform(1, seeded).method,
    },
  ),
  row(
    'useRNG',
    '(kind: "exact" | "legacy" | "precise") => void',
    'How chance is drawn; legacy gives the numbers Strudel publishes.',
    'useRNG("legacy")',
    {
      free: (kind: unknown) => {
        if (kind !== 'exact' && kind !== 'legacy' && kind !== 'precise')
          throw new RangeError(
            `useRNG expects "exact", "legacy" or "precise", found ${JSON.stringify(kind)}`,
          );
        currentEvaluation().random = kind;
      },
    },
  ),
];

/** Rows of chance and of generated material, as players of Tidal know them. */
import { chance, chooseByCycle, degradeWith, draw, draws } from '../chance.ts';
import { fastcat, pure, signal, silence, slowcat, stack, timecat } from '../combine.ts';
import { squeezeJoin } from '../joins.ts';
import { toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { Pattern } from '../pattern.ts';
import { controls } from '../query-state.ts';
import { ratio, rational } from '../rational.ts';
import { reify } from '../reify.ts';
import { collect } from '../structure.ts';
import { late, slow } from '../time.ts';
import { rand } from '../waves.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('tidal');
type Change = (pattern: AnyPattern) => unknown;

/** A pattern that chance builds anew for each cycle. */
const perCycle = (build: (draw: (index: number) => number) => AnyPattern): AnyPattern =>
  new Pattern<any>((state) => {
    const cycle = state.span.begin.floor();
    const drawn = (index: number): number => Math.abs(draw(cycle, state.controls, 7000 + index));
    return build(drawn).query(state);
  }).splitQueries();

const countOf = (n: unknown): number => Math.min(4096, Math.max(1, Math.floor(toNumeral(n))));
const lengthsOf = (n: number, drawn: (index: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => 1 + Math.floor(drawn(i) * 1000));

const randStruct = (n: unknown): AnyPattern =>
  perCycle((drawn) =>
    timecat<any>(...lengthsOf(countOf(n), drawn).map((length) => [length, pure(true)] as const)),
  );

const randArcs = (n: unknown): AnyPattern =>
  perCycle((drawn) => {
    const lengths = lengthsOf(countOf(n), drawn);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let at = 0;
    const arcs = lengths.map((length) => {
      const begin = at / total;
      at += length;
      return [begin, at / total];
    });
    return pure(arcs);
  });

/** n times a cycle, in lengths that chance draws. */
const stripe = (n: any, pattern: AnyPattern): AnyPattern =>
  squeezeJoin(randStruct(n).withValue(() => pattern));

/** About the middle of 0 to 1: the mean of six numbers, stretched a little. */
const normal: AnyPattern = signal((time, controls) => {
  const drawn = draws(time, controls, 6).map(Math.abs);
  const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
  return Math.min(1, Math.max(0, 0.5 + (mean - 0.5) * 1.2));
});

/** Dropped events stay the same for n cycles, then others are dropped. */
function degradeOverBy(cycles: any, probability: any, pattern: AnyPattern): AnyPattern {
  const by = Math.max(1, Math.floor(toNumeral(cycles)));
  const held = new Pattern<any>((state) => {
    const cycle = state.span.begin.floor();
    const round = cycle.div(by).floor().mul(by);
    return late(cycle.sub(round), rand).query(state);
  }).splitQueries();
  return degradeWith(held, toNumeral(probability), pattern);
}

/** Degrades from none to all between two cycles (`rising`), or from all to none. */
function fade(from: any, length: any, rising: boolean, pattern: AnyPattern): AnyPattern {
  const [begin, over] = [toNumeral(from), Math.max(1e-9, toNumeral(length))];
  const drawn = chance();
  return new Pattern<any>(
    (state) =>
      pattern.query(state).filter((event) => {
        const at = event.wholeOrPart().begin;
        const share = Math.min(1, Math.max(0, (at.toNumber() - begin) / over));
        const [found] = drawn.query(state.withSpan(event.wholeOrPart().withTime(() => at)));
        const amount = Math.abs(found?.value ?? 0);
        return rising ? amount >= share : amount < share;
      }),
    pattern.stepCount,
  );
}

// ---- generated material ------------------------------------------------------------------------------------

type Rules = string | Readonly<Record<string, string>>;

function rulesOf(rules: Rules): ReadonlyMap<string, string> {
  if (typeof rules !== 'string') return new Map(Object.entries(rules));
  const pairs = rules.split(',').map((rule) => {
    const [from = '', ...to] = rule.split(':');
    return [from.trim(), to.join(':').trim()] as const;
  });
  return new Map(pairs.filter(([from]) => from !== ''));
}

const LONGEST_TEXT = 100_000;

/** Rewrites each letter of a text by rules, n times. */
function lindenmayer(times: unknown, rules: Rules, start: string): string {
  const known = rulesOf(rules);
  let text = String(start);
  for (let i = 0; i < Math.floor(toNumeral(times)); i += 1) {
    text = [...text].map((letter) => known.get(letter) ?? letter).join('');
    if (text.length > LONGEST_TEXT)
      throw new RangeError(
        `lindenmayer grew past ${LONGEST_TEXT.toLocaleString('en-US')} letters; use fewer rounds`,
      );
  }
  return text;
}

/** States of a chain: the next one by the weights in the row of the present one. */
function chain(
  n: number,
  start: number,
  weights: readonly (readonly number[])[],
  drawn: (index: number) => number,
): number[] {
  const states = [Math.min(Math.max(0, Math.floor(start)), weights.length - 1)];
  while (states.length < n) {
    const weight = weights[states.at(-1)!]!;
    const total = weight.reduce((sum, x) => sum + x, 0);
    let left = drawn(states.length) * total;
    const next = weight.findIndex((x) => {
      left -= x;
      return left < 0;
    });
    states.push(next < 0 ? states.at(-1)! : Math.min(next, weights.length - 1));
  }
  return states;
}

const markovPat = (n: unknown, start: unknown, weights: readonly (readonly number[])[]): AnyPattern =>
  weights.length === 0
    ? silence
    : perCycle((drawn) =>
        fastcat<any>(...chain(countOf(n), toNumeral(start), weights, drawn).map((state) => pure(state))),
      );

function runMarkov(
  n: unknown,
  weights: readonly (readonly number[])[],
  start: unknown,
  seed: unknown,
): number[] {
  if (weights.length === 0) return [];
  const given = controls({ seed: toNumeral(seed) });
  return chain(countOf(n), toNumeral(start), weights, (index) => draw(rational(index), given));
}

function wchooseBy(amounts: unknown, pairs: readonly (readonly [unknown, number])[]): AnyPattern {
  if (pairs.length === 0) return silence;
  const total = pairs.reduce((sum, [, weight]) => sum + toNumeral(weight), 0);
  return reify(amounts)
    .withValue((amount) => {
      let left = toNumeral(amount) * total;
      const found = pairs.find(([, weight]) => {
        left -= toNumeral(weight);
        return left < 0;
      });
      return reify((found ?? pairs.at(-1)!)[0]);
    })
    .innerJoin();
}

// ---- samples -----------------------------------------------------------------------------------------------

const setTo = (values: Record<string, unknown>, pattern: AnyPattern): AnyPattern =>
  operate('set', 'in', pattern, pure(values));

function striateBy(n: any, length: any, pattern: AnyPattern): AnyPattern {
  const count = countOf(n);
  const size = toNumeral(length);
  const parts = Array.from({ length: count }, (_, i) => {
    const begin = count === 1 ? 0 : ((1 - size) / (count - 1)) * i;
    return setTo({ begin, end: begin + size }, pattern);
  });
  return fastcat(...parts);
}

const cut =
  (way: 'chop' | 'striate') =>
  (n: any, times: readonly unknown[], pattern: AnyPattern): AnyPattern => {
    const pieces = (pattern as any)[way](n) as AnyPattern;
    return slowcat(...times.map((by) => slow(toNumeral(by), pieces)));
  };

function randslice(n: any, pattern: AnyPattern): AnyPattern {
  const count = countOf(n);
  return operate(
    'set',
    'in',
    pattern,
    rand.withValue((x) => {
      const index = Math.min(count - 1, Math.floor(Math.abs(x) * count));
      return { begin: index / count, end: (index + 1) / count };
    }),
  );
}

const spin = (copies: any, pattern: AnyPattern): AnyPattern => {
  const count = countOf(copies);
  return stack(
    ...Array.from({ length: count }, (_, i) => setTo({ pan: i / count }, late(ratio(-i, count), pattern))),
  );
};

/** Notes of one time one after another within it, in the order they are written. */
const arpeggiate = (pattern: AnyPattern): AnyPattern =>
  squeezeJoin(
    collect(pattern).withValue((events) =>
      fastcat<any>(...events.map(({ value, context }) => pure(value, context))),
    ),
  );

const MATRIX = 'number[][]';
const envelope = (f: (at: number) => number): AnyPattern =>
  signal((time) => f(Math.min(1, Math.max(0, time.toNumber()))));

export const generatedRows: readonly LibraryRow[] = [
  row(
    'randStruct',
    '(n: number) => Pattern<boolean>',
    'n steps per cycle, of lengths that chance draws.',
    's("hh").struct(randStruct(6))',
    { free: randStruct },
  ),
  row(
    'randArcs',
    '(n: number) => Pattern<[number, number][]>',
    'A list of n spans of the cycle, of lengths that chance draws.',
    'randArcs(3)',
    { free: randArcs },
  ),
  row(
    'stripe',
    '(n: PatternLike<number>) => Pattern<any>',
    'The pattern n times in a cycle, in lengths that chance draws.',
    's("bd sd").stripe(3)',
    transform(1, stripe),
  ),
  row(
    'slowstripe',
    '(n: PatternLike<number>) => Pattern<any>',
    'The pattern n times in n cycles, in lengths that chance draws.',
    's("bd sd").slowstripe(3)',
    transform(1, (n, pattern) => slow(n, stripe(n, pattern))),
  ),
  row(
    'normal',
    'Pattern<number>',
    'Numbers from 0 to 1 that chance draws, mostly near the middle.',
    'note(normal.range(48, 72).segment(8))',
    { free: normal },
  ),
  row(
    'degradeOverBy',
    '(cycles: PatternLike<number>, probability: PatternLike<number>) => Pattern<any>',
    'As degradeBy; the same events stay away for so many cycles.',
    's("hh*8").degradeOverBy(4, .5)',
    transform(2, degradeOverBy),
  ),
  row(
    'fadeOut',
    '(cycles: number) => Pattern<any>',
    'Thins out to nothing over the first n cycles.',
    's("hh*8").fadeOut(4)',
    plain(1, (length, pattern) => fade(0, length, true, pattern)),
  ),
  row(
    'fadeOutFrom',
    '(from: number, cycles: number) => Pattern<any>',
    'Thins out to nothing over n cycles from a cycle on.',
    's("hh*8").fadeOutFrom(2, 4)',
    plain(2, (from, length, pattern) => fade(from, length, true, pattern)),
  ),
  row(
    'fadeIn',
    '(cycles: number) => Pattern<any>',
    'Fills up from nothing over the first n cycles.',
    's("hh*8").fadeIn(4)',
    plain(1, (length, pattern) => fade(0, length, false, pattern)),
  ),
  row(
    'fadeInFrom',
    '(from: number, cycles: number) => Pattern<any>',
    'Fills up from nothing over n cycles from a cycle on.',
    's("hh*8").fadeInFrom(2, 4)',
    plain(2, (from, length, pattern) => fade(from, length, false, pattern)),
  ),
  row(
    'cycleChoose',
    '(...patterns: PatternLike<any>[]) => Pattern<any>',
    'Chance chooses one of the patterns for each cycle.',
    's(cycleChoose("bd*4", "cp*2"))',
    {
      free: (...items: unknown[]) =>
        items.length === 0
          ? silence
          : chooseByCycle(
              (items.length === 1 && Array.isArray(items[0]) ? (items[0] as unknown[]) : items).map(reify),
            ),
    },
  ),
  row(
    'wchooseBy',
    '(amounts: PatternLike<number>, pairs: [PatternLike<any>, number][]) => Pattern<any>',
    'Chooses by numbers from 0 to 1, by the weights of the items.',
    's(wchooseBy(rand.segment(8), [["bd", 3], ["cp", 1]]))',
    { free: wchooseBy },
  ),
  row(
    'lindenmayer',
    '(times: number, rules: string | Record<string, string>, start: string) => string',
    'Rewrites every letter of a text by rules such as "a:b,b:ab", n times.',
    's(sequence(...lindenmayer(4, "a:b,b:ab", "a")).pick({ a: "bd", b: "sd" }))',
    { free: lindenmayer },
  ),
  row(
    'lindenmayerI',
    '(times: number, rules: string | Record<string, string>, start: string) => number[]',
    'As lindenmayer, as a list of numbers.',
    'n(sequence(...lindenmayerI(4, "0:1,1:01", "0")))',
    {
      free: (times: unknown, rules: Rules, start: unknown) =>
        [...lindenmayer(times, rules, String(start))].map(Number),
    },
  ),
  row(
    'markovPat',
    `(n: number, start: number, weights: ${MATRIX}) => Pattern<number>`,
    'n steps of a Markov chain per cycle; each row weighs what follows that state.',
    'n(markovPat(8, 0, [[1, 3], [2, 1]]))',
    { free: markovPat },
  ),
  row(
    'runMarkov',
    `(n: number, weights: ${MATRIX}, start: number, seed: number) => number[]`,
    'n steps of a Markov chain as a list.',
    'n(sequence(...runMarkov(8, [[1, 3], [2, 1]], 0, 1)))',
    { free: runMarkov },
  ),
  row(
    'striateBy',
    '(n: PatternLike<number>, length: PatternLike<number>) => Pattern<any>',
    'As striate, with parts of a length (0 to 1) of their own.',
    's("bd sd").striateBy(4, 1/8)',
    transform(2, striateBy),
  ),
  row(
    'smash',
    '(n: number, times: number[]) => Pattern<any>',
    'Striated into n, one slowness of a list per cycle.',
    's("bd sd").smash(3, [2, 3, 4])',
    plain(2, cut('striate')),
  ),
  row(
    'smashPrime',
    '(n: number, times: number[]) => Pattern<any>',
    'Chopped into n, one slowness of a list per cycle.',
    's("bd sd").smashPrime(3, [2, 3, 4])',
    plain(2, cut('chop')),
  ),
  row(
    'randslice',
    '(n: PatternLike<number>) => Pattern<any>',
    'Each event plays one of n slices that chance draws.',
    's("bd*8").randslice(8)',
    transform(1, randslice),
  ),
  row(
    'grain',
    '(begin: number, length: number) => Pattern<any>',
    'Plays a part of the sample, by its beginning and length.',
    's("bd").grain(.2, .1)',
    plain(2, (begin, length, pattern) =>
      setTo({ begin: toNumeral(begin), end: toNumeral(begin) + toNumeral(length) }, pattern),
    ),
  ),
  row(
    'spin',
    '(copies: PatternLike<number>) => Pattern<any>',
    'Copies around the stereo field, each shifted in time.',
    's("bd sd hh cp").spin(4)',
    transform(1, spin),
  ),
  row(
    'jux4',
    '(f: PatternTransform) => Pattern<any>',
    'As jux, the two nearer to the middle.',
    's("bd sd").jux4(rev)',
    plain(1, (f: Change, pattern) =>
      stack(setTo({ pan: 5 / 8 }, pattern), setTo({ pan: 1 / 8 }, reify(f(pattern)))),
    ),
  ),
  row(
    'juxcut',
    '(f: PatternTransform) => Pattern<any>',
    'As jux, each side cuts off its own samples.',
    's("bd sd").juxcut(rev)',
    plain(1, (f: Change, pattern) =>
      stack(setTo({ pan: 0, cut: -1 }, pattern), setTo({ pan: 1, cut: -2 }, reify(f(pattern)))),
    ),
  ),
  row(
    'arpeggiate',
    '() => Pattern<any>',
    'Plays the notes of a chord one after another within its time.',
    'note("[c,e,g] [d,f]").arpeggiate()',
    plain(0, arpeggiate),
  ),
  row(
    'envL',
    'Pattern<number>',
    'Rises from 0 to 1 in the first cycle and stays there.',
    's("hh*8").gain(envL)',
    { free: envelope((at) => at) },
  ),
  row(
    'envLR',
    'Pattern<number>',
    'Falls from 1 to 0 in the first cycle and stays there.',
    's("hh*8").gain(envLR)',
    { free: envelope((at) => 1 - at) },
  ),
  row('envEq', 'Pattern<number>', 'As envL with equal power, for cross-fades.', 's("hh*8").gain(envEq)', {
    free: envelope((at) => Math.sqrt(at)),
  }),
];

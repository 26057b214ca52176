/** Rows of functions that players of Tidal know and browsers lacked. */
import { compress, fastcat, pure, silence, slowcat, stack } from '../combine.ts';
import { euclidSteps } from '../euclid.ts';
import { PatternEvent } from '../event.ts';
import { isTrue, toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { Pattern } from '../pattern.ts';
import { ONE, type Rational, ratio, rational, ZERO } from '../rational.ts';
import { reify } from '../reify.ts';
import { Span } from '../span.ts';
import { struct } from '../structure.ts';
import { early, fastGap, late, zoom } from '../time.ts';
import { type AnyPattern, type LibraryRow, method, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('tidal');
type Change = (pattern: AnyPattern) => unknown;

/** For every cycle one of two patterns, by the cycle's number. */
function byCycle(test: (cycle: number) => boolean, yes: AnyPattern, no: AnyPattern): AnyPattern {
  return new Pattern<any>(
    (state) => (test(state.span.begin.floor().toNumber()) ? yes : no).query(state),
    no.stepCount,
  ).splitQueries();
}

const remainder = (x: number, by: number): number => ((x % by) + by) % by;

function whenmod(length: unknown, from: unknown, f: Change, pattern: AnyPattern): AnyPattern {
  const [cycles, first] = [toNumeral(length), toNumeral(from)];
  if (!(cycles > 0)) throw new RangeError(`whenmod expects a length above 0, found ${cycles}`);
  return byCycle((cycle) => remainder(cycle, cycles) >= first, reify(f(pattern)), pattern);
}

const inverted = (booleans: AnyPattern): AnyPattern => booleans.withValue((value) => !isTrue(value));
const sew = (booleans: AnyPattern, a: AnyPattern, b: AnyPattern): AnyPattern =>
  stack(operate('keepif', 'in', a, booleans), operate('keepif', 'in', b, inverted(booleans)));
const stitch = (booleans: AnyPattern, a: AnyPattern, b: AnyPattern): AnyPattern =>
  stack(struct(booleans, a), struct(inverted(booleans), b));

const steps = (booleans: readonly boolean[]): AnyPattern => fastcat(...booleans.map((on) => pure(on)));
const euclidInverted = (k: any, n: any, pattern: AnyPattern): AnyPattern =>
  struct(steps(euclidSteps(k, n).map((on) => !on)), pattern);
const euclidOff = (k: any, n: any, offset: any, pattern: AnyPattern): AnyPattern =>
  early(rational(offset).div(n), struct(steps(euclidSteps(k, n)), pattern));

/** The pattern in the first part of the cycle, another one in the rest. */
function wedge(share: any, other: AnyPattern, pattern: AnyPattern): AnyPattern {
  const at = rational(share);
  if (at.lte(ZERO)) return other;
  if (at.gte(ONE)) return pattern;
  return stack(fastGap(ONE.div(at), pattern), late(at, fastGap(ONE.div(ONE.sub(at)), other)));
}

/** Values move n events to the left within each cycle; times stay. */
function rot(n: any, pattern: AnyPattern): AnyPattern {
  const by = Math.floor(toNumeral(n));
  const ask: AnyPattern['query'] = (state) => {
    const events = pattern
      .discreteOnly()
      .query(state.withSpan(state.span.cycle()))
      .sort((a, b) => a.whole!.begin.compare(b.whole!.begin) || a.whole!.end.compare(b.whole!.end));
    const onsets = events.filter((event) => event.hasOnset());
    const result: PatternEvent<any>[] = [];
    for (const event of events) {
      const place = onsets.indexOf(event);
      const source = place < 0 ? event : onsets[remainder(place + by, onsets.length)]!;
      const part = event.part.intersection(state.span);
      if (part !== null) result.push(new PatternEvent(event.whole, part, source.value, source.context));
    }
    return result;
  };
  return new Pattern(ask, pattern.stepCount).splitQueries();
}

function stutter(times: any, cycles: any, pattern: AnyPattern): AnyPattern {
  const count = Math.max(0, Math.floor(toNumeral(times)));
  const step: Rational = rational(cycles);
  return stack(...Array.from({ length: count }, (_, i) => late(step.mul(i), pattern)));
}

/** Softer, shorter echoes at one and a half and two and a half times the distance. */
function ghostWith(cycles: any, f: Change, pattern: AnyPattern): AnyPattern {
  const by = rational(cycles);
  const copies = [ratio(3, 2), ratio(5, 2)].map((times) => late(by.mul(times), reify(f(pattern))));
  return stack(pattern, ...copies);
}

const softened = (pattern: AnyPattern): AnyPattern => {
  const changed = pattern.withValue((value) => ({ gain: 1, speed: 1, ...value }));
  return operate(
    'set',
    'in',
    operate('mul', 'in', changed, pure({ gain: 0.7, speed: 1.25 })),
    pure({ end: 0.2 }),
  );
};

function iterated(count: any, f: Change, pattern: AnyPattern): AnyPattern[] {
  const results = [pattern];
  while (results.length < Math.floor(toNumeral(count))) results.push(reify(f(results.at(-1)!)));
  return results;
}

const soak = (count: any, f: Change, pattern: AnyPattern): AnyPattern =>
  slowcat(...iterated(count, f, pattern));

function snowball(
  count: any,
  combine: (a: AnyPattern, b: AnyPattern) => unknown,
  f: Change,
  pattern: AnyPattern,
): AnyPattern {
  const [first, ...rest] = iterated(count, f, pattern);
  const results = [first!];
  for (const next of rest) results.push(reify(combine(results.at(-1)!, next)));
  return slowcat(...results);
}

/** The first cycle again and again. */
const loopFirst = (pattern: AnyPattern): AnyPattern =>
  new Pattern<any>(
    (state) => late(state.span.begin.floor(), pattern).query(state),
    pattern.stepCount,
  ).splitQueries();

/** Only between two cycles. */
function playFor(begin: any, end: any, pattern: AnyPattern): AnyPattern {
  const window = new Span(rational(begin), rational(end));
  return new Pattern<any>((state) => {
    const span = state.span.intersection(window);
    return span === null ? [] : pattern.query(state.withSpan(span));
  });
}

const PULSES = '(onsets: PatternLike<number>, steps: PatternLike<number>) => Pattern<any>';

export const tidalRows: readonly LibraryRow[] = [
  row(
    'whenmod',
    '(length: PatternLike<number>, from: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'f from cycle `from` on of every `length` cycles.',
    's("bd sd").whenmod(4, 3, fast(2))',
    transform(3, whenmod),
  ),
  row(
    'ifp',
    '(test: (cycle: number) => boolean, f: PatternTransform, g: PatternTransform) => Pattern<any>',
    'f in cycles for which the test is true, else g.',
    's("bd sd").ifp(c => c % 2 === 0, fast(2), rev)',
    plain(3, (test, f, g, pattern) => byCycle(test, reify(f(pattern)), reify(g(pattern)))),
  ),
  row(
    'sew',
    '(a: PatternLike<any>, b: PatternLike<any>) => Pattern<any>',
    'As booleans: the first pattern where true, the second where false.',
    '"1 0".sew("a*4", "b*8")',
    method((pattern, a, b) => sew(pattern, reify(a), reify(b))),
  ),
  row(
    'stitch',
    '(a: PatternLike<any>, b: PatternLike<any>) => Pattern<any>',
    'As booleans: structure, values of the first pattern where true, of the second where false.',
    '"1 0 1 1".stitch("a", "b")',
    method((pattern, a, b) => stitch(pattern, reify(a), reify(b))),
  ),
  row(
    'euclidInv',
    PULSES,
    'The steps that euclid leaves out.',
    's("hh").euclidInv(3, 8)',
    transform(2, euclidInverted),
  ),
  row(
    'euclidFull',
    '(onsets: PatternLike<number>, steps: PatternLike<number>, other: PatternLike<any>) => Pattern<any>',
    'euclid, and another pattern on the steps it leaves out.',
    's("bd").euclidFull(3, 8, s("hh"))',
    plain(3, (k, n, other, pattern) => fullEuclid(k, n, reify(other), pattern)),
  ),
  row(
    'euclidOff',
    '(onsets: PatternLike<number>, steps: PatternLike<number>, offset: PatternLike<number>) => Pattern<any>',
    'euclid, earlier by so many steps.',
    's("bd").euclidOff(3, 8, 2)',
    transform(3, euclidOff),
  ),
  row(
    'wedge',
    '(share: PatternLike<number>, other: PatternLike<any>) => Pattern<any>',
    'The pattern in the first part of the cycle, another in the rest.',
    's("bd*4").wedge(1/4, s("hh*4"))',
    plain(2, (share, other, pattern) =>
      transform(1, (at, base) => wedge(at, reify(other), base)).method.call(pattern, share),
    ),
  ),
  row(
    'trunc',
    '(length: PatternLike<number>) => Pattern<any>',
    'Only the first part of each cycle.',
    's("bd sd hh cp").trunc(0.75)',
    transform(1, (length, pattern) =>
      rational(length).lte(ZERO)
        ? silence
        : compress(0, rational(length).min(ONE), zoom(0, rational(length).min(ONE), pattern)),
    ),
  ),
  row(
    'stutter',
    '(times: PatternLike<number>, cycles: PatternLike<number>) => Pattern<any>',
    'Delayed copies, all as loud.',
    's("bd sd").stutter(4, 1/16)',
    transform(2, stutter),
  ),
  row(
    'rot',
    '(n: PatternLike<number>) => Pattern<any>',
    'Values move n events to the left, times stay.',
    '"a ~ b c".rot(1)',
    transform(1, rot),
  ),
  row(
    'ghost',
    '() => Pattern<any>',
    'Soft short echoes.',
    's("~ sd").ghost()',
    plain(0, (pattern) => ghostWith(ratio(1, 8), softened, pattern)),
  ),
  row(
    'ghostWith',
    '(cycles: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'Echoes changed by f.',
    's("~ sd").ghostWith(1/16, x => x.speed(2))',
    transform(2, ghostWith),
  ),
  row(
    'soak',
    '(n: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'n cycles, f once more in each.',
    's("bd sd").soak(4, x => x.fast(2))',
    transform(2, soak),
  ),
  row(
    'snowball',
    '(n: number, combine: (a: Pattern<any>, b: Pattern<any>) => any, f: PatternTransform) => Pattern<any>',
    'n cycles, each joins one more change by f.',
    'note("0 3").snowball(3, stack, x => x.add(note(7)))',
    plain(3, snowball),
  ),
  row(
    'loopFirst',
    '() => Pattern<any>',
    'The first cycle again and again.',
    '"<0 1 2>".loopFirst()',
    plain(0, loopFirst),
  ),
  row(
    'playFor',
    '(begin: number, end: number) => Pattern<any>',
    'Only between two cycles.',
    's("bd*4").playFor(1, 3)',
    plain(2, playFor),
  ),
];

function fullEuclid(k: unknown, n: unknown, other: AnyPattern, pattern: AnyPattern): AnyPattern {
  const on = transform(2, (a, b, base) => struct(steps(euclidSteps(a, b)), base));
  const off = transform(2, euclidInverted);
  return stack(on.method.call(pattern, k, n) as AnyPattern, off.method.call(other, k, n) as AnyPattern);
}

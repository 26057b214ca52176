/** Rows that lay patterns out in time, as players of Tidal know them. */
import { compress, pure, silence, slowcat, stack } from '../combine.ts';
import { PatternEvent } from '../event.ts';
import { squeezeJoin } from '../joins.ts';
import { isTrue, toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { Pattern } from '../pattern.ts';
import { ONE, type Rational, rational, ZERO } from '../rational.ts';
import { reify } from '../reify.ts';
import { Span } from '../span.ts';
import { inside } from '../structure.ts';
import { early, fast, late, slow, zoom } from '../time.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('tidal');
type Change = (pattern: AnyPattern) => unknown;

const truths = (booleans: unknown): AnyPattern => reify(booleans).filterValues(isTrue);
const substruct = (booleans: unknown, pattern: AnyPattern): AnyPattern =>
  squeezeJoin(truths(booleans).withValue(() => pattern));

/** As substruct, but each onset plays the next cycle of the pattern. */
function substructPrime(booleans: unknown, pattern: AnyPattern): AnyPattern {
  const marks = truths(booleans).discreteOnly();
  const counted = new Pattern<AnyPattern>((state) => {
    const cycle = state.span.begin.floor();
    const onsets = marks.query(state.withSpan(state.span.cycle())).filter((event) => event.hasOnset());
    onsets.sort((a, b) => a.part.begin.compare(b.part.begin));
    return marks.query(state).map((event) => {
      const index = onsets.findIndex(({ whole }) => whole!.begin.eq(event.whole!.begin));
      const from = cycle.mul(onsets.length).add(Math.max(index, 0)).sub(event.whole!.begin.floor());
      return event.withValue(() => early(from, pattern));
    });
  }).splitQueries();
  return squeezeJoin(counted);
}

/** Onsets with gaps of so many steps, played at so many steps a cycle. */
function necklace(perCycle: unknown, gaps: readonly number[]): AnyPattern {
  const lengths = gaps.map((gap) => Math.max(1, Math.floor(toNumeral(gap))));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total === 0) return silence;
  const steps = lengths.flatMap((length) => [true, ...new Array<boolean>(length - 1).fill(false)]);
  return slow(rational(total).div(toNumeral(perCycle)), fast(total, slowcat(...steps.map((on) => pure(on)))));
}

/** A small score: names of patterns (and of functions behind a colon) over `length` cycles. */
function ur(
  length: unknown,
  outer: unknown,
  patterns: Readonly<Record<string, unknown>>,
  fs: Readonly<Record<string, Change>> = {},
): AnyPattern {
  const cycles = rational(toNumeral(length));
  const placed = reify(outer).withEvent((event) => {
    const names = (Array.isArray(event.value) ? event.value : String(event.value).split(':')).map(String);
    const named = patterns[names[0]!];
    let part: AnyPattern = named === undefined ? silence : fast(cycles, reify(named));
    const { begin, end } = event.wholeOrPart();
    for (const name of names.slice(1)) {
      const f = fs[name];
      if (f === undefined || end.eq(begin)) continue;
      const change = inside(rational(1).div(end.sub(begin)), (p) => reify(f(p)), early(begin, part));
      part = late(begin, change);
    }
    return event.withValue(() => part);
  });
  return slow(cycles, (placed as Pattern<AnyPattern>).innerJoin());
}

/** The pattern squeezed into each of the lengths, one after another, in as many cycles as they sum up to. */
function spaceOut(lengths: readonly number[], pattern: AnyPattern): AnyPattern {
  const total = lengths.reduce((sum, length) => sum.add(rational(length)), ZERO);
  if (total.sign() <= 0) return silence;
  let at: Rational = ZERO;
  const lanes = lengths.map((length) => {
    const from = at;
    at = at.add(rational(length));
    return compress(from.div(total), at.div(total), pattern);
  });
  return slow(total, stack(...lanes));
}

const timeLoop = (cycles: any, pattern: AnyPattern): AnyPattern => {
  const by = rational(cycles);
  return by.sign() <= 0 ? silence : fast(ONE.div(by), loopFirst(fast(by, pattern)));
};
const loopFirst = (pattern: AnyPattern): AnyPattern =>
  new Pattern<any>(
    (state) => late(state.span.begin.floor(), pattern).query(state),
    pattern.stepCount,
  ).splitQueries();

/** Events of one whole begin one after another within a share of it; a negative share: from the last to the first. */
function rolledBy(share: any, pattern: AnyPattern): AnyPattern {
  const by = rational(share);
  if (by.isZero()) return pattern;
  return pattern.withEvents((events) => {
    const groups = new Map<string, PatternEvent<any>[]>();
    for (const event of events) {
      const key = event.whole?.show() ?? '~';
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [event]);
      else group.push(event);
    }
    const result: PatternEvent<any>[] = [];
    for (const group of groups.values()) {
      if (by.sign() < 0) group.reverse();
      group.forEach((event, i) => {
        if (event.whole === null) {
          result.push(event);
          return;
        }
        const { begin, end } = event.whole;
        const whole = new Span(begin.add(end.sub(begin).mul(by.abs()).mul(i).div(group.length)), end);
        const part = event.part.intersection(whole);
        if (part !== null) result.push(new PatternEvent(whole, part, event.value, event.context));
      });
    }
    return result;
  });
}

/** Sections that play once, each from its own beginning: [from, to, pattern] in cycles. */
const seqP = (...sections: readonly (readonly [any, any, unknown])[]): AnyPattern =>
  stack(
    ...sections.map(([begin, end, section]) => {
      const window = new Span(rational(begin), rational(end));
      const moved = late(window.begin.floor(), reify(section));
      return new Pattern<any>((state) => {
        const span = state.span.intersection(window);
        return span === null ? [] : moved.query(state.withSpan(span));
      });
    }),
  );

/** Glides from each value to that of the next event, in straight lines. */
function smooth(pattern: AnyPattern): AnyPattern {
  return new Pattern<any>((state) => {
    const at = state.span.begin;
    const found = pattern.query(state.withSpan(new Span(at, at)));
    return found.map((event) => {
      if (event.whole === null) return event.withSpan(() => state.span);
      const { begin, end } = event.whole;
      const [next] = pattern.query(state.withSpan(new Span(end, end)));
      const from = toNumeral(event.value);
      const to = next === undefined ? from : toNumeral(next.value);
      const share = at.sub(begin).div(end.sub(begin)).toNumber();
      return new PatternEvent<any>(null, state.span, from + (to - from) * share, event.context);
    });
  });
}

/** A slowed pattern whose controls go to each of a list of patterns, each one further along in it. */
const weave = (cycles: any, patterns: readonly unknown[], base: AnyPattern): AnyPattern =>
  stack(
    ...patterns.map((pattern, i) => {
      const moved = late(rational(cycles).mul(i).div(patterns.length), slow(cycles, base));
      return operate('set', 'in', reify(pattern), moved);
    }),
  );

const quantise = (n: any, pattern: AnyPattern): AnyPattern =>
  pattern.withValue((value) => Math.round(toNumeral(value) * toNumeral(n)) / toNumeral(n));

function toScale(size: number, notes: readonly number[], pattern: AnyPattern): AnyPattern {
  if (notes.length === 0) return silence;
  return pattern.withValue((value) => {
    const step = Math.floor(toNumeral(value));
    const octave = Math.floor(step / notes.length);
    return notes[step - octave * notes.length]! + octave * size;
  });
}

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** The first cycle as notation of n steps. */
function deconstruct(n: any, pattern: AnyPattern): string {
  const count = Math.max(1, Math.floor(toNumeral(n)));
  const events = pattern.queryArc(0, 1);
  const steps = Array.from({ length: count }, (_, i) => {
    const [from, to] = [rational(i).div(count), rational(i + 1).div(count)];
    const found = events.filter(
      (event) => event.hasOnset() && event.whole!.begin.gte(from) && event.whole!.begin.lt(to),
    );
    const words = found.map(({ value }) => shown(value));
    return words.length === 0 ? '~' : words.length === 1 ? words[0]! : `[${words.join(', ')}]`;
  });
  return steps.join(' ');
}

export const shapeRows: readonly LibraryRow[] = [
  row(
    'substruct',
    '(booleans: PatternLike<any>) => Pattern<any>',
    'The whole pattern squeezed into every true step.',
    '"0 1".substruct("1 [0 1]")',
    plain(1, substruct),
  ),
  row(
    'substructPrime',
    '(booleans: PatternLike<any>) => Pattern<any>',
    'As substruct, with the next cycle of the pattern for every true step.',
    '"<0 1 2>".substructPrime("1 1")',
    plain(1, substructPrime),
  ),
  row(
    'necklace',
    '(perCycle: number, gaps: number[]) => Pattern<boolean>',
    'A rhythm by the gaps between its onsets, so many steps per cycle.',
    's("bd").struct(necklace(12, [4, 2]))',
    { free: necklace },
  ),
  row(
    'ur',
    '(length: number, score: PatternLike<string>, patterns: Record<string, PatternLike<any>>, fs?: Record<string, PatternTransform>) => Pattern<any>',
    'A score of named patterns, and of functions behind a colon, over so many cycles.',
    'ur(4, "a b a:up [a b]", { a: n("0 1"), b: n("2*4") }, { up: x => x.add(n(12)) })',
    { free: ur },
  ),
  row(
    'spaceOut',
    '(lengths: number[]) => Pattern<any>',
    'Each cycle squeezed into one length after another.',
    's("bd sd").spaceOut([1, 1, 0.5])',
    plain(1, spaceOut),
  ),
  row(
    'timeLoop',
    '(cycles: PatternLike<number>) => Pattern<any>',
    'The first n cycles again and again.',
    'n("<0 1 2 3>").timeLoop(2)',
    transform(1, timeLoop),
  ),
  row(
    'rolledBy',
    '(share: PatternLike<number>) => Pattern<any>',
    'Strums a chord: its notes begin one after another within a share of it; negative: from the last.',
    'note("[c,e,g]").rolledBy("<.25 -.25>")',
    transform(1, rolledBy),
  ),
  row(
    'rolledWith',
    '(share: number) => Pattern<any>',
    'As rolledBy with a plain number.',
    'note("[c,e,g]").rolledWith(.5)',
    plain(1, rolledBy),
  ),
  row(
    'rolled',
    '() => Pattern<any>',
    'Strums a chord within a quarter of it.',
    'note("[c,e,g]").rolled()',
    plain(0, (pattern) => rolledBy('1/4', pattern)),
  ),
  row(
    'seqP',
    '(...sections: [number, number, PatternLike<any>][]) => Pattern<any>',
    'Sections from one cycle to another, played once.',
    'seqP([0, 2, s("bd*2")], [1, 4, s("hh*4")])',
    { free: seqP },
  ),
  row(
    'smooth',
    '() => Pattern<number>',
    'Glides from value to value.',
    '"48 60".smooth().segment(8).note()',
    plain(0, smooth),
  ),
  row(
    'zoompat',
    '(begin: PatternLike<number>, end: PatternLike<number>) => Pattern<any>',
    'As zoom.',
    '"0 1 2 3".zoompat("<0 .5>", 1)',
    transform(2, zoom),
  ),
  row(
    'fastSqueeze',
    '(factor: PatternLike<number>) => Pattern<any>',
    'As fast; each factor plays whole cycles within its own step.',
    's("bd sd").fastSqueeze("1 2")',
    transform(1, fast, { flatten: squeezeJoin }),
  ),
  row(
    'weave',
    '(cycles: number, patterns: PatternLike<any>[]) => Pattern<any>',
    'Gives slowed controls to several patterns, each further along in them.',
    'pan(sine).weave(4, [s("bd*2"), s("hh*4")])',
    plain(2, weave),
  ),
  row(
    'quantise',
    '(n: PatternLike<number>) => Pattern<number>',
    'Numbers rounded to the next n-th.',
    'sine.segment(8).quantise(4)',
    transform(1, quantise),
  ),
  row(
    'toScale',
    '(notes: number[]) => Pattern<number>',
    'Steps of a list of semitones; goes on in the next octave.',
    '"0 1 2 3 4".toScale([0, 2, 7]).note()',
    plain(1, (notes: number[], pattern) => toScale(12, notes, pattern)),
  ),
  row(
    'toScalePrime',
    '(size: number, notes: number[]) => Pattern<number>',
    'As toScale with octaves of another size.',
    '"0 1 2 3 4".toScalePrime(10, [0, 2, 7]).note()',
    plain(2, toScale),
  ),
  row(
    'deconstruct',
    '(n: number) => string',
    'Text of notation of the first cycle, in n steps.',
    'reify(reify("a [b c]").deconstruct(4))',
    plain(1, deconstruct),
  ),
];

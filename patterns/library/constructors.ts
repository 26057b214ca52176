/** Rows of what makes patterns: values, sequences, stacks, arrangements. */
import {
  fastcat,
  gap,
  nothing,
  pure,
  silence,
  slowcat,
  slowcatPrime,
  stack,
  steady,
  timecat,
} from '../combine.ts';
import { pace } from '../joins.ts';
import { operate } from '../operators.ts';
import { commonSteps, Pattern } from '../pattern.ts';
import { type Rational, type RationalLike, rational, ZERO } from '../rational.ts';
import { listed, reify, sequence } from '../reify.ts';
import { segment } from '../structure.ts';
import { fast, slow } from '../time.ts';
import { saw } from '../waves.ts';
import { type AnyPattern, applyPatterned, gathering, method, plain, rowsOf } from './row.ts';

const row = rowsOf('constructors');
const MANY = '(...patterns: PatternLike<any>[]) => Pattern<any>';

/** A weighted entry: `[weight, pattern]`, or a pattern whose weight is its step count. */
function weighted(entry: unknown): readonly [Rational, AnyPattern] {
  if (Array.isArray(entry) && entry.length === 2 && isWeight(entry[0]))
    return [rational(entry[0]), listed(entry[1])];
  const pattern = listed(entry);
  return [pattern.stepCount ?? rational(1), pattern];
}

function isWeight(x: unknown): x is RationalLike {
  return (
    typeof x === 'number' ||
    (typeof x === 'string' && x.trim() !== '' && !Number.isNaN(Number(x))) ||
    isRational(x)
  );
}

const isRational = (x: unknown): boolean => typeof x === 'object' && x !== null && 'toFraction' in x;

const stepcat = (...entries: unknown[]): AnyPattern => timecat(...entries.map(weighted));

function arrange(...sections: readonly (readonly [RationalLike, unknown])[]): AnyPattern {
  const total = sections.reduce((sum, [cycles]) => sum.add(cycles), ZERO);
  if (total.isZero()) return silence;
  return slow(
    total,
    timecat(...sections.map(([cycles, section]) => [cycles, fast(cycles, reify(section))] as const)),
  );
}

/** A timeline of overlapping sections, looped: [from, to, pattern] in cycles; each pattern keeps the clock's time. */
function seqPLoop(...sections: readonly (readonly [RationalLike, RationalLike, unknown])[]): AnyPattern {
  let total = ZERO;
  for (const [, end] of sections) total = total.max(end);
  if (total.isZero()) return silence;
  const lanes = sections.map(([begin, end, section]) => {
    const windows = timecat<boolean>(
      [begin, pure(false)],
      [rational(end).sub(begin), pure(true)],
      [total.sub(end), pure(false)],
    );
    return operate('keepif', 'in', reify(section), slow(total, windows));
  });
  return stack(...lanes);
}

function polymeter(...items: unknown[]): AnyPattern {
  const patterns = items.map(listed).filter(({ stepCount }) => stepCount !== null && !stepCount.isZero());
  const steps = commonSteps(patterns);
  if (steps === null) return silence;
  return stack(...patterns.map((pattern) => pace(steps, pattern))).withSteps(steps);
}

/** Pads each pattern with silence to the longest step count, `share` of the silence before it. */
function stackBy(share: number, patterns: readonly AnyPattern[]): AnyPattern {
  let longest = ZERO;
  for (const { stepCount } of patterns) longest = longest.max(stepCount ?? ZERO);
  const padded = patterns.map((pattern) => {
    const missing = longest.sub(pattern.stepCount ?? longest);
    if (missing.isZero()) return pattern;
    const before = missing.mul(share);
    return timecat<any>([before, silence], [pattern.stepCount!, pattern], [missing.sub(before), silence]);
  });
  return stack(...padded).withSteps(longest);
}

const stackLeft = (...items: unknown[]): AnyPattern => stackBy(0, items.map(listed));
const stackRight = (...items: unknown[]): AnyPattern => stackBy(1, items.map(listed));
const stackCentre = (...items: unknown[]): AnyPattern => stackBy(0.5, items.map(listed));
const STACKS: Readonly<Record<string, (...items: unknown[]) => AnyPattern>> = {
  expand: polymeter,
  repeat: (...items) => polymeter(...items),
  left: stackLeft,
  right: stackRight,
  centre: stackCentre,
  center: stackCentre,
};

/** Items of lists take turns, then all are joined step by step. */
function stepalt(...groups: unknown[]): AnyPattern {
  const lists = groups.map((group) => (Array.isArray(group) ? group.map(listed) : [listed(group)]));
  const rounds = lists.reduce((common, { length }) => leastCommon(common, length), 1);
  const items = Array.from({ length: rounds }, (_, round) =>
    lists.map((list) => list[round % list.length]!),
  ).flat();
  return stepcat(...items.filter(({ stepCount }) => stepCount !== null && !stepCount.isZero()));
}

function leastCommon(a: number, b: number): number {
  return b === 0 ? a : rational(a).lcm(b).toNumber();
}

/** Steps of the patterns one by one in turn. */
function zip(...items: unknown[]): AnyPattern {
  const patterns = items.map(listed).filter(({ stepCount }) => stepCount !== null && !stepCount.isZero());
  const steps = commonSteps(patterns);
  if (steps === null) return nothing;
  const zipped = slowcat(...patterns.map((pattern) => slow(pattern.stepCount!, pattern)));
  return fast(steps, zipped).withSteps(steps);
}

function binaryN(n: unknown, bits: unknown): AnyPattern {
  const digits = reify(bits).withValue((count) => {
    const length = Math.max(0, Math.floor(Number(count)));
    return fastcat(...Array.from({ length }, (_, i) => pure(length - 1 - i)));
  });
  const place = digits.innerJoin();
  return place
    .combineLeft(reify(n), (bit, number) => (Number(number) >> bit) & 1)
    .withSteps(rational(Number(reify(bits).constant?.value ?? 1)));
}

const bitLength = (n: number): number => (n === 0 ? 1 : Math.floor(Math.log2(Math.abs(n))) + 1);
const bitsOf = (n: number, length: number): number[] =>
  Array.from({ length }, (_, i) => (n >> (length - 1 - i)) & 1);

const overNumber =
  (f: (n: number) => AnyPattern) =>
  (n: unknown): AnyPattern =>
    applyPatterned([n], silence, (value) => f(Number(value)));

/** 0, 1, … n-1 in n steps. */
const run = (n: number): AnyPattern =>
  segment(
    n,
    saw.withValue((x) => Math.round(x * n)),
  );

function parray(patterns: readonly unknown[]): AnyPattern {
  return patterns
    .map(reify)
    .reduce<Pattern<unknown[]>>(
      (lists, pattern) => lists.combineBoth(pattern, (list, value) => [...list, value]),
      pure([]),
    );
}

export const constructorRows = [
  row(
    'pure',
    '<T>(value: T) => Pattern<T>',
    'A value once per cycle; text is not read as notation.',
    'pure(4)',
    { free: pure },
  ),
  row('reify', '(x: any) => Pattern<any>', 'The pattern that x stands for.', 'reify("bd sd")', {
    free: reify,
  }),
  row('silence', 'Pattern<never>', 'No events.', 'silence', { free: silence }),
  row('nothing', 'Pattern<never>', 'No events and no steps.', 'nothing', { free: nothing }),
  row('gap', '(steps: number) => Pattern<never>', 'Silence of so many steps.', 'stepcat("a b", gap(2))', {
    free: gap,
  }),
  row('steady', '<T>(value: T) => Pattern<T>', 'A value at every moment.', 'note("c e").add(steady(2))', {
    free: steady,
  }),
  row(
    ['sequence', 'seq', 'fastcat'],
    MANY,
    'Items one after another in one cycle.',
    'seq("bd", "sd hh")',
    gathering(sequence),
  ),
  row(
    ['cat', 'slowcat'],
    MANY,
    'One item per cycle.',
    'cat("bd sd", "hh*4")',
    gathering((...items) => slowcat(...items.map(listed))),
  ),
  row(
    'slowcatPrime',
    MANY,
    'One item per cycle; the cycles of the others are skipped.',
    'slowcatPrime("<a b>", "c")',
    gathering((...items) => slowcatPrime(...items.map(listed))),
  ),
  row(
    ['stack', 'polyrhythm', 'pr'],
    MANY,
    'All together.',
    'stack(s("bd*4"), s("hh*8"))',
    gathering((...items) => stack(...items.map(listed))),
  ),
  row('stackLeft', MANY, 'Together, padded at the end to the longest.', 'stackLeft("a b", "c d e f")', {
    free: stackLeft,
  }),
  row('stackRight', MANY, 'Together, padded at the beginning.', 'stackRight("a b", "c d e f")', {
    free: stackRight,
  }),
  row('stackCentre', MANY, 'Together, padded on both sides.', 'stackCentre("a b", "c d e f")', {
    free: stackCentre,
  }),
  row(
    'stackBy',
    '(by: PatternLike<string>, ...patterns: PatternLike<any>[]) => Pattern<any>',
    'Together, padded as `by` says: left, right, centre, expand.',
    'stackBy("<left right>", "a b", "c d e f")',
    {
      free: (by: unknown, ...items: unknown[]) =>
        reify(by)
          .withValue((key) => STACKS[String(key)]?.(...items) ?? stackLeft(...items))
          .innerJoin(),
    },
  ),
  row(
    'arrange',
    '(...sections: [number, PatternLike<any>][]) => Pattern<any>',
    'Sections of so many cycles each, looped.',
    'arrange([4, s("bd*4")], [2, s("hh*8")])',
    { free: arrange },
  ),
  row(
    'seqPLoop',
    '(...sections: [number, number, PatternLike<any>][]) => Pattern<any>',
    'Sections from one cycle to another, overlapping, looped.',
    'seqPLoop([0, 2, s("bd*2")], [1, 3, s("hh*4")])',
    { free: seqPLoop },
  ),
  row(
    ['stepcat', 'timecat', 'timeCat', 's_cat'],
    '(...entries: ([number, PatternLike<any>] | PatternLike<any>)[]) => Pattern<any>',
    'Items in one cycle, each as long as its weight.',
    'stepcat([3, "bd"], [1, "sd"])',
    gathering(stepcat),
  ),
  row(
    ['polymeter', 'pm', 's_polymeter'],
    MANY,
    'Together, step by step.',
    'polymeter("c e g", "c2 g2")',
    gathering(polymeter),
  ),
  row(
    ['stepalt', 's_alt'],
    '(...groups: (PatternLike<any> | PatternLike<any>[])[]) => Pattern<any>',
    'Joins steps; items of lists take turns.',
    'stepalt(["bd", "cp"], "hh hh")',
    { free: stepalt },
  ),
  row(['zip', 's_zip'], MANY, 'Steps of the patterns in turn.', 'zip("e f", "e g b")', gathering(zip)),
  row('run', '(n: PatternLike<number>) => Pattern<number>', 'The numbers from 0 to n-1.', 'n(run(4))', {
    free: overNumber((n) => run(n)),
  }),
  row(
    'binary',
    '(n: PatternLike<number>) => Pattern<number>',
    'The bits of a number as steps.',
    's("hh").struct(binary(5))',
    { free: overNumber((n) => fastcat(...bitsOf(n, bitLength(n)).map((bit) => pure(bit)))) },
  ),
  row(
    'binaryN',
    '(n: PatternLike<number>, bits?: PatternLike<number>) => Pattern<number>',
    'The lowest bits of a number as steps; 16 by default.',
    's("hh").struct(binaryN(5, 8))',
    { free: (n: unknown, bits: unknown = 16) => binaryN(n, bits) },
  ),
  row(
    'binaryL',
    '(n: PatternLike<number>) => Pattern<number[]>',
    'The bits of a number as a list.',
    'binaryL(5)',
    { free: (n: unknown) => reify(n).withValue((value) => bitsOf(Number(value), bitLength(Number(value)))) },
  ),
  row(
    'binaryNL',
    '(n: PatternLike<number>, bits?: PatternLike<number>) => Pattern<number[]>',
    'The lowest bits of a number as a list.',
    'binaryNL(5, 4)',
    {
      free: (n: unknown, bits: unknown = 16) =>
        reify(n).combineLeft(reify(bits), (value, count) => bitsOf(Number(value), Number(count))),
    },
  ),
  row(
    'parray',
    '(patterns: PatternLike<any>[]) => Pattern<any[]>',
    'A pattern of lists from a list of patterns.',
    'parray(["1 2", "3"])',
    { free: parray },
  ),
  row(
    'sequenceP',
    '(patterns: PatternLike<any>[]) => Pattern<any[]>',
    'As parray.',
    'sequenceP(["1 2", 3])',
    { free: parray },
  ),
  row(
    'ref',
    '(read: () => any) => Pattern<any>',
    'The value that a function gives while playing.',
    'note(ref(() => 60))',
    {
      free: (read: () => unknown) => new Pattern((state) => reify(read()).query(state)),
    },
  ),
  row(
    'hush',
    '() => Pattern<never>',
    'Silence in place of the pattern.',
    's("bd").hush()',
    method(() => silence),
  ),
  row(
    'bypass',
    '(on: PatternLike<any>) => Pattern<any>',
    'Silence where on.',
    's("bd*4").bypass("<0 1>")',
    plain(1, (on, pattern) =>
      reify(on)
        .withValue((value) => (Number.parseInt(value, 10) ? silence : pattern))
        .innerJoin(),
    ),
  ),
];

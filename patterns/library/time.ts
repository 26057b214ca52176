/** Rows of functions that move, stretch and repeat time. */
import { compress, fastcat, pure, silence } from '../combine.ts';
import { extend, squeezeJoin } from '../joins.ts';
import { toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { Pattern } from '../pattern.ts';
import { ONE, ratio, rational } from '../rational.ts';
import { reify } from '../reify.ts';
import {
  everyNth,
  inside,
  iter,
  linger,
  ply,
  repeatCycles,
  rev,
  revv,
  ribbon,
  segment,
} from '../structure.ts';
import { early, fast, fastGap, focus, late, slow, zoom } from '../time.ts';
import { type AnyPattern, applyPatterned, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('time');
const FACTOR = '(factor: PatternLike<number>) => Pattern<T>';
const CYCLES = '(cycles: PatternLike<number>) => Pattern<T>';
const STRETCH = '(begin: PatternLike<number>, end: PatternLike<number>) => Pattern<T>';

const swingBy = (amount: any, n: any, pattern: AnyPattern): AnyPattern =>
  inside(n, (slowed) => lateBy(fastcat<any>(pure(0), pure(rational(amount).div(2))), slowed), pattern);

function lateBy(shifts: AnyPattern, pattern: AnyPattern): AnyPattern {
  return shifts.innerBind((shift) => late(shift, pattern));
}

function bite(n: any, indices: AnyPattern, pattern: AnyPattern): AnyPattern {
  const slices = rational(n);
  const slice = (index: unknown): AnyPattern => {
    const begin = rational(toNumeral(index)).div(slices).mod(ONE);
    return zoom(begin, begin.add(ONE.div(slices)), pattern);
  };
  return squeezeJoin(indices.withValue(slice));
}

function brak(pattern: AnyPattern): AnyPattern {
  return everyNth(2, (half) => late('1/4', fastcat(half, silence)), 'last', pattern);
}

const pressBy = (amount: any, pattern: AnyPattern): AnyPattern =>
  squeezeJoin(pattern.withValue((value) => compress(amount, 1, pure(value)))).withSteps(pattern.stepCount);

/** Tempo by the query: n cycles a minute, whatever the clock says. */
const cpm = (n: any, pattern: AnyPattern): AnyPattern =>
  new Pattern((state) => fast(rational(n).div(60).div(rational(state.controls._cps)), pattern).query(state));

/** Each event n times in its place, changed once more each time. */
function plyWith(
  times: any,
  change: (copy: AnyPattern, i: number) => unknown,
  pattern: AnyPattern,
): AnyPattern {
  const count = Math.max(0, Math.floor(toNumeral(times)));
  const copies = (value: unknown): AnyPattern => {
    const list: AnyPattern[] = [];
    for (let i = 0; i < count; i += 1) list.push(i === 0 ? pure(value) : reify(change(list[i - 1]!, i)));
    return fastcat(...list);
  };
  return squeezeJoin(pattern.withValue(copies)).withSteps(pattern.stepCount?.mul(count) ?? null);
}

/** Each event n times in its place, each copy changed by its number. */
const plyForEach = (
  times: any,
  change: (copy: AnyPattern, i: number) => unknown,
  pattern: AnyPattern,
): AnyPattern =>
  squeezeJoin(
    pattern.withValue((value) =>
      fastcat(
        ...Array.from({ length: Math.max(0, Math.floor(toNumeral(times))) }, (_, i) =>
          i === 0 ? pure(value) : reify(change(pure(value), i)),
        ),
      ),
    ),
  );

export const timeRows = [
  row(['fast', 'density'], FACTOR, 'Plays n times as fast.', 's("bd sd").fast(2)', transform(1, fast)),
  row(['slow', 'sparsity'], FACTOR, 'Plays n times as slow.', 's("bd sd").slow(2)', transform(1, slow)),
  row('early', CYCLES, 'Moves to an earlier time.', '"bd sd".s().early(0.25)', transform(1, early)),
  row('late', CYCLES, 'Moves to a later time.', '"bd sd".s().late("<0 .25>")', transform(1, late)),
  row(
    'hurry',
    FACTOR,
    'Plays n times as fast, samples too.',
    's("bd sd").hurry("<1 2>")',
    transform(1, (factor, pattern) =>
      operate('mul', 'in', fast(factor, pattern), pure({ speed: toNumeral(factor) })),
    ),
  ),
  row('ply', FACTOR, 'Repeats each event n times in its place.', 's("bd sd").ply(2)', transform(1, ply)),
  row(
    ['compress', 'compressSpan', 'compressspan'],
    STRETCH,
    'Squeezes each cycle into a part of it, silence around.',
    's("bd sd").compress(0.25, 0.75)',
    transform(2, compress),
  ),
  row(
    ['fastGap', 'fastgap'],
    FACTOR,
    'Speeds up each cycle and leaves a gap after it.',
    's("bd sd").fastGap(2)',
    transform(1, fastGap),
  ),
  row(
    ['focus', 'focusSpan', 'focusspan'],
    STRETCH,
    'As compress, but goes on before and after.',
    's("bd sd").focus(0.25, 0.75)',
    transform(2, focus),
  ),
  row(
    'zoom',
    STRETCH,
    'Plays a part of each cycle, stretched to the cycle.',
    '"0 1 2 3".zoom(0.25, 0.75)',
    transform(2, zoom),
  ),
  row(
    'inside',
    '(factor: PatternLike<number>, f: PatternTransform) => Pattern<T>',
    'Applies f inside a cycle: slowed by n, then as fast again.',
    '"0 1 2 3".inside(2, rev)',
    transform(2, inside),
  ),
  row(
    'outside',
    '(factor: PatternLike<number>, f: PatternTransform) => Pattern<T>',
    'Applies f outside the cycle: sped up by n, then as slow again.',
    '"<[0 1] 2>".outside(2, rev)',
    transform(2, (factor, f, pattern) => inside(ONE.div(rational(factor)), f, pattern)),
  ),
  row(
    'linger',
    '(length: PatternLike<number>) => Pattern<T>',
    'Repeats the first part of each cycle; negative: the last.',
    's("bd sd hh cp").linger("<1 .5>")',
    transform(1, linger, { keepsSteps: true }),
  ),
  row(
    ['segment', 'seg'],
    '(n: PatternLike<number>) => Pattern<T>',
    'Samples n events per cycle.',
    'note(sine.range(40, 52).segment(8))',
    transform(1, segment),
  ),
  row(
    'swingBy',
    '(amount: PatternLike<number>, n: PatternLike<number>) => Pattern<T>',
    'Delays the second half of each n-th of the cycle.',
    's("hh*8").swingBy(1/3, 4)',
    transform(2, swingBy),
  ),
  row(
    'swing',
    '(n: PatternLike<number>) => Pattern<T>',
    'As swingBy with a third.',
    's("hh*8").swing(4)',
    transform(1, (n, pattern) => swingBy(ratio(1, 3), n, pattern)),
  ),
  row(
    'iter',
    '(n: PatternLike<number>) => Pattern<T>',
    'Begins one n-th later each cycle.',
    '"0 1 2 3".iter(4)',
    transform(1, (n, pattern) => iter(n, 1, pattern)),
  ),
  row(
    ['iterBack', 'iterback'],
    '(n: PatternLike<number>) => Pattern<T>',
    'Begins one n-th earlier each cycle.',
    '"0 1 2 3".iterBack(4)',
    transform(1, (n, pattern) => iter(n, -1, pattern)),
  ),
  row('rev', '() => Pattern<T>', 'Reverses each cycle.', '"0 1 2 3".rev()', plain(0, rev)),
  row('revv', '() => Pattern<T>', 'Reverses all of time.', '"<0 1 2 3>".revv()', plain(0, revv)),
  row(
    'palindrome',
    '() => Pattern<T>',
    'Every other cycle is reversed.',
    '"0 1 2 3".palindrome()',
    plain(0, (pattern: AnyPattern) => everyNth(2, rev, 'last', pattern)),
  ),
  row(
    'brak',
    '() => Pattern<T>',
    'Every second cycle is squeezed and shifted by a quarter.',
    's("bd sd").brak()',
    plain(0, brak),
  ),
  row(
    'pressBy',
    '(amount: PatternLike<number>) => Pattern<T>',
    'Shifts events inside their spans.',
    's("bd*4").pressBy("<0 .5>")',
    transform(1, pressBy),
  ),
  row(
    'press',
    '() => Pattern<T>',
    'Shifts events by half of their spans.',
    's("hh*4").press()',
    plain(0, (pattern: AnyPattern) => pressBy(ratio(1, 2), pattern)),
  ),
  row(
    ['ribbon', 'rib'],
    '(offset: PatternLike<number>, cycles: PatternLike<number>) => Pattern<T>',
    'Loops a stretch of time.',
    'note("<c d e f>").ribbon(1, 2)',
    transform(2, ribbon),
  ),
  row(
    'bite',
    '(n: PatternLike<number>, indices: PatternLike<number>) => Pattern<T>',
    'Plays slices of each cycle in the order of a pattern.',
    '"0 1 2 3 4 5 6 7".bite(4, "3 2 1 0")',
    {
      free: (n: unknown, indices: unknown, pattern: unknown) => biteBy(n, indices, reify(pattern)),
      method(n: unknown, indices: unknown) {
        return biteBy(n, indices, this);
      },
    },
  ),
  row(
    ['zoomArc', 'zoomarc'],
    '(span: any) => Pattern<T>',
    'As zoom with a span.',
    '"0 1 2 3".zoomArc(span(0.25, 0.75))',
    plain(1, (arc: { begin: any; end: any }, pattern) => zoom(arc.begin, arc.end, pattern)),
  ),
  row(
    'repeatCycles',
    '(n: PatternLike<number>) => Pattern<T>',
    'Plays each cycle n times.',
    '"<0 1 2>".repeatCycles(2)',
    transform(1, repeatCycles),
  ),
  row(
    'cpm',
    '(n: PatternLike<number>) => Pattern<T>',
    'Plays at n cycles a minute, whatever the tempo is.',
    's("bd sd").cpm(90)',
    transform(1, cpm),
  ),
  row(
    ['plyWith', 'plywith'],
    '(n: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'As ply, each copy changed once more.',
    '"0 1".plyWith(3, x => x.add(2))',
    transform(2, plyWith),
  ),
  row(
    ['plyForEach', 'plyforeach'],
    '(n: PatternLike<number>, f: (pattern: Pattern<any>, i: number) => any) => Pattern<any>',
    'As ply, each copy changed by its number.',
    '"0 1".plyForEach(3, (x, i) => x.add(i))',
    transform(2, plyForEach),
  ),
  row(
    'extend',
    FACTOR,
    'Plays n times as fast with n times the steps.',
    'stepcat("a b".extend(2), "c d")',
    transform(1, extend),
  ),
];

function biteBy(n: unknown, indices: unknown, pattern: AnyPattern): AnyPattern {
  return applyPatterned([n], pattern, (count, base) => bite(count, reify(indices), base));
}

/** Rows of functions that act now and then. */
import { fastcat, pure } from '../combine.ts';
import { rational } from '../rational.ts';
import { reify } from '../reify.ts';
import { chunk, everyNth, iter, unjoin, when } from '../structure.ts';
import { late } from '../time.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('conditional');
const NTH = '(n: PatternLike<number>, f: PatternTransform) => Pattern<any>';
type Change = (pattern: AnyPattern) => unknown;

const nth = (which: 'first' | 'last') =>
  transform(2, (n, f: Change, pattern) => everyNth(n, (base) => reify(f(base)), which, pattern));
const chunking = (options: { readonly back: boolean; readonly fast: boolean }) =>
  transform(2, (n, f: Change, pattern) => chunk(n, (base) => reify(f(base)), options, pattern));

/** Where the booleans are true, f on a loop of the part that the event covers; the pattern itself elsewhere. */
const into = (booleans: AnyPattern, f: Change, pattern: AnyPattern): AnyPattern =>
  unjoin(booleans, f, pattern).innerJoin();

const chunkInto = (n: any, f: Change, pattern: AnyPattern): AnyPattern =>
  into(iter(n, -1, marks(n)), f, pattern);
const chunkBackInto = (n: any, f: Change, pattern: AnyPattern): AnyPattern =>
  into(late(-1, iter(n, 1, marks(n))), f, pattern);
const marks = (n: any): AnyPattern =>
  fastcat(
    ...Array.from({ length: Math.max(1, Math.floor(rational(n).toNumber())) }, (_, i) => pure(i === 0)),
  );

export const conditionalRows: readonly LibraryRow[] = [
  row(
    ['firstOf', 'every'],
    NTH,
    'f in the first of every n cycles.',
    's("bd sd").every(4, fast(2))',
    nth('first'),
  ),
  row('lastOf', NTH, 'f in the last of every n cycles.', 's("bd sd").lastOf(4, fast(2))', nth('last')),
  row(
    'when',
    '(condition: PatternLike<any>, f: PatternTransform) => Pattern<any>',
    'f where the condition is true.',
    's("bd sd").when("<0 1>", fast(2))',
    transform(2, (condition, f: Change, pattern) => when(condition, (base) => reify(f(base)), pattern)),
  ),
  row(
    ['chunk', 'slowchunk', 'slowChunk'],
    NTH,
    'f on one n-th of the cycle after another, each cycle n times.',
    '"0 1 2 3".chunk(4, x => x.add(7))',
    chunking({ back: false, fast: false }),
  ),
  row(
    ['chunkBack', 'chunkback'],
    NTH,
    'As chunk, backwards.',
    '"0 1 2 3".chunkBack(4, x => x.add(7))',
    chunking({ back: true, fast: false }),
  ),
  row(
    ['fastChunk', 'fastchunk'],
    NTH,
    'As chunk, the pattern goes on each cycle.',
    '"<0 1> 2".fastChunk(4, x => x.add(7))',
    chunking({ back: false, fast: true }),
  ),
  row(
    ['chunkInto', 'chunkinto'],
    NTH,
    'f on one looped n-th after another.',
    's("bd sd ht lt").chunkInto(4, hurry(2))',
    transform(2, chunkInto),
  ),
  row(
    ['chunkBackInto', 'chunkbackinto'],
    NTH,
    'As chunkInto, backwards.',
    's("bd sd ht lt").chunkBackInto(4, hurry(2))',
    transform(2, chunkBackInto),
  ),
  row(
    'into',
    '(booleans: PatternLike<any>, f: PatternTransform) => Pattern<any>',
    'f on loops of the parts that are true.',
    's("bd sd ht lt").into("1 0", hurry(2))',
    plain(2, (booleans, f, pattern) => into(reify(booleans), f, pattern)),
  ),
];

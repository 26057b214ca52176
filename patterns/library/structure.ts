/** Rows of functions that give or take away structure. */
import { compress, pure, silence, timecat } from '../combine.ts';
import { euclidSteps } from '../euclid.ts';
import { morphed } from '../morph.ts';
import { isTrue } from '../note-names.ts';
import { operate } from '../operators.ts';
import type { Pattern } from '../pattern.ts';
import { ONE, ratio, rational } from '../rational.ts';
import { reify, sequence } from '../reify.ts';
import { euclid, struct, within } from '../structure.ts';
import { late } from '../time.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('structure');
const BOOLEANS = '(...booleans: PatternLike<any>[]) => Pattern<T>';

/** A row for an operator in an alignment. */
function operatorRow(name: string, operator: string, alignment: string, text: string): LibraryRow {
  return row(name, BOOLEANS, text, `s("hh*8").${name}("1 0 1 1")`, {
    free: plain(1, (booleans, pattern) => operate(operator, alignment, pattern, reify(booleans))).free,
    method(...booleans) {
      return operate(operator, alignment, this, sequence(...booleans));
    },
  });
}

const PULSES = '(onsets: PatternLike<number>, steps: PatternLike<number>) => Pattern<T>';
const ROTATED =
  '(onsets: PatternLike<number>, steps: PatternLike<number>, rotation: PatternLike<number>) => Pattern<T>';

/** Onsets held to the next one. */
function euclidLegato(onsets: number, steps: number, rotation: number, pattern: AnyPattern): AnyPattern {
  const pulses = euclidSteps(onsets, steps);
  const starts = pulses.flatMap((on, i) => (on ? [i] : []));
  if (starts.length === 0) return silence;
  const lengths = starts.map((start, i) => (starts[i + 1] ?? pulses.length) - start);
  const held = timecat(...lengths.map((length) => [length, pure(true)] as const));
  return late(ratio(rotation, steps), struct(held, pattern));
}

const euclidish = (onsets: number, steps: number, groove: any, pattern: AnyPattern): AnyPattern =>
  struct(morphed(euclidSteps(onsets, steps), new Array(onsets).fill(true), groove), pattern).withSteps(
    rational(steps),
  );

function beat(index: any, steps: any, pattern: AnyPattern): AnyPattern {
  const total = rational(steps);
  const at = rational(index).mod(total);
  return pattern
    .withValue((value) => compress(at.div(total), at.add(ONE).div(total), pure(value)))
    .innerJoin();
}

export const structureRows: readonly LibraryRow[] = [
  operatorRow('struct', 'keepif', 'out', 'Structure from the booleans, values from the pattern.'),
  operatorRow('structAll', 'keep', 'out', 'As struct, false events too.'),
  operatorRow('mask', 'keepif', 'in', 'Drops events where the booleans are false.'),
  operatorRow('maskAll', 'keep', 'in', 'As mask, false events too.'),
  operatorRow('reset', 'keepif', 'reset', 'Begins the cycle anew at each true event.'),
  operatorRow('resetAll', 'keep', 'reset', 'Begins the cycle anew at each event.'),
  operatorRow('restart', 'keepif', 'restart', 'Begins the pattern anew at each true event.'),
  operatorRow('restartAll', 'keep', 'restart', 'Begins the pattern anew at each event.'),
  row(
    'euclid',
    PULSES,
    'Onsets spread as evenly as may be over the steps.',
    's("bd").euclid(3, 8)',
    transform(2, (k, n, pattern) => euclid(k, n, 0, pattern)),
  ),
  row(
    ['euclidRot', 'euclidrot'],
    ROTATED,
    'As euclid, rotated.',
    's("bd").euclidRot(3, 8, 2)',
    transform(3, euclid),
  ),
  row(
    'bjork',
    '(list: PatternLike<number[]>) => Pattern<T>',
    'As euclid, with [onsets, steps, rotation].',
    's("bd").bjork([3, 8, 2])',
    transform(1, (list, pattern) => {
      const [k, n = k, rotation = 0] = Array.isArray(list) ? list : [list];
      return euclid(k, n, rotation, pattern);
    }),
  ),
  row(
    'euclidLegato',
    PULSES,
    'As euclid, each onset held to the next.',
    'note("c3").euclidLegato(3, 8)',
    transform(2, (k, n, pattern) => euclidLegato(k, n, 0, pattern)),
  ),
  row(
    'euclidLegatoRot',
    ROTATED,
    'As euclidLegato, rotated.',
    'note("c3").euclidLegatoRot(3, 5, 2)',
    transform(3, euclidLegato),
  ),
  row(
    ['euclidish', 'eish'],
    '(onsets: PatternLike<number>, steps: PatternLike<number>, groove: PatternLike<number>) => Pattern<T>',
    'Between euclid (0) and even (1).',
    's("hh").euclidish(7, 12, sine.slow(8))',
    {
      ...transform(3, euclidish),
    },
  ),
  row(
    'beat',
    '(index: PatternLike<number>, steps: PatternLike<number>) => Pattern<T>',
    'Onsets at the listed steps.',
    's("bd").beat("0,7,10", 16)',
    transform(2, beat),
  ),
  row(
    'within',
    '(begin: number, end: number, f: PatternTransform) => Pattern<T>',
    'f on the events of a part of the cycle.',
    's("hh*8").within(0, 0.5, x => x.speed(2))',
    plain(3, (begin, end, f, pattern) => within(begin, end, (part) => reify(f(part)), pattern)),
  ),
  row(
    ['invert', 'inv'],
    '() => Pattern<boolean>',
    'True becomes false, false becomes true.',
    's("bd").struct("1 0 1 1".invert())',
    plain(0, (pattern: Pattern<unknown>) => pattern.withValue((value) => !isTrue(value))),
  ),
  row(
    'morph',
    '(from: any[], to: any[], by: PatternLike<number>) => Pattern<boolean>',
    'A rhythm between two of equally many onsets.',
    's("hh").struct(morph([1,0,1,0], [1,1,0,0], 0.5))',
    {
      free: (from: unknown[], to: unknown[], by: unknown) =>
        reify(by)
          .withValue((share) => morphed(from.map(isTrue), to.map(isTrue), share))
          .innerJoin(),
    },
  ),
];

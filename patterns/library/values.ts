/** Rows of functions that change values: arithmetic, ranges, lists. */
import { toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { reify } from '../reify.ts';
import { exp, log } from '../transcendental.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('values');
const NUMBERS = '() => Pattern<number>';
const RANGE = '(min: PatternLike<number>, max: PatternLike<number>) => Pattern<number>';

const onNumbers = (f: (x: number) => number) =>
  plain(0, (pattern: AnyPattern) => pattern.withValue((value) => f(toNumeral(value))));

/** From 0..1 to min..max. */
function range(min: any, max: any, pattern: AnyPattern): AnyPattern {
  const from = toNumeral(min);
  const size = toNumeral(max) - from;
  return operate('add', 'in', operate('mul', 'in', pattern, reify(size)), reify(from));
}

const fromBipolar = (pattern: AnyPattern): AnyPattern =>
  pattern.withValue((value) => (toNumeral(value) + 1) / 2);

const ratioOf = (value: unknown): unknown =>
  Array.isArray(value) ? value.slice(1).reduce((result, next) => result / next, value[0]) : value;

export const valueRows: readonly LibraryRow[] = [
  row('round', NUMBERS, 'Rounds to the nearest whole number.', '"0.5 1.2".round()', onNumbers(Math.round)),
  row('floor', NUMBERS, 'Rounds down.', '"0.5 1.2".floor()', onNumbers(Math.floor)),
  row('ceil', NUMBERS, 'Rounds up.', '"0.5 1.2".ceil()', onNumbers(Math.ceil)),
  row(
    'toBipolar',
    NUMBERS,
    'From 0..1 to -1..1.',
    'sine.toBipolar()',
    onNumbers((x) => x * 2 - 1),
  ),
  row(
    'fromBipolar',
    NUMBERS,
    'From -1..1 to 0..1.',
    'sine2.fromBipolar()',
    onNumbers((x) => (x + 1) / 2),
  ),
  row(
    'asNumber',
    NUMBERS,
    'Note names and texts as numbers.',
    '"c3 7".asNumber()',
    onNumbers((x) => x),
  ),
  row('range', RANGE, 'From 0..1 to min..max.', 'sine.range(200, 2000)', transform(2, range)),
  row(
    'rangex',
    RANGE,
    'From 0..1 to min..max on an exponential curve.',
    'sine.rangex(20, 2000)',
    transform(2, (min, max, pattern) =>
      range(log(toNumeral(min)), log(toNumeral(max)), pattern).withValue(exp),
    ),
  ),
  row(
    'range2',
    RANGE,
    'From -1..1 to min..max.',
    'sine2.range2(200, 2000)',
    transform(2, (min, max, pattern) => range(min, max, fromBipolar(pattern))),
  ),
  row(
    'ratio',
    NUMBERS,
    'Divides lists: 3:2 is 1.5.',
    '"1 3:2".ratio()',
    plain(0, (pattern: AnyPattern) => pattern.withValue(ratioOf)),
  ),
];

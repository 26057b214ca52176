/** Rows of functions that cut samples up and fit them to time. */
import { fastcat, pure, slowcat } from '../combine.ts';
import { squeezeJoin } from '../joins.ts';
import { toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { Pattern } from '../pattern.ts';
import { rational } from '../rational.ts';
import { reify } from '../reify.ts';
import { fast, slow } from '../time.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('samples');
type Value = Record<string, any>;

const slices = (n: number): Value[] =>
  Array.from({ length: n }, (_, i) => ({ begin: i / n, end: (i + 1) / n }));

/** A part of the part of the sample that a value already plays. */
function cut(value: Value, slice: Value): Value {
  if (!('begin' in value) || !('end' in value)) return { ...value, ...slice };
  const length = value.end - value.begin;
  return { ...value, begin: value.begin + slice.begin * length, end: value.begin + slice.end * length };
}

function chop(n: any, pattern: AnyPattern): AnyPattern {
  const parts = slices(Math.floor(toNumeral(n)));
  const chopped = squeezeJoin(
    pattern.withValue((value) => fastcat(...parts.map((part) => pure(cut(value, part))))),
  );
  return chopped.withSteps(pattern.stepCount?.mul(parts.length) ?? null);
}

function striate(n: any, pattern: AnyPattern): AnyPattern {
  const parts = slices(Math.floor(toNumeral(n)));
  const striated = operate('set', 'in', pattern, slowcat(...parts.map((part) => pure(part))));
  return fast(parts.length, striated).withSteps(pattern.stepCount?.mul(parts.length) ?? null);
}

/** Slices by number or by a list of their beginnings; the indices give the structure. */
function slice(counts: AnyPattern, indices: AnyPattern, pattern: AnyPattern): AnyPattern {
  return counts.innerBind((count) =>
    indices.outerBind((index) =>
      pattern.outerBind((given) => {
        const value: Value = typeof given === 'object' && given !== null ? given : { s: given };
        const isList = Array.isArray(count);
        const begin = isList ? count[index] : index / count;
        const end = isList ? count[index + 1] : (index + 1) / count;
        // The last of a list of beginnings plays to the end.
        return pure({ begin, ...(end === undefined ? {} : { end }), _slices: count, ...value });
      }),
    ),
  );
}

const countOf = (slices: unknown): number => (Array.isArray(slices) ? slices.length : Number(slices));

/** Slices whose speed fits their events. */
function splice(counts: AnyPattern, indices: AnyPattern, pattern: AnyPattern): AnyPattern {
  const sliced = slice(counts, indices, pattern);
  return new Pattern((state) =>
    sliced.query(state).map((event) =>
      event.withValue((value: Value) => ({
        speed:
          (state.controls._cps / countOf(value._slices) / event.duration.toNumber()) * (value.speed ?? 1),
        unit: 'c',
        ...value,
      })),
    ),
  );
}

const withSpeed = (speed: number, pattern: AnyPattern): AnyPattern =>
  operate('set', 'in', pattern, pure({ speed, unit: 'c' }));

const loopAt = (cycles: any, pattern: AnyPattern): AnyPattern =>
  new Pattern(
    (state) => loopAtCps(cycles, state.controls._cps, pattern).query(state),
    pattern.stepCount?.div(cycles) ?? null,
  );

const loopAtCps = (cycles: any, cps: any, pattern: AnyPattern): AnyPattern =>
  slow(cycles, withSpeed((1 / rational(cycles).toNumber()) * toNumeral(cps), pattern));

function fit(pattern: AnyPattern): AnyPattern {
  return new Pattern(
    (state) =>
      pattern.query(state).map((event) => {
        const value: Value = event.value;
        const length = (value.end ?? 1) - (value.begin ?? 0);
        return event.withValue(() => ({
          ...value,
          speed: (state.controls._cps / event.duration.toNumber()) * length,
          unit: 'c',
        }));
      }),
    pattern.stepCount,
  );
}

function scrub(positions: unknown, pattern: AnyPattern): AnyPattern {
  return reify(positions).outerBind((position) => {
    const [begin, speed = 1] = Array.isArray(position) ? position : [position];
    return pattern.withValue((value: Value) => ({
      ...value,
      begin,
      speed: (value.speed ?? 1) * speed,
      clip: 1,
    }));
  });
}

const N = '(n: PatternLike<number>) => Pattern<any>';
const SLICE = '(n: PatternLike<number | number[]>, indices: PatternLike<number>) => Pattern<any>';

export const sampleRows: readonly LibraryRow[] = [
  row('chop', N, 'Cuts each sample into n parts played in order.', 's("bd sd").chop(4)', transform(1, chop)),
  row('striate', N, 'Interlaces parts of all samples.', 's("bd sd").striate(4)', transform(1, striate)),
  row(
    'slice',
    SLICE,
    'Plays slices of a sample by index.',
    's("bd").slice(8, "0 3 [2 1]")',
    plain(2, (n, indices, pattern) => slice(reify(n), reify(indices), pattern)),
  ),
  row(
    'splice',
    SLICE,
    'As slice, each slice as long as its event.',
    's("bd").splice(8, "0 3 [2 1]")',
    plain(2, (n, indices, pattern) => splice(reify(n), reify(indices), pattern)),
  ),
  row(
    ['loopAt', 'loopat'],
    '(cycles: PatternLike<number>) => Pattern<any>',
    'Makes the sample last so many cycles.',
    's("bd").loopAt(2)',
    transform(1, loopAt),
  ),
  row(
    ['loopAtCps', 'loopatcps'],
    '(cycles: PatternLike<number>, cps: PatternLike<number>) => Pattern<any>',
    'As loopAt at a given tempo.',
    's("bd").loopAtCps(4, 1.5)',
    transform(2, loopAtCps),
  ),
  row(
    'fit',
    '() => Pattern<any>',
    'Makes each sample last as long as its event.',
    's("bd/2").fit()',
    plain(0, fit),
  ),
  row(
    'scrub',
    '(positions: PatternLike<number>) => Pattern<any>',
    'Plays from positions of a sample.',
    's("bd").scrub("0 .5 .25")',
    plain(1, scrub),
  ),
];

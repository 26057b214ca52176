/** Rows of functions that lay changed copies over a pattern. */
import { pure, silence, stack } from '../combine.ts';
import { toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { type Rational, rational } from '../rational.ts';
import { reify } from '../reify.ts';
import { late } from '../time.ts';
import { pow } from '../transcendental.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('accumulation');
const F = '(f: PatternTransform) => Pattern<any>';
const FS = '(...fs: PatternTransform[]) => Pattern<any>';
type Change = (pattern: AnyPattern, i?: number) => unknown;

const superimpose = (pattern: AnyPattern, changes: readonly Change[]): AnyPattern =>
  stack(pattern, ...changes.map((f) => reify(f(pattern))));
const layer = (pattern: AnyPattern, changes: readonly Change[]): AnyPattern =>
  stack(...changes.map((f) => reify(f(pattern))));

const off = (cycles: any, f: Change, pattern: AnyPattern): AnyPattern =>
  stack(pattern, reify(f(late(cycles, pattern))));

/** The pattern on the left, what f makes of it on the right. */
function juxBy(width: any, f: Change, pattern: AnyPattern): AnyPattern {
  const half = rational(width).toNumber() / 2;
  const panned = (shift: number): AnyPattern =>
    pattern.withValue((value) => ({
      ...value,
      pan: (typeof value === 'object' && 'pan' in value ? value.pan : 0.5) + shift,
    }));
  return stack(panned(-half), reify(f(panned(half))));
}

function echoWith(times: any, cycles: any, f: Change, pattern: AnyPattern): AnyPattern {
  const count = Math.max(0, Math.floor(rational(times).toNumber()));
  const step: Rational = rational(cycles);
  if (count === 0) return silence;
  return stack(...Array.from({ length: count }, (_, i) => reify(f(late(step.mul(i), pattern), i))));
}

/** Copies whose gain falls by the feedback each time. */
const fading = (times: any, cycles: any, feedback: any, pattern: AnyPattern): AnyPattern =>
  echoWith(
    times,
    cycles,
    (copy, i = 0) => operate('set', 'in', copy, pure({ gain: pow(Number(feedback), i) })),
    pattern,
  );

/** Gain of each side of a fade between two: full up to the middle, then falling to silence. */
function xfade(a: AnyPattern, position: unknown, b: AnyPattern): AnyPattern {
  const at = reify(position).withValue((x) => toNumeral(x));
  const side = (share: (x: number) => number, pattern: AnyPattern): AnyPattern =>
    operate(
      'mul',
      'in',
      pattern,
      at.withValue((x) => ({ gain: Math.min(1, Math.max(0, share(x))) })),
    );
  return stack(
    side((x) => 2 - 2 * x, a),
    side((x) => 2 * x, b),
  );
}

/** f n times. */
function applyN(times: any, f: Change, pattern: AnyPattern): AnyPattern {
  let result = pattern;
  for (let i = 0; i < Number(times); i += 1) result = reify(f(result));
  return result;
}

export const accumulationRows: readonly LibraryRow[] = [
  row(
    'xfade',
    '(position: PatternLike<number>, other: PatternLike<any>) => Pattern<any>',
    'Fades from this pattern (0) to another (1).',
    's("bd*2").xfade("<0 .5 1>", s("hh*8"))',
    {
      free: (a: unknown, position: unknown, b: unknown) => xfade(reify(a), position, reify(b)),
      method(position, b) {
        return xfade(this, position, reify(b));
      },
    },
  ),
  row(
    'superimpose',
    FS,
    'The pattern and what each function makes of it.',
    'note("c e g").superimpose(x => x.add(note(12)))',
    {
      free:
        (...fs: any[]) =>
        (pattern: unknown) =>
          superimpose(reify(pattern), fs),
      method(...fs) {
        return superimpose(this, fs);
      },
    },
  ),
  row(
    'layer',
    FS,
    'What each function makes of the pattern, together.',
    'note("c e g").layer(x => x.s("saw"), x => x.add(note(12)))',
    {
      free:
        (...fs: any[]) =>
        (pattern: unknown) =>
          layer(reify(pattern), fs),
      method(...fs) {
        return layer(this, fs);
      },
    },
  ),
  row(
    'off',
    '(cycles: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'A delayed and changed copy on top.',
    'note("c e").off(1/8, x => x.add(note(7)))',
    transform(2, off),
  ),
  row(
    'jux',
    F,
    'f on the right channel.',
    's("hh*4").jux(rev)',
    plain(1, (f, pattern) => juxBy(1, f, pattern)),
  ),
  row(
    ['juxBy', 'juxby'],
    '(width: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'As jux, less wide.',
    's("hh*4").juxBy(0.5, rev)',
    transform(2, juxBy),
  ),
  row(
    ['echoWith', 'echowith', 'stutWith', 'stutwith'],
    '(times: PatternLike<number>, cycles: PatternLike<number>, f: (pattern: Pattern<any>, i: number) => PatternLike<any>) => Pattern<any>',
    'Delayed copies, each changed by f of its number.',
    '"0 2".echoWith(4, 1/8, (x, i) => x.add(i * 2)).note()',
    transform(3, echoWith),
  ),
  row(
    'echo',
    '(times: PatternLike<number>, cycles: PatternLike<number>, feedback: PatternLike<number>) => Pattern<any>',
    'Delayed copies, each softer.',
    's("bd sd").echo(3, 1/6, 0.8)',
    transform(3, fading),
  ),
  row(
    'stut',
    '(times: PatternLike<number>, feedback: PatternLike<number>, cycles: PatternLike<number>) => Pattern<any>',
    'As echo with another order.',
    's("bd sd").stut(3, 0.8, 1/6)',
    transform(3, (times, feedback, cycles, pattern) => fading(times, cycles, feedback, pattern)),
  ),
  row(
    'applyN',
    '(times: PatternLike<number>, f: PatternTransform) => Pattern<any>',
    'Applies f n times.',
    's("bd").applyN(3, fast(2))',
    transform(2, applyN),
  ),
  row(
    'apply',
    F,
    'Applies f.',
    's("bd").apply(fast(2))',
    transform(1, (f: Change, pattern) => reify(f(pattern))),
  ),
];

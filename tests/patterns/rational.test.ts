/** Exact time against an independent implementation, at its edges and past 2^53. */
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { Rational, ratio, rational } from '../../patterns/rational.ts';

const whole = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.maxSafeInteger(),
  fc.constantFrom(
    0,
    1,
    -1,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    2 ** 31,
    2 ** 31 - 1,
    -(2 ** 31),
  ),
);
const natural = whole.map((n) => Math.abs(n) || 1);
const pair = fc.tuple(whole, natural);
const text = (f: Fraction): string => `${f.s * f.n}/${f.d}`;
const other = ([n, d]: readonly [number, number]): Fraction => new Fraction(BigInt(n), BigInt(d));

describe('arithmetic', () => {
  for (const name of ['add', 'sub', 'mul', 'div', 'lcm', 'gcd'] as const) {
    it(`${name} agrees with fraction.js`, () =>
      fc.assert(
        fc.property(pair, pair, (a, b) => {
          if (name === 'div' && b[0] === 0) {
            expect(() => ratio(...a).div(ratio(...b))).toThrow(RangeError);
            return;
          }
          const expected = other(a)[name](other(b));
          const found = ratio(...a)
            [name](ratio(...b))
            .toFraction();
          expect(found).toBe(name === 'lcm' || name === 'gcd' ? text(expected.abs()) : text(expected));
        }),
      ));
  }

  it('compares, floors and takes remainders like fraction.js', () =>
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const [x, y] = [ratio(...a), ratio(...b)];
        expect(Math.sign(x.compare(y))).toBe(other(a).compare(other(b)));
        expect(x.eq(y)).toBe(other(a).equals(other(b)));
        expect(x.floor().toFraction()).toBe(text(other(a).floor()));
        expect(x.ceil().toFraction()).toBe(text(other(a).ceil()));
        if (b[0] !== 0) {
          const rest = x.mod(y);
          expect(x.sub(rest).div(y).isInteger()).toBe(true);
          expect(rest.abs().lt(y.abs())).toBe(true);
        }
      }),
    ));

  it('comes back from BigInt to small integers', () =>
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const x = ratio(...a);
        const y = ratio(...b);
        expect(x.add(y).sub(y).toFraction()).toBe(x.toFraction());
        expect(x.add(y).sub(y).eq(x)).toBe(true);
        expect(x.mul(3).div(3).eq(x)).toBe(true);
      }),
    ));

  it('gives the nearest double', () =>
    fc.assert(fc.property(pair, ([n, d]) => void expect(ratio(n, d).toNumber()).toBe(n / d))));
});

describe('reading numbers', () => {
  const rows: readonly (readonly [number | string, string])[] = [
    [0.1, '1/10'],
    [1 / 8, '1/8'],
    [1 / 3, '1/3'],
    [2 / 3, '2/3'],
    [0.333, '333/1000'],
    [-2.5, '-5/2'],
    [1.1, '11/10'],
    [0, '0/1'],
    [-0, '0/1'],
    [1e21, '1000000000000000000000/1'],
    [1e-9, '1/1000000000'],
    [100.0001, '1000001/10000'],
    ['3/4', '3/4'],
    ['6/8', '3/4'],
    ['-.5', '-1/2'],
    ['1e-3', '1/1000'],
    ['0.5/2', '1/4'],
  ];
  for (const [given, expected] of rows) {
    it(`${typeof given} ${given} is ${expected}`, () => expect(rational(given).toFraction()).toBe(expected));
  }

  it('reads every fraction of small numbers back from its double', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: 1, max: 2000 }),
        (n, d) => void expect(rational(n / d).eq(ratio(n, d))).toBe(true),
      ),
    ));

  it('reads doubles as fraction.js does', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 999, noNaN: true }),
        (x) => void expect(rational(x).toFraction()).toBe(text(new Fraction(x))),
      ),
    ));

  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 'x', '', '1/0', '1//2']) {
    it(`refuses ${String(bad) || 'empty text'} by name`, () => {
      expect(() => rational(bad)).toThrow(RangeError);
      if (bad !== '') expect(() => rational(bad)).toThrow(String(bad));
    });
  }

  it('refuses what is no number', () => {
    expect(() => rational({ a: 1 } as never)).toThrow('Not a number: {"a":1}');
    expect(() => rational((() => 1) as never)).toThrow('Not a number: a function');
  });

  it('behaves as a number where a number is wanted', () => {
    expect(rational(0.25) instanceof Rational && +rational(0.25)).toBe(0.25);
    expect(JSON.stringify({ t: ratio(1, 2) })).toBe('{"t":"1/2"}');
  });
});

/** Our own sine, logarithm and powers against the host's, in units of the last place; exact where that is due. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, exp2, log, log2, pow, sin } from '../../patterns/transcendental.ts';

/** Distance in representable doubles, near zero measured against `scale`. */
function unitsApart(a: number, b: number, scale = 0): number {
  if (Object.is(a, b) || a === b) return 0;
  const size = Math.max(Math.abs(a), Math.abs(b), scale, 2 ** -1000);
  return Math.abs(a - b) / 2 ** (Math.floor(Math.log2(size)) - 52);
}

const near = (
  units: number,
  ours: (x: number) => number,
  host: (x: number) => number,
  min: number,
  max: number,
  scale = 0,
) =>
  fc.assert(
    fc.property(fc.double({ min, max, noNaN: true }), (x) => {
      expect(unitsApart(ours(x), host(x), scale)).toBeLessThanOrEqual(units);
    }),
    { numRuns: 2000 },
  );

describe('transcendental functions', () => {
  it('sin', () => near(1, sin, Math.sin, -1000, 1000));
  it('sin far out', () => near(1, sin, Math.sin, 1e6, 1e12, 2 ** -40));
  it('cos', () => near(1, cos, Math.cos, -1000, 1000));
  it('log', () => near(1, log, Math.log, 1e-300, 1e300));
  it('exp', () => near(1, exp, Math.exp, -700, 700));
  it('exp2', () => near(64, exp2, (x) => 2 ** x, -1000, 1000));
  it('log2', () => near(2, log2, Math.log2, 1e-300, 1e300, 1));

  it('pow', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -8, max: 8, noNaN: true }),
        (x, y) => {
          expect(unitsApart(pow(x, y), x ** y)).toBeLessThanOrEqual(64);
        },
      ),
    ));

  it('is exact where it should be', () => {
    for (let k = -1074; k <= 1023; k += 1) {
      if (k >= -1022) expect(exp2(k)).toBe(2 ** k);
      if (k >= -1022) expect(log2(2 ** k)).toBe(k);
    }
    expect([sin(0), cos(0), exp(0), log(1), pow(3, 4), pow(2, -2), pow(9, 0.5)]).toEqual([
      0, 1, 1, 0, 81, 0.25, 3,
    ]);
  });

  it('has the edges of the host', () => {
    const edges = [0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const x of edges) {
      expect(sin(x)).toBe(Math.sin(x));
      expect(cos(x)).toBe(Math.cos(x));
      expect(log(x)).toBe(Math.log(x));
      expect(unitsApart(exp(x), Math.exp(x)) <= 1 || Number.isNaN(x)).toBe(true);
      for (const y of [0, 1, 2, -1, 0.5, 3]) {
        if (y === 0.5 && x === Number.NEGATIVE_INFINITY) continue;
        expect([x, y, pow(x, y) + 0]).toEqual([x, y, x ** y + 0]);
      }
    }
  });
});

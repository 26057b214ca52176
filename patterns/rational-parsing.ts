/**
 * How numbers and texts become exact fractions, as pairs of BigInts not yet reduced, and how such a pair becomes
 * the nearest double. It stands apart from rational.ts because nothing here is on the way of a query.
 */

type Parts = readonly [bigint, bigint];

/** Denominators up to here are searched for a fraction that equals the number as a double. */
const DENOMINATOR_LIMIT = 1e7;

/**
 * The simplest fraction of 0 < x < 1 with the same double value, by a walk down the Stern-Brocot tree that takes
 * equal turns in one leap; where none has a denominator within the limit, the nearest neighbour of the walk.
 */
function simplest(x: number): readonly [number, number] {
  let lowTop = 0;
  let lowBottom = 1;
  let highTop = 1;
  let highBottom = 1;
  while (lowBottom <= DENOMINATOR_LIMIT && highBottom <= DENOMINATOR_LIMIT) {
    const middle = (lowTop + highTop) / (lowBottom + highBottom);
    if (middle === x) {
      const bottom = lowBottom + highBottom;
      if (bottom <= DENOMINATOR_LIMIT) return [lowTop + highTop, bottom];
      return highBottom > lowBottom ? [highTop, highBottom] : [lowTop, lowBottom];
    }
    const up = x > middle;
    // How many turns the same way: double the stride while the walk does not pass x, then halve it.
    let turns = 1;
    const passes = (k: number): boolean => {
      const at = up
        ? (lowTop + k * highTop) / (lowBottom + k * highBottom)
        : (highTop + k * lowTop) / (highBottom + k * lowBottom);
      return up ? at < x : at > x;
    };
    const room = up
      ? Math.floor((DENOMINATOR_LIMIT - lowBottom) / highBottom) + 1
      : Math.floor((DENOMINATOR_LIMIT - highBottom) / lowBottom) + 1;
    while (turns * 2 <= room && passes(turns * 2)) turns *= 2;
    for (let stride = turns >> 1; stride >= 1; stride >>= 1) {
      if (turns + stride <= room && passes(turns + stride)) turns += stride;
    }
    if (up) {
      lowTop += turns * highTop;
      lowBottom += turns * highBottom;
    } else {
      highTop += turns * lowTop;
      highBottom += turns * lowBottom;
    }
  }
  return lowBottom > DENOMINATOR_LIMIT ? [highTop, highBottom] : [lowTop, lowBottom];
}

/** Fraction of a finite number: 0.1 is 1/10, 1/3 is 1/3. Throws a RangeError for NaN and the infinities. */
export function partsOfNumber(x: number): Parts {
  if (!Number.isFinite(x)) throw new RangeError(`Not a finite number: ${x}`);
  if (Number.isInteger(x)) return [BigInt(x), 1n];
  const size = Math.abs(x);
  const sign = x < 0 ? -1n : 1n;
  if (size >= 1e-6 && size < 1e6) {
    let scale = 1;
    while (scale <= size) scale *= 10;
    const [n, d] = simplest(scale === 1 ? size : size / scale);
    if (n !== 0) return [sign * BigInt(n) * BigInt(scale), BigInt(d)];
  }
  return parseParts(String(x));
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

function decimal(text: string, whole: string): Parts {
  const match = DECIMAL.exec(text.trim());
  const digits = match === null ? '' : (match[2] ?? '') + (match[3] ?? '');
  if (match === null || digits === '') throw new RangeError(`Not a number: "${whole}"`);
  const exponent = Number(match[4] ?? 0) - (match[3] ?? '').length;
  const value = BigInt(digits) * (match[1] === '-' ? -1n : 1n);
  return exponent >= 0 ? [value * 10n ** BigInt(exponent), 1n] : [value, 10n ** BigInt(-exponent)];
}

/** Reads "3/4", "0.25", "-1.5e3", "0.5/2". Throws a RangeError naming the text where it is none of these. */
export function parseParts(text: string): Parts {
  const slash = text.indexOf('/');
  if (slash < 0) return decimal(text, text);
  const [topN, topD] = decimal(text.slice(0, slash), text);
  const [bottomN, bottomD] = decimal(text.slice(slash + 1), text);
  if (bottomN === 0n) throw new RangeError(`Division by zero: "${text}"`);
  return [topN * bottomD, topD * bottomN];
}

/** Keeps 64 bits of a positive quotient and rounds once (a sticky last bit makes the rounding right). */
function positiveQuotient(n: bigint, d: bigint): number {
  const shift = n.toString(2).length - d.toString(2).length - 64;
  const scaledTop = shift < 0 ? n << BigInt(-shift) : n;
  const scaledBottom = shift > 0 ? d << BigInt(shift) : d;
  const quotient = scaledTop / scaledBottom;
  const sticky = quotient * scaledBottom === scaledTop ? quotient : quotient | 1n;
  return shift > 900 ? Number(sticky) * 2 ** 900 * 2 ** (shift - 900) : Number(sticky) * 2 ** shift;
}

export const bigParts = {
  /** Nearest double of n/d, d > 0. */
  toNumber(n: bigint, d: bigint): number {
    if (n === 0n) return 0;
    return n < 0n ? -positiveQuotient(-n, d) : positiveQuotient(n, d);
  },
};

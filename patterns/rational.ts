/**
 * Exact time: rational numbers in lowest terms with a positive denominator. Small values are two safe integers,
 * values past 2^53 fall over to BigInt and come back when they fit. It stands alone so that every edge of exact
 * arithmetic is in one place; nobody outside sees the representation.
 */
import { bigParts, parseParts, partsOfNumber } from './rational-parsing.ts';

/** What can stand for a time: exact, a number (0.1 means 1/10, 1/3 means 1/3) or text such as "3/4". */
export type RationalLike = Rational | number | string | bigint;

interface BigParts {
  readonly n: bigint;
  readonly d: bigint;
}

const MAX = Number.MAX_SAFE_INTEGER;

function gcd(a: number, b: number): number {
  if (a <= 0x7fffffff && b <= 0x7fffffff) {
    let x = a | 0;
    let y = b | 0;
    while (y !== 0) {
      const rest = (x % y) | 0;
      x = y;
      y = rest;
    }
    return x;
  }
  let x = a;
  let y = b;
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

function bigGcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** An exact rational number; immutable. Make one with `rational(…)`. */
export class Rational {
  private readonly n: number;
  private readonly d: number;
  private readonly big: BigParts | null;

  /** For this file only: n and d must be safe, coprime, d > 0. */
  constructor(n: number, d: number, big: BigParts | null) {
    this.n = n;
    this.d = d;
    this.big = big;
  }

  /** n/d for safe integers, d > 0, reduced here. */
  static small(n: number, d: number): Rational {
    if (d === 1) return new Rational(n + 0, 1, null);
    const divisor = gcd(n < 0 ? -n : n, d);
    return divisor === 1 ? new Rational(n, d, null) : new Rational(n / divisor + 0, d / divisor, null);
  }

  /** n/d for BigInts, d not 0. */
  static large(n: bigint, d: bigint): Rational {
    if (d === 0n) throw new RangeError(`Division by zero: ${n}/0 is not a time`);
    if (d < 0n) return Rational.large(-n, -d);
    const divisor = bigGcd(n, d);
    const top = n / divisor;
    const bottom = d / divisor;
    if (bottom <= BigInt(MAX) && top <= BigInt(MAX) && top >= -BigInt(MAX)) {
      return new Rational(Number(top), Number(bottom), null);
    }
    return new Rational(Number.NaN, Number.NaN, { n: top, d: bottom });
  }

  private top(): bigint {
    return this.big === null ? BigInt(this.n) : this.big.n;
  }

  private bottom(): bigint {
    return this.big === null ? BigInt(this.d) : this.big.d;
  }

  add(other: RationalLike): Rational {
    const o = other instanceof Rational ? other : rational(other);
    if (this.d === o.d) {
      const n = this.n + o.n;
      if (n <= MAX && n >= -MAX) return Rational.small(n, this.d);
    } else if (o.d === 1) {
      // A whole number leaves the denominator, and the fraction stays in lowest terms.
      const b = o.n * this.d;
      const n = this.n + b;
      if (b <= MAX && b >= -MAX && n <= MAX && n >= -MAX) return new Rational(n, this.d, null);
    } else {
      const a = this.n * o.d;
      const b = o.n * this.d;
      const d = this.d * o.d;
      const n = a + b;
      if (d <= MAX && a <= MAX && a >= -MAX && b <= MAX && b >= -MAX && n <= MAX && n >= -MAX) {
        return Rational.small(n, d);
      }
    }
    return Rational.large(this.top() * o.bottom() + o.top() * this.bottom(), this.bottom() * o.bottom());
  }

  sub(other: RationalLike): Rational {
    const o = other instanceof Rational ? other : rational(other);
    if (this.d === o.d) {
      const n = this.n - o.n;
      if (n <= MAX && n >= -MAX) return Rational.small(n, this.d);
    } else if (o.d === 1) {
      // A whole number leaves the denominator, and the fraction stays in lowest terms.
      const b = o.n * this.d;
      const n = this.n - b;
      if (b <= MAX && b >= -MAX && n <= MAX && n >= -MAX) return new Rational(n, this.d, null);
    } else {
      const a = this.n * o.d;
      const b = o.n * this.d;
      const d = this.d * o.d;
      const n = a - b;
      if (d <= MAX && a <= MAX && a >= -MAX && b <= MAX && b >= -MAX && n <= MAX && n >= -MAX) {
        return Rational.small(n, d);
      }
    }
    return Rational.large(this.top() * o.bottom() - o.top() * this.bottom(), this.bottom() * o.bottom());
  }

  mul(other: RationalLike): Rational {
    const o = other instanceof Rational ? other : rational(other);
    const n = this.n * o.n;
    const d = this.d * o.d;
    if (d <= MAX && n <= MAX && n >= -MAX) return Rational.small(n, d);
    return Rational.large(this.top() * o.top(), this.bottom() * o.bottom());
  }

  /** Throws a RangeError for a division by zero. */
  div(other: RationalLike): Rational {
    const o = other instanceof Rational ? other : rational(other);
    if (o.n === 0) throw new RangeError(`Division by zero: ${this.toString()} / 0`);
    const n = this.n * o.d;
    const d = this.d * o.n;
    if (d <= MAX && d >= -MAX && n <= MAX && n >= -MAX) {
      return d < 0 ? Rational.small(-n, -d) : Rational.small(n, d);
    }
    return Rational.large(this.top() * o.bottom(), this.bottom() * o.top());
  }

  neg(): Rational {
    return this.big === null
      ? new Rational(0 - this.n, this.d, null)
      : Rational.large(-this.big.n, this.big.d);
  }

  abs(): Rational {
    return this.compare(ZERO) < 0 ? this.neg() : this;
  }

  /** The remainder that has the sign of the divisor: rational(-1/4).mod(1) is 3/4. */
  mod(other: RationalLike): Rational {
    const o = other instanceof Rational ? other : rational(other);
    return this.sub(this.div(o).floor().mul(o));
  }

  /** Negative, zero or positive like this - other. */
  compare(other: RationalLike): number {
    const o = other instanceof Rational ? other : rational(other);
    if (this.d === o.d) return this.n - o.n;
    const a = this.n * o.d;
    const b = o.n * this.d;
    if (a <= MAX && a >= -MAX && b <= MAX && b >= -MAX) return a - b;
    const left = this.top() * o.bottom();
    const right = o.top() * this.bottom();
    return left < right ? -1 : left > right ? 1 : 0;
  }

  lt(other: RationalLike): boolean {
    return this.compare(other) < 0;
  }
  lte(other: RationalLike): boolean {
    return this.compare(other) <= 0;
  }
  gt(other: RationalLike): boolean {
    return this.compare(other) > 0;
  }
  gte(other: RationalLike): boolean {
    return this.compare(other) >= 0;
  }
  eq(other: RationalLike): boolean {
    const o = other instanceof Rational ? other : rational(other);
    if (this.big === null) return this.n === o.n && this.d === o.d;
    return o.big !== null && this.big.n === o.big.n && this.big.d === o.big.d;
  }
  equals(other: RationalLike): boolean {
    return this.eq(other);
  }
  ne(other: RationalLike): boolean {
    return !this.eq(other);
  }

  min(other: RationalLike): Rational {
    const o = other instanceof Rational ? other : rational(other);
    return this.compare(o) <= 0 ? this : o;
  }
  max(other: RationalLike): Rational {
    const o = other instanceof Rational ? other : rational(other);
    return this.compare(o) >= 0 ? this : o;
  }

  /** The cycle this time lies in, as a time. */
  floor(): Rational {
    if (this.d === 1) return this;
    // n / d rounds correctly and both are safe, so the quotient never reaches an integer it is below.
    if (this.big === null) return new Rational(Math.floor(this.n / this.d), 1, null);
    const quotient = this.big.n / this.big.d;
    const below = this.big.n < 0n && quotient * this.big.d !== this.big.n;
    return Rational.large(below ? quotient - 1n : quotient, 1n);
  }
  ceil(): Rational {
    return this.d === 1 ? this : this.floor().add(ONE);
  }
  round(): Rational {
    return this.add(HALF).floor();
  }
  sam(): Rational {
    return this.floor();
  }
  nextSam(): Rational {
    return this.floor().add(ONE);
  }
  /** Position within the cycle, 0 included, 1 excluded. */
  cyclePos(): Rational {
    return this.d === 1 ? ZERO : this.sub(this.floor());
  }

  isInteger(): boolean {
    return this.d === 1 || (this.big !== null && this.big.d === 1n);
  }
  isZero(): boolean {
    return this.n === 0;
  }
  /** -1, 0 or 1. */
  sign(): number {
    return this.big === null ? Math.sign(this.n) : this.big.n < 0n ? -1 : 1;
  }

  /** Greatest rational that divides both a whole number of times. */
  gcd(other: RationalLike): Rational {
    const o = rational(other);
    const top = bigGcd(
      this.top() * o.bottom(),
      o.top() * this.bottom() < 0n ? -o.top() * this.bottom() : o.top() * this.bottom(),
    );
    return Rational.large(top, this.bottom() * o.bottom());
  }
  /** Least rational that both divide a whole number of times; 0 where either is 0. */
  lcm(other: RationalLike): Rational {
    const o = rational(other);
    if (this.isZero() || o.isZero()) return ZERO;
    return this.mul(o).abs().div(this.gcd(o));
  }

  /** The nearest double. */
  toNumber(): number {
    if (this.big === null) return this.d === 1 ? this.n : this.n / this.d;
    return bigParts.toNumber(this.big.n, this.big.d);
  }
  valueOf(): number {
    return this.toNumber();
  }

  /** Numerator and denominator in lowest terms, as text: "3/4", "-2/1". */
  toFraction(): string {
    return this.big === null ? `${this.n}/${this.d}` : `${this.big.n}/${this.big.d}`;
  }
  toString(): string {
    return this.toFraction();
  }
  toJSON(): string {
    return this.toFraction();
  }
  show(): string {
    return this.toFraction();
  }

  /** Calls mix with 32-bit words that stand for this exact value and no other small one; for hashing. */
  words(mix: (word: number) => void): void {
    if (this.big === null) {
      mix(this.n | 0);
      mix(Math.floor(this.n / 4294967296) | 0);
      mix(this.d | 0);
      if (this.d > 0xffffffff) mix(Math.floor(this.d / 4294967296) | 0);
      return;
    }
    for (const part of [this.big.n, this.big.d]) {
      let rest = part < 0n ? -part * 2n + 1n : part * 2n;
      while (rest > 0n) {
        mix(Number(rest & 0xffffffffn) | 0);
        rest >>= 32n;
      }
    }
  }
}

export const ZERO = new Rational(0, 1, null);
export const ONE = new Rational(1, 1, null);
const HALF = new Rational(1, 2, null);

/**
 * The exact value that stands for x. Numbers become the simplest fraction with the same double value.
 * Throws a RangeError naming the value where it is not finite or not a number.
 * @example rational('3/4').add(0.1).toFraction() // "17/20"
 */
export function rational(x: RationalLike): Rational {
  if (x instanceof Rational) return x;
  if (typeof x === 'number') {
    if (Number.isSafeInteger(x)) return new Rational(x + 0, 1, null);
    const [n, d] = partsOfNumber(x);
    return Rational.large(n, d);
  }
  if (typeof x === 'bigint') return Rational.large(x, 1n);
  if (typeof x === 'string') {
    const [n, d] = parseParts(x);
    return Rational.large(n, d);
  }
  throw new RangeError(`Not a number: ${describe(x)}`);
}

/** n/d, exact. Law: ratio(a, b).mul(b) equals a. */
export function ratio(n: number, d: number): Rational {
  if (Number.isSafeInteger(n) && Number.isSafeInteger(d) && d > 0) return Rational.small(n, d);
  return rational(n).div(rational(d));
}

function describe(x: unknown): string {
  if (typeof x === 'function') return 'a function';
  if (x === undefined) return 'undefined';
  try {
    return JSON.stringify(x) ?? String(x);
  } catch {
    return String(x);
  }
}

/**
 * Sine, logarithm, exponential and power with + - * / only, so that every host gives the same bits (hosts' own
 * Math functions differ). It stands alone and knows numbers only. Errors stay below one unit in the last place.
 * Source: the polynomials are those of fdlibm (Sun Microsystems, 1993: "Permission to use, copy, modify, and
 * distribute this software is freely granted, provided that this notice is preserved").
 */

const HALF_PI_TURNS = 0.6366197723675814;
/** pi/2 in slices of 33 bits, so that a slice times a turn count below 2^20 is exact; each with its rest. */
const HALF_PI: readonly (readonly [number, number])[] = [
  [1.5707963267341256, 6.077100506506192e-11],
  [6.077100506303966e-11, 2.0222662487959506e-21],
  [2.0222662487111665e-21, 8.4784276603689e-32],
];
const MANY_TURNS = 2 ** 19;
/** pi/2 times 2^200. */
const HALF_PI_SCALED =
  (314159265358979323846264338327950288419716939937510582097494459230781640628620899n << 199n) / 10n ** 80n;

/** The reduction of a large x, in integers. */
function reduceLarge(x: number): readonly [number, number, number] {
  const whole = Math.trunc(x);
  const scaled = (BigInt(whole) << 200n) + (BigInt((x - whole) * 2 ** 60) << 140n);
  const twice = 2n * scaled + (x < 0 ? -HALF_PI_SCALED : HALF_PI_SCALED);
  const turns = twice / (2n * HALF_PI_SCALED);
  const rest = scaled - turns * HALF_PI_SCALED;
  const high = Number(rest);
  return [Number(((turns % 4n) + 4n) % 4n), high / 2 ** 200, Number(rest - BigInt(high)) / 2 ** 200];
}

/** x less a whole number of quarter turns: [how many (mod 4), rest, what the rest lacks]. */
function reduce(x: number): readonly [number, number, number] {
  if (Math.abs(x) >= MANY_TURNS) return reduceLarge(x);
  const turns = Math.floor(Math.abs(x) * HALF_PI_TURNS + 0.5);
  let rest = Math.abs(x) - turns * HALF_PI[0]![0];
  let lack = turns * HALF_PI[0]![1];
  let high = rest - lack;
  for (
    let slice = 1;
    slice < 3 && Math.abs(high) < Math.abs(x) * (slice === 1 ? 2 ** -16 : 2 ** -49);
    slice += 1
  ) {
    // Too many bits cancelled: take the next slice of pi/2 into account.
    const before = rest;
    const [part, tail] = HALF_PI[slice]!;
    lack = turns * part;
    rest = before - lack;
    lack = turns * tail - (before - rest - lack);
    high = rest - lack;
  }
  const low = rest - high - lack;
  return x < 0 ? [-turns & 3, -high, -low] : [turns & 3, high, low];
}

function sineKernel(x: number, low: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * low - v * r) - low - v * -0.16666666666666632);
}

function cosineKernel(x: number, low: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * low));
}

/** Sine of x radians; NaN where x is not finite. */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  if (Math.abs(x) < 2 ** -26) return x;
  const [turns, rest, lack] = reduce(x);
  const size = turns & 1 ? cosineKernel(rest, lack) : sineKernel(rest, lack);
  return turns & 2 ? -size : size;
}

/** Cosine of x radians; NaN where x is not finite. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const [turns, rest, lack] = reduce(x);
  const size = turns & 1 ? sineKernel(rest, lack) : cosineKernel(rest, lack);
  return turns === 1 || turns === 2 ? -size : size;
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** [m, k] with x = m * 2^k and m between sqrt(1/2) and sqrt(2). */
function split(x: number): readonly [number, number] {
  let m = x;
  let k = 0;
  while (m >= 2 ** 32) {
    m /= 2 ** 32;
    k += 32;
  }
  while (m < 2 ** -32) {
    m *= 2 ** 32;
    k -= 32;
  }
  while (m >= Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  while (m < Math.SQRT1_2) {
    m *= 2;
    k -= 1;
  }
  return [m, k];
}

/** Natural logarithm; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x > 0 ? x : Number.NaN;
  const [m, k] = split(x);
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = even + odd;
  if (m > 1.38 || m < 0.70712) return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
}

/** x * 2^k without an early overflow. */
function scale(x: number, k: number): number {
  if (k > 1000) return x * 2 ** 1000 * 2 ** (k - 1000);
  if (k < -1000) return x * 2 ** -1000 * 2 ** (k + 1000);
  return x * 2 ** k;
}

/** e^x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const k = Math.abs(x) > 0.34657359 ? Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) : 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  return scale(1 - (low - (r * c) / (2 - c) - high), k);
}

/** Base-2 logarithm, exact for powers of two. */
export function log2(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return log(x);
  const [m, k] = split(x);
  return m === 1 ? k : k + log(m) * Math.LOG2E;
}

/** 2^x, exact for whole x. */
export function exp2(x: number): number {
  if (!Number.isFinite(x)) return exp(x);
  const k = Math.round(x);
  if (k > 1100) return Number.POSITIVE_INFINITY;
  if (k < -1100) return 0;
  return scale(exp((x - k) * Math.LN2), k);
}

/** x^n for a whole n, by squaring. */
function wholePower(x: number, n: number): number {
  let result = 1;
  let square = x;
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return n < 0 ? 1 / result : result;
}

/** x^y; NaN for a fraction of a negative number. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 1 && Number.isFinite(y)) return 1;
  if (Number.isInteger(y) && Math.abs(y) <= 1024) return wholePower(x, y);
  if (y === 0.5) return Math.sqrt(x);
  if (x < 0) return Number.isInteger(y) ? (y % 2 === 0 ? 1 : -1) * pow(-x, y) : Number.NaN;
  return x === 0 ? (y > 0 ? 0 : Number.POSITIVE_INFINITY) : exp2(y * log2(x));
}

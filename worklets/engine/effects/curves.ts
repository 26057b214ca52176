/**
 * Curves of distortion, each with its antiderivative, four lanes at a time; `u` is the driven sample. All have slope 1 at 0
 * (chebyshev has 5) and end near +-1. The number of a curve is its place in wire/words.ts.
 */
import { exp2x4, log2x4, sinTurn4 } from '../math/approx';

export const SCURVE: i32 = 0;
export const SOFT: i32 = 1;
export const HARD: i32 = 2;
export const CUBIC: i32 = 3;
export const DIODE: i32 = 4;
export const ASYM: i32 = 5;
export const FOLD: i32 = 6;
export const SINEFOLD: i32 = 7;
export const CHEBYSHEV: i32 = 8;
export const CURVES: i32 = 9;

const LOG2E: f32 = 1.4426950408889634;
const LN2: f32 = 0.6931471805599453;
const BIAS: f32 = 0.5;
const TANH_BIAS: f32 = 0.46211715726000976;

// @ts-ignore: decorator
@inline
function c(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
function withSign(magnitude: v128, from: v128): v128 {
  return v128.or(magnitude, v128.and(from, i32x4.splat(0x80000000)));
}

/** e^x for x <= 0. */
// @ts-ignore: decorator
@inline
function expDown(x: v128): v128 {
  return exp2x4(f32x4.mul(x, c(LOG2E)));
}

// @ts-ignore: decorator
@inline
function tanh4(u: v128): v128 {
  const e = expDown(f32x4.mul(f32x4.abs(u), c(-2)));
  return withSign(f32x4.div(f32x4.sub(c(1), e), f32x4.add(c(1), e)), u);
}

/** ln cosh u + ln 2. */
// @ts-ignore: decorator
@inline
function lnCosh4(u: v128): v128 {
  const size = f32x4.abs(u);
  const e = expDown(f32x4.mul(size, c(-2)));
  return f32x4.add(size, f32x4.mul(log2x4(f32x4.add(c(1), e)), c(LN2)));
}

// @ts-ignore: decorator
@inline
function held(u: v128, bound: f32): v128 {
  return f32x4.pmax(f32x4.pmin(u, c(bound)), c(-bound));
}

/** Distance from the nearest multiple of 4, -2 to 2. */
// @ts-ignore: decorator
@inline
function folded(u: v128): v128 {
  return f32x4.sub(u, f32x4.mul(c(4), f32x4.nearest(f32x4.mul(u, c(0.25)))));
}

/** The curve. `bend` belongs to the scurve alone: u / (1 + bend |u|). */
// @ts-ignore: decorator
@inline
export function curve(kind: i32, u: v128, bend: v128): v128 {
  if (kind == SOFT) return tanh4(u);
  if (kind == HARD) return held(u, 1);
  if (kind == CUBIC) {
    const h = held(u, 1.5);
    return f32x4.mul(h, f32x4.sub(c(1), f32x4.mul(c(0.14814814814814814), f32x4.mul(h, h))));
  }
  if (kind == DIODE) {
    const up = f32x4.sub(c(1), expDown(f32x4.sub(c(0), f32x4.abs(u))));
    const down = f32x4.mul(c(-0.25), f32x4.sub(c(1), expDown(f32x4.mul(c(-4), f32x4.abs(u)))));
    return v128.bitselect(up, down, f32x4.gt(u, c(0)));
  }
  if (kind == ASYM) return f32x4.sub(tanh4(f32x4.add(u, c(BIAS))), c(TANH_BIAS));
  if (kind == FOLD) {
    const r = folded(u);
    const size = f32x4.abs(r);
    return withSign(f32x4.pmin(size, f32x4.sub(c(2), size)), r);
  }
  if (kind == SINEFOLD) return sinTurn4(f32x4.mul(u, c(0.25)));
  if (kind == CHEBYSHEV) {
    const h = held(u, 1);
    const s = f32x4.mul(h, h);
    return f32x4.mul(h, f32x4.add(c(5), f32x4.mul(s, f32x4.sub(f32x4.mul(c(16), s), c(20)))));
  }
  return f32x4.div(u, f32x4.add(c(1), f32x4.mul(bend, f32x4.abs(u))));
}

/** Its antiderivative, up to a constant. */
// @ts-ignore: decorator
@inline
export function integral(kind: i32, u: v128, bend: v128): v128 {
  const size = f32x4.abs(u);
  const square = f32x4.mul(u, u);
  if (kind == SOFT) return lnCosh4(u);
  if (kind == HARD) {
    return v128.bitselect(f32x4.mul(c(0.5), square), f32x4.sub(size, c(0.5)), f32x4.lt(size, c(1)));
  }
  if (kind == CUBIC) {
    const inside = f32x4.mul(square, f32x4.sub(c(0.5), f32x4.mul(square, c(0.037037037037037035))));
    return v128.bitselect(inside, f32x4.sub(size, c(0.5625)), f32x4.lt(size, c(1.5)));
  }
  if (kind == DIODE) {
    const up = f32x4.add(size, f32x4.sub(expDown(f32x4.sub(c(0), size)), c(1)));
    const steep = f32x4.mul(c(0.0625), f32x4.sub(expDown(f32x4.mul(c(-4), size)), c(1)));
    return v128.bitselect(up, f32x4.add(f32x4.mul(c(0.25), size), steep), f32x4.gt(u, c(0)));
  }
  if (kind == ASYM) return f32x4.sub(lnCosh4(f32x4.add(u, c(BIAS))), f32x4.mul(c(TANH_BIAS), u));
  if (kind == FOLD) {
    const r = f32x4.abs(folded(u));
    const half = f32x4.mul(c(0.5), f32x4.mul(r, r));
    const outside = f32x4.sub(f32x4.sub(f32x4.add(r, r), half), c(1));
    return v128.bitselect(half, outside, f32x4.lt(r, c(1)));
  }
  if (kind == SINEFOLD) {
    return f32x4.mul(c(-0.6366197723675814), sinTurn4(f32x4.add(f32x4.mul(u, c(0.25)), c(0.25))));
  }
  if (kind == CHEBYSHEV) {
    const s = f32x4.pmin(square, c(1));
    const inside = f32x4.mul(s, f32x4.add(c(2.5), f32x4.mul(s, f32x4.sub(f32x4.mul(c(2.6666666666666665), s), c(5)))));
    return f32x4.add(inside, f32x4.pmax(f32x4.sub(size, c(1)), c(0)));
  }
  const b = f32x4.pmax(bend, c(0.01));
  const x = f32x4.mul(b, size);
  return f32x4.div(f32x4.sub(x, f32x4.mul(log2x4(f32x4.add(c(1), x)), c(LN2))), f32x4.mul(b, b));
}

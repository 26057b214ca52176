/**
 * The engine's own functions, four lanes at a time: sin, 2^x, log2, tan, soft clip. Polynomials fitted in f32 (errors
 * beside each), so that every machine gives the same bits. The host's Math is never asked.
 */

// @ts-ignore: decorator
@inline
function c(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
function step(sum: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(sum, x), f32x4.splat(coefficient));
}

/** sin(2 pi x), x in turns, any size. Error below 2.1e-7. */
// @ts-ignore: decorator
@inline
export function sinTurn4(x: v128): v128 {
  const r = f32x4.sub(x, f32x4.nearest(x));
  const sign = v128.and(r, i32x4.splat(0x80000000));
  const folded = f32x4.sub(v128.or(c(0.5), sign), r);
  const q = v128.bitselect(folded, r, f32x4.gt(f32x4.abs(r), c(0.25)));
  const s = f32x4.mul(q, q);
  let sum = step(c(39.5739428), s, -76.5544419);
  sum = step(sum, s, 81.6011956);
  sum = step(sum, s, -41.3416579);
  sum = step(sum, s, 6.28318517);
  return f32x4.mul(sum, q);
}

/** 2^x for |x| <= 126 (clamped). Relative error below 2.2e-7. */
// @ts-ignore: decorator
@inline
export function exp2x4(x: v128): v128 {
  const held = f32x4.pmax(f32x4.pmin(x, c(126)), c(-126));
  const whole = f32x4.nearest(held);
  const f = f32x4.sub(held, whole);
  let sum = step(c(0.00133118834), f, 0.00967308088);
  sum = step(sum, f, 0.0555058339);
  sum = step(sum, f, 0.240221634);
  sum = step(sum, f, 0.693147059);
  sum = step(sum, f, 1.00000006);
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(sum, exponent);
}

/** log2(x) for normal x > 0. Error below 1e-6. */
// @ts-ignore: decorator
@inline
export function log2x4(x: v128): v128 {
  // Shift the mantissa's range to [sqrt(1/2), sqrt(2)).
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.shr_s(shifted, 23);
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const t = f32x4.sub(m, c(1));
  let sum = step(c(0.18517362), t, -0.276069556);
  sum = step(sum, t, 0.294209987);
  sum = step(sum, t, -0.358474801);
  sum = step(sum, t, 0.480666774);
  sum = step(sum, t, -0.72139125);
  sum = step(sum, t, 1.44269582);
  return f32x4.add(f32x4.convert_i32x4_s(exponent), f32x4.mul(sum, t));
}

// @ts-ignore: decorator
@inline
function tanLow4(x: v128): v128 {
  const s = f32x4.mul(x, x);
  let sum = step(c(6697.01815), s, 253.364231);
  sum = step(sum, s, 180.223608);
  sum = step(sum, s, 40.448965);
  sum = step(sum, s, 10.3385348);
  sum = step(sum, s, 3.1415847);
  return f32x4.mul(sum, x);
}

/** tan(pi x) for 0 <= x <= 0.49. Relative error below 2.6e-6. */
// @ts-ignore: decorator
@inline
export function tanPi4(x: v128): v128 {
  const high = f32x4.gt(x, c(0.25));
  const low = tanLow4(v128.bitselect(f32x4.sub(c(0.5), x), x, high));
  return v128.bitselect(f32x4.div(c(1), low), low, high);
}

/** An odd curve with slope 1 at 0 that reaches +-1 at |x| >= 3 (Pade 3/2 of tanh). */
// @ts-ignore: decorator
@inline
export function softClip4(x: v128): v128 {
  const held = f32x4.pmax(f32x4.pmin(x, c(3)), c(-3));
  const s = f32x4.mul(held, held);
  const above = f32x4.mul(held, f32x4.add(s, c(27)));
  return f32x4.div(above, f32x4.add(f32x4.mul(s, c(9)), c(27)));
}

export function sinTurn(x: f32): f32 {
  return f32x4.extract_lane(sinTurn4(c(x)), 0);
}

export function exp2(x: f32): f32 {
  return f32x4.extract_lane(exp2x4(c(x)), 0);
}

export function log2(x: f32): f32 {
  return f32x4.extract_lane(log2x4(c(x)), 0);
}

export function tanPi(x: f32): f32 {
  return f32x4.extract_lane(tanPi4(c(x)), 0);
}

/** Linear gain of a level in dB. */
export function gainOfDb(db: f32): f32 {
  return exp2(db * 0.16609640474436813);
}

/** 10u^3 - 15u^4 + 6u^5: from 0 to 1 with no corner in value, slope or curvature. The shape of every fade here. */
// @ts-ignore: decorator
@inline
export function quintic(u: f32): f32 {
  return u * u * u * (10.0 + u * (-15.0 + 6.0 * u));
}

/**
 * Chance, from the event's seed only. PCG32 (M. O'Neill, 2014) for single draws; for noise in four lanes a counter that
 * is hashed, since PCG's rotation by a variable amount has no SIMD form. (Hash: C. Wellons' lowbias32, 2018.)
 */

let state: u64 = 0;

/** Begins the sequence of an event. */
export function seedRandom(seed: u32): void {
  state = (<u64>seed + 0x5851f42d) * 6364136223846793005 + 1442695040888963407;
  nextRandom();
}

/** 32 random bits. */
export function nextRandom(): u32 {
  const old = state;
  state = old * 6364136223846793005 + 1442695040888963407;
  const mixed = <u32>(((old >> 18) ^ old) >> 27);
  return rotr<u32>(mixed, <u32>(old >> 59));
}

/** 0 <= x < 1. */
export function nextUnit(): f32 {
  return <f32>(nextRandom() >>> 8) * (1.0 / 16777216.0);
}

/** White noise in -1..1 from four counters; add 1 to them after each call. */
// @ts-ignore: decorator
@inline
export function noise4(counter: v128): v128 {
  let x = i32x4.mul(counter, i32x4.splat(0x9e3779b9));
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  x = v128.xor(x, i32x4.shr_u(x, 16));
  return f32x4.mul(f32x4.convert_i32x4_s(x), f32x4.splat(4.656612873077393e-10));
}

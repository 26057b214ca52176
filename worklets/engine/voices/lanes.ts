/**
 * One lane of a vector that lies in memory, and four f64 side by side (frames do not fit f32). All lane state of the
 * engine is made of these two.
 */

// @ts-ignore: decorator
@inline
export function setLane(vector: usize, lane: i32, value: f32): void {
  store<f32>(vector + (<usize>lane << 2), value);
}

// @ts-ignore: decorator
@inline
export function laneOf(vector: usize, lane: i32): f32 {
  return load<f32>(vector + (<usize>lane << 2));
}

// @ts-ignore: decorator
@inline
export function setLaneBits(vector: usize, lane: i32, value: u32): void {
  store<u32>(vector + (<usize>lane << 2), value);
}

// @ts-ignore: decorator
@inline
export function laneBits(vector: usize, lane: i32): u32 {
  return load<u32>(vector + (<usize>lane << 2));
}

// @ts-ignore: decorator
@inline
export function wide(vector: usize, lane: i32): f64 {
  return load<f64>(vector + (<usize>lane << 3));
}

// @ts-ignore: decorator
@inline
export function setWide(vector: usize, lane: i32, value: f64): void {
  store<f64>(vector + (<usize>lane << 3), value);
}

/** All ones in the lanes whose bit is set. */
export function laneMask(bits: i32): v128 {
  return i32x4(
    bits & 1 ? -1 : 0,
    bits & 2 ? -1 : 0,
    bits & 4 ? -1 : 0,
    bits & 8 ? -1 : 0,
  );
}

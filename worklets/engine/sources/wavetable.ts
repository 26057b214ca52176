/**
 * Saw, square and triangle: band-limited tables, two or more an octave, read with a cubic. A voice reads the richest table
 * whose highest partial stays below half the sample rate, so nothing folds back. Niemitalo 2001, "Polynomial interpolators for
 * high-quality resampling"; Franck and Valimaki 2012.
 */
import { sampleRate, take } from '../block';
import { inverseFourier } from '../math/fourier';
import { setLaneBits, laneOf } from '../voices/lanes';
import { FREQ, Group } from '../voices/group';
import { stepBytes, stepsAt } from '../voices/pitch';

const SIZE: i32 = 8192;
const SIZE_BITS: i32 = 13;
/** One point before the table and three behind it, so that one load gives all four taps. */
const TABLE_BYTES: usize = (8192 + 4) << 2;
/** Partials per table, falling. Half an octave apart, closer where single partials are heard. */
const PARTIALS: StaticArray<i32> = [
  1024, 724, 512, 362, 256, 181, 128, 90, 64, 45, 32, 22, 16, 11, 8, 6, 5, 4, 3, 2, 1,
];
const TABLES: i32 = 21;

@unmanaged
class State {
  phase: v128;
  /** Pointers to the tables, and the frequencies they were chosen for. */
  table: v128;
  freq: v128;
}
export const STATE_BYTES: usize = offsetof<State>();
export const PHASE: usize = offsetof<State>('phase');
export const TABLE: usize = offsetof<State>('table');
const CHOSEN_FREQ: usize = offsetof<State>('freq');

const SAWTOOTH: i32 = 0;
const SQUARE: i32 = 1;
const TRIANGLE: i32 = 2;
const shapes = new StaticArray<usize>(3);

export function initSawtooth(): void {
  build(SAWTOOTH);
}
export function initSquare(): void {
  build(SQUARE);
}
export function initTriangle(): void {
  build(TRIANGLE);
}

/** Amplitude of partial k, as sine, of the shape with peaks at +-1. All begin at 0 and rise. */
function partial(shape: i32, k: i32): f64 {
  const isOdd = (k & 1) == 1;
  if (shape == SAWTOOTH) return (isOdd ? 2 : -2) / (Math.PI * <f64>k);
  if (!isOdd) return 0;
  if (shape == SQUARE) return 4 / (Math.PI * <f64>k);
  const sign: f64 = (k & 3) == 1 ? 1 : -1;
  return (sign * 8) / (Math.PI * Math.PI * <f64>k * <f64>k);
}

function build(shape: i32): void {
  const tables = take(<usize>TABLES * TABLE_BYTES);
  unchecked((shapes[shape] = tables));
  if (workAt == 0) workAt = take(<usize>SIZE << 4);
  const real = workAt;
  const imaginary = workAt + (<usize>SIZE << 3);
  for (let t = 0; t < TABLES; t++) {
    memory.fill(real, 0, <usize>SIZE << 4);
    // The real part of sum(-i a_k e^{ikx}) is sum(a_k sin kx).
    const partials = unchecked(PARTIALS[t]);
    for (let k = 1; k <= partials; k++) store<f64>(imaginary + (<usize>k << 3), -partial(shape, k));
    inverseFourier(real, imaginary, SIZE);
    const table = tables + <usize>t * TABLE_BYTES;
    for (let i = -1; i < SIZE + 3; i++) {
      const value = load<f64>(real + (<usize>(i & (SIZE - 1)) << 3));
      store<f32>(table + (<usize>(i + 1) << 2), <f32>value);
    }
  }
}
let workAt: usize = 0;

export function resetSawtooth(state: usize, lane: i32, group: Group): f64 {
  return reset(SAWTOOTH, state, lane);
}
export function resetSquare(state: usize, lane: i32, group: Group): f64 {
  return reset(SQUARE, state, lane);
}
export function resetTriangle(state: usize, lane: i32, group: Group): f64 {
  return reset(TRIANGLE, state, lane);
}

function reset(shape: i32, state: usize, lane: i32): f64 {
  setLaneBits(state + PHASE, lane, 0);
  setLaneBits(state + TABLE, lane, <u32>unchecked(shapes[shape]));
  // Unlike any frequency, so that the table is chosen when rendering begins.
  setLaneBits(state + CHOSEN_FREQ, lane, 0);
  return Infinity;
}

/** Number of the richest table whose partials of `hz` stay below half the sample rate. */
function tableFor(hz: f32): i32 {
  const room = <i32>min(1e6, (0.5 * sampleRate) / max(0.01, <f64>hz));
  let t = 0;
  while (t < TABLES - 1 && unchecked(PARTIALS[t]) > room) t++;
  return t;
}

function choose(state: usize, group: Group): void {
  for (let lane = 0; lane < 4; lane++) {
    const freq = laneOf(changetype<usize>(group) + FREQ, lane);
    const pointer = load<u32>(state + TABLE + (<usize>lane << 2));
    if (freq == laneOf(state + CHOSEN_FREQ, lane) || pointer == 0) continue;
    const base = shapeAt(pointer);
    setLaneBits(state + TABLE, lane, <u32>(base + <usize>tableFor(freq) * TABLE_BYTES));
  }
  v128.store(state + CHOSEN_FREQ, group.freq);
}

/** First table of the shape that a table belongs to. */
function shapeAt(table: usize): usize {
  for (let s = 0; s < 3; s++) {
    const base = unchecked(shapes[s]);
    if (table >= base && table < base + <usize>TABLES * TABLE_BYTES) return base;
  }
  return unchecked(shapes[0]);
}

/** Four floats around the place of one lane. */
// @ts-ignore: decorator
@inline
function taps(table: i32, index: i32): v128 {
  return v128.load(<usize>table + (<usize>index << 2));
}

/**
 * Reads four tables at four phases: Catmull-Rom over the taps around each place.
 */
// @ts-ignore: decorator
@inline
export function read4(table0: i32, table1: i32, table2: i32, table3: i32, phase: v128): v128 {
  const index = i32x4.shr_u(phase, 32 - SIZE_BITS);
  const a = taps(table0, i32x4.extract_lane(index, 0));
  const b = taps(table1, i32x4.extract_lane(index, 1));
  const c = taps(table2, i32x4.extract_lane(index, 2));
  const d = taps(table3, i32x4.extract_lane(index, 3));
  // 4 x 4 transpose: from taps per lane to lanes per tap.
  const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  const y0 = v128.shuffle<i64>(ab01, cd01, 0, 2);
  const y1 = v128.shuffle<i64>(ab01, cd01, 1, 3);
  const y2 = v128.shuffle<i64>(ab23, cd23, 0, 2);
  const y3 = v128.shuffle<i64>(ab23, cd23, 1, 3);
  const fractionMask = i32x4.splat((1 << (32 - SIZE_BITS)) - 1);
  const fractionUnit = f32x4.splat(1.0 / <f32>(1 << (32 - SIZE_BITS)));
  const half = f32x4.splat(0.5);
  const x = f32x4.mul(f32x4.convert_i32x4_s(v128.and(phase, fractionMask)), fractionUnit);
  // ((c3 x + c2) x + c1) x + y1.
  const c1 = f32x4.mul(half, f32x4.sub(y2, y0));
  const twist = f32x4.sub(y1, y2);
  const c3 = f32x4.add(f32x4.mul(half, f32x4.sub(y3, y0)), f32x4.add(twist, f32x4.mul(half, twist)));
  const c2 = f32x4.sub(f32x4.add(f32x4.sub(y0, y1), c1), c3);
  return f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(c3, x), c2), x), c1), x), y1);
}

/** Brings the tables of all lanes in line with the frequencies of the stretch. */
// @ts-ignore: decorator
@inline
export function refresh(state: usize, group: Group): void {
  if (v128.any_true(f32x4.ne(group.freq, v128.load(state + CHOSEN_FREQ)))) choose(state, group);
}

/** Table of the saw for partials of `hz` below half the sample rate. */
export function sawtoothFor(hz: f32): i32 {
  return <i32>(unchecked(shapes[SAWTOOTH]) + <usize>tableFor(hz) * TABLE_BYTES);
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  refresh(state, group);
  const tables = v128.load(state + TABLE);
  const table0 = i32x4.extract_lane(tables, 0);
  const table1 = i32x4.extract_lane(tables, 1);
  const table2 = i32x4.extract_lane(tables, 2);
  const table3 = i32x4.extract_lane(tables, 3);
  let step = stepsAt;
  const bytes = stepBytes;
  let phase = v128.load(state + PHASE);
  for (let i = 0; i < frames; i++) {
    phase = i32x4.add(phase, v128.load(step));
    step += bytes;
    v128.store(out + (<usize>i << 4), read4(table0, table1, table2, table3, phase));
  }
  v128.store(state + PHASE, phase);
}

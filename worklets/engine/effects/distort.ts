/**
 * Distortion by a curve at twice the sample rate, antiderivative in place of the curve itself where the signal moves, which
 * takes away most of what would alias. `shape` is the older control for the scurve. Asymmetric curves lose their DC behind.
 * Source: Parker, Zavalishin, Le Bivic, Reducing the aliasing of nonlinear waveshaping, DAFx 2016.
 */
import { P_DISTORT, P_DISTORTTYPE, P_DISTORTVOL, P_SHAPE, P_SHAPEVOL } from '../ids';
import { sampleRate } from '../block';
import { exp2 } from '../math/approx';
import { Group } from '../voices/group';
import { laneBits, laneMask, setLane, setLaneBits } from '../voices/lanes';
import { given, param } from '../voices/params';
import { ASYM, CHEBYSHEV, CUBIC, curve, CURVES, DIODE, FOLD, HARD, integral, SCURVE, SINEFOLD, SOFT } from './curves';
import { clearLane, double, doubled, halve, MEMORY_BYTES, worked } from './doubling';
import { quiet } from './svf';

@unmanaged
class State {
  last: v128;
  drive: v128;
  bend: v128;
  level: v128;
  /** Mean of the output, and how fast it follows (0 where the curve makes none). */
  mean: v128;
  meanRate: v128;
  kind: v128;
}
const MEMORY_AT: usize = offsetof<State>();
export const STATE_BYTES: usize = MEMORY_AT + MEMORY_BYTES;

/** e^10, 87 dB: more is no different. */
const MOST: f32 = 10;
const DC_HZ: f32 = 5;

export function wants(): bool {
  return given(P_DISTORT);
}

export function wantsShape(): bool {
  return given(P_SHAPE);
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  const kind = max(0, min(CURVES - 1, <i32>nearest(param(P_DISTORTTYPE))));
  begin(state, lane, kind, exp2(min(MOST, param(P_DISTORT)) * 1.4426950408889634), param(P_DISTORTVOL));
}

export function resetShape(state: usize, lane: i32, group: Group, frame: f64): void {
  const shape = min<f32>(0.995, param(P_SHAPE));
  begin(state, lane, SCURVE, (1 + shape) / (1 - shape), param(P_SHAPEVOL));
}

function begin(state: usize, lane: i32, kind: i32, drive: f32, level: f32): void {
  setLane(state + offsetof<State>('last'), lane, 0);
  setLane(state + offsetof<State>('drive'), lane, drive);
  setLane(state + offsetof<State>('bend'), lane, (drive - 1) / drive);
  setLane(state + offsetof<State>('level'), lane, level);
  setLane(state + offsetof<State>('mean'), lane, 0);
  const isAskew = kind == DIODE || kind == ASYM;
  setLane(state + offsetof<State>('meanRate'), lane, isAskew ? (6.2831853 * DC_HZ) / <f32>sampleRate : 0);
  setLaneBits(state + offsetof<State>('kind'), lane, kind);
  clearLane(state + MEMORY_AT, lane);
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const s = changetype<State>(state);
  const drive = s.drive;
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    v128.store(buffer + i, f32x4.mul(v128.load(buffer + i), drive));
  }
  double(state + MEMORY_AT, buffer, frames);
  const last = s.last;
  for (let kind = 0; kind < CURVES; kind++) {
    let bits = 0;
    for (let lane = 0; lane < 4; lane++) {
      if (laneBits(state + offsetof<State>('kind'), lane) == <u32>kind) bits |= 1 << lane;
    }
    if (bits & group.lanes) work(kind, laneMask(bits), last, s.bend, 2 * frames);
  }
  s.last = v128.load(doubled + (<usize>(2 * frames - 1) << 4));
  halve(state + MEMORY_AT, buffer, frames);
  const level = s.level;
  const rate = s.meanRate;
  let mean = s.mean;
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    const y = v128.load(buffer + i);
    mean = f32x4.add(mean, f32x4.mul(rate, f32x4.sub(y, mean)));
    v128.store(buffer + i, f32x4.mul(level, f32x4.sub(y, mean)));
  }
  s.mean = quiet(mean);
}

function work(kind: i32, mask: v128, last: v128, bend: v128, count: i32): void {
  if (kind == SOFT) return bent(SOFT, mask, last, bend, count);
  if (kind == HARD) return bent(HARD, mask, last, bend, count);
  if (kind == CUBIC) return bent(CUBIC, mask, last, bend, count);
  if (kind == DIODE) return bent(DIODE, mask, last, bend, count);
  if (kind == ASYM) return bent(ASYM, mask, last, bend, count);
  if (kind == FOLD) return bent(FOLD, mask, last, bend, count);
  if (kind == SINEFOLD) return bent(SINEFOLD, mask, last, bend, count);
  if (kind == CHEBYSHEV) return bent(CHEBYSHEV, mask, last, bend, count);
  bent(SCURVE, mask, last, bend, count);
}

/** Difference of the antiderivative over that of the signal; the curve half-way where the signal hardly moves. */
// @ts-ignore: decorator
@inline
function bent(kind: i32, mask: v128, last: v128, bend: v128, count: i32): void {
  let u0 = last;
  let f0 = integral(kind, u0, bend);
  for (let i: usize = 0; i < <usize>count << 4; i += 16) {
    const u1 = v128.load(doubled + i);
    const f1 = integral(kind, u1, bend);
    const way = f32x4.sub(u1, u0);
    // In f32 a smaller step would drown in rounding.
    const least = f32x4.pmax(f32x4.splat(0.02), f32x4.mul(f32x4.abs(u1), f32x4.splat(0.0009765625)));
    const isSmall = f32x4.lt(f32x4.abs(way), least);
    const half = curve(kind, f32x4.mul(f32x4.splat(0.5), f32x4.add(u0, u1)), bend);
    const mean = f32x4.div(f32x4.sub(f1, f0), v128.bitselect(f32x4.splat(1), way, isSmall));
    const y = v128.bitselect(half, mean, isSmall);
    v128.store(worked + i, v128.bitselect(y, v128.load(worked + i), mask));
    u0 = u1;
    f0 = f1;
  }
}

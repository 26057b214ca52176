/**
 * Compressor of a voice: works in decibels, soft knee, attack and release apart from each other, no make-up gain. It hears the
 * voice as loud as its envelope will make it, since that acts behind.
 * Source: Giannoulis, Massberg, Reiss, Digital dynamic range compressor design, JAES 2012 (smooth decoupled).
 */
import {
  P_COMPRESSOR, P_COMPRESSOR_ATTACK, P_COMPRESSOR_KNEE, P_COMPRESSOR_RATIO, P_COMPRESSOR_RELEASE,
} from '../ids';
import { sampleRate } from '../block';
import { exp2, exp2x4, log2x4 } from '../math/approx';
import { slopes, valuesBefore } from '../voices/envelope';
import { AMP_ENVELOPE, envelopeOf, Group } from '../voices/group';
import { setLane } from '../voices/lanes';
import { given, param } from '../voices/params';

@unmanaged
class State {
  threshold: v128;
  /** 1 - 1 / ratio. */
  slope: v128;
  knee: v128;
  attack: v128;
  release: v128;
  /** Reduction in dB: after the release's stage, and after the attack's. */
  held: v128;
  reduction: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

export function wants(): bool {
  return given(P_COMPRESSOR);
}

/** Share of the old value that a one-pole keeps each frame. */
function keeping(seconds: f32): f32 {
  return exp2(-1.4426950408889634 / <f32>max(1, <f64>seconds * sampleRate));
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  setLane(state + offsetof<State>('threshold'), lane, param(P_COMPRESSOR));
  setLane(state + offsetof<State>('slope'), lane, 1 - 1 / param(P_COMPRESSOR_RATIO));
  setLane(state + offsetof<State>('knee'), lane, max<f32>(0.01, param(P_COMPRESSOR_KNEE)));
  setLane(state + offsetof<State>('attack'), lane, keeping(param(P_COMPRESSOR_ATTACK)));
  setLane(state + offsetof<State>('release'), lane, keeping(param(P_COMPRESSOR_RELEASE)));
  setLane(state + offsetof<State>('held'), lane, 0);
  setLane(state + offsetof<State>('reduction'), lane, 0);
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const s = changetype<State>(state);
  const envelope = envelopeOf(group, AMP_ENVELOPE);
  const rise = slopes(envelope);
  let level = valuesBefore(envelope, frame);
  let held = s.held;
  let reduction = s.reduction;
  const zero = f32x4.splat(0);
  const half = f32x4.mul(s.knee, f32x4.splat(0.5));
  const bend = f32x4.div(f32x4.splat(0.5), s.knee);
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const x = v128.load(at);
    level = f32x4.add(level, rise);
    const size = f32x4.pmax(f32x4.abs(f32x4.mul(x, level)), f32x4.splat(1e-6));
    const over = f32x4.sub(f32x4.mul(f32x4.splat(6.020599913279624), log2x4(size)), s.threshold);
    // Within the knee a parabola leads from no slope to the full one.
    const into = f32x4.pmax(f32x4.add(over, half), zero);
    const soft = f32x4.mul(bend, f32x4.mul(into, into));
    const wanted = f32x4.mul(s.slope, v128.bitselect(over, soft, f32x4.gt(over, half)));
    const falling = f32x4.add(wanted, f32x4.mul(s.release, f32x4.sub(held, wanted)));
    held = f32x4.pmax(wanted, falling);
    reduction = f32x4.add(held, f32x4.mul(s.attack, f32x4.sub(reduction, held)));
    const gain = exp2x4(f32x4.mul(reduction, f32x4.splat(-0.16609640474436813)));
    v128.store(at, f32x4.mul(x, gain));
  }
  s.held = held;
  s.reduction = reduction;
}

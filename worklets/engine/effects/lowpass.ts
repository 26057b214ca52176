/**
 * Low-pass, 12 dB an octave: the trapezoidal state-variable filter (Zavalishin 2012; Simper 2013). The envelope moves the
 * cutoff in octaves: from `cutoff` up by `lpenv` and back; a negative `lpenv` begins that far up and dips to `cutoff` at its peak.
 * The tangent is computed each 16 samples and its value drawn straight between, which is stable at any speed.
 */
import { P_CUTOFF, P_FTYPE, P_LPATTACK, P_RESONANCE } from '../ids';
import { sampleRate } from '../block';
import { exp2 } from '../math/approx';
import { beginEnvelope, slopes, valuesBefore } from '../voices/envelope';
import { envelopeOf, Group, LOWPASS_ENVELOPE } from '../voices/group';
import { setLane } from '../voices/lanes';
import { given, param } from '../voices/params';
import { envelopeBase, envelopeReach, quiet, tangentOf } from './svf';

@unmanaged
class State {
  ic1: v128;
  ic2: v128;
  /** Cutoff in turns per frame, 1/Q, and the envelope's reach: octaves = base + depth * envelope. */
  cutoff: v128;
  damping: v128;
  base: v128;
  depth: v128;
}
export const STATE_BYTES: usize = offsetof<State>();

const STEP: i32 = 16;
export function wants(): bool {
  return given(P_CUTOFF) && param(P_FTYPE) == 0;
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  setLane(state + offsetof<State>('ic1'), lane, 0);
  setLane(state + offsetof<State>('ic2'), lane, 0);
  setLane(state + offsetof<State>('cutoff'), lane, param(P_CUTOFF) / <f32>sampleRate);
  // Web Audio's meaning of resonance: dB, so Q = 10^(x/20).
  setLane(state + offsetof<State>('damping'), lane, exp2(param(P_RESONANCE) * -0.16609640474436813));
  const reach = envelopeReach(P_LPATTACK);
  setLane(state + offsetof<State>('base'), lane, envelopeBase(reach));
  setLane(state + offsetof<State>('depth'), lane, reach);
  beginEnvelope(envelopeOf(group, LOWPASS_ENVELOPE), lane, frame, P_LPATTACK, 0.005);
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const s = changetype<State>(state);
  const depth = s.depth;
  const envelope = envelopeOf(group, LOWPASS_ENVELOPE);
  const slope = f32x4.mul(depth, slopes(envelope));
  const octaves = f32x4.add(s.base, f32x4.mul(depth, valuesBefore(envelope, frame)));
  const g = tangentOf(s.cutoff, octaves);
  if (!v128.any_true(f32x4.ne(slope, f32x4.splat(0)))) renderStill(s, g, buffer, frames);
  else {
    let before = g;
    for (let i = 0; i < frames; i += STEP) {
      const n = min(STEP, frames - i);
      const after = tangentOf(s.cutoff, f32x4.add(octaves, f32x4.mul(slope, f32x4.splat(<f32>(i + n)))));
      renderMoving(s, before, f32x4.mul(f32x4.sub(after, before), f32x4.splat(1.0 / <f32>n)), buffer + (<usize>i << 4), n);
      before = after;
    }
  }
}

function renderStill(s: State, g: v128, buffer: usize, frames: i32): void {
  const one = f32x4.splat(1);
  const a1 = f32x4.div(one, f32x4.add(one, f32x4.mul(g, f32x4.add(g, s.damping))));
  const a2 = f32x4.mul(g, a1);
  const a3 = f32x4.mul(g, a2);
  let ic1 = s.ic1;
  let ic2 = s.ic2;
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const v3 = f32x4.sub(v128.load(at), ic2);
    const v1 = f32x4.add(f32x4.mul(a1, ic1), f32x4.mul(a2, v3));
    const v2 = f32x4.add(ic2, f32x4.add(f32x4.mul(a2, ic1), f32x4.mul(a3, v3)));
    ic1 = f32x4.sub(f32x4.add(v1, v1), ic1);
    ic2 = f32x4.sub(f32x4.add(v2, v2), ic2);
    v128.store(at, v2);
  }
  s.ic1 = quiet(ic1);
  s.ic2 = quiet(ic2);
}

function renderMoving(s: State, g0: v128, step: v128, buffer: usize, frames: i32): void {
  const one = f32x4.splat(1);
  const damping = s.damping;
  let g = g0;
  let ic1 = s.ic1;
  let ic2 = s.ic2;
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    g = f32x4.add(g, step);
    const a1 = f32x4.div(one, f32x4.add(one, f32x4.mul(g, f32x4.add(g, damping))));
    const a2 = f32x4.mul(g, a1);
    const v3 = f32x4.sub(v128.load(at), ic2);
    const v1 = f32x4.add(f32x4.mul(a1, ic1), f32x4.mul(a2, v3));
    const v2 = f32x4.add(ic2, f32x4.mul(g, v1));
    ic1 = f32x4.sub(f32x4.add(v1, v1), ic1);
    ic2 = f32x4.sub(f32x4.add(v2, v2), ic2);
    v128.store(at, v2);
  }
  s.ic1 = quiet(ic1);
  s.ic2 = quiet(ic2);
}

/** High-pass, 12 dB an octave, or 24 where `ftype` says so. Resonance in dB, as the low-pass has it. */
import { P_HCUTOFF, P_FTYPE, P_HPATTACK, P_HRESONANCE } from '../ids';
import { exp2 } from '../math/approx';
import { envelopeOf, Group, HIGHPASS_ENVELOPE } from '../voices/group';
import { given, param } from '../voices/params';
import { HIGH, renderSvf, resetSvf, SVF_BYTES } from './svf';

export const STATE_BYTES: usize = SVF_BYTES;
const TWO_STAGES: f32 = 2;

export function wants(): bool {
  return given(P_HCUTOFF) && param(P_FTYPE) != TWO_STAGES;
}

export function wantsDouble(): bool {
  return given(P_HCUTOFF) && param(P_FTYPE) == TWO_STAGES;
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  const envelope = envelopeOf(group, HIGHPASS_ENVELOPE);
  const damping = exp2(param(P_HRESONANCE) * -0.16609640474436813);
  resetSvf(state, lane, envelope, frame, param(P_HCUTOFF), damping, damping, P_HPATTACK);
}

export function resetDouble(state: usize, lane: i32, group: Group, frame: f64): void {
  const envelope = envelopeOf(group, HIGHPASS_ENVELOPE);
  const damping = exp2(param(P_HRESONANCE) * -0.16609640474436813);
  // Q 0.5412 and 1.8478 Q: at Q = 0.7071 a Butterworth filter of order 4.
  resetSvf(state, lane, envelope, frame, param(P_HCUTOFF), 1.8477590650225735, damping * 0.5411961001461971, P_HPATTACK);
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  renderSvf(HIGH, false, state, group, HIGHPASS_ENVELOPE, buffer, frame, frames);
}

export function renderDouble(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  renderSvf(HIGH, true, state, group, HIGHPASS_ENVELOPE, buffer, frame, frames);
}

/** Low-pass, 24 dB an octave: two stages of the state-variable filter, chosen by `ftype`. */
import { P_CUTOFF, P_FTYPE, P_LPATTACK, P_RESONANCE } from '../ids';
import { exp2 } from '../math/approx';
import { envelopeOf, Group, LOWPASS_ENVELOPE } from '../voices/group';
import { given, param } from '../voices/params';
import { LOW, renderSvf, resetSvf, SVF_BYTES } from './svf';

export const STATE_BYTES: usize = SVF_BYTES;
const TWO_STAGES: f32 = 2;

export function wants(): bool {
  return given(P_CUTOFF) && param(P_FTYPE) == TWO_STAGES;
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  const damping = exp2(param(P_RESONANCE) * -0.16609640474436813);
  const envelope = envelopeOf(group, LOWPASS_ENVELOPE);
  resetSvf(state, lane, envelope, frame, param(P_CUTOFF), 1.8477590650225735, damping * 0.5411961001461971, P_LPATTACK);
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  renderSvf(LOW, true, state, group, LOWPASS_ENVELOPE, buffer, frame, frames);
}

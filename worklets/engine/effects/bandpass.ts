/** Band-pass whose centre keeps its level: one resonator, or two in a row where `ftype` says 24db. Q is linear. */
import { P_BANDF, P_BANDQ, P_BPATTACK, P_FTYPE } from '../ids';
import { BANDPASS_ENVELOPE, envelopeOf, Group } from '../voices/group';
import { given, param } from '../voices/params';
import { BAND, renderSvf, resetSvf, SVF_BYTES } from './svf';

export const STATE_BYTES: usize = SVF_BYTES;
const TWO_STAGES: f32 = 2;

export function wants(): bool {
  return given(P_BANDF) && param(P_FTYPE) != TWO_STAGES;
}

export function wantsDouble(): bool {
  return given(P_BANDF) && param(P_FTYPE) == TWO_STAGES;
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  const damping: f32 = 1 / param(P_BANDQ);
  resetSvf(state, lane, envelopeOf(group, BANDPASS_ENVELOPE), frame, param(P_BANDF), damping, damping, P_BPATTACK);
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  renderSvf(BAND, false, state, group, BANDPASS_ENVELOPE, buffer, frame, frames);
}

export function renderDouble(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  renderSvf(BAND, true, state, group, BANDPASS_ENVELOPE, buffer, frame, frames);
}

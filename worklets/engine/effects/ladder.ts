/**
 * Ladder low-pass (after Moog): four one-pole stages in a loop, trapezoidal, the loop solved without delay for its straight
 * part and bent by one soft clip at its input. `drive` pushes that clip; quiet sound passes at its own level.
 * Source: V. Zavalishin, The Art of VA Filter Design, 2012.
 */
import { P_CUTOFF, P_DRIVE, P_FTYPE, P_LPATTACK, P_RESONANCE } from '../ids';
import { sampleRate } from '../block';
import { exp2, softClip4 } from '../math/approx';
import { beginEnvelope, slopes, valuesBefore } from '../voices/envelope';
import { envelopeOf, Group, LOWPASS_ENVELOPE } from '../voices/group';
import { setLane } from '../voices/lanes';
import { given, param } from '../voices/params';
import { envelopeBase, envelopeReach, quiet, tangentOf } from './svf';

@unmanaged
class State {
  s1: v128;
  s2: v128;
  s3: v128;
  s4: v128;
  cutoff: v128;
  /** Amount of the loop, 0 to 4, where it would sing by itself. */
  loop: v128;
  gain: v128;
  unGain: v128;
  base: v128;
  depth: v128;
}
export const STATE_BYTES: usize = offsetof<State>();
const LADDER: f32 = 1;
const STEP: i32 = 16;

export function wants(): bool {
  return given(P_CUTOFF) && param(P_FTYPE) == LADDER;
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  for (let i: usize = 0; i < 4; i++) setLane(state + (i << 4), lane, 0);
  setLane(state + offsetof<State>('cutoff'), lane, param(P_CUTOFF) / <f32>sampleRate);
  // 0 dB and less: no loop; 40 dB: within 1 % of singing.
  const unQ = min<f32>(1, exp2(param(P_RESONANCE) * -0.16609640474436813));
  setLane(state + offsetof<State>('loop'), lane, 4 * (1 - unQ));
  const gain = exp2(param(P_DRIVE) * 1.4426950408889634);
  setLane(state + offsetof<State>('gain'), lane, gain);
  // The loop takes level away from the low end; half of it is given back.
  setLane(state + offsetof<State>('unGain'), lane, (1 + 2 * (1 - unQ)) / gain);
  const reach = envelopeReach(P_LPATTACK);
  setLane(state + offsetof<State>('base'), lane, envelopeBase(reach));
  setLane(state + offsetof<State>('depth'), lane, reach);
  beginEnvelope(envelopeOf(group, LOWPASS_ENVELOPE), lane, frame, P_LPATTACK, 0.005);
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  const s = changetype<State>(state);
  const envelope = envelopeOf(group, LOWPASS_ENVELOPE);
  const slope = f32x4.mul(s.depth, slopes(envelope));
  const octaves = f32x4.add(s.base, f32x4.mul(s.depth, valuesBefore(envelope, frame)));
  const one = f32x4.splat(1);
  let before = tangentOf(s.cutoff, octaves);
  let s1 = s.s1;
  let s2 = s.s2;
  let s3 = s.s3;
  let s4 = s.s4;
  for (let from = 0; from < frames; from += STEP) {
    const n = min(STEP, frames - from);
    const after = tangentOf(s.cutoff, f32x4.add(octaves, f32x4.mul(slope, f32x4.splat(<f32>(from + n)))));
    const step = f32x4.mul(f32x4.sub(after, before), f32x4.splat(1.0 / <f32>n));
    let g = before;
    for (let i = from; i < from + n; i++) {
      const at = buffer + (<usize>i << 4);
      g = f32x4.add(g, step);
      const h = f32x4.div(one, f32x4.add(one, g));
      const G = f32x4.mul(g, h);
      const G2 = f32x4.mul(G, G);
      // What the stages hold arrives at the end of the chain as S; the chain itself multiplies by G^4.
      let held = f32x4.add(f32x4.mul(f32x4.mul(G2, G), s1), f32x4.mul(G2, s2));
      held = f32x4.mul(f32x4.add(held, f32x4.add(f32x4.mul(G, s3), s4)), h);
      const input = f32x4.mul(v128.load(at), s.gain);
      const straight = f32x4.div(
        f32x4.sub(input, f32x4.mul(s.loop, held)),
        f32x4.add(one, f32x4.mul(s.loop, f32x4.mul(G2, G2))),
      );
      let y = softClip4(straight);
      let v = f32x4.mul(G, f32x4.sub(y, s1));
      y = f32x4.add(v, s1);
      s1 = f32x4.add(y, v);
      v = f32x4.mul(G, f32x4.sub(y, s2));
      y = f32x4.add(v, s2);
      s2 = f32x4.add(y, v);
      v = f32x4.mul(G, f32x4.sub(y, s3));
      y = f32x4.add(v, s3);
      s3 = f32x4.add(y, v);
      v = f32x4.mul(G, f32x4.sub(y, s4));
      y = f32x4.add(v, s4);
      s4 = f32x4.add(y, v);
      v128.store(at, f32x4.mul(y, s.unGain));
    }
    before = after;
  }
  s.s1 = quiet(s1);
  s.s2 = quiet(s2);
  s.s3 = quiet(s3);
  s.s4 = quiet(s4);
}

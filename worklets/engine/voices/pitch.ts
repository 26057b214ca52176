/**
 * What moves the pitch of voices: vibrato and pitch envelope, in octaves, and a sine that modulates the phase (FM). All of
 * it becomes the phase increments of each frame, which the pitched sources add up; phase modulation is the difference of the
 * offsets of two frames, so no drift of pitch comes with it and every source with a phase has it.
 */
import {
  P_FMATTACK, P_FMDECAY, P_FMH, P_FMI, P_FMRELEASE, P_FMSUSTAIN, P_PANCHOR, P_PATTACK, P_PDECAY, P_PENV, P_PRELEASE, P_PSUSTAIN,
  P_VIB, P_VIBMOD,
} from '../ids';
import { sampleRate } from '../block';
import { exp2x4, sinTurn4 } from '../math/approx';
import { increment4, turns4 } from '../sources/phase';
import { beginEnvelope, slopes, valuesBefore } from './envelope';
import { envelopeOf, FM_ENVELOPE, FREQ, Group, PITCH_ENVELOPE } from './group';
import { laneOf, setLane, setLaneBits } from './lanes';
import { given, param } from './params';

/** Mark of a group whose pitch moves, beside the bits of its effects. */
export const MOVES: i32 = 1 << 31;

/** Increments of the stretch that is rendered: `stepBytes` apart, 0 where one holds for all frames. */
export let stepsAt: usize = 0;
export let stepBytes: usize = 0;
const steps: usize = memory.data(128 * 16, 16);

const FULL_TURN: f32 = 4294967296.0;
/** The highest frequency, in turns per frame. */
const HIGHEST: f32 = 0.49;

/** True if the starting note has an envelope among four parameters that lie side by side. */
// @ts-ignore: decorator
@inline
function anyGiven(attack: i32, decay: i32, sustain: i32, release: i32): bool {
  return given(attack) || given(decay) || given(sustain) || given(release);
}

function hasBend(): bool {
  return given(P_PENV) || anyGiven(P_PATTACK, P_PDECAY, P_PSUSTAIN, P_PRELEASE);
}

/** MOVES if the starting note asks for it. */
export function wantedMoves(): i32 {
  return param(P_VIB) > 0 || param(P_FMI) > 0 || hasBend() ? MOVES : 0;
}

/** A lane begins at `frame`, its frequency set. */
export function beginPitch(group: Group, lane: i32, frame: f64): void {
  const at = changetype<usize>(group);
  setLane(at + offsetof<Group>('note'), lane, laneOf(at + FREQ, lane));
  setLaneBits(at + offsetof<Group>('vibPhase'), lane, 0);
  const rate = param(P_VIB);
  setLaneBits(at + offsetof<Group>('vibStep'), lane, <u32>(<u64>((<f64>rate * 4294967296.0) / sampleRate)));
  setLane(at + offsetof<Group>('vibOctaves'), lane, rate > 0 ? param(P_VIBMOD) * (1.0 / 12.0) : 0);

  const isBent = hasBend();
  const semitones: f32 = !isBent ? 0 : given(P_PENV) ? param(P_PENV) : 1;
  const sustain: f32 = given(P_PSUSTAIN) ? param(P_PSUSTAIN) : given(P_PDECAY) ? 0 : 1;
  const anchor = given(P_PANCHOR) ? param(P_PANCHOR) : sustain;
  setLane(at + offsetof<Group>('bendBase'), lane, -anchor * semitones * (1.0 / 12.0));
  setLane(at + offsetof<Group>('bendOctaves'), lane, semitones * (1.0 / 12.0));
  if (isBent) {
    beginEnvelope(envelopeOf(group, PITCH_ENVELOPE), lane, frame, P_PATTACK, 0.001);
    group.envelopes |= 1 << PITCH_ENVELOPE;
  }

  const isShaped = anyGiven(P_FMATTACK, P_FMDECAY, P_FMSUSTAIN, P_FMRELEASE);
  const turns = param(P_FMI) * 0.15915494309189535;
  setLaneBits(at + offsetof<Group>('fmPhase'), lane, 0);
  setLaneBits(at + offsetof<Group>('fmLast'), lane, 0);
  setLane(at + offsetof<Group>('fmRatio'), lane, param(P_FMH));
  setLane(at + offsetof<Group>('fmBase'), lane, isShaped ? 0 : turns);
  setLane(at + offsetof<Group>('fmDepth'), lane, isShaped ? turns : 0);
  if (isShaped && turns > 0) {
    beginEnvelope(envelopeOf(group, FM_ENVELOPE), lane, frame, P_FMATTACK, 0.001);
    group.envelopes |= 1 << FM_ENVELOPE;
  }
}

/** Sets the increments of a stretch, before its source renders. */
export function setSteps(group: Group, frame: f64, frames: i32): void {
  stepsAt = steps;
  if (group.effects & MOVES) {
    stepBytes = 16;
    move(group, frame, frames);
  } else {
    stepBytes = 0;
    v128.store(steps, increment4(group.freq));
  }
}

/** An f32 number of turns as the bits of a phase. */
// @ts-ignore: decorator
@inline
function phaseOf(turns: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.sub(turns, f32x4.nearest(turns)), f32x4.splat(FULL_TURN)));
}

function move(group: Group, frame: f64, frames: i32): void {
  const zero = f32x4.splat(0);
  let bend = zero;
  let bendSlope = zero;
  if (group.envelopes & (1 << PITCH_ENVELOPE)) {
    const envelope = envelopeOf(group, PITCH_ENVELOPE);
    bend = valuesBefore(envelope, frame);
    bendSlope = f32x4.mul(group.bendOctaves, slopes(envelope));
  }
  bend = f32x4.add(group.bendBase, f32x4.mul(group.bendOctaves, bend));
  let depth = group.fmBase;
  let depthSlope = zero;
  if (group.envelopes & (1 << FM_ENVELOPE)) {
    const envelope = envelopeOf(group, FM_ENVELOPE);
    depth = f32x4.add(depth, f32x4.mul(group.fmDepth, valuesBefore(envelope, frame)));
    depthSlope = f32x4.mul(group.fmDepth, slopes(envelope));
  }
  const highest = f32x4.splat(HIGHEST * <f32>sampleRate);
  const perHertz = f32x4.splat(1 / <f32>sampleRate);
  const fullTurn = f32x4.splat(FULL_TURN);
  const note = group.note;
  const ratio = group.fmRatio;
  const vibStep = group.vibStep;
  const vibOctaves = group.vibOctaves;
  let vibPhase = group.vibPhase;
  let fmPhase = group.fmPhase;
  let fmLast = group.fmLast;
  let hertz = note;
  let most = zero;
  for (let i = 0; i < frames; i++) {
    vibPhase = i32x4.add(vibPhase, vibStep);
    bend = f32x4.add(bend, bendSlope);
    const octaves = f32x4.add(bend, f32x4.mul(vibOctaves, sinTurn4(turns4(vibPhase))));
    hertz = f32x4.pmin(f32x4.mul(note, exp2x4(octaves)), highest);
    most = f32x4.pmax(most, hertz);
    const turns = f32x4.mul(hertz, perHertz);
    // One rounding to integer for carrier and modulator alike; a ratio of 1 stays in step.
    const step = i32x4.trunc_sat_f32x4_u(f32x4.mul(turns, fullTurn));
    fmPhase = i32x4.add(fmPhase, phaseOf(f32x4.mul(turns, ratio)));
    depth = f32x4.add(depth, depthSlope);
    const offset = phaseOf(f32x4.mul(depth, sinTurn4(turns4(fmPhase))));
    v128.store(steps + (<usize>i << 4), i32x4.add(step, i32x4.sub(offset, fmLast)));
    fmLast = offset;
  }
  group.vibPhase = vibPhase;
  group.fmPhase = fmPhase;
  group.fmLast = fmLast;
  // The highest pitch of the stretch decides how many partials there is room for.
  group.freq = most;
}

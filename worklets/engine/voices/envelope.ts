/**
 * ADSR envelopes of four lanes, with straight segments that end on exact samples. A segment is kept as start frame,
 * start value and slope in f64 and evaluated anew for each stretch, so a minute-long attack is as exact as a short one.
 * Frame n of a segment has the value at its end, start + slope * (n + 1): the sample of the onset sounds already.
 */
import { framesOf } from '../block';
import { given, param } from './params';
import { setWide, wide } from './lanes';

const ATTACK: i32 = 0;
const DECAY: i32 = 1;
const SUSTAIN: i32 = 2;
const RELEASE: i32 = 3;
const DONE: i32 = 4;

@unmanaged
class EnvelopeLayout {
  begin0: f64; begin1: f64; begin2: f64; begin3: f64;
  from0: f64; from1: f64; from2: f64; from3: f64;
  slope0: f64; slope1: f64; slope2: f64; slope3: f64;
  next0: f64; next1: f64; next2: f64; next3: f64;
  decay0: f64; decay1: f64; decay2: f64; decay3: f64;
  sustain0: f64; sustain1: f64; sustain2: f64; sustain3: f64;
  release0: f64; release1: f64; release2: f64; release3: f64;
  stage: v128;
}

export const ENVELOPE_BYTES: usize = offsetof<EnvelopeLayout>();
const BEGIN: usize = offsetof<EnvelopeLayout>('begin0');
const FROM: usize = offsetof<EnvelopeLayout>('from0');
const SLOPE: usize = offsetof<EnvelopeLayout>('slope0');
const NEXT: usize = offsetof<EnvelopeLayout>('next0');
const DECAY_FRAMES: usize = offsetof<EnvelopeLayout>('decay0');
const SUSTAIN_LEVEL: usize = offsetof<EnvelopeLayout>('sustain0');
const RELEASE_FRAMES: usize = offsetof<EnvelopeLayout>('release0');
const STAGE: usize = offsetof<EnvelopeLayout>('stage');

/** A release shorter than this would click. */
const SHORTEST_RELEASE_SECONDS: f64 = 0.001;

// @ts-ignore: decorator
@inline
function setStage(at: usize, lane: i32, stage: i32): void {
  store<i32>(at + STAGE + (<usize>lane << 2), stage);
}

// @ts-ignore: decorator
@inline
function stageOf(at: usize, lane: i32): i32 {
  return load<i32>(at + STAGE + (<usize>lane << 2));
}

function segment(at: usize, lane: i32, stage: i32, frame: f64, from: f64, to: f64, frames: f64): void {
  setStage(at, lane, stage);
  setWide(at + BEGIN, lane, frame);
  setWide(at + FROM, lane, from);
  setWide(at + SLOPE, lane, frames > 0 && frames < Infinity ? (to - from) / frames : 0);
  setWide(at + NEXT, lane, frame + frames);
}

/**
 * Begins the envelope of a lane at `frame` from four parameters of the starting note that lie side by side from
 * `firstParam` on: attack, decay, sustain, release. A decay without a sustain falls to 0; where others are given but neither
 * of these, it stays at 1. `quickAttack` is the attack where others are given but not it.
 */
export function beginEnvelope(at: usize, lane: i32, frame: f64, firstParam: i32, quickAttack: f32): void {
  const attackGiven = given(firstParam);
  const decayGiven = given(firstParam + 1);
  const sustainGiven = given(firstParam + 2);
  const anyGiven = attackGiven || decayGiven || sustainGiven || given(firstParam + 3);
  let attack = param(firstParam);
  let decay = param(firstParam + 1);
  let sustain = param(firstParam + 2);
  if (anyGiven) {
    if (!attackGiven) attack = quickAttack;
    if (!decayGiven) decay = 0.001;
    if (!sustainGiven) sustain = decayGiven ? 0 : 1;
  }
  setWide(at + DECAY_FRAMES, lane, framesOf(<f64>decay));
  setWide(at + SUSTAIN_LEVEL, lane, <f64>sustain);
  setWide(at + RELEASE_FRAMES, lane, framesOf(max(<f64>param(firstParam + 3), SHORTEST_RELEASE_SECONDS)));
  segment(at, lane, ATTACK, frame, 0, 1, framesOf(<f64>attack));
  advanceEnvelope(at, lane, frame);
}

/** Enters the segments that begin at `frame`. True while there is sound to come. */
export function advanceEnvelope(at: usize, lane: i32, frame: f64): bool {
  while (wide(at + NEXT, lane) <= frame) {
    const stage = stageOf(at, lane);
    const sustain = wide(at + SUSTAIN_LEVEL, lane);
    if (stage == ATTACK) segment(at, lane, DECAY, frame, 1, sustain, wide(at + DECAY_FRAMES, lane));
    else if (stage == DECAY) segment(at, lane, SUSTAIN, frame, sustain, sustain, Infinity);
    else {
      segment(at, lane, DONE, frame, 0, 0, Infinity);
      return false;
    }
  }
  return stageOf(at, lane) != DONE;
}

/** The gate closes at `frame`: release from the present value. */
export function releaseEnvelope(at: usize, lane: i32, frame: f64): void {
  if (stageOf(at, lane) >= RELEASE) return;
  segment(at, lane, RELEASE, frame, valueBefore(at, lane, frame), 0, wide(at + RELEASE_FRAMES, lane));
}

/** True if the lane rests at 0 for good: it decayed to a sustain of 0. */
export function isSpent(at: usize, lane: i32): bool {
  const stage = stageOf(at, lane);
  return stage == DONE || (stage == SUSTAIN && wide(at + SUSTAIN_LEVEL, lane) <= 0);
}

export function isReleased(at: usize, lane: i32): bool {
  return stageOf(at, lane) >= RELEASE;
}

/** Frame of the next change. */
// @ts-ignore: decorator
@inline
export function nextOf(at: usize, lane: i32): f64 {
  return wide(at + NEXT, lane);
}

/** Value that the sample before `frame` has (0 at the onset). */
// @ts-ignore: decorator
@inline
export function valueBefore(at: usize, lane: i32, frame: f64): f64 {
  return wide(at + FROM, lane) + wide(at + SLOPE, lane) * (frame - wide(at + BEGIN, lane));
}

/** The same for all lanes. */
// @ts-ignore: decorator
@inline
export function valuesBefore(at: usize, frame: f64): v128 {
  return f32x4(
    <f32>valueBefore(at, 0, frame),
    <f32>valueBefore(at, 1, frame),
    <f32>valueBefore(at, 2, frame),
    <f32>valueBefore(at, 3, frame),
  );
}

/** Slopes per frame of all lanes. */
// @ts-ignore: decorator
@inline
export function slopes(at: usize): v128 {
  return f32x4(
    <f32>wide(at + SLOPE, 0),
    <f32>wide(at + SLOPE, 1),
    <f32>wide(at + SLOPE, 2),
    <f32>wide(at + SLOPE, 3),
  );
}

/** Silences a lane. */
export function clearEnvelope(at: usize, lane: i32): void {
  segment(at, lane, DONE, 0, 0, 0, Infinity);
}

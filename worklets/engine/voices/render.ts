/**
 * Renders a voice group up to a frame of the block: in stretches within which nothing turns a corner, so that gates, envelope
 * segments and fades end on their exact sample. Groups run ahead lazily: only one that a note joins stops there.
 */
import { COUNT_RESET } from '../ids';
import { BLOCK, frameNow } from '../block';
import { count } from '../counters';
import { effectCount, effectOffset, effectRenderOf } from '../effects/rows';
import { quintic } from '../math/approx';
import { renderOf } from '../sources/rows';
import { onsetFrame, segmentVersion, isPlaying } from '../transport/timeline';
import { advanceEnvelope, isSpent, releaseEnvelope, slopes, valuesBefore } from './envelope';
import { AMP_ENVELOPE, ENVELOPES, envelopeOf, FADE_LEFT, GATE, GATE_CYCLE, Group, LIFE, NEXT, OWN_EFFECTS } from './group';
import { laneBits, laneMask, setLaneBits, setWide, wide } from './lanes';
import { mixGroup } from './mix';
import { effectState, endLane, fadeFrames, groupAt, groupCount, sourceState } from './pool';
import { setSteps } from './pitch';
import { scheduleGroup, scheduleLane } from './schedule';

/** Vectors of four voices, one per frame, and room to round up. */
const voices: usize = memory.data((128 + 4) * 16, 16);
/** What they were before an effect that not all four want. */
const dry: usize = memory.data((128 + 4) * 16, 16);

/** A voice beyond this is broken. */
const LOUDEST: f32 = 1e4;

/** Brings all groups to the end of the block. */
export function renderGroups(): void {
  for (let i = 0; i < groupCount; i++) {
    const group = groupAt(i);
    if (group.lanes != 0) renderGroup(group, BLOCK);
    group.rendered = 0;
  }
}

/** Brings one group to `to` frames into the block. */
export function renderGroup(group: Group, to: i32): void {
  if (group.lanes != 0 && group.gatesOf != segmentVersion) refreshGates(group);
  while (group.rendered < to) {
    if (group.lanes == 0) {
      group.rendered = to;
      return;
    }
    const from = group.rendered;
    const frame = frameNow + <f64>from;
    if (group.next <= frame) {
      turnCorners(group, frame);
      continue;
    }
    const frames = <i32>min(<f64>(to - from), group.next - frame);
    renderStretch(group, frame, from, frames);
    group.rendered = from + frames;
  }
}

function renderStretch(group: Group, frame: f64, from: i32, frames: i32): void {
  setSteps(group, frame, frames);
  renderOf(group.source)(sourceState(group), group, voices, frames);
  for (let k = 0; k < effectCount; k++) {
    if (group.effects & (1 << k)) {
      if (group.isMixed) keepDry(frames);
      effectRenderOf(k)(effectState(group, effectOffset(k)), group, voices, frame, frames);
      if (group.isMixed) restoreDry(group, k, frames);
    }
  }
  const envelope = envelopeOf(group, AMP_ENVELOPE);
  const slope = slopes(envelope);
  const mask = laneMask(group.lanes);
  const base = valuesBefore(envelope, frame);
  let n = f32x4.splat(0);
  let loudest = f32x4.splat(0);
  for (let i = 0; i < frames; i++) {
    const at = voices + (<usize>i << 4);
    n = f32x4.add(n, f32x4.splat(1));
    const level = f32x4.add(base, f32x4.mul(slope, n));
    const value = v128.and(f32x4.mul(v128.load(at), level), mask);
    // max, not pmax: it keeps NaN.
    loudest = f32x4.max(loudest, f32x4.abs(value));
    v128.store(at, value);
  }
  if (v128.any_true(v128.not(f32x4.lt(loudest, f32x4.splat(LOUDEST))))) resetBroken(group, loudest, frames);
  if (group.fading != 0) fade(group, frames);
  mixGroup(group, voices, from, frames);
}

function keepDry(frames: i32): void {
  memory.copy(dry, voices, <usize>frames << 4);
}

/** Lanes that share the group without wanting effect `k` get back what they had. */
function restoreDry(group: Group, k: i32, frames: i32): void {
  let own = 0;
  for (let lane = 0; lane < 4; lane++) {
    if (laneBits(changetype<usize>(group) + OWN_EFFECTS, lane) & (1 << k)) own |= 1 << lane;
  }
  const mask = laneMask(own);
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    v128.store(voices + i, v128.bitselect(v128.load(voices + i), v128.load(dry + i), mask));
  }
}

/** Silences the lanes that went wrong. */
function resetBroken(group: Group, loudest: v128, frames: i32): void {
  const fine = i32x4.bitmask(f32x4.lt(loudest, f32x4.splat(LOUDEST)));
  const mask = laneMask(fine);
  for (let i = 0; i < frames; i++) {
    const at = voices + (<usize>i << 4);
    v128.store(at, v128.and(v128.load(at), mask));
  }
  for (let lane = 0; lane < 4; lane++) {
    if (fine & (1 << lane) || (group.lanes & (1 << lane)) == 0) continue;
    count(COUNT_RESET);
    endLane(group, lane);
  }
}

/** The lanes that give way, along a quintic. Their end is a corner, so no stretch passes it. */
function fade(group: Group, frames: i32): void {
  const unit: f32 = 1.0 / <f32>fadeFrames;
  for (let lane = 0; lane < 4; lane++) {
    if ((group.fading & (1 << lane)) == 0) continue;
    const left = <i32>laneBits(changetype<usize>(group) + FADE_LEFT, lane);
    for (let i = 0; i < frames; i++) {
      const at = voices + (<usize>i << 4) + (<usize>lane << 2);
      store<f32>(at, load<f32>(at) * quintic(<f32>max(0, left - i - 1) * unit));
    }
    setLaneBits(changetype<usize>(group) + FADE_LEFT, lane, max(0, left - frames));
  }
}

/** Whatever changes at `frame`: gates close, segments follow each other, lanes end. */
function turnCorners(group: Group, frame: f64): void {
  const at = changetype<usize>(group);
  for (let lane = 0; lane < 4; lane++) {
    if ((group.lanes & (1 << lane)) == 0 || wide(at + NEXT, lane) > frame) continue;
    if (wide(at + LIFE, lane) <= frame) {
      endLane(group, lane);
      continue;
    }
    if (wide(at + GATE, lane) <= frame) {
      setWide(at + GATE, lane, Infinity);
      setWide(at + GATE_CYCLE, lane, Infinity);
      for (let k = 0; k < ENVELOPES; k++) {
        if (group.envelopes & (1 << k)) releaseEnvelope(envelopeOf(group, k), lane, frame);
      }
    }
    for (let k = 0; k < ENVELOPES; k++) {
      if (group.envelopes & (1 << k)) advanceEnvelope(envelopeOf(group, k), lane, frame);
    }
    if (isSpent(envelopeOf(group, AMP_ENVELOPE), lane)) endLane(group, lane);
    else scheduleLane(group, lane);
  }
  scheduleGroup(group);
}

/** The timeline has changed: gates that are still to close move with it. */
function refreshGates(group: Group): void {
  group.gatesOf = segmentVersion;
  if (!isPlaying()) return;
  const at = changetype<usize>(group);
  for (let lane = 0; lane < 4; lane++) {
    const cycle = wide(at + GATE_CYCLE, lane);
    if ((group.lanes & (1 << lane)) == 0 || !(cycle < Infinity)) continue;
    setWide(at + GATE, lane, max(frameNow + <f64>group.rendered, onsetFrame(cycle)));
    scheduleLane(group, lane);
  }
}

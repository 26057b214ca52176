/**
 * The pool of voice groups: which lane a new note gets, and which voice gives way where all are taken. The one that gives
 * way fades for 3 ms in its own lane while the newer note sounds in another, so nothing is delayed and nothing clicks.
 */
import { COUNT_STOLEN } from '../ids';
import { frameNow, framesOf, sampleRate, take } from '../block';
import { count } from '../counters';
import { effectStateBytes } from '../effects/rows';
import { sourceStateBytes } from '../sources/rows';
import { log2 } from '../math/approx';
import { releaseChannel } from '../mixer/channels';
import { AMP_ENVELOPE, CHANNEL, envelopeOf, FADE_LEFT, Group, LEFT, LIFE, NEXT, ONSET, RIGHT, STATES_AT } from './group';
import { clearEnvelope, isReleased, valueBefore } from './envelope';
import { laneBits, laneOf, setLane, setLaneBits, setWide, wide } from './lanes';
import { scheduleLane } from './schedule';

const FADE_SECONDS: f64 = 0.003;
/** Lanes looked at for each note that has to steal. */
const LOOKED_AT: i32 = 64;

let groups: usize = 0;
let groupBytes: usize = 0;
export let groupCount: i32 = 0;
let mostVoices: i32 = 0;
/** Voices that sound and do not fade. */
export let voiceCount: i32 = 0;
export let fadeFrames: i32 = 144;
let looking: i32 = 0;

export function initPool(polyphony: i32): void {
  mostVoices = polyphony;
  fadeFrames = <i32>framesOf(FADE_SECONDS);
  groupBytes = STATES_AT + sourceStateBytes + effectStateBytes;
  // Lanes for twice the voices and more: groups are seldom full, and those that fade need room as well.
  groupCount = polyphony / 2 + 32;
  groups = take(<usize>groupCount * groupBytes);
}

// @ts-ignore: decorator
@inline
export function groupAt(i: i32): Group {
  return changetype<Group>(groups + <usize>i * groupBytes);
}

// @ts-ignore: decorator
@inline
export function sourceState(group: Group): usize {
  return changetype<usize>(group) + STATES_AT;
}

// @ts-ignore: decorator
@inline
export function effectState(group: Group, offset: usize): usize {
  return changetype<usize>(group) + STATES_AT + sourceStateBytes + offset;
}

/** A group with a free lane for this source and set of effects; makes room where there is none. Never fails. */
export function groupFor(source: i32, effects: i32, frame: f64): Group {
  if (voiceCount >= mostVoices) fadeOne(frame);
  let empty = -1;
  for (let i = 0; i < groupCount; i++) {
    const group = groupAt(i);
    if (group.lanes == 0) {
      if (empty < 0) empty = i;
    } else if (group.source == source && group.effects == effects && group.lanes != 15) return group;
  }
  if (empty >= 0) {
    const group = groupAt(empty);
    memory.fill(changetype<usize>(group), 0, groupBytes);
    group.source = source;
    group.effects = effects;
    return group;
  }
  // All groups are begun: share one with other effects, or cut the voice that fades or sounds longest.
  for (let i = 0; i < groupCount; i++) {
    const group = groupAt(i);
    if (group.source == source && group.lanes != 15) return group;
  }
  return emptied(source, effects);
}

export function freeLane(group: Group): i32 {
  return ctz(~group.lanes & 15);
}

/** Clears the next group in turn for another use. Only a burst of many kinds of notes at once leads here. */
function emptied(source: i32, effects: i32): Group {
  looking = (looking + 1) % groupCount;
  const group = groupAt(looking);
  for (let lane = 0; lane < 4; lane++) {
    if (group.lanes & (1 << lane)) {
      count(COUNT_STOLEN);
      endLane(group, lane);
    }
  }
  const rendered = group.rendered;
  memory.fill(changetype<usize>(group), 0, groupBytes);
  group.rendered = rendered;
  group.source = source;
  group.effects = effects;
  return group;
}

/** Lets the voice go that is missed least: quiet, released, old. */
function fadeOne(frame: f64): void {
  let worst = -1;
  let worstLane = 0;
  let least: f32 = Infinity;
  let seen = 0;
  for (let k = 0; k < groupCount && seen < LOOKED_AT; k++) {
    looking = looking + 1 >= groupCount ? 0 : looking + 1;
    const group = groupAt(looking);
    const candidates = group.lanes & ~group.fading;
    if (candidates == 0) continue;
    const envelope = envelopeOf(group, AMP_ENVELOPE);
    for (let lane = 0; lane < 4; lane++) {
      if ((candidates & (1 << lane)) == 0) continue;
      seen += 1;
      const at = changetype<usize>(group);
      const level = <f32>valueBefore(envelope, lane, frame) * max(laneOf(at + LEFT, lane), laneOf(at + RIGHT, lane));
      const age = <f32>((frame - wide(at + ONSET, lane)) / sampleRate);
      const score = <f32>6 * log2(max<f32>(level, 1e-6)) - (isReleased(envelope, lane) ? <f32>12 : <f32>0) - age;
      if (score < least) {
        least = score;
        worst = looking;
        worstLane = lane;
      }
    }
  }
  if (worst < 0) return;
  count(COUNT_STOLEN);
  beginFade(groupAt(worst), worstLane);
}

/** Begins the 3 ms fade of a lane, at the frame up to which its group is rendered. */
export function beginFade(group: Group, lane: i32): void {
  const bit = 1 << lane;
  if ((group.lanes & bit) == 0 || (group.fading & bit) != 0) return;
  group.fading |= bit;
  const at = changetype<usize>(group);
  setLaneBits(at + FADE_LEFT, lane, fadeFrames);
  const end = frameNow + <f64>(group.rendered + fadeFrames);
  setWide(at + LIFE, lane, min(wide(at + LIFE, lane), end));
  scheduleLane(group, lane);
  voiceCount -= 1;
}

/** A lane falls silent. */
export function endLane(group: Group, lane: i32): void {
  const bit = 1 << lane;
  if ((group.lanes & bit) == 0) return;
  if ((group.fading & bit) == 0) voiceCount -= 1;
  group.lanes &= ~bit;
  group.fading &= ~bit;
  const at = changetype<usize>(group);
  setLane(at + LEFT, lane, 0);
  setLane(at + RIGHT, lane, 0);
  setWide(at + NEXT, lane, Infinity);
  clearEnvelope(envelopeOf(group, AMP_ENVELOPE), lane);
  releaseChannel(<usize>laneBits(at + CHANNEL, lane));
}

export function addVoice(group: Group, lane: i32): void {
  group.lanes |= 1 << lane;
  voiceCount += 1;
}

/** All lanes fall silent at once. */
export function endAll(): void {
  for (let i = 0; i < groupCount; i++) {
    const group = groupAt(i);
    for (let lane = 0; lane < 4; lane++) endLane(group, lane);
  }
}

/**
 * A note becomes a voice: parameters are filled in, a lane is taken and set up at the exact frame. It knows the tables of
 * sources and effects, not how they sound.
 */
import {
  COUNT_PLAYED, COUNT_REPEATED, LIMIT_ORBITS, P_ATTACK, P_CLIP, P_CUT, P_DELAY, P_DELAYFEEDBACK, P_DELAYSYNC, P_DELAYTIME, P_DETUNE, P_FREQ, P_GAIN, P_ORBIT, P_PAN, P_POSTGAIN, P_ROOM,
  P_ROOMSIZE, P_VELOCITY, S_SUPERSAW, SOURCE_IS_DRUM,
} from '../ids';
import { frameNow } from '../block';
import { count } from '../counters';
import { wants as hasPrelevel } from '../effects/prelevel';
import { effectCount, effectEnvelope, effectOffset, effectResetOf, wantedEffects } from '../effects/rows';
import { exp2, sinTurn } from '../math/approx';
import { seedRandom } from '../math/random';
import { channelFor } from '../mixer/channels';
import { setDelay, setRoom } from '../mixer/orbit';
import { levelOf, resetOf } from '../sources/rows';
import { Note } from '../transport/note';
import { isPlaying, onsetFrame, segmentVersion, tempoAt } from '../transport/timeline';
import { beginEnvelope } from './envelope';
import {
  AMP_ENVELOPE, CHANNEL, CUT, DELAY_SEND, envelopeOf, FADE_LEFT, FREQ, GATE, GATE_CYCLE, LEFT, LIFE, ONSET, OWN_EFFECTS, RIGHT, ROOM_SEND,
} from './group';
import { laneOf, setLane, setLaneBits, setWide, wide } from './lanes';
import { fillParams, given, param } from './params';
import { addVoice, beginFade, effectState, freeLane, groupAt, groupCount, groupFor, sourceState } from './pool';
import { beginPitch, wantedMoves } from './pitch';
import { renderGroup } from './render';
import { scheduleLane } from './schedule';

/** Starts `note` at `offset` frames into the current block. */
export function startNote(note: Note, offset: i32): void {
  fillParams(note);
  const frame = frameNow + <f64>offset;
  const effects = wantedEffects() | wantedMoves();
  const source = <i32>note.source;
  const orbit = <i32>param(P_ORBIT);
  const cut: f32 = given(P_CUT) ? nearest(param(P_CUT)) * <f32>LIMIT_ORBITS + <f32>orbit : -1;
  if (cut >= 0) cutOlder(cut, frame, offset);
  const group = groupFor(source, effects, frame);
  renderGroup(group, offset);
  const lane = freeLane(group);
  const at = changetype<usize>(group);

  const delay = param(P_DELAY);
  const room = param(P_ROOM);
  if (delay > 0) setDelay(orbit, delaySeconds(frame), param(P_DELAYFEEDBACK));
  if (room > 0) setRoom(orbit, param(P_ROOMSIZE));
  setLaneBits(at + CHANNEL, lane, <u32>channelFor(note.strip, orbit));
  setLane(at + DELAY_SEND, lane, delay);
  setLane(at + ROOM_SEND, lane, room);

  const before: f32 = hasPrelevel() ? 1 : param(P_GAIN) * param(P_VELOCITY) * levelOf(source);
  const gain = before * param(P_POSTGAIN);
  const pan = param(P_PAN);
  setLane(at + LEFT, lane, gain * sinTurn(0.25 * (1 - pan)));
  setLane(at + RIGHT, lane, gain * sinTurn(0.25 * pan));
  // A unison draws its voices apart instead.
  const detune: f32 = source == S_SUPERSAW ? 0 : param(P_DETUNE);
  setLane(at + FREQ, lane, param(P_FREQ) * (detune == 0 ? 1 : exp2(detune * (1.0 / 1200.0))));

  // A drum rings out by itself unless the note says how long it may.
  const isGated = !unchecked(SOURCE_IS_DRUM[source]) || given(P_CLIP);
  const gateCycle = isGated ? note.cycle + note.length * <f64>param(P_CLIP) : Infinity;
  setWide(at + ONSET, lane, frame);
  setWide(at + GATE_CYCLE, lane, gateCycle);
  setWide(at + GATE, lane, isGated ? max(frame + 1, onsetFrame(gateCycle)) : Infinity);
  setLaneBits(at + FADE_LEFT, lane, 0);
  setLane(at + CUT, lane, cut);
  setLaneBits(at + OWN_EFFECTS, lane, effects);
  if (group.lanes != 0 && group.effects != effects) group.isMixed = 1;
  group.gatesOf = group.lanes == 0 ? segmentVersion : group.gatesOf;

  beginEnvelope(envelopeOf(group, AMP_ENVELOPE), lane, frame, P_ATTACK, unchecked(SOURCE_IS_DRUM[source]) ? 0 : 0.001);
  group.envelopes |= 1 << AMP_ENVELOPE;
  beginPitch(group, lane, frame);
  seedRandom(note.seed);
  const life = resetOf(source)(sourceState(group), lane, group);
  setWide(at + LIFE, lane, frame + life);
  for (let k = 0; k < effectCount; k++) {
    if ((effects & (1 << k)) == 0) continue;
    effectResetOf(k)(effectState(group, effectOffset(k)), lane, group, frame);
    if (effectEnvelope(k) >= 0) group.envelopes |= 1 << effectEnvelope(k);
  }
  group.effects |= effects;
  addVoice(group, lane);
  scheduleLane(group, lane);
  count(COUNT_PLAYED);
  if (note.isRepeat) count(COUNT_REPEATED);
}

/** Fades the voices of a cut group that began before `frame`; notes of one onset let each other be. */
function cutOlder(cut: f32, frame: f64, offset: i32): void {
  for (let i = 0; i < groupCount; i++) {
    const group = groupAt(i);
    const candidates = group.lanes & ~group.fading;
    if (candidates == 0) continue;
    const at = changetype<usize>(group);
    let bits = 0;
    for (let lane = 0; lane < 4; lane++) {
      if (laneOf(at + CUT, lane) == cut && wide(at + ONSET, lane) < frame) bits |= 1 << lane;
    }
    bits &= candidates;
    if (bits == 0) continue;
    // The fade begins on this frame, so the group comes up to it first.
    renderGroup(group, offset);
    for (let lane = 0; lane < 4; lane++) if (bits & (1 << lane)) beginFade(group, lane);
  }
}

/** `delaytime`, or `delaysync` in cycles at the tempo of the onset where the note gives that alone. */
function delaySeconds(frame: f64): f32 {
  if (!given(P_DELAYSYNC) || given(P_DELAYTIME) || !isPlaying()) return param(P_DELAYTIME);
  return <f32>(<f64>param(P_DELAYSYNC) / tempoAt(frame));
}

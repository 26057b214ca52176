/**
 * The layout of a voice group: four voices side by side that share a source and a set of effects. State of the source and
 * of each effect follows behind, as large as the tables say. Pure layout: who starts and renders groups is elsewhere.
 */
import { ENVELOPE_BYTES } from './envelope';

/** Envelopes that each voice has room for; an effect that owns one takes the next number. */
export const AMP_ENVELOPE: i32 = 0;
export const LOWPASS_ENVELOPE: i32 = 1;
export const HIGHPASS_ENVELOPE: i32 = 2;
export const BANDPASS_ENVELOPE: i32 = 3;
export const PITCH_ENVELOPE: i32 = 4;
export const FM_ENVELOPE: i32 = 5;
export const ENVELOPES: i32 = 6;

@unmanaged
export class Group {
  /** Frequency in Hz, the highest of the present stretch; and that of the note, which pitch.ts moves. */
  freq: v128;
  note: v128;
  /** Vibrato: phase, increment, depth. Bend by the pitch envelope: octaves = base + octaves * envelope. */
  vibPhase: v128;
  vibStep: v128;
  vibOctaves: v128;
  bendBase: v128;
  bendOctaves: v128;
  /** FM: phase, the last offset as a phase, ratio; depth in turns = base + depth * envelope. */
  fmPhase: v128;
  fmLast: v128;
  fmRatio: v128;
  fmBase: v128;
  fmDepth: v128;
  /** Gains to the left and right, the sends, and a pointer to the mixer channel per lane. */
  left: v128;
  right: v128;
  delaySend: v128;
  roomSend: v128;
  channel: v128;
  strip: v128;
  /** Frames of a fade that are left, or 0: the lane gives way to a newer note. */
  fadeLeft: v128;
  /** Cut group and orbit of the lane as one number, -1 without; effects that the lane itself wants, as bits. */
  cut: v128;
  ownEffects: v128;
  /** Frame at which the lane changes next: envelope, gate, end of the source, end of a fade. */
  next0: f64; next1: f64; next2: f64; next3: f64;
  /** Cycle and frame at which the gate closes; Infinity where it has closed or never does. */
  gateCycle0: f64; gateCycle1: f64; gateCycle2: f64; gateCycle3: f64;
  gate0: f64; gate1: f64; gate2: f64; gate3: f64;
  /** Frame at which the source has rung out, or Infinity. */
  life0: f64; life1: f64; life2: f64; life3: f64;
  onset0: f64; onset1: f64; onset2: f64; onset3: f64;
  /** Least of next0..3 over the lanes that sound. */
  next: f64;
  source: i32;
  /** Bit k: effect k is in use. */
  effects: i32;
  /** Bits of lanes that sound, and of those among them that fade. */
  lanes: i32;
  fading: i32;
  /** Bit k: envelope k is in use. */
  envelopes: i32;
  /** Frames of the current block that are rendered. */
  rendered: i32;
  /** Version of the timeline that the gates were computed with. */
  gatesOf: i32;
  /** 1 where lanes want different effects (all groups were begun). */
  isMixed: i32;
}

export const NEXT: usize = offsetof<Group>('next0');
export const GATE_CYCLE: usize = offsetof<Group>('gateCycle0');
export const GATE: usize = offsetof<Group>('gate0');
export const LIFE: usize = offsetof<Group>('life0');
export const ONSET: usize = offsetof<Group>('onset0');
export const FREQ: usize = offsetof<Group>('freq');
export const LEFT: usize = offsetof<Group>('left');
export const RIGHT: usize = offsetof<Group>('right');
export const DELAY_SEND: usize = offsetof<Group>('delaySend');
export const ROOM_SEND: usize = offsetof<Group>('roomSend');
export const CHANNEL: usize = offsetof<Group>('channel');
export const STRIP: usize = offsetof<Group>('strip');
export const CUT: usize = offsetof<Group>('cut');
export const OWN_EFFECTS: usize = offsetof<Group>('ownEffects');
export const FADE_LEFT: usize = offsetof<Group>('fadeLeft');

const ENVELOPES_AT: usize = (offsetof<Group>() + 15) & ~15;
/** Where the states of source and effects begin. */
export const STATES_AT: usize = (ENVELOPES_AT + <usize>ENVELOPES * ENVELOPE_BYTES + 15) & ~15;

// @ts-ignore: decorator
@inline
export function envelopeOf(group: Group, envelope: i32): usize {
  return changetype<usize>(group) + ENVELOPES_AT + <usize>envelope * ENVELOPE_BYTES;
}

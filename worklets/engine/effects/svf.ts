/**
 * The trapezoidal state-variable filter (Zavalishin 2012; Simper 2013) as high-pass, band-pass and low-pass of one or two
 * stages, with an envelope that moves the cutoff in octaves. Rows choose kind and stages; both are constants where this is
 * inlined. Two stages split their Q like a Butterworth filter, so that the level at the cutoff is that of one stage.
 */
import { given, param } from '../voices/params';
import { P_FANCHOR } from '../ids';
import { sampleRate } from '../block';
import { exp2x4, tanPi4 } from '../math/approx';
import { beginEnvelope, slopes, valuesBefore } from '../voices/envelope';
import { envelopeOf, Group } from '../voices/group';
import { setLane } from '../voices/lanes';

export const LOW: i32 = 0;
export const BAND: i32 = 1;
export const HIGH: i32 = 2;

@unmanaged
class State {
  a1: v128;
  a2: v128;
  b1: v128;
  b2: v128;
  /** Cutoff in turns per frame, 1/Q of both stages, and the envelope's reach: octaves = base + depth * envelope. */
  cutoff: v128;
  dampingA: v128;
  dampingB: v128;
  base: v128;
  depth: v128;
}
export const SVF_BYTES: usize = offsetof<State>();

const STEP: i32 = 16;
/** The highest cutoff, in turns per frame. */
const HIGHEST: f32 = 0.49;
const LOWEST_HZ: f32 = 10;

/**
 * A lane begins. `dampingA`, `dampingB`: 1/Q of the stages; `attack`: the first of the envelope's four parameters, with its
 * depth right before it.
 */
export function resetSvf(
  state: usize, lane: i32, envelope: usize, frame: f64, hertz: f32, dampingA: f32, dampingB: f32, attack: i32,
): void {
  setLane(state + offsetof<State>('a1'), lane, 0);
  setLane(state + offsetof<State>('a2'), lane, 0);
  setLane(state + offsetof<State>('b1'), lane, 0);
  setLane(state + offsetof<State>('b2'), lane, 0);
  setLane(state + offsetof<State>('cutoff'), lane, hertz / <f32>sampleRate);
  setLane(state + offsetof<State>('dampingA'), lane, dampingA);
  setLane(state + offsetof<State>('dampingB'), lane, dampingB);
  const reach = envelopeReach(attack);
  setLane(state + offsetof<State>('base'), lane, envelopeBase(reach));
  setLane(state + offsetof<State>('depth'), lane, reach);
  beginEnvelope(envelope, lane, frame, attack, 0.005);
}

/** Octaves that the envelope moves a cutoff: what the note says, 1 where it gives only times. */
export function envelopeReach(attack: i32): f32 {
  const isTimed = given(attack) || given(attack + 1) || given(attack + 2) || given(attack + 3);
  return given(attack - 1) ? param(attack - 1) : isTimed ? <f32>1 : <f32>0;
}

/** Octaves at the envelope's rest: a negative reach begins that far up; `fanchor` shifts the whole course down. */
export function envelopeBase(reach: f32): f32 {
  return (reach < 0 ? -reach : 0) - abs(reach) * param(P_FANCHOR);
}

// @ts-ignore: decorator
@inline
export function tangentOf(cutoff: v128, octaves: v128): v128 {
  const turns = f32x4.mul(cutoff, exp2x4(octaves));
  const lowest = f32x4.splat(LOWEST_HZ / <f32>sampleRate);
  return tanPi4(f32x4.pmax(f32x4.pmin(turns, f32x4.splat(HIGHEST)), lowest));
}

/** Zero where a state has become so small that it would go denormal. */
// @ts-ignore: decorator
@inline
export function quiet(x: v128): v128 {
  return v128.and(x, f32x4.gt(f32x4.abs(x), f32x4.splat(1e-18)));
}

/** Filters `frames` vectors in place. */
// @ts-ignore: decorator
@inline
export function renderSvf(
  kind: i32, isDouble: bool, state: usize, group: Group, envelopeNumber: i32, buffer: usize, frame: f64, frames: i32,
): void {
  const s = changetype<State>(state);
  const envelope = envelopeOf(group, envelopeNumber);
  const slope = f32x4.mul(s.depth, slopes(envelope));
  const octaves = f32x4.add(s.base, f32x4.mul(s.depth, valuesBefore(envelope, frame)));
  const isStill = !v128.any_true(f32x4.ne(slope, f32x4.splat(0)));
  let before = tangentOf(s.cutoff, octaves);
  for (let i = 0; i < frames; ) {
    const n = isStill ? frames : min(STEP, frames - i);
    const after = isStill ? before : tangentOf(s.cutoff, f32x4.add(octaves, f32x4.mul(slope, f32x4.splat(<f32>(i + n)))));
    const step = f32x4.mul(f32x4.sub(after, before), f32x4.splat(1.0 / <f32>n));
    pass(kind, buffer + (<usize>i << 4), n, before, step, s.dampingA, state);
    if (isDouble) pass(kind, buffer + (<usize>i << 4), n, before, step, s.dampingB, state + offsetof<State>('b1'));
    before = after;
    i += n;
  }
}

/** One stage whose g goes from `g0` by `step` a frame. `memory` holds its two integrators. */
// @ts-ignore: decorator
@inline
function pass(kind: i32, buffer: usize, frames: i32, g0: v128, step: v128, damping: v128, memory: usize): void {
  const one = f32x4.splat(1);
  let g = g0;
  let ic1 = v128.load(memory);
  let ic2 = v128.load(memory, 16);
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    g = f32x4.add(g, step);
    const a1 = f32x4.div(one, f32x4.add(one, f32x4.mul(g, f32x4.add(g, damping))));
    const a2 = f32x4.mul(g, a1);
    const v0 = v128.load(at);
    const v3 = f32x4.sub(v0, ic2);
    const v1 = f32x4.add(f32x4.mul(a1, ic1), f32x4.mul(a2, v3));
    const v2 = f32x4.add(ic2, f32x4.mul(g, v1));
    ic1 = f32x4.sub(f32x4.add(v1, v1), ic1);
    ic2 = f32x4.sub(f32x4.add(v2, v2), ic2);
    let out = v2;
    if (kind == HIGH) out = f32x4.sub(f32x4.sub(v0, f32x4.mul(damping, v1)), v2);
    if (kind == BAND) out = f32x4.mul(damping, v1);
    v128.store(at, out);
  }
  v128.store(memory, quiet(ic1));
  v128.store(memory, quiet(ic2), 16);
}

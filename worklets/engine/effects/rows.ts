/**
 * The engine's table of per-voice effects, in the order of the signal. An effect is one file that knows this table's types,
 * and one line in effects/table.ts. It works in place on vectors of four voices; a voice that does not use it passes by.
 */
import { Group } from '../voices/group';

/** True if the starting note wants the effect (params.ts). */
export type WantsVerb = () => bool;
/** A lane begins; `frame` is its onset. */
export type EffectResetVerb = (state: usize, lane: i32, group: Group, frame: f64) => void;
/** Works on the next `frames` (1..128) vectors at `buffer`; `frame` is the first one's. No envelope turns a corner within. */
export type EffectRenderVerb = (state: usize, group: Group, buffer: usize, frame: f64, frames: i32) => void;

const MOST: i32 = 32;
const wants = new StaticArray<WantsVerb | null>(MOST);
const resets = new StaticArray<EffectResetVerb | null>(MOST);
const renders = new StaticArray<EffectRenderVerb | null>(MOST);
const offsets = new StaticArray<usize>(MOST);
const envelopes = new StaticArray<i32>(MOST);
export let effectCount: i32 = 0;
export let effectStateBytes: usize = 0;

/** One row. `envelope` is the number of the envelope that the effect owns (voices/group.ts), or -1. */
export function effect(
  bytes: usize,
  envelope: i32,
  want: WantsVerb,
  reset: EffectResetVerb,
  render: EffectRenderVerb,
): void {
  const k = effectCount;
  wants[k] = want;
  resets[k] = reset;
  renders[k] = render;
  envelopes[k] = envelope;
  offsets[k] = effectStateBytes;
  effectStateBytes += (bytes + 15) & ~15;
  effectCount = k + 1;
}

/** Bits of the effects that the starting note wants. */
export function wantedEffects(): i32 {
  let bits = 0;
  for (let k = 0; k < effectCount; k++) if (unchecked(wants[k])!()) bits |= 1 << k;
  return bits;
}

// @ts-ignore: decorator
@inline
export function effectResetOf(k: i32): EffectResetVerb {
  return unchecked(resets[k])!;
}

// @ts-ignore: decorator
@inline
export function effectRenderOf(k: i32): EffectRenderVerb {
  return unchecked(renders[k])!;
}

// @ts-ignore: decorator
@inline
export function effectOffset(k: i32): usize {
  return unchecked(offsets[k]);
}

// @ts-ignore: decorator
@inline
export function effectEnvelope(k: i32): i32 {
  return unchecked(envelopes[k]);
}

/**
 * A gain that moves without a click: along a quintic of 5 ms to each new target. It gives a constant while it rests and a
 * gain per frame while it moves.
 */
import { BLOCK, framesOf } from '../block';
import { quintic } from '../math/approx';

const RAMP_SECONDS: f64 = 0.005;

@unmanaged
export class Fader {
  from: f32;
  to: f32;
  /** Frames of the ramp that are done, and its length; equal while it rests. */
  done: i32;
  length: i32;
}

export const FADER_BYTES: usize = 16;

export function restFader(fader: Fader, gain: f32): void {
  fader.from = gain;
  fader.to = gain;
  fader.done = 0;
  fader.length = 0;
}

// @ts-ignore: decorator
@inline
export function isMoving(fader: Fader): bool {
  return fader.done < fader.length;
}

/** Gain of the next frame. */
export function presentGain(fader: Fader): f32 {
  if (!isMoving(fader)) return fader.to;
  return fader.from + (fader.to - fader.from) * quintic(<f32>fader.done / <f32>fader.length);
}

export function moveFader(fader: Fader, gain: f32): void {
  moveFaderIn(fader, gain, RAMP_SECONDS);
}

export function moveFaderIn(fader: Fader, gain: f32, seconds: f64): void {
  if (gain == fader.to && !isMoving(fader)) return;
  fader.from = presentGain(fader);
  fader.to = gain;
  fader.done = 0;
  fader.length = <i32>max(1, framesOf(seconds));
}

/** Writes the block's gains; only of use while it moves. */
export function fillGains(fader: Fader, gains: usize): void {
  const step: f32 = 1.0 / <f32>max(1, fader.length);
  const reach = fader.to - fader.from;
  for (let i = 0; i < BLOCK; i++) {
    const done = min(fader.done + i + 1, fader.length);
    store<f32>(gains + (<usize>i << 2), done == fader.length ? fader.to : fader.from + reach * quintic(<f32>done * step));
  }
  fader.done = min(fader.done + BLOCK, fader.length);
}

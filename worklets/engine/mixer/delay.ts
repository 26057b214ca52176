/**
 * The delay of an orbit: stereo, with feedback. A new time cross-fades in 20 ms from one reading head to another, so nothing
 * clicks and no pitch bends; short times are read with a cubic, so that they can be tuned; long ones fall on whole frames
 * and repeat without loss.
 */
import { BLOCK, framesOf, sampleRate, take } from '../block';
import { quintic } from '../math/approx';
import { BUS_BYTES } from './bus';

const LONGEST_SECONDS: f64 = 8;
const FADE_SECONDS: f64 = 0.02;
/** Delays from here on fall on whole frames. */
const TUNED_FRAMES: f64 = 4096;
const SHORTEST_FRAMES: f64 = 4;
const SILENT: f32 = 1e-6;
const SLEEP_SECONDS: f64 = 0.5;

@unmanaged
class Delay {
  ring: usize;
  mask: i32;
  /** Frames written since it was cleared; older memory reads as 0. */
  written: i32;
  position: i32;
  /** Frames since something loud was written. */
  silence: i32;
  isAsleep: i32;
  isFresh: i32;
  fadeDone: i32;
  fadeLength: i32;
  feedback: f32;
  feedbackTo: f32;
  /** Delay of the head that is heard, of the one that fades in, and the one asked for. */
  time: f64;
  timeTo: f64;
  timeNext: f64;
}

export function takeDelay(): usize {
  let frames = 1;
  while (<f64>frames < LONGEST_SECONDS * sampleRate + 256) frames <<= 1;
  const at = take(offsetof<Delay>());
  const delay = changetype<Delay>(at);
  delay.ring = take(<usize>frames << 3);
  delay.mask = frames - 1;
  delay.isAsleep = 1;
  delay.isFresh = 1;
  delay.fadeLength = <i32>framesOf(FADE_SECONDS);
  delay.fadeDone = delay.fadeLength;
  return at;
}

export function clearDelay(at: usize): void {
  const delay = changetype<Delay>(at);
  delay.written = 0;
  delay.isAsleep = 1;
  delay.isFresh = 1;
  delay.silence = 0;
}

export function setDelayTime(at: usize, seconds: f32, feedback: f32): void {
  const delay = changetype<Delay>(at);
  let frames = max(SHORTEST_FRAMES, min(LONGEST_SECONDS, <f64>seconds) * sampleRate);
  if (frames >= TUNED_FRAMES) frames = nearest(frames);
  delay.timeNext = frames;
  delay.feedbackTo = feedback;
  if (delay.isFresh) {
    // Nothing sounds in it: no need to fade.
    delay.time = frames;
    delay.timeTo = frames;
    delay.feedback = feedback;
    delay.fadeDone = delay.fadeLength;
    delay.isFresh = 0;
  }
}

/** Reads `whole` + x frames behind the writing position; 0 where nothing was written yet. */
// @ts-ignore: decorator
@inline
function read(delay: Delay, whole: i32, x: f32, side: usize): f32 {
  const y1 = tap(delay, whole, side);
  if (x == 0) return y1;
  // The fraction reaches further into the past.
  const y0 = tap(delay, whole - 1, side);
  const y2 = tap(delay, whole + 1, side);
  const y3 = tap(delay, whole + 2, side);
  const c1: f32 = 0.5 * (y2 - y0);
  const c3: f32 = 0.5 * (y3 - y0) + 1.5 * (y1 - y2);
  const c2: f32 = y0 - y1 + c1 - c3;
  return ((c3 * x + c2) * x + c1) * x + y1;
}

// @ts-ignore: decorator
@inline
function tap(delay: Delay, behind: i32, side: usize): f32 {
  if (behind > delay.written) return 0;
  return load<f32>(delay.ring + (<usize>((delay.position - behind) & delay.mask) << 3) + side);
}

/** Renders a block into `out`; `input` is a bus or 0. False, and nothing written, while it sleeps. */
export function renderDelay(at: usize, input: usize, out: usize): bool {
  const delay = changetype<Delay>(at);
  if (input == 0 && delay.isAsleep) return false;
  if (delay.isAsleep) delay.silence = 0;
  delay.isAsleep = 0;
  const feedbackStep = (delay.feedbackTo - delay.feedback) / <f32>BLOCK;
  let loudest: f32 = 0;
  for (let i = 0; i < BLOCK; i++) {
    if (delay.fadeDone >= delay.fadeLength && delay.timeTo != delay.timeNext) {
      delay.timeTo = delay.timeNext;
      delay.fadeDone = 0;
    }
    const whole = <i32>delay.time;
    const x = <f32>(delay.time - <f64>whole);
    let left = read(delay, whole, x, 0);
    let right = read(delay, whole, x, 4);
    if (delay.fadeDone < delay.fadeLength) {
      delay.fadeDone += 1;
      const u = <f32>delay.fadeDone / <f32>delay.fadeLength;
      const mix = quintic(u);
      const wholeTo = <i32>delay.timeTo;
      const xTo = <f32>(delay.timeTo - <f64>wholeTo);
      left += mix * (read(delay, wholeTo, xTo, 0) - left);
      right += mix * (read(delay, wholeTo, xTo, 4) - right);
      if (delay.fadeDone == delay.fadeLength) delay.time = delay.timeTo;
    }
    delay.feedback += feedbackStep;
    const offset = <usize>i << 2;
    let writeLeft = left * delay.feedback;
    let writeRight = right * delay.feedback;
    if (input != 0) {
      writeLeft += load<f32>(input + offset);
      writeRight += load<f32>(input + offset, BUS_BYTES);
    }
    // What would go denormal becomes silence.
    if (abs(writeLeft) < 1e-15) writeLeft = 0;
    if (abs(writeRight) < 1e-15) writeRight = 0;
    const to = delay.ring + (<usize>(delay.position & delay.mask) << 3);
    store<f32>(to, writeLeft);
    store<f32>(to, writeRight, 4);
    delay.position += 1;
    delay.written = min(delay.written + 1, delay.mask);
    store<f32>(out + offset, left);
    store<f32>(out + offset, right, BUS_BYTES);
    loudest = max(loudest, max(abs(writeLeft), abs(writeRight)));
  }
  delay.feedback = delay.feedbackTo;
  delay.silence = loudest > SILENT ? 0 : delay.silence + BLOCK;
  if (<f64>delay.silence > max(delay.time, delay.timeTo) + SLEEP_SECONDS * sampleRate) clearDelay(at);
  return true;
}

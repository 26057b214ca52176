/**
 * Musical time to sample time: segments that meet end to end, each a straight line of tempo. The arithmetic is that of
 * ARCHITECTURE.md in the same order of + - * / sqrt as runtime/schedule/timeline.ts, so both agree to the bit.
 */
import { LIMIT_SEGMENTS } from '../ids';
import { frameNow, framesOf, sampleRate } from '../block';

@unmanaged
class Segment {
  frame0: f64;
  cycle0: f64;
  cyclesPerFrame: f64;
  ramp: f64;
}

const SEGMENT_BYTES: usize = 32;
export const segmentsAt: usize = memory.data(LIMIT_SEGMENTS * 32, 16);
export let segmentCount: i32 = 0;
/** Grows with every change of the segments. */
export let segmentVersion: i32 = 0;

/** Slack, in frames, that keeps an onset meant for frame n from slipping to n + 1 by a rounding error. */
const ONSET_SLACK_FRAMES: f64 = 1e-6;
/** Segments stay this long after their end, for a page that hears the past. */
const KEPT_SECONDS: f64 = 2;
const SLOWEST: f64 = 0.001;
const FASTEST: f64 = 64;

// @ts-ignore: decorator
@inline
function at(i: i32): Segment {
  return changetype<Segment>(segmentsAt + <usize>i * SEGMENT_BYTES);
}

export function isPlaying(): bool {
  return segmentCount > 0;
}

export function stopTimeline(): void {
  segmentCount = 0;
  segmentVersion += 1;
}

function heldTempo(cyclesPerSecond: f64): f64 {
  return cyclesPerSecond > SLOWEST ? min(FASTEST, cyclesPerSecond) : SLOWEST; // NaN is slow
}

/** True if a tempo was outside what the engine plays. */
export function isOddTempo(cyclesPerSecond: f64): bool {
  return heldTempo(cyclesPerSecond) != cyclesPerSecond;
}

export function startTimeline(cycle: f64, cyclesPerSecond: f64, delaySeconds: f64): void {
  // On a whole frame: the delay came as f32 and means no more than that.
  put(0, frameNow + framesOf(delaySeconds), cycle, heldTempo(cyclesPerSecond) / sampleRate, 0);
  segmentCount = 1;
  segmentVersion += 1;
}

function put(i: i32, frame0: f64, cycle0: f64, cyclesPerFrame: f64, ramp: f64): void {
  const segment = at(i);
  segment.frame0 = frame0;
  segment.cycle0 = cycle0;
  segment.cyclesPerFrame = cyclesPerFrame;
  segment.ramp = ramp;
}

/** Position at `frame`. Only while playing. */
export function cycleOfFrame(frame: f64): f64 {
  let i = segmentCount - 1;
  while (i > 0 && at(i).frame0 > frame) i--;
  const segment = at(i);
  const t = frame - segment.frame0;
  return segment.cycle0 + t * (segment.cyclesPerFrame + 0.5 * segment.ramp * t);
}

/** Frame, not rounded, at which `cycle` is reached. Only while playing. */
export function frameOfCycle(cycle: f64): f64 {
  return frameInSegment(segmentOfCycle(cycle), cycle);
}

function segmentOfCycle(cycle: f64): Segment {
  let i = segmentCount - 1;
  while (i > 0 && at(i).cycle0 > cycle) i--;
  return at(i);
}

function frameInSegment(segment: Segment, cycle: f64): f64 {
  const d = cycle - segment.cycle0;
  const v = segment.cyclesPerFrame;
  const root = v * v + 2 * segment.ramp * d;
  return segment.frame0 + (2 * d) / (v + sqrt(root < 0 ? 0 : root));
}

/** The first whole frame at or after the place of `cycle`. */
export function onsetFrame(cycle: f64): f64 {
  return ceil(frameOfCycle(cycle) - ONSET_SLACK_FRAMES);
}

/** Cycles per second at `frame`. */
export function tempoAt(frame: f64): f64 {
  let i = segmentCount - 1;
  while (i > 0 && at(i).frame0 > frame) i--;
  const segment = at(i);
  // Before the start of all there is no ramp.
  const t = max(0, frame - segment.frame0);
  return (segment.cyclesPerFrame + segment.ramp * t) * sampleRate;
}

/**
 * From `cycle` on towards `cyclesPerSecond`, over `rampCycles` if that is above 0. A cycle that is past already means
 * now. What was planned from there on is dropped. False if there is no room for the segments.
 */
export function changeTempo(cyclesPerSecond: f64, cycle: f64, rampCycles: f64): bool {
  if (segmentCount == 0) return false;
  const to = heldTempo(cyclesPerSecond) / sampleRate;
  let frame0: f64;
  let cycle0 = cycle;
  let from: f64;
  const isPast = !(frameOfCycle(cycle) >= frameNow); // NaN is past
  if (isPast) {
    frame0 = frameNow;
    cycle0 = cycleOfFrame(frame0);
    from = tempoAt(frame0) / sampleRate;
  } else {
    const before = segmentOfCycle(cycle);
    frame0 = frameInSegment(before, cycle);
    from = before.cyclesPerFrame + before.ramp * (frame0 - before.frame0);
  }
  let kept = segmentCount;
  while (kept > 0 && at(kept - 1).cycle0 >= cycle0) kept--;
  const isRamp = rampCycles > 0 && from != to;
  if (kept + (isRamp ? 2 : 1) > LIMIT_SEGMENTS) return false;
  if (isRamp) {
    const frames = (2 * rampCycles) / (from + to);
    put(kept, frame0, cycle0, from, (to - from) / frames);
    put(kept + 1, frame0 + frames, cycle0 + rampCycles, to, 0);
    segmentCount = kept + 2;
  } else {
    put(kept, frame0, cycle0, to, 0);
    segmentCount = kept + 1;
  }
  segmentVersion += 1;
  return true;
}

/** Lets go of segments that ended long ago. */
export function pruneTimeline(): void {
  const horizon = frameNow - KEPT_SECONDS * sampleRate;
  let gone = 0;
  while (gone + 1 < segmentCount && at(gone + 1).frame0 < horizon) gone++;
  if (gone == 0) return;
  segmentCount -= gone;
  memory.copy(segmentsAt, segmentsAt + <usize>gone * SEGMENT_BYTES, <usize>segmentCount * SEGMENT_BYTES);
  segmentVersion += 1;
}

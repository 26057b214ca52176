/**
 * The timeline: musical time (cycles) to sample time (frames) and back, over segments that meet end to end.
 * It stands alone so that page, MIDI, renderer and tests map time as the engine does: only + - * / and sqrt on
 * f64, in the order that ARCHITECTURE.md gives, so both sides agree to the bit. It knows no audio and no ports.
 */
import { LIMIT, type TimelineSegment } from '../../worklets/wire.ts';

/** Slack, in frames, that keeps an onset meant for frame n from slipping to n + 1 by a rounding error. */
export const ONSET_SLACK_FRAMES = 1e-6;

/** Cycle at `frame`, on the line of this segment (also before and after it). */
export function cycleInSegment(segment: TimelineSegment, frame: number): number {
  const t = frame - segment.frame0;
  return segment.cycle0 + t * (segment.cyclesPerFrame + 0.5 * segment.ramp * t);
}

/** Frame at which this segment's line reaches `cycle`: the inverse of cycleInSegment where tempo is above 0. */
export function frameInSegment(segment: TimelineSegment, cycle: number): number {
  const d = cycle - segment.cycle0;
  const v = segment.cyclesPerFrame;
  const root = v * v + 2 * segment.ramp * d;
  return segment.frame0 + (2 * d) / (v + Math.sqrt(root < 0 ? 0 : root));
}

/** Cycles per frame at `frame` within the segment. */
export function speedInSegment(segment: TimelineSegment, frame: number): number {
  return segment.cyclesPerFrame + segment.ramp * (frame - segment.frame0);
}

/** The first whole frame at or after an onset's exact place. */
export function onsetFrame(frame: number): number {
  return Math.ceil(frame - ONSET_SLACK_FRAMES);
}

/** The segment that holds `frame`; the first one also serves what lies before it. Null where there is none. */
export function segmentAtFrame(segments: readonly TimelineSegment[], frame: number): TimelineSegment | null {
  for (let i = segments.length - 1; i > 0; i--) if (segments[i]!.frame0 <= frame) return segments[i]!;
  return segments[0] ?? null;
}

/** The segment that holds `cycle`, likewise. */
export function segmentAtCycle(segments: readonly TimelineSegment[], cycle: number): TimelineSegment | null {
  for (let i = segments.length - 1; i > 0; i--) if (segments[i]!.cycle0 <= cycle) return segments[i]!;
  return segments[0] ?? null;
}

/** Cycle at `frame`; null without segments. Inverse of frameAt. */
export function cycleAt(segments: readonly TimelineSegment[], frame: number): number | null {
  const segment = segmentAtFrame(segments, frame);
  return segment ? cycleInSegment(segment, frame) : null;
}

/** Frame (not rounded) at which `cycle` is reached; null without segments. Inverse of cycleAt. */
export function frameAt(segments: readonly TimelineSegment[], cycle: number): number | null {
  const segment = segmentAtCycle(segments, cycle);
  return segment ? frameInSegment(segment, cycle) : null;
}

/** A timeline that starts at `cycle0` on `frame0` with one steady tempo. */
export function startTimeline(
  frame0: number,
  cycle0: number,
  cyclesPerSecond: number,
  sampleRate: number,
): TimelineSegment[] {
  return [{ frame0, cycle0, cyclesPerFrame: cyclesPerSecond / sampleRate, ramp: 0 }];
}

/**
 * The timeline after a tempo statement: from `atCycle` on towards `cyclesPerSecond`, at once or by a ramp linear
 * in time that is done after `rampCycles`. What was planned at or after `atCycle` is replaced. Throws a
 * RangeError past the limit of segments.
 */
export function withTempo(
  segments: readonly TimelineSegment[],
  atCycle: number,
  cyclesPerSecond: number,
  rampCycles: number,
  sampleRate: number,
): TimelineSegment[] {
  const before = segmentAtCycle(segments, atCycle);
  if (!before) throw new RangeError('withTempo: the timeline has not started');
  const kept = segments.filter((segment, i) => i === 0 || segment.cycle0 < atCycle);
  const frame0 = frameInSegment(before, atCycle);
  const from = speedInSegment(before, frame0);
  const to = cyclesPerSecond / sampleRate;
  const added: TimelineSegment[] = [];
  if (rampCycles > 0 && from !== to) {
    const frames = (2 * rampCycles) / (from + to);
    added.push({ frame0, cycle0: atCycle, cyclesPerFrame: from, ramp: (to - from) / frames });
    added.push({ frame0: frame0 + frames, cycle0: atCycle + rampCycles, cyclesPerFrame: to, ramp: 0 });
  } else {
    added.push({ frame0, cycle0: atCycle, cyclesPerFrame: to, ramp: 0 });
  }
  const all = kept[0]!.cycle0 >= atCycle ? added : [...kept, ...added];
  if (all.length > LIMIT.segments) {
    throw new RangeError(`withTempo: ${all.length} segments, the limit is ${LIMIT.segments}`);
  }
  return all;
}

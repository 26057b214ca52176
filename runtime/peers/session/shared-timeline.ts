/**
 * The shared timeline of a session: which cycle it is at which shared time. Segments meet end to end; each begins at a
 * shared time that its author named ahead, so all machines change tempo together. Pure; cyclesAt and timeAt are inverse.
 */
import { type Stamp, stampAfter } from './total-order.ts';

export interface TempoSegment {
  readonly fromSeconds: number;
  readonly cycle: number;
  readonly cyclesPerSecond: number;
}

export interface SharedTimeline extends Stamp {
  /** Shared time at which the change was made; it acts at the last segment's beginning. */
  readonly madeSeconds: number;
  readonly beatsPerCycle: number;
  /** 1 to SEGMENT_LIMIT, times and cycles ascending. */
  readonly segments: readonly TempoSegment[];
}

export const SEGMENT_LIMIT = 16;
export const CYCLES_PER_SECOND = { least: 0.01, most: 20, usual: 0.5 } as const;
export const BEATS_PER_CYCLE = { least: 1, most: 64, usual: 4 } as const;
/** Segments that ended longer ago than this are forgotten. */
const KEPT_SECONDS = 5;
/** Changes closer than this, of which none has acted yet, become one (a slider that is dragged). */
const COALESCE_SECONDS = 0.05;

/** The timeline of a new session: cycle 0 at shared time 0. */
export function firstTimeline(author: string, cyclesPerSecond: number): SharedTimeline {
  return {
    revision: 0,
    author,
    madeSeconds: 0,
    beatsPerCycle: BEATS_PER_CYCLE.usual,
    segments: [{ fromSeconds: 0, cycle: 0, cyclesPerSecond: inTempoRange(cyclesPerSecond) }],
  };
}

export const inTempoRange = (cyclesPerSecond: number): number =>
  Math.min(CYCLES_PER_SECOND.most, Math.max(CYCLES_PER_SECOND.least, cyclesPerSecond));

/** Beats a minute of a tempo, and back. */
export const toBeatsPerMinute = (cyclesPerSecond: number, beatsPerCycle: number): number =>
  cyclesPerSecond * beatsPerCycle * 60;
export const fromBeatsPerMinute = (beatsPerMinute: number, beatsPerCycle: number): number =>
  beatsPerMinute / beatsPerCycle / 60;

/** The segment that acts at a shared time; the first also serves what lies before it. */
export function segmentAt(timeline: SharedTimeline, seconds: number): TempoSegment {
  const { segments } = timeline;
  for (let i = segments.length - 1; i > 0; i--) if (segments[i]!.fromSeconds <= seconds) return segments[i]!;
  return segments[0]!;
}

/** Cycle at a shared time. */
export function cycleAt(timeline: SharedTimeline, seconds: number): number {
  const segment = segmentAt(timeline, seconds);
  return segment.cycle + (seconds - segment.fromSeconds) * segment.cyclesPerSecond;
}

/** Shared time of a cycle. Inverse of cycleAt. */
export function timeAt(timeline: SharedTimeline, cycle: number): number {
  const { segments } = timeline;
  let segment = segments[0]!;
  for (const next of segments) if (next.cycle <= cycle) segment = next;
  return segment.fromSeconds + (cycle - segment.cycle) / segment.cyclesPerSecond;
}

/** The timeline in which the tempo changes at `atSeconds`, phase kept. */
export function withTempo(
  timeline: SharedTimeline,
  author: string,
  madeSeconds: number,
  atSeconds: number,
  cyclesPerSecond: number,
): SharedTimeline {
  const last = timeline.segments.at(-1)!;
  const pending = timeline.segments.length > 1 && last.fromSeconds > madeSeconds;
  const at = pending && atSeconds - last.fromSeconds < COALESCE_SECONDS ? last.fromSeconds : atSeconds;
  const kept = timeline.segments.filter((segment, i) => {
    const end = timeline.segments[i + 1]?.fromSeconds ?? Number.POSITIVE_INFINITY;
    return segment.fromSeconds < at && end > madeSeconds - KEPT_SECONDS;
  });
  const segment = {
    fromSeconds: at,
    cycle: cycleAt(timeline, at),
    cyclesPerSecond: inTempoRange(cyclesPerSecond),
  };
  return {
    ...stampAfter(timeline, author),
    madeSeconds,
    beatsPerCycle: timeline.beatsPerCycle,
    segments: [...kept, segment].slice(-SEGMENT_LIMIT),
  };
}

/** The timeline with another number of beats a cycle; cycles and their speed stay. */
export const withBeatsPerCycle = (
  timeline: SharedTimeline,
  author: string,
  madeSeconds: number,
  beatsPerCycle: number,
): SharedTimeline => ({ ...timeline, ...stampAfter(timeline, author), madeSeconds, beatsPerCycle });

/** The timeline counted anew: `cycle` at `atSeconds`, the tempo kept. Only for who is alone. */
export const countedFrom = (
  timeline: SharedTimeline,
  author: string,
  atSeconds: number,
  cycle: number,
): SharedTimeline => ({
  ...timeline,
  ...stampAfter(timeline, author),
  madeSeconds: atSeconds,
  segments: [
    { fromSeconds: atSeconds, cycle, cyclesPerSecond: segmentAt(timeline, atSeconds).cyclesPerSecond },
  ],
});

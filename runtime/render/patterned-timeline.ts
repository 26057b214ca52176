/**
 * The whole timeline of a program whose tempo is a pattern: where a render ends depends on every change before. It
 * stands alone since only a render must know ahead; live, changes come with their windows. It knows no realm.
 */
import { type Rational, rational, ZERO } from '../../patterns/rational.ts';
import type { TimelineSegment } from '../../worklets/wire.ts';
import type { TempoChange } from '../sandbox/realm-surface.ts';
import { frameAt, withTempo } from '../schedule/timeline.ts';
import { LONGEST_RENDER_SECONDS, type RenderLength } from './length.ts';

/** Tells the changes of a span of cycles. */
export interface TempoSource {
  tempoChanges(begin: Rational, end: Rational): Promise<readonly TempoChange[]>;
}

/** Cycles that are asked for at a time. */
const CHUNK_CYCLES = 64;

/** `segments` with all changes up to the end of a render of this length, and at most up to the longest render. */
export async function patternedTimeline(
  source: TempoSource,
  segments: readonly TimelineSegment[],
  length: RenderLength,
  sampleRate: number,
): Promise<TimelineSegment[]> {
  const seconds = Math.min(length.seconds ?? LONGEST_RENDER_SECONDS, LONGEST_RENDER_SECONDS);
  const lastFrame = seconds * sampleRate;
  const lastCycle = length.seconds === undefined ? (length.cycles ?? 0) : Number.POSITIVE_INFINITY;
  let made = [...segments];
  let begin = ZERO;
  while (begin.toNumber() < lastCycle && frameAt(made.slice(-1), begin.toNumber())! < lastFrame) {
    const end = begin.add(rational(CHUNK_CYCLES));
    const changes = await source.tempoChanges(begin, end);
    const isFirst = begin.eq(ZERO);
    for (const [index, { cycle, cyclesPerSecond, begins }] of changes.entries()) {
      if (!begins && !(isFirst && index === 0)) continue;
      // Only the last segment matters for the next one.
      const next = withTempo(made.slice(-1), cycle, cyclesPerSecond, 0, sampleRate);
      if (cycle > made.at(-1)!.cycle0) made.push(next.at(-1)!);
      else made = [...made.slice(0, -1), next.at(-1)!];
    }
    begin = end;
  }
  return made;
}

/**
 * One window of the event stream: everything that begins in a span of cycles, for all outputs alike. Live scheduler
 * and offline renderer both make their windows here, so they cannot differ. It knows realm and events; nothing of
 * wires, clocks or ports. Thread: pattern worker, or the vm context of the command line.
 */
import type { PatternEvent } from '../../patterns/event.ts';
import { type Rational, ratio } from '../../patterns/rational.ts';
import type { Diagnostic, TempoStatement } from '../program/program.ts';
import type { QueryAnswer, TrackFailure } from '../sandbox/realm-surface.ts';
import { noteSeed, trackHash } from './note-seed.ts';

/** What answers queries: the realm, or a model of it in tests. */
export interface QuerySource {
  query(begin: Rational, end: Rational, cyclesPerSecond: number): Promise<QueryAnswer>;
}

/** An event with its place in the stream. Times are f64, rounded once from the exact ones. */
export interface ScheduledNote {
  readonly track: string;
  /** The version of the text its locations point into. */
  readonly evalId: number;
  readonly strip: number;
  readonly event: PatternEvent;
  readonly onset: number;
  readonly seed: number;
}

/** A change of tempo at an exact place. */
export interface ScheduledTempo {
  readonly cycle: number;
  readonly cyclesPerSecond: number;
}

/** What comes before the notes of a program's first window. */
export interface Opening {
  readonly start: { readonly cyclesPerSecond: number; readonly delaySeconds: number } | null;
  readonly tempo: TempoStatement | null;
  /** From here on only this epoch and later ones play. */
  readonly fromCycle: number;
}

/** The onsets of [previous horizon, horizon) of one epoch, in the order of time. */
export interface Window {
  readonly epoch: number;
  readonly opening: Opening | null;
  readonly notes: readonly ScheduledNote[];
  /** What a program's tempo pattern changes within the window. */
  readonly tempo: readonly ScheduledTempo[];
  readonly horizon: number;
}

/** Strips by track name; a name without one plays on strip 0. */
export type Strips = Readonly<Record<string, number>>;

export interface WindowSpan {
  readonly begin: Rational;
  readonly end: Rational;
  /** Onsets whose f64 lies before this are left out: the engine cuts by f64 as well. */
  readonly notBefore: number;
  /** Where the tempo that holds is to be stated too: at the begin of what is handed out, not at each window. */
  readonly tempoFrom?: number | undefined;
  readonly cyclesPerSecond: number;
  readonly strips: Strips;
}

export interface WindowContent {
  readonly notes: ScheduledNote[];
  readonly tempo: readonly ScheduledTempo[];
  readonly failures: readonly TrackFailure[];
  readonly warnings: readonly Diagnostic[];
}

/** Queries a span and keeps what begins in it, sorted by onset (of equals, in the order of tracks and of the query). */
export async function queryWindow(source: QuerySource, span: WindowSpan): Promise<WindowContent> {
  const answer = await source.query(span.begin, span.end, span.cyclesPerSecond);
  const notes: ScheduledNote[] = [];
  for (const { track, evalId, events } of answer.tracks) {
    const hash = trackHash(track);
    const onsets = new Map<number, number>();
    for (const event of events) {
      if (!event.hasOnset()) continue;
      const onset = event.whole!.begin.toNumber();
      if (!(onset >= span.notBefore)) continue;
      const index = onsets.get(onset) ?? 0;
      onsets.set(onset, index + 1);
      const strip = stripOf(span.strips, event.context.track ?? track);
      notes.push({ track, evalId, strip, event, onset, seed: noteSeed(0, hash, onset, index) });
    }
  }
  notes.sort((a, b) => a.onset - b.onset);
  const tempo = tempoOf(answer, span);
  return { notes, tempo, failures: answer.failures, warnings: answer.warnings };
}

/** The changes that begin in the window; with `tempoFrom` also what holds there. */
function tempoOf({ tempo = [] }: QueryAnswer, { tempoFrom, notBefore }: WindowSpan): ScheduledTempo[] {
  const from = tempoFrom ?? notBefore;
  const changes = tempo
    .filter(({ begins, cycle }) => begins && cycle >= from)
    .map(({ cycle, cyclesPerSecond }) => ({ cycle, cyclesPerSecond }));
  const held = tempoFrom === undefined ? undefined : tempo.findLast(({ cycle }) => cycle <= tempoFrom);
  if (held === undefined || changes[0]?.cycle === tempoFrom) return changes;
  return [{ cycle: tempoFrom!, cyclesPerSecond: held.cyclesPerSecond }, ...changes];
}

function stripOf(strips: Strips, track: string): number {
  return Object.hasOwn(strips, track) ? strips[track]! : 0;
}

/** The least multiple of 1/perCycle at or after `cycle`, exact; perCycle a power of two. */
export function gridCeil(cycle: number, perCycle: number): Rational {
  return ratio(Math.ceil(cycle * perCycle), perCycle);
}

/**
 * Where to query from so that nothing that rounds to `cycle` or more is missed: `cycle` itself where it lies on the
 * grid of 1/perCycle, else the grid's next line below. (1/3 as f64 is not 1/3: only `notBefore` cuts exactly.)
 */
export function gridFloor(cycle: number, perCycle: number): Rational {
  return ratio(Math.floor(cycle * perCycle), perCycle);
}

/** Windows per cycle, a power of two, so that one lasts `seconds` or up to twice that. */
export function windowsPerCycle(seconds: number, cyclesPerSecond: number): number {
  const wanted = 1 / (seconds * cyclesPerSecond);
  let perCycle = 1 / 16;
  while (perCycle * 2 <= wanted && perCycle < 4096) perCycle *= 2;
  return Math.max(1, perCycle);
}

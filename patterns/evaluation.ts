/**
 * The table of one evaluation: what the text's literals are, which tracks it states, tempo, seed, transforms of
 * all tracks, warnings. Statements of the language write here while the program runs; the realm reads it after.
 * It knows patterns and nothing of how a program is compiled or played.
 */
import { silence } from './combine.ts';
import type { Pattern } from './pattern.ts';
import { type Controls, controls, type RandomKind } from './query-state.ts';

export type Quote = '"' | "'" | '`';

/** Where a literal's text begins (behind its quote), or null where the text was computed. */
export interface NotedLiteral {
  readonly from: number | null;
  readonly quote: Quote;
  /** Maps offsets in the text to offsets in the program where that is more than adding `from`. */
  readonly at?: ((offset: number) => number) | undefined;
}

export interface EvaluatedTrack {
  readonly name: string;
  readonly pattern: Pattern;
  readonly muted: boolean;
  readonly solo: boolean;
  /** Range of the label; null where a function made the track. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface EvaluationWarning {
  readonly message: string;
  readonly from?: number;
  readonly to?: number;
}

export interface Tempo {
  readonly cyclesPerSecond: number;
  readonly rampCycles: number;
}

export type PatternTransform = (pattern: Pattern) => Pattern;

/** A name the program registered: as function and as method. */
export interface Definition {
  readonly free: unknown;
  readonly method: (this: Pattern<any>, ...args: any[]) => unknown;
}

const WARNINGS_KEPT = 100;

/** Mutable while its program runs. */
export class Evaluation {
  readonly literals = new Map<string, NotedLiteral>();
  readonly tracks = new Map<string, EvaluatedTrack>();
  readonly warnings: EvaluationWarning[] = [];
  tempo: Tempo | null = null;
  /** The tempo as a pattern, where `setcpm("<120 90>")` states one: cycles per second. */
  tempoPattern: Pattern<number> | null = null;
  seed = 0;
  random: RandomKind = 'exact';
  /** Transforms of the mix (`all`) and of every track (`each`), in order of statement. */
  allTransforms: PatternTransform[] = [];
  eachTransforms: PatternTransform[] = [];
  hushed = false;
  /** Functions and controls the program registered, by name; whoever runs it installs them. */
  readonly defined = new Map<string, Definition>();
  /** Called for each of them at once, so that the lines below can use it. */
  onDefine: ((name: string, definition: Definition) => void) | null = null;
  private unnamed = 0;

  /** Notes what a literal is and yields its text; `at` maps offsets in it where escapes shift them. */
  note(text: string, from: number | null, quote: Quote, at?: (offset: number) => number): string {
    this.literals.set(text, { from: from !== null && from < 0 ? null : from, quote, at });
    return text;
  }

  /** States a track; of two with one name the last holds, with a warning. */
  addTrack(track: EvaluatedTrack): void {
    if (this.tracks.has(track.name)) {
      const place = track.from !== null && track.to !== null ? { from: track.from, to: track.to } : {};
      this.warn({ message: `The track "${track.name}" is stated twice; the last one plays`, ...place });
      this.tracks.delete(track.name);
    }
    this.tracks.set(track.name, track);
  }

  /** The name of the next track without one: `$1`, `$2`, … */
  nextUnnamed(): string {
    do this.unnamed += 1;
    while (this.tracks.has(`$${this.unnamed}`));
    return `$${this.unnamed}`;
  }

  /** Adds a function or control of the program's own. */
  define(name: string, definition: Definition): void {
    this.defined.set(name, definition);
    this.onDefine?.(name, definition);
  }

  /** Keeps each message once, up to a limit. */
  warn(warning: EvaluationWarning): void {
    if (this.warnings.length >= WARNINGS_KEPT) return;
    if (this.warnings.some((known) => known.message === warning.message && known.from === warning.from))
      return;
    this.warnings.push(warning);
  }

  /** What queries of a track of this evaluation read; with a limit of events, for one cycle of it. */
  controlsFor(track: string, cyclesPerSecond: number, eventsPerCycle?: number): Controls {
    return controls({ cyclesPerSecond, seed: this.seed, track, random: this.random, eventsPerCycle });
  }

  /**
   * The tracks as they play, muted ones included. Transforms of `each` and `all` act on every track alone, so that
   * one track's failure stays its own; events keep their track, and what `all` adds is a track called `all`.
   */
  playingTracks(): EvaluatedTrack[] {
    if (this.hushed) return [];
    const each = (pattern: Pattern): Pattern => this.eachTransforms.reduce((result, f) => f(result), pattern);
    const all = (pattern: Pattern): Pattern => this.allTransforms.reduce((result, f) => f(result), pattern);
    const tracks = [...this.tracks.values()].map((track) => ({ ...track, pattern: each(track.pattern) }));
    if (this.allTransforms.length === 0) return tracks;
    const playing = tracks.map((track) => {
      const marked = track.pattern.withContext((context) => ({ ...context, track: track.name }));
      return { ...track, pattern: all(marked).filterEvents((event) => event.context.track === track.name) };
    });
    const added = all(silence).filterEvents((event) => event.context.track === undefined);
    if (!playing.some((track) => track.name === 'all') && sounds(added)) {
      playing.push({ name: 'all', pattern: added, muted: false, solo: false, from: null, to: null });
    }
    return playing;
  }
}

/** True where a pattern has events in its first cycles, or fails there (its track shall then say why). */
function sounds(pattern: Pattern): boolean {
  try {
    return pattern.queryArc(0, 16, { budget: 100_000 }).length > 0;
  } catch {
    return true;
  }
}

let current = new Evaluation();

/** The evaluation that language functions act on now. */
export function currentEvaluation(): Evaluation {
  return current;
}

/** Makes another evaluation the current one and returns the one before (for code that awaits). */
export function enterEvaluation(evaluation: Evaluation): Evaluation {
  const before = current;
  current = evaluation;
  return before;
}

/** Runs f with this evaluation as the current one. */
export function withEvaluation<T>(evaluation: Evaluation, f: () => T): T {
  const before = enterEvaluation(evaluation);
  try {
    return f();
  } finally {
    enterEvaluation(before);
  }
}

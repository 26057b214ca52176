/**
 * What a text becomes: the Program that is sent to the sandbox, its locations and its mistakes, as plain data.
 * It stands alone because compile worker, page, sandbox and command line all exchange it; it knows none of them.
 * All positions are UTF-16 offsets into the text as the musician typed it; `from` included, `to` excluded.
 */

/** A performer's mistake. `severity` error stops an evaluation, the others do not. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'hint';
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly notes?: readonly string[];
  /** A quick fix: replace from..to by `insert`. */
  readonly fix?: {
    readonly title: string;
    readonly from: number;
    readonly to: number;
    readonly insert: string;
  };
  /** The track it concerns, where known. */
  readonly track?: string;
}

/** A label that is a track: `drums:`, `_drums:`, `S$:`. */
export interface TrackLabel {
  /** Name without marks; unnamed ones are `$1`, `$2` in text order. */
  readonly name: string;
  /** Range of the label in the text (of the expression for a last bare one). */
  readonly from: number;
  readonly to: number;
  readonly muted: boolean;
  readonly solo: boolean;
}

/** Text compiled for the sandbox. */
export interface Compiled {
  /**
   * Source of one function expression, `async function (__talea) { "use strict"; ... }`. It calls only
   * `__talea.n(text, from, quote)`, `__talea.s(text, from, quote)`, `__talea.t(name, from, to, marks, value)`
   * and `__talea.loop(from)`; everything else are globals of the language.
   */
  readonly code: string;
  /** Map of `code` to the marked text (source map v3 JSON); positions then lose `insertions`. */
  readonly map: string;
  /** Lines of `code` before the first mapped one. */
  readonly headLines: number;
  /** What marking inserted, ascending: [offset in the typed text, inserted length]. */
  readonly insertions: readonly (readonly [number, number])[];
  readonly tracks: readonly TrackLabel[];
  readonly warnings: readonly Diagnostic[];
}

export type CompileOutcome =
  | { readonly ok: true; readonly compiled: Compiled }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** One version of the text, as the sandbox gets it. */
export interface Version {
  readonly evalId: number;
  readonly text: string;
  readonly compiled: Compiled;
}

/**
 * What plays: the version just evaluated and, per track, the version of it that last played well. The sandbox
 * evaluates an older version only when a transition or a failure of that track needs it (two at most a track).
 */
export interface Program {
  readonly current: Version;
  readonly lastGood: Readonly<Record<string, Version>>;
}

/** Tempo as a program states it; null where it states none. */
export interface TempoStatement {
  readonly cyclesPerSecond: number;
  readonly rampCycles: number;
  /** True where it is the first value of a pattern, which the worker that plays follows by itself. */
  readonly isPatterned?: boolean;
}

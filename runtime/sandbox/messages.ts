/**
 * Messages between page, supervisor (sandbox iframe) and pattern workers. Plain data, checked on arrival: what
 * comes out of a worker is never trusted. Thread: all of these. Knows only the program's data.
 */
import type { Diagnostic, Program, TempoStatement } from '../program/program.ts';

/** When an evaluation takes over: at the next multiple of `cycles` cycles, or as soon as can be. */
export type Boundary = { readonly cycles: number } | 'now';

// ---- page -> supervisor ----------------------------------------------------------------------------------
export type ToSupervisor =
  | {
      readonly type: 'init';
      /** Source of the pattern worker, a classic script. */
      readonly workerSource: string;
      /** A `control` port of the processor. */
      readonly engine: MessagePort;
      readonly lookAheadSeconds: number;
      /** Set where this supervisor takes over from one that died: what it must carry on with. */
      readonly resume?: Resume;
    }
  /** Asks for a `pong` with the same number: whether the iframe lives. */
  | { readonly type: 'ping'; readonly serial: number }
  | { readonly type: 'evaluate'; readonly program: Program; readonly boundary: Boundary }
  /** Drops an evaluation that has not swapped yet. */
  | { readonly type: 'cancel' }
  /** Stops the music and forgets the program; the next evaluation starts at cycle 0. */
  | { readonly type: 'stop'; readonly fadeSeconds: number }
  | { readonly type: 'panic' }
  /** Tempo set in the bar: acts at once and counts as the program's statement from now on. */
  | { readonly type: 'tempo'; readonly cyclesPerSecond: number }
  | {
      readonly type: 'strip';
      readonly track: string;
      readonly gainDb?: number;
      readonly mute?: boolean;
      readonly solo?: boolean;
    }
  | { readonly type: 'lookAhead'; readonly seconds: number };

/** What a new supervisor needs to know of the music that an earlier one left behind. */
export interface Resume {
  /** Epochs begin above this number. */
  readonly epoch: number;
  readonly playing: boolean;
  readonly cyclesPerSecond: number;
  /** Tempo statement of the program that plays. */
  readonly tempo: TempoStatement | null;
  readonly tracks: readonly TrackState[];
}

// ---- supervisor -> page ----------------------------------------------------------------------------------
export interface TrackState {
  readonly name: string;
  readonly strip: number;
  readonly muted: boolean;
  readonly solo: boolean;
}

export type FromSupervisor =
  | { readonly type: 'ready' }
  | { readonly type: 'pong'; readonly serial: number }
  /** The evaluation is done. ok: it waits for `cycle` (null while stopped: it starts now). */
  | {
      readonly type: 'evaluated';
      readonly evalId: number;
      readonly ok: boolean;
      readonly diagnostics: readonly Diagnostic[];
      readonly tracks: readonly TrackState[];
      readonly tempo: TempoStatement | null;
      readonly cycle: number | null;
      /** Milliseconds spent evaluating and in the dry run. */
      readonly evaluateMs: number;
    }
  | { readonly type: 'swapped'; readonly evalId: number; readonly epoch: number; readonly cycle: number }
  /** A track failed while playing and fell back (or fell silent where it has no good version). */
  | {
      readonly type: 'track-failed';
      readonly evalId: number;
      readonly diagnostic: Diagnostic;
      readonly fellBackTo: number | null;
    }
  /** A pattern worker was ended; `active` says whether it was the playing one. */
  | { readonly type: 'worker-ended'; readonly active: boolean; readonly reason: string }
  /** What sounds when: rows of [onset cycle, end cycle, strip, location count, from, to, ...] in one array. */
  | {
      readonly type: 'sounding';
      readonly evalId: number;
      readonly epoch: number;
      readonly rows: Float64Array;
    }
  | { readonly type: 'log'; readonly evalId: number; readonly lines: readonly string[] }
  /** Mistakes found while playing that stop nothing, such as an unknown sound. */
  | { readonly type: 'warned'; readonly evalId: number; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'stopped' };

// ---- supervisor -> worker --------------------------------------------------------------------------------
export type ToWorker =
  | {
      readonly type: 'connect';
      readonly engine: MessagePort;
      readonly supervisor: MessagePort;
      readonly lookAheadSeconds: number;
    }
  | { readonly type: 'evaluate'; readonly program: Program; readonly cyclesPerSecond: number }
  | {
      readonly type: 'go';
      readonly epoch: number;
      readonly fromCycle: number;
      /** Set where playing starts with this program. */
      readonly start: { readonly cyclesPerSecond: number; readonly delaySeconds: number } | null;
      readonly tempo: TempoStatement | null;
      readonly strips: Readonly<Record<string, number>>;
    }
  | { readonly type: 'lookAhead'; readonly seconds: number };

// ---- worker -> supervisor (over its own port; the global postMessage is taken away) ----------------------
export type FromWorker =
  | { readonly type: 'warm' }
  /** A sign of life: sent before and after each job and each tick. `busy` true means a job has begun. */
  | { readonly type: 'beat'; readonly busy: boolean }
  | {
      readonly type: 'evaluated';
      readonly evalId: number;
      readonly ok: boolean;
      readonly diagnostics: readonly Diagnostic[];
      readonly tracks: readonly { readonly name: string; readonly muted: boolean; readonly solo: boolean }[];
      readonly tempo: TempoStatement | null;
      readonly evaluateMs: number;
    }
  | { readonly type: 'track-failed'; readonly diagnostic: Diagnostic; readonly fellBackTo: number | null }
  | {
      readonly type: 'sounding';
      readonly evalId: number;
      readonly epoch: number;
      readonly rows: Float64Array;
    }
  | { readonly type: 'log'; readonly lines: readonly string[] }
  | { readonly type: 'warned'; readonly diagnostics: readonly Diagnostic[] };

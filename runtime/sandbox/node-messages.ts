/**
 * What travels between the command line and the realm in its vm context: requests and answers as plain data, which
 * cross the border as JSON text only. Both sides import it; it knows neither.
 */
import type { Diagnostic, Program } from '../program/program.ts';
import type { EvaluateOutcome, TempoChange } from './realm-surface.ts';

/** Exact times travel as "n/d". */
export interface QueryRequest {
  readonly begin: string;
  readonly end: string;
  readonly cyclesPerSecond: number;
  /** `events` for sinks, `lines` for the event JSON of `talea query`, `tempo` for its changes alone. */
  readonly form: 'events' | 'lines' | 'tempo';
}

/** An event without its methods. */
export interface PlainEvent {
  readonly whole: readonly [string, string] | null;
  readonly part: readonly [string, string];
  readonly value: unknown;
  readonly locations: readonly { readonly from: number; readonly to: number }[];
}

export interface PlainAnswer {
  readonly tracks: readonly {
    readonly track: string;
    readonly evalId: number;
    readonly events: readonly PlainEvent[];
  }[];
  readonly failures: readonly {
    readonly track: string;
    readonly diagnostic: Diagnostic;
    readonly fellBackTo: number | null;
  }[];
  readonly warnings: readonly Diagnostic[];
  readonly tempo?: readonly TempoChange[];
  /** Set for the form `lines`: one JSON text an event, sorted as the contract says. */
  readonly lines: readonly string[] | null;
  readonly log: readonly string[];
}

/** Worker <- host. `limitMs` is for user code of this one request. */
export type ToNodeWorker =
  | {
      readonly id: number;
      readonly type: 'open';
      readonly session: number;
      readonly program: Program;
      readonly limitMs: number;
    }
  | {
      readonly id: number;
      readonly type: 'query';
      readonly session: number;
      readonly request: QueryRequest;
      readonly limitMs: number;
    }
  | { readonly id: number; readonly type: 'close'; readonly session: number };

/** What a request came to. `stopped`: user code was ended from outside, the session is gone. */
export type NodeAnswer =
  | { readonly type: 'evaluated'; readonly outcome: EvaluateOutcome }
  | { readonly type: 'answered'; readonly answer: PlainAnswer }
  | { readonly type: 'stopped'; readonly message: string }
  | { readonly type: 'closed' };

/** Worker -> host: the answer as JSON text. */
export interface FromNodeWorker {
  readonly id: number;
  readonly text: string;
}

/**
 * What goes into the supervisor and what comes out, and the words it has for performers. It stands apart so that shell,
 * tests and state machine share the types and nothing else.
 */
import type { Command, Tick } from '../../worklets/wire.ts';
import type { Diagnostic, Program } from '../program/program.ts';
import type { FromSupervisor, FromWorker, ToSupervisor, ToWorker } from './messages.ts';

/** What the page says once the supervisor lives. */
export type FromPage = Exclude<ToSupervisor, { type: 'init' }>;
/** What a worker hears once it is connected. */
export type Order = Exclude<ToWorker, { type: 'connect' }>;

export type Input =
  | { readonly type: 'page'; readonly message: FromPage }
  | { readonly type: 'worker'; readonly worker: number; readonly message: FromWorker }
  /** An error of the worker's script that nothing caught. */
  | { readonly type: 'worker-broken'; readonly worker: number; readonly reason: string }
  | { readonly type: 'tick'; readonly tick: Tick }
  | { readonly type: 'time' };

export type Action =
  | { readonly type: 'spawn'; readonly worker: number; readonly lookAheadSeconds: number }
  | { readonly type: 'end'; readonly worker: number }
  | { readonly type: 'to-worker'; readonly worker: number; readonly message: Order }
  | { readonly type: 'to-engine'; readonly command: Command }
  | { readonly type: 'to-page'; readonly message: FromSupervisor };

/** Actions of one step, in order. */
export class Actions {
  private list: Action[] = [];

  /** What was collected; the next step begins empty. */
  take(): Action[] {
    const { list } = this;
    this.list = [];
    return list;
  }

  spawn(worker: number, lookAheadSeconds: number): void {
    this.list.push({ type: 'spawn', worker, lookAheadSeconds });
  }

  end(worker: number): void {
    this.list.push({ type: 'end', worker });
  }

  order(worker: number, message: Order): void {
    this.list.push({ type: 'to-worker', worker, message });
  }

  engine(...commands: readonly Command[]): void {
    for (const command of commands) this.list.push({ type: 'to-engine', command });
  }

  tell(message: FromSupervisor): void {
    this.list.push({ type: 'to-page', message });
  }

  /** The answer to an evaluation that does not take over. */
  refuse({ current: { evalId } }: Program, diagnostics: readonly Diagnostic[], evaluateMs: number): void {
    const nothing = { ok: false, tracks: [], tempo: null, cycle: null } as const;
    this.tell({ type: 'evaluated', evalId, diagnostics, evaluateMs, ...nothing });
  }
}

export function tookTooLong(reason: string): Diagnostic {
  return {
    severity: 'error',
    from: 0,
    to: 0,
    message: `Evaluating took too long and was ended (${reason}). Is there a loop without an end? What played goes on.`,
  };
}

export function noStrip(track: string): Diagnostic {
  return {
    severity: 'warning',
    from: 0,
    to: 0,
    message: `"${track}" has no strip of its own: the mixer has 63. It plays on the shared one.`,
    track,
  };
}

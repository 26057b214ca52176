/**
 * Playing and stopping: our own state, and the shared register that takes part only where start/stop sync is wanted.
 * Toggling sync, joining and merging change nothing by themselves; only a change made while we listen does. Pure.
 */
import { nextBoundary } from './phase.ts';
import { type Stamp, stampAfter } from './total-order.ts';

/** The shared register. */
export interface SharedTransport extends Stamp {
  readonly playing: boolean;
  /** Shared time at which it was changed. */
  readonly madeSeconds: number;
}

export const firstTransport = (author: string): SharedTransport => ({
  revision: 0,
  author,
  playing: false,
  madeSeconds: 0,
});

export const withPlaying = (
  known: SharedTransport,
  author: string,
  madeSeconds: number,
  playing: boolean,
): SharedTransport => ({ ...stampAfter(known, author), playing, madeSeconds });

/** What this machine does: nothing, waits for its quantum, or sounds from `startCycle` on. */
export type OwnTransport =
  | { readonly state: 'stopped' }
  | { readonly state: 'waiting' | 'playing'; readonly startCycle: number };

export const STOPPED: OwnTransport = { state: 'stopped' };

/** Waits for the next boundary of our own quantum at or after `cycle`. */
export const startAt = (cycle: number, quantumCycles: number): OwnTransport => ({
  state: 'waiting',
  startCycle: nextBoundary(cycle, quantumCycles),
});

/** The same with the start reached, where it is. */
export const begunAt = (own: OwnTransport, cycle: number): OwnTransport =>
  own.state === 'waiting' && cycle >= own.startCycle ? { ...own, state: 'playing' } : own;

/**
 * When a program takes over: the next boundary that can still be reached in time. Pure arithmetic on the latest tick;
 * it stands alone so that its laws are tested without workers.
 */
import type { Tick } from '../../worklets/wire.ts';
import type { Boundary } from './messages.ts';

/** A program that is ready this close before a boundary takes the next one. */
export const MARGIN_SECONDS = 0.08;
/** A tick this old is no longer carried forward: the context may be suspended. */
const TICK_AGE_SECONDS = 0.1;
/** `now` means the next of so many places in a cycle, so that its f64 is exact. */
const PLACES_PER_CYCLE = 1024;

/** Where the music is, from the latest tick. */
export class Playhead {
  private tick: Tick | null = null;
  private tickMs = Number.NEGATIVE_INFINITY;

  hear(tick: Tick, nowMs: number): void {
    this.tick = tick;
    this.tickMs = nowMs;
  }

  /** What was heard belongs to music that has ended. */
  forget(): void {
    this.tick = null;
  }

  get latest(): Tick | null {
    return this.tick;
  }

  get epoch(): number {
    return this.tick?.epoch ?? 0;
  }

  /** True where the engine has said that it is stopped. */
  get isStopped(): boolean {
    return this.tick !== null && this.tick.cycle === null;
  }

  /** True while ticks come. */
  isTicking(nowMs: number): boolean {
    return nowMs - this.tickMs < TICK_AGE_SECONDS * 1000;
  }

  /** Position now; null while stopped or not heard of. */
  position(nowMs: number): number | null {
    if (this.tick === null || this.tick.cycle === null) return null;
    const age = Math.min(TICK_AGE_SECONDS, Math.max(0, (nowMs - this.tickMs) / 1000));
    return this.tick.cycle + age * this.tick.cyclesPerSecond;
  }
}

/**
 * The first boundary at least MARGIN_SECONDS after `position`. Law: it is a multiple of the boundary's cycles, it is
 * not before position + margin, and none between is.
 */
export function nextBoundary(boundary: Boundary, position: number, cyclesPerSecond: number): number {
  const earliest = position + MARGIN_SECONDS * cyclesPerSecond;
  if (boundary === 'now') return Math.ceil(earliest * PLACES_PER_CYCLE) / PLACES_PER_CYCLE;
  const cycles = boundary.cycles > 0 && Number.isFinite(boundary.cycles) ? boundary.cycles : 1;
  const count = Math.ceil(earliest / cycles);
  return count * cycles >= earliest ? count * cycles : (count + 1) * cycles;
}

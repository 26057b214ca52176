/**
 * How long a worker has been silent while it owed a sign of life. Time counts only while the supervisor itself was
 * awake: a late supervisor must not take its own sleep for a worker's. Pure; the clock comes in with each step.
 */

/** Silence that ends a worker while a job runs. */
export const BUSY_LIMIT_MS = 250;
/** Silence that ends the playing worker while ticks come, though no job was announced. */
export const IDLE_LIMIT_MS = 500;
/** From birth to `warm`. */
export const START_LIMIT_MS = 15_000;
/** An evaluation that awaits something ends after this. */
export const PENDING_LIMIT_MS = 10_000;
/** More than this between two steps was the supervisor's own delay. */
const STEP_LIMIT_MS = 40;

export class Watch {
  /** Milliseconds since the last sign of life, and since the job began; only observed ones. */
  silentMs = 0;
  jobMs = 0;
  busy = false;

  /** Something came from the worker. */
  sign(): void {
    this.silentMs = 0;
  }

  /** A job was sent: a sign is owed. */
  begin(): void {
    this.busy = true;
    this.silentMs = 0;
    this.jobMs = 0;
  }

  /** Time went by. */
  pass(elapsedMs: number): void {
    const counted = Math.min(STEP_LIMIT_MS, Math.max(0, elapsedMs));
    this.silentMs += counted;
    this.jobMs += counted;
  }
}

/**
 * Programs that have taken over and are not known to be bad: what is brought back when the playing worker dies. Its
 * program gets one more chance, since a worker may die without its fault; then the one before it. Pure.
 */
import type { Program } from '../program/program.ts';

/** A program whose worker dies twice within this is no longer good. */
const DEATH_WINDOW_MS = 30_000;

export class GoodPrograms {
  /** Newest last; two at most. */
  private programs: Program[] = [];
  private lastDeath: { readonly evalId: number; readonly atMs: number } | null = null;

  get newest(): Program | null {
    return this.programs.at(-1) ?? null;
  }

  tookOver(program: Program): void {
    this.forget(program);
    this.programs = [...this.programs, program].slice(-2);
  }

  /** The worker that played it died. */
  died(program: Program, nowMs: number): void {
    const { evalId } = program.current;
    const again = this.lastDeath?.evalId === evalId && nowMs - this.lastDeath.atMs < DEATH_WINDOW_MS;
    this.lastDeath = { evalId, atMs: nowMs };
    if (again) this.forget(program);
  }

  /** It is bad: it did not even come back. */
  forget(program: Program): void {
    this.programs = this.programs.filter((known) => known !== program);
  }

  clear(): void {
    this.programs = [];
  }
}

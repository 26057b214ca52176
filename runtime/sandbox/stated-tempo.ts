/**
 * The one tempo and who stated it. A program's statement acts only where it differs from that of the program before;
 * the bar's control counts as a statement. Pure.
 */
import type { TempoStatement } from '../program/program.ts';

export const DEFAULT_CYCLES_PER_SECOND = 0.5;

export class StatedTempo {
  /** As the engine tells it. */
  cyclesPerSecond: number;
  private stated: TempoStatement | null;

  constructor(cyclesPerSecond = DEFAULT_CYCLES_PER_SECOND, stated: TempoStatement | null = null) {
    this.cyclesPerSecond = cyclesPerSecond;
    this.stated = stated;
  }

  /** Set in the bar. */
  set(cyclesPerSecond: number): void {
    this.cyclesPerSecond = cyclesPerSecond;
    this.stated = { cyclesPerSecond, rampCycles: 0 };
  }

  /** A program took over that states this. */
  tookOver(statement: TempoStatement | null): void {
    this.stated = statement;
  }

  /** What a program's `go` must state; null where nothing changes. */
  acting(statement: TempoStatement | null): TempoStatement | null {
    return statement && !sameTempo(statement, this.stated) ? statement : null;
  }

  /** What takes back a statement that was sent ahead; null where there was none. */
  undoing(sent: TempoStatement | null): TempoStatement | null {
    return sent && { cyclesPerSecond: this.cyclesPerSecond, rampCycles: 0 };
  }
}

/** A pattern's statement is like no other: it goes on changing. */
function sameTempo(a: TempoStatement, b: TempoStatement | null): boolean {
  if (a.isPatterned || b?.isPatterned) return false;
  return b !== null && a.cyclesPerSecond === b.cyclesPerSecond && a.rampCycles === b.rampCycles;
}

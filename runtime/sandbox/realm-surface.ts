/**
 * What scheduler, pattern worker and Node host see of the realm, the place where user code lives. It stands alone
 * so that they can be written and tested against it; it knows patterns' events and the program's data only.
 * Thread: pattern worker, or the vm context of the command line.
 */
import type { PatternEvent } from '../../patterns/event.ts';
import type { Rational } from '../../patterns/rational.ts';
import type { Diagnostic, Program, TempoStatement } from '../program/program.ts';

/** What the text of `Compiled.code` evaluates to. The hooks are the realm's own, one object per evaluation. */
export type ProgramFunction = (hooks: object) => Promise<unknown>;

/** What the realm needs from where it lives. Nothing of it is ever reachable from user code. */
export interface RealmHost {
  /**
   * Turns the source of a function expression into the function: `import(blobUrl of "export default " + code)`
   * in the browser, a vm script in Node. Rejects with a SyntaxError where the engine refuses the text.
   */
  toFunction(code: string): Promise<ProgramFunction>;
  /** Milliseconds of a monotonic clock; only differences count. */
  now(): number;
  /** Names of sounds that exist beyond those of the engine; asked by name, lower case. */
  knowsSound?(name: string): boolean;
}

/** Budgets of one realm, in milliseconds unless said. */
export interface RealmLimits {
  /** One evaluation, without the time it awaits. Default 2000; the browser's watchdog (250 ms) comes first. */
  readonly evaluateMs: number;
  /** One query of one track. Default 1000. */
  readonly queryMs: number;
  /** Lines of console.log kept between two takeLog calls; further ones are counted in a last line. Default 200. */
  readonly logLines: number;
}

/** A track as a program states it; `from`/`to` is its label (its expression where it has none). */
export interface RealmTrack {
  readonly name: string;
  readonly muted: boolean;
  readonly solo: boolean;
  /** False for the track of a last bare expression, which prints no name where it stands alone. */
  readonly labelled: boolean;
}

/** What evaluating gave. ok false: an error diagnostic is among them and what was there before plays on. */
export interface EvaluateOutcome {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly tracks: readonly RealmTrack[];
  readonly tempo: TempoStatement | null;
  readonly log: readonly string[];
}

/** One track's events of a query: part within the span, unsorted, locations into the text of `evalId`. */
export interface TrackEvents {
  readonly track: string;
  /** The version these events come from: the current one, or the older one the track fell back to. */
  readonly evalId: number;
  readonly events: readonly PatternEvent[];
}

/** A track that failed in this query; told once per version. */
export interface TrackFailure {
  readonly track: string;
  readonly diagnostic: Diagnostic;
  /** The version that plays on for this track; null where it fell silent. */
  readonly fellBackTo: number | null;
}

/** The tempo from a cycle on, as a program's pattern states it. */
export interface TempoChange {
  readonly cycle: number;
  readonly cyclesPerSecond: number;
  /** False for what holds already where a span begins. */
  readonly begins: boolean;
}

export interface QueryAnswer {
  /** Every track of the program in order, muted ones too (muting is the mixer's). */
  readonly tracks: readonly TrackEvents[];
  readonly failures: readonly TrackFailure[];
  /** Mistakes that stop nothing, such as an unknown sound; told once. */
  readonly warnings: readonly Diagnostic[];
  /** Where the tempo is a pattern: what holds at the span's begin, then its changes in order. */
  readonly tempo?: readonly TempoChange[];
}

export interface Realm {
  /**
   * Evaluates a program's current version in a fresh evaluation. On success it replaces what was there; on
   * failure that stays. Never rejects for a mistake in user code.
   */
  evaluate(program: Program): Promise<EvaluateOutcome>;
  /**
   * Events of all tracks with begin <= part < end. It is split at whole cycles inside. A track that throws, takes
   * too long or passes LIMIT.eventsPerCycle is taken from its last good version within the same call.
   */
  query(begin: Rational, end: Rational, cyclesPerSecond: number): Promise<QueryAnswer>;
  /** As `tempo` of a query, without asking the tracks. Empty where the tempo is no pattern, or fails. */
  tempo?(begin: Rational, end: Rational): readonly TempoChange[];
  /** Lines that console.log wrote since the last call. */
  takeLog(): readonly string[];
}

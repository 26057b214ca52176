/**
 * What a query asks: a span, and the controls every pattern may read (tempo, seed, track). It also carries the
 * budget that ends a query which would produce far too much before it has been built in memory.
 */
import type { Rational } from './rational.ts';
import type { Span } from './span.ts';

/** Thrown where a query passes a limit; the message names it. */
export class LimitError extends Error {
  readonly limit: number;

  constructor(message: string, limit: number) {
    super(message);
    this.name = 'LimitError';
    this.limit = limit;
  }
}

/** Steps of work allowed for each event that is allowed: enough for any honest cycle, little against a flood. */
const WORK_PER_EVENT = 64;
/** Cycles that one leaf may be asked for at once, per allowed event: what is asked for more is a flood. */
const CYCLES_PER_EVENT = 4;

/** Counts down while leaves produce events and cycles are walked through. */
export class Budget {
  private left: number;
  private readonly limit: number;
  /** Events that a cycle may have; null where only the work is limited. */
  private readonly eventsPerCycle: number | null;
  private readonly atOnce: number;

  constructor(limit: number, eventsPerCycle: number | null = null) {
    this.left = limit;
    this.limit = limit;
    this.eventsPerCycle = eventsPerCycle;
    this.atOnce = eventsPerCycle === null ? limit : eventsPerCycle * CYCLES_PER_EVENT;
  }

  /** The budget of one cycle of one track. */
  static ofCycle(eventsPerCycle: number): Budget {
    return new Budget(eventsPerCycle * WORK_PER_EVENT, eventsPerCycle);
  }

  charge(count: number): void {
    this.left -= count;
    if (this.left < 0) throw this.passed();
  }

  /** Charges so many cycles that a leaf is asked for (and one begun), before any of them is made. */
  chargeCycles(length: number): void {
    if (length > this.atOnce) throw this.passed();
    this.charge(length + 1);
  }

  private passed(): LimitError {
    const shown = (count: number): string => count.toLocaleString('en-US');
    if (this.eventsPerCycle === null) {
      return new LimitError(
        `Too many events: the query passes ${shown(this.limit)} steps; is a factor too large?`,
        this.limit,
      );
    }
    return new LimitError(
      `This has more than ${shown(this.eventsPerCycle)} events a cycle, or as much work for fewer: is a factor too large?`,
      this.eventsPerCycle,
    );
  }
}

/** How chance is drawn: hashed from exact positions, or with the numbers that Strudel publishes. */
export type RandomKind = 'exact' | 'legacy' | 'precise';

/** Read by patterns while they are queried; immutable but for the budget. */
export interface Controls {
  /** Tempo in cycles per second, as `fit`, `loopAt` and `splice` read it. */
  readonly _cps: number;
  readonly seed: number;
  readonly track: string;
  readonly random: RandomKind;
  /** Hash of seed and track; see chance.ts. */
  readonly stream: number;
  readonly budget: Budget;
}

/** FNV-1a over the UTF-16 units, mixed with the seed's words. */
function streamOf(seed: number, track: string): number {
  let hash = 0x811c9dc5;
  const mix = (word: number): void => {
    hash = Math.imul(hash ^ (word & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (word >>> 16), 0x01000193);
  };
  const scaled = Math.floor(seed * 65536);
  mix(scaled | 0);
  mix(Math.floor(scaled / 4294967296) | 0);
  for (let i = 0; i < track.length; i += 1) mix(track.charCodeAt(i));
  return hash | 0;
}

export interface ControlSettings {
  readonly cyclesPerSecond?: number;
  readonly seed?: number;
  readonly track?: string;
  readonly random?: RandomKind;
  /** Steps of work until the query gives up; default ten million. */
  readonly budget?: number;
  /** Events that a cycle may have: the budget is then that of one cycle. */
  readonly eventsPerCycle?: number | undefined;
}

/** Controls for a query; what is left out has its default (0.5 cycles a second, seed 0, no track). */
export function controls(settings: ControlSettings = {}): Controls {
  const seed = settings.seed ?? 0;
  const track = settings.track ?? '';
  return {
    _cps: settings.cyclesPerSecond ?? 0.5,
    seed,
    track,
    random: settings.random ?? 'exact',
    stream: streamOf(seed, track),
    budget:
      settings.eventsPerCycle === undefined
        ? new Budget(settings.budget ?? 10_000_000)
        : Budget.ofCycle(settings.eventsPerCycle),
  };
}

/** The same controls with another seed. */
export function withSeed(given: Controls, seed: number): Controls {
  return { ...given, seed, stream: streamOf(seed, given.track) };
}

/** One question to a pattern. Immutable. */
export class State {
  readonly span: Span;
  readonly controls: Controls;

  constructor(span: Span, given: Controls) {
    this.span = span;
    this.controls = given;
  }

  withSpan(span: Span): State {
    return span === this.span ? this : new State(span, this.controls);
  }

  setSpan(span: Span): State {
    return this.withSpan(span);
  }

  withControls(given: Controls): State {
    return new State(this.span, given);
  }

  /** Cycle numbers between the begin and the end, charged to the budget. */
  cycles(): Span[] {
    const { begin, end } = this.span;
    if (end.compare(begin.nextSam()) <= 0) {
      this.controls.budget.charge(1);
      return end.compare(begin) < 0 ? [] : [this.span];
    }
    this.controls.budget.chargeCycles(end.toNumber() - begin.toNumber());
    return this.span.cycles();
  }

  get begin(): Rational {
    return this.span.begin;
  }
}

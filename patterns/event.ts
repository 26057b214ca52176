/**
 * One event of a pattern: a value, the whole it belongs to (null where it is continuous), the part of it that
 * lies in the query, and where in the text it comes from. It knows nothing of patterns or sound.
 */
import type { Rational } from './rational.ts';
import type { Span } from './span.ts';

/** A leaf of notation in the program's text, UTF-16 offsets, `to` excluded. */
export interface Location {
  readonly from: number;
  readonly to: number;
}

export interface Context {
  readonly locations: readonly Location[];
  /** Set by `tag`. */
  readonly tags?: readonly string[];
  /** Channel of the mixer an event was moved to, where it is not its track's. */
  readonly track?: string;
}

export const NO_CONTEXT: Context = { locations: [] };

function hasOnlyLocations(context: Context): boolean {
  for (const key in context) if (key !== 'locations') return false;
  return true;
}

/** Both contexts; of single entries the second wins. */
export function combineContexts(a: Context, b: Context): Context {
  if (b === NO_CONTEXT || a === b) return a;
  if (a === NO_CONTEXT) return b;
  const locations =
    b.locations.length === 0
      ? a.locations
      : a.locations.length === 0
        ? b.locations
        : a.locations.concat(b.locations);
  if (hasOnlyLocations(a) && hasOnlyLocations(b)) return { locations };
  const tags = a.tags === undefined ? b.tags : b.tags === undefined ? a.tags : a.tags.concat(b.tags);
  return { ...a, ...b, locations, ...(tags === undefined ? {} : { tags }) };
}

/** Immutable. Law: the part lies within the whole. */
export class PatternEvent<T = unknown> {
  readonly whole: Span | null;
  readonly part: Span;
  readonly value: T;
  readonly context: Context;

  constructor(whole: Span | null, part: Span, value: T, context: Context = NO_CONTEXT) {
    this.whole = whole;
    this.part = part;
    this.value = value;
    this.context = context;
  }

  /** True where the part holds the beginning of the whole: such an event is played, other fragments are not. */
  hasOnset(): boolean {
    return this.whole?.begin.eq(this.part.begin) ?? false;
  }

  wholeOrPart(): Span {
    return this.whole ?? this.part;
  }

  /** Length of the whole in cycles; `clip` and `duration` controls are for the encoder. */
  get duration(): Rational {
    return this.wholeOrPart().duration;
  }

  withValue<U>(map: (value: T) => U): PatternEvent<U> {
    return new PatternEvent(this.whole, this.part, map(this.value), this.context);
  }

  withSpan(map: (span: Span) => Span): PatternEvent<T> {
    return new PatternEvent(
      this.whole === null ? null : map(this.whole),
      map(this.part),
      this.value,
      this.context,
    );
  }

  withContext(map: (context: Context) => Context): PatternEvent<T> {
    return new PatternEvent(this.whole, this.part, this.value, map(this.context));
  }

  /** True where both are continuous, or fragments of the same whole. */
  spanEquals(other: PatternEvent): boolean {
    if (this.whole === null || other.whole === null) return this.whole === other.whole;
    return this.whole.equals(other.whole);
  }

  show(): string {
    const value = typeof this.value === 'object' ? JSON.stringify(this.value) : String(this.value);
    return `[ ${this.whole === null ? `~${this.part.show()}~` : this.whole.show()} | ${value} ]`;
  }
}

/**
 * A span of exact time, begin included, end excluded; of no length it is a point. It knows cycles and
 * intersection and nothing of events.
 */
import { ONE, type Rational, type RationalLike, rational } from './rational.ts';

/** Immutable. */
export class Span {
  readonly begin: Rational;
  readonly end: Rational;

  constructor(begin: Rational, end: Rational) {
    this.begin = begin;
    this.end = end;
  }

  get duration(): Rational {
    return this.end.sub(this.begin);
  }

  midpoint(): Rational {
    return this.begin.add(this.duration.div(2));
  }

  /** True where the span lies within one cycle (a point always does). */
  isWithinCycle(): boolean {
    return this.end.compare(this.begin.nextSam()) <= 0;
  }

  /** The parts that lie in one cycle each, in order; a point yields itself, a backward span nothing. */
  cycles(): Span[] {
    const order = this.end.compare(this.begin);
    if (order < 0) return [];
    if (order === 0 || this.isWithinCycle()) return [this];
    const parts: Span[] = [];
    let begin = this.begin;
    while (this.end.gt(begin)) {
      const end = begin.nextSam().min(this.end);
      parts.push(new Span(begin, end));
      begin = end;
    }
    return parts;
  }

  /** The whole cycle around the begin. */
  cycle(): Span {
    const sam = this.begin.floor();
    return new Span(sam, sam.add(ONE));
  }

  withTime(map: (time: Rational) => Rational): Span {
    return new Span(map(this.begin), map(this.end));
  }

  /** The span moved by whole cycles so that it begins in cycle 0. */
  cycleArc(): Span {
    const sam = this.begin.floor();
    return new Span(this.begin.sub(sam), this.end.sub(sam));
  }

  /**
   * What both share, or null. Spans that only touch share nothing, but a point shares itself with a span that
   * begins there.
   */
  intersection(other: Span): Span | null {
    const begin = this.begin.compare(other.begin) >= 0 ? this.begin : other.begin;
    const end = this.end.compare(other.end) <= 0 ? this.end : other.end;
    const order = begin.compare(end);
    if (order > 0) return null;
    if (order === 0) {
      if (begin.eq(this.end) && this.begin.lt(this.end)) return null;
      if (begin.eq(other.end) && other.begin.lt(other.end)) return null;
    }
    return begin === this.begin && end === this.end ? this : new Span(begin, end);
  }

  equals(other: Span): boolean {
    return this.begin.eq(other.begin) && this.end.eq(other.end);
  }

  show(): string {
    return `${this.begin.show()} → ${this.end.show()}`;
  }
}

/** The span from begin to end. */
export function span(begin: RationalLike, end: RationalLike): Span {
  return new Span(rational(begin), rational(end));
}

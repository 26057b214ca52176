/**
 * A model of the realm for tests: tracks of evenly spaced events with exact onsets, and a count of how often each
 * span was asked for. `grid` events a cycle, moved by `offset`.
 */
import { PatternEvent } from '../../../patterns/event.ts';
import { type Rational, ratio, rational } from '../../../patterns/rational.ts';
import { Span } from '../../../patterns/span.ts';
import type { QueryAnswer } from '../../../runtime/sandbox/realm-surface.ts';
import type { QuerySource } from '../../../runtime/schedule/window.ts';

export interface ModelTrack {
  readonly track: string;
  readonly grid: number;
  readonly offset?: string;
}

export class ModelRealm implements QuerySource {
  readonly asked: (readonly [Rational, Rational])[] = [];
  readonly tracks: readonly ModelTrack[];
  readonly evalId: number;
  /** What a query waits for before it answers. */
  delay: () => Promise<void> = () => Promise.resolve();

  constructor(tracks: readonly ModelTrack[], evalId = 1) {
    this.tracks = tracks;
    this.evalId = evalId;
  }

  async query(begin: Rational, end: Rational): Promise<QueryAnswer> {
    this.asked.push([begin, end]);
    await this.delay();
    return {
      tracks: this.tracks.map((model) => ({
        track: model.track,
        evalId: this.evalId,
        events: eventsOf(model, begin, end),
      })),
      failures: [],
      warnings: [],
    };
  }
}

/** Fragments too, as a realm gives them. */
export function eventsOf({ grid, offset = '0' }: ModelTrack, begin: Rational, end: Rational): PatternEvent[] {
  const shift = rational(offset);
  const events: PatternEvent[] = [];
  const first = begin.sub(shift).mul(grid).floor().toNumber();
  for (let i = first; ; i++) {
    const whole = new Span(ratio(i, grid).add(shift), ratio(i + 1, grid).add(shift));
    if (whole.begin.gte(end)) return events;
    const part = new Span(whole.begin.max(begin), whole.end.min(end));
    if (part.begin.lt(part.end)) events.push(new PatternEvent(whole, part, { s: 'bd' }));
  }
}

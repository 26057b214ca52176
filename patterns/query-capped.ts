/**
 * Queries with a limit of events per cycle, for whoever plays patterns that strangers wrote. It knows patterns.
 */
import type { PatternEvent } from './event.ts';
import type { Pattern } from './pattern.ts';
import { Budget, type Controls, LimitError, State } from './query-state.ts';
import type { Span } from './span.ts';

/**
 * Events of a span, asked cycle by cycle. Throws a LimitError at the first event past `maxEventsPerCycle` of a
 * cycle, or earlier where the pattern would build many times more in memory.
 */
export function queryCapped<T>(
  pattern: Pattern<T>,
  span: Span,
  given: Controls,
  maxEventsPerCycle = 4096,
): PatternEvent<T>[] {
  const events: PatternEvent<T>[] = [];
  for (const cycle of span.cycles()) {
    const controls: Controls = { ...given, budget: Budget.ofCycle(maxEventsPerCycle) };
    const number = cycle.begin.floor().toNumber();
    const found = pattern.query(new State(cycle, controls));
    if (found.length > maxEventsPerCycle) throw tooMany(number, maxEventsPerCycle);
    for (const event of found) events.push(event);
  }
  return events;
}

function tooMany(cycle: number, limit: number): LimitError {
  return new LimitError(`More than ${limit.toLocaleString('en-US')} events in cycle ${cycle}`, limit);
}

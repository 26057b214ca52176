/** Every recorded program gives exactly its recorded events. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../patterns/index.ts';
import { eventsOf } from './playing.ts';

interface Recorded {
  readonly code: string;
  readonly from: number;
  readonly to: number;
  readonly events: readonly unknown[];
}

const text = readFileSync(new URL('./recorded-events.jsonl', import.meta.url), 'utf8');
const cases = text
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Recorded);

/** Cases that need functions of harmony run as soon as the library has them. */
const TONAL = ['scale', 'voicing'];
const known = new Set(LIBRARY.flatMap((row) => [row.name, ...row.aliases]));
const isPlayable = (code: string): boolean =>
  TONAL.every((name) => !code.includes(`.${name}(`) || known.has(name));

/** Doubles may differ in the last place between sine functions; all else is exact. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toPrecision(14));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rounded(entry)]));
  }
  return value;
}

describe('recorded events', () => {
  it('has all thirty cases', () => expect(cases).toHaveLength(30));

  for (const { code, from, to, events } of cases) {
    it.skipIf(!isPlayable(code))(code, () => {
      expect(rounded(eventsOf(code, from, to))).toEqual(rounded(events));
    });
  }
});

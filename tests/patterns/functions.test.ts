/** Every function of the table plays exactly the events that stand there. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { played } from './playing.ts';

const text = readFileSync(new URL('./played-events.txt', import.meta.url), 'utf8');
const cases = text
  .split('\n\n')
  .slice(1)
  .map((block) => block.trimEnd().split('\n') as [code: string, events: string]);

/** Doubles of sine and exponential may differ in the last places; times are compared as they are. */
const rounded = (line: string): string =>
  line.replaceAll(/-?\d+\.\d{10,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toPrecision(12))));

describe('functions', () => {
  it('has a full table', () => expect(cases.length).toBeGreaterThan(250));

  for (const [code, expected] of cases) {
    it(code, () => {
      const cycles = Number(expected.slice(0, expected.indexOf(':')));
      expect(rounded(played(code, 0, cycles))).toBe(rounded(expected.slice(expected.indexOf(':') + 2)));
    });
  }
});

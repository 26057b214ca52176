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

/** Functions that other players know: [expression, cycles, events]. */
const KNOWN: readonly (readonly [string, number, string])[] = [
  ['"a".whenmod(4, 3, x => x.fast(2))', 4, '0-1 a | 1-2 a | 2-3 a | 3-7/2 a | 7/2-4 a'],
  ['"a b".ifp(c => c % 2 === 0, rev, x => x)', 2, '0-1/2 b | 1/2-1 a | 1-3/2 a | 3/2-2 b'],
  ['"1 0".sew("a*2", "b*4")', 1, '0-1/2 a | 1/2-3/4 b | 3/4-1 b'],
  ['"1 0 1 f".stitch("a", "b")', 1, '0-1/4 a | 1/4-1/2 b | 1/2-3/4 a | 3/4-1 b'],
  ['"a".euclidInv(1, 2)', 1, '1/2-1 a'],
  ['"a".euclidFull(1, 2, "b")', 1, '0-1/2 a | 1/2-1 b'],
  ['"a".euclidOff(1, 4, 1)', 1, '3/4-1 a'],
  ['"a b".wedge(1/4, "c")', 1, '0-1/8 a | 1/8-1/4 b | 1/4-1 c'],
  ['"a b c d".trunc(0.5)', 1, '0-1/4 a | 1/4-1/2 b'],
  ['"a".stutter(2, 1/4)', 1, '0-1/4 of -3/4-1/4 a | 0-1 a | 1/4-1 of 1/4-5/4 a'],
  ['"a ~ b c".rot(1)', 1, '0-1/4 b | 1/2-3/4 c | 3/4-1 a'],
  ['"a".soak(2, x => x.fast(2))', 2, '0-1 a | 1-3/2 a | 3/2-2 a'],
  ['"<3 5>".replicate(2)', 2, '0-1/2 3 | 1/2-1 3 | 1-3/2 5 | 3/2-2 5'],
  ['seqPLoop([0, 1, "x"], [1, 3, "<a b c>"])', 5, '0-1 x | 1-2 b | 2-3 c | 3-4 x | 4-5 b'],
  ['seqPLoop([1, 2, "a/4"])', 2, '1-2 of 0-4 a'],
  ['"a b".late(1/4).zoom(0, 1/2)', 1, '0-1/2 of 1/2-3/2 b | 1/2-1 of 1/2-3/2 a'],
  ['"a b c d".linger(.5).take(1)', 1, '0-1 a'],
  ['s("a").slice([0, .5], "1").fmap(({ end }) => `${end}`)', 1, '0-1 undefined'],
  ['"0".snowball(2, stack, x => x.add(7))', 2, '0-1 0 | 1-2 0 | 1-2 7'],
  ['"<0 1 2>".loopFirst()', 2, '0-1 0 | 1-2 0'],
  ['"a*2".playFor(1, 2)', 3, '1-3/2 a | 3/2-2 a'],
];

describe('known functions', () => {
  for (const [code, cycles, events] of KNOWN) it(code, () => expect(played(code, 0, cycles)).toBe(events));
});

import { describe, expect, test } from 'vitest';
import { notation } from '../../patterns/notation/index.ts';
import { CHANCE_ROWS, type EventRow, ROWS } from './notation-rows.ts';
import { composed, showCycle, showSpan } from './notation-show.ts';

/** Ours alone: ranges by example, comments, exact edges. */
const OWN_ROWS: readonly EventRow[] = [
  ['0 2 ... 8', ...same('0-1/5 0 | 1/5-2/5 2 | 2/5-3/5 4 | 3/5-4/5 6 | 4/5-1 8')],
  ['0 2 ... 7', ...same('0-1/4 0 | 1/4-1/2 2 | 1/2-3/4 4 | 3/4-1 6')],
  ['6 4 ... 0 x', ...same('0-1/8 6 | 1/8-1/4 4 | 1/4-3/8 2 | 3/8-1/2 0 | 1/2-1 x')],
  ['0 .1 ... .3', ...same('0-1/4 0 | 1/4-1/2 0.1 | 1/2-3/4 0.2 | 3/4-1 0.3')],
  ['a 0 2 ... 4 b', ...same('0-1/3 a | 1/3-4/9 0 | 4/9-5/9 2 | 5/9-2/3 4 | 2/3-1 b')],
  [
    '0 <1 2> ... 4',
    '-1--2/3 0 | -2/3--1/3 2 | -1/3-0 4',
    '0-1/5 0 | 1/5-2/5 1 | 2/5-3/5 2 | 3/5-4/5 3 | 4/5-1 4',
    '1-4/3 0 | 4/3-5/3 2 | 5/3-2 4',
  ],
  ['0 1 ... 2*2', ...same('0-1/6 0 | 1/6-1/3 1 | 1/3-1/2 2 | 1/2-2/3 0 | 2/3-5/6 1 | 5/6-1 2')],
  ['a // the first\nb', ...same('0-1/2 a | 1/2-1 b')],
  ['a /* not\nthis */ b // nor this', ...same('0-1/2 a | 1/2-1 b')],
  ['a*2//twice\n b', ...same('0-1/4 a | 1/4-1/2 a | 1/2-1 b')],
  ["c'maj", ...same('0-1 C3 | 0-1 E3 | 0-1 G3')],
  ["eb4'min7'i d", ...same('0-1/2 Bb4 | 0-1/2 Db5 | 0-1/2 Eb5 | 0-1/2 Gb4 | 1/2-1 d')],
  ["c'maj'5", ...same('0-1 C3 | 0-1 C4 | 0-1 E3 | 0-1 E4 | 0-1 G3')],
  ["c'maj7'o", ...same('0-1 B3 | 0-1 C2 | 0-1 E3 | 0-1 G2')],
  ["c'maj'd1*2", ...same('0-1/2 C3 | 0-1/2 E3 | 0-1/2 G2 | 1/2-1 C3 | 1/2-1 E3 | 1/2-1 G2')],
  ["0'min 60'five:x", ...same('0-1/2 0 | 0-1/2 3 | 0-1/2 7 | 1/2-1 [60,x] | 1/2-1 [67,x]')],
  ["c'm7b5'ii'2", ...same('0-1 Bb3 | 0-1 Gb3')],
  ['a! *2', ...same('0-1/4 a | 1/4-1/2 a | 1/2-3/4 a | 3/4-1 a')],
  ['a(3,8,9)', ...same('1/8-1/4 a | 1/2-5/8 a | 7/8-1 a')],
];

/** The same events in the three cycles. */
function same(first: string): [string, string, string] {
  const at = (cycle: number): string =>
    first
      .split(' | ')
      .map((event) => {
        const [span, ...value] = event.split(' ');
        const times = span!.split('-').map((time) => moved(time, cycle));
        return [times.join('-'), ...value].join(' ');
      })
      .join(' | ');
  return [at(-1), at(0), at(1)];
}

function moved(time: string, cycle: number): string {
  const [top, bottom = '1'] = time.split('/');
  const sum = Number(top) + cycle * Number(bottom);
  return bottom === '1' || sum === 0 ? String(sum) : `${sum}/${bottom}`;
}

describe('events of notation', () => {
  for (const [text, ...cycles] of [...ROWS, ...OWN_ROWS]) {
    test(text, () => {
      const laidOut = notation(text, null);
      const fromCore = composed(text);
      cycles.forEach((expected, i) => {
        expect(showCycle(laidOut, i - 1)).toBe(expected);
        expect(showCycle(fromCore, i - 1)).toBe(expected);
      });
    });
  }
});

describe('chance in the published numbers', () => {
  for (const [text, ...cycles] of CHANCE_ROWS) {
    test(text, () => {
      const pattern = notation(text, null);
      cycles.forEach((expected, i) => {
        expect(showCycle(pattern, i - 1, { random: 'legacy' })).toBe(expected);
      });
    });
  }
});

describe('chance of our own', () => {
  const count = (text: string, cycles = 1000): number => notation(text, null).queryArc(0, cycles).length;

  test('drops the share that `?` says', () => {
    expect(count('a?0')).toBe(1000);
    expect(count('a?1')).toBe(0);
    // Binomial: four standard deviations of 1,000 draws are 63 at one half, 55 at a quarter.
    expect(Math.abs(count('a?') - 500)).toBeLessThan(63);
    expect(Math.abs(count('a?.25') - count('a?'))).toBeGreaterThan(0);
    expect(Math.abs(count('a?0.25') - 750)).toBeLessThan(55);
  });

  test('chooses each side of `|` about equally often', () => {
    const chosen = notation('a | b | c', null).queryArc(0, 900);
    expect(chosen).toHaveLength(900);
    for (const name of ['a', 'b', 'c']) {
      const times = chosen.filter(({ value }) => value === name).length;
      expect(Math.abs(times - 300)).toBeLessThan(57);
    }
  });

  test('each `?` of a text draws by itself, and the same on every query', () => {
    const pattern = notation('[a?,b?]', null);
    const names = (settings = {}): string => showSpan(pattern, 0, 64, settings);
    expect(names()).toBe(names());
    const together = notation('[a?,b?]', null).queryArc(0, 1000);
    const cyclesOf = (name: string): Set<string> =>
      new Set(together.filter(({ value }) => value === name).map(({ part }) => part.begin.show()));
    const both = [...cyclesOf('a')].filter((cycle) => cyclesOf('b').has(cycle)).length;
    expect(Math.abs(both - 250)).toBeLessThan(55);
    expect(names({ seed: 1 })).not.toBe(names({ seed: 2 }));
    expect(names({ track: 'x' })).not.toBe(names({ track: 'y' }));
  });
});

describe('steps per cycle', () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ['a', '1'],
    ['a b c', '3'],
    ['a@3 b', '4'],
    ['[a b] c', '2'],
    ['[^a b] c', '4'],
    ['[^a b c] d [^e f]', '18'],
    ['a [b [^c d]]', '8'],
    ['^a [b c]', '2'],
    ['a,b c', '2'],
    ['^a b, c d e', '2'],
    ['<a b c>', '1'],
    ['<^a b c>', '3'],
    ['{^a b}%4 c', '4'],
    ['a(3,8)', '1'],
    ['[^a b](3,8)', '8'],
    ['[^a b]!2 c', '6'],
    ['a . b c', '2'],
    ['a | b c', null],
    ['a | ^b c', '2'],
  ];
  for (const [text, steps] of rows) {
    test(text, () => {
      expect(notation(text, null).stepCount?.show().replace(/\/1$/, '') ?? null).toBe(steps);
    });
  }
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CYCLES_LIMIT } from '../../patterns/notation/cycles.ts';
import { checkNotation, NOTATION_LIMIT, NotationError, notation } from '../../patterns/notation/index.ts';
import { composed, coverage, showCycle } from './notation-show.ts';
import { anyText, mutatedText, textOfGrammar } from './notation-texts.ts';

const LIMIT = NOTATION_LIMIT;
const message = (text: string): string => checkNotation(text)?.message ?? '';
const nested = (depth: number): string => '['.repeat(depth) + 'a' + ']'.repeat(depth);

describe('limits hold exactly', () => {
  test('characters', () => {
    const full = 'a '.repeat(LIMIT.characters / 2);
    expect(checkNotation(full)).toBeNull();
    expect(notation(full, null).queryArc(0, 1)).toHaveLength(LIMIT.characters / 2);
    expect(message(`${full}a`)).toBe('A piece of notation has at most 65,536 characters, found 65,537.');
  });

  test('open brackets', () => {
    expect(notation(nested(LIMIT.depth), null).queryArc(0, 1)).toHaveLength(1);
    expect(message(nested(LIMIT.depth + 1))).toBe('Brackets and operators are nested more than 128 deep.');
    expect(message('['.repeat(60_000))).toBe('Brackets and operators are nested more than 128 deep.');
    expect(message('<{[a(('.repeat(10_000))).not.toBe('');
  });

  test('brackets and operators around one step', () => {
    const chain = (count: number): string => `a${'*1'.repeat(count)}`;
    // The text itself is the outermost layer.
    expect(notation(chain(LIMIT.layers), null).queryArc(0, 1)).toHaveLength(1);
    expect(message(chain(LIMIT.layers + 1))).toBe('Brackets and operators are nested more than 256 deep.');
    expect(message(chain(30_000))).toBe('Brackets and operators are nested more than 256 deep.');
  });

  test('steps with repeats and ranges written out', () => {
    expect(checkNotation(`a!${LIMIT.steps}`)).toBeNull();
    for (const text of [
      `a!${LIMIT.steps + 1}`,
      `a!${LIMIT.steps} b`,
      'a!100000000',
      '[[[a!999]!999]!999]',
      `0 .. ${LIMIT.steps}`,
      '[0 .. 9999]!99',
      '0 .001 ... 99',
    ]) {
      expect(message(text), text).toBe('This makes more than 65,536 steps.');
    }
    expect(checkNotation(`0 .. ${LIMIT.steps - 1}`)).toBeNull();
    expect(() => notation('0 .. <5 99999>', null).queryArc(1, 2)).toThrow(NotationError);
  });

  test('a huge factor is legal, and cut by the budget of the query', () => {
    for (const text of [
      'bd*1000000000',
      '[a b]*1000000*1000000',
      '{a b}%1e12',
      '[bd*9999]*9999',
      'a(3,8)*1e15',
    ]) {
      const pattern = notation(text, null);
      expect(() => pattern.queryArc(0, 1, { budget: 100_000 }), text).toThrow('Too many events');
    }
  });

  test('cells laid out beforehand', () => {
    const { cells, period } = CYCLES_LIMIT;
    for (const count of [cells, cells + 1]) {
      const text = `a*${count}`;
      const pattern = notation(text, null);
      expect(pattern.queryArc(0, 1)).toHaveLength(count);
      expect(showCycle(pattern, 1)).toBe(showCycle(composed(text), 1));
    }
    for (const length of [period, period + 1]) {
      const text = `<${Array.from({ length }, (_, i) => i).join(' ')}>`;
      const pattern = notation(text, null);
      for (const cycle of [-1, 0, length - 1, length, 2 * length + 3]) {
        expect(pattern.queryArc(cycle, cycle + 1)[0]!.value).toBe(((cycle % length) + length) % length);
      }
    }
  });
});

describe('random texts', () => {
  const readOrRefused = (text: string): void => {
    const error = checkNotation(text);
    if (error !== null) {
      expect(error).toBeInstanceOf(NotationError);
      expect(error.from).toBeGreaterThanOrEqual(0);
      expect(error.to).toBeGreaterThanOrEqual(error.from);
      expect(error.to).toBeLessThanOrEqual(text.length);
      expect(() => notation(text, null)).toThrow(NotationError);
      return;
    }
    try {
      notation(text, null).queryArc(-1, 2, { budget: 20_000 });
    } catch (thrown) {
      if (thrown instanceof NotationError) return;
      expect((thrown as Error).name).toBe('LimitError');
    }
  };

  test('of the alphabet are read or refused with a NotationError', () => {
    fc.assert(fc.property(anyText, readOrRefused), { numRuns: 3000 });
  });

  test('of the grammar, with a few characters changed, too', () => {
    fc.assert(fc.property(mutatedText, readOrRefused), { numRuns: 1000 });
  });

  test('a fix never leaves the same mistake at the same place', () => {
    fc.assert(
      fc.property(mutatedText, (text) => {
        const error = checkNotation(text);
        const fix = error?.fix;
        if (error === null || fix === undefined) return;
        const mended = text.slice(0, fix.from) + fix.insert + text.slice(fix.to);
        const after = checkNotation(mended);
        expect(
          after !== null && after.message === error.message && after.from === error.from && mended === text,
        ).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('of the grammar are no mistakes, and laid out or composed they give the same events', () => {
    fc.assert(
      fc.property(textOfGrammar, (text) => {
        expect(checkNotation(text)).toBeNull();
        const laidOut = notation(text, null);
        const fromCore = composed(text);
        for (const cycle of [-2, -1, 0, 1, 2, 7])
          expect(coverage(laidOut, cycle)).toEqual(coverage(fromCore, cycle));
      }),
      { numRuns: 200 },
    );
  });

  test('a query of a part gives the events of the cycle, cut', () => {
    fc.assert(
      fc.property(
        textOfGrammar,
        fc.integer({ min: -24, max: 24 }),
        fc.integer({ min: 1, max: 12 }),
        (text, begin, length) => {
          const pattern = notation(text, null);
          const from = begin / 12;
          const to = (begin + length) / 12;
          const whole = composed(text)
            .queryArc(Math.floor(from), Math.ceil(to))
            .flatMap((event) => {
              const begins = event.part.begin.max(from);
              const ends = event.part.end.min(to);
              return begins.lt(ends) ? [{ event, begins, ends }] : [];
            });
          const seconds = (
            spans: { begins: { toNumber(): number }; ends: { toNumber(): number } }[],
          ): number => spans.reduce((sum, { begins, ends }) => sum + ends.toNumber() - begins.toNumber(), 0);
          const asked = pattern
            .queryArc(from, to)
            .map(({ part }) => ({ begins: part.begin, ends: part.end }));
          expect(seconds(asked)).toBeCloseTo(seconds(whole), 9);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** The tables: every name once, every example plays, every method has a free twin where it takes a pattern. */
import { describe, expect, it } from 'vitest';
import {
  CONTROLS,
  Evaluation,
  FREE_NAMES,
  LIBRARY,
  MEMBER_NAMES,
  Pattern,
  queryToJson,
} from '../../patterns/index.ts';
import { patternOf, run } from './playing.ts';

/** Rows whose examples are statements, or give no pattern. */
const STATEMENTS = new Set(['statements', 'your own', 'plain functions']);

describe('library', () => {
  for (const row of LIBRARY) {
    it(`${row.group}: ${row.name} ${row.method || row.getter ? '(method)' : ''}`, () => {
      expect(row.text).toMatch(/\.( \(.*\))?$|\)$/);
      expect(row.signature).not.toBe('');
      if (STATEMENTS.has(row.group) || row.signature === 'any[]' || row.signature === 'string[]') {
        run(row.example);
        return;
      }
      const log = console.log;
      console.log = () => {};
      try {
        const evaluation = new Evaluation();
        const pattern = patternOf(row.example, evaluation);
        expect(pattern).toBeInstanceOf(Pattern);
        for (const cycle of [-2, 0, 1, 5]) pattern.queryArc(cycle, cycle + 1);
      } finally {
        console.log = log;
      }
    });
  }

  it('has every member on patterns', () => {
    for (const name of MEMBER_NAMES.keys()) expect(name in Pattern.prototype, name).toBe(true);
  });

  it('has globals for what tunes use most', () => {
    const used =
      's gain room setcps setcpm note clip n cutoff release chord pickRestart stack bank velocity struct add all attack color pan layer slow withValue cpm pickOut speed mode late delay delayfeedback delaytime pick fast roomsize vib vibmod mask pattack fmap penv sub register silence';
    for (const name of used.split(' ')) {
      expect(FREE_NAMES.has(name) || MEMBER_NAMES.has(name), name).toBe(true);
    }
  });
});

describe('controls', () => {
  const keys = new Set(CONTROLS.map(({ key }) => key));

  it('has a canonical key that is no alias', () => {
    for (const { aliases } of CONTROLS)
      for (const alias of aliases) expect(keys.has(alias), alias).toBe(false);
  });

  it('has defaults within their ranges', () => {
    for (const { key, min, max, default: fallback } of CONTROLS) {
      if (typeof fallback !== 'number') continue;
      expect(fallback, key).toBeGreaterThanOrEqual(min ?? Number.NEGATIVE_INFINITY);
      expect(fallback, key).toBeLessThanOrEqual(max ?? Number.POSITIVE_INFINITY);
    }
  });

  it('gives the canonical key by every name', () => {
    for (const { key, aliases, expands } of CONTROLS) {
      for (const name of [key, ...aliases]) {
        const [event] = queryToJson([{ pattern: patternOf(`${name}(pure(0.25))`) }], 0, 1);
        expect(event?.value, name).toEqual({ [expands[0]!]: 0.25 });
      }
    }
  });

  it('spreads lists over its keys', () => {
    const rows: readonly (readonly [string, Record<string, unknown>])[] = [
      ['s("bd:3:.5")', { s: 'bd', n: 3, gain: 0.5 }],
      ['lpf("400:10")', { cutoff: 400, resonance: 10 }],
      ['room(".5:4")', { room: 0.5, roomsize: 4 }],
      ['delay(".5:.25:.3")', { delay: 0.5, delaytime: 0.25, delayfeedback: 0.3 }],
      ['vib("4:.5")', { vib: 4, vibmod: 0.5 }],
      ['fm("4:2")', { fmi: 4, fmh: 2 }],
    ];
    for (const [code, value] of rows) {
      expect(queryToJson([{ pattern: patternOf(code) }], 0, 1)[0]?.value).toEqual(value);
    }
  });
});

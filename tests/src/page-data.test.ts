/** Settings that come back from storage, messages, levels: data of the page that has edges. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelShare } from '../../src/panels/levels.ts';
import { DEFAULT_SETTINGS, readSettings, TYPE_STEPS } from '../../src/settings.ts';
import { createState, MESSAGE_LIMIT, say } from '../../src/state.ts';

test('whatever was stored gives whole settings', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (theme, typeStep) => {
      const settings = readSettings({ theme, typeStep });
      expect(['system', 'dark', 'light', 'contrast']).toContain(settings.theme);
      expect(settings.typeStep).toBeGreaterThanOrEqual(TYPE_STEPS.min);
      expect(settings.typeStep).toBeLessThanOrEqual(TYPE_STEPS.max);
    }),
  );
  expect(readSettings({ theme: 'light', typeStep: 3, lineNumbers: false })).toEqual({
    theme: 'light',
    typeStep: 3,
    lineNumbers: false,
    lookAheadMs: 150,
    beatsPerCycle: 4,
  });
  expect(readSettings({ lookAheadMs: 50, beatsPerCycle: 16 })).toMatchObject({
    lookAheadMs: 50,
    beatsPerCycle: 16,
  });
  expect(readSettings({ lookAheadMs: 49, beatsPerCycle: 17 })).toEqual(DEFAULT_SETTINGS);
  expect(readSettings(undefined)).toEqual(DEFAULT_SETTINGS);
});

test('messages: the limit is kept, the newest stay, a repetition takes the place of the last', () => {
  const state = createState();
  for (let index = 0; index <= MESSAGE_LIMIT; index++) say(state, 'log', `line ${index}`);
  expect(state.messages.value.length).toBe(MESSAGE_LIMIT);
  expect(state.messages.value[0]!.text).toBe('line 1');
  say(state, 'log', `line ${MESSAGE_LIMIT}`);
  expect(state.messages.value.length).toBe(MESSAGE_LIMIT);
  say(state, 'error', `line ${MESSAGE_LIMIT}`);
  expect(state.messages.value.at(-1)!.kind).toBe('error');
});

test.each([
  [0, 0],
  [-1, 0],
  [Number.NaN, 0],
  [1, 1],
  [4, 1],
  [10 ** (-27 / 20), 0.5],
  [10 ** (-54 / 20), 0],
])('a peak of %d stands at %d of the bar', (peak, share) => {
  expect(levelShare(peak)).toBeCloseTo(share, 6);
});

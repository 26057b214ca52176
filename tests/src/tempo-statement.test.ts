/** The tempo field writes what a musician would have typed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber } from '../../src/panels/tempo.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { statedTempo, tempoEdit } from '../../src/text/tempo-statement.ts';

const after = (text: string, cyclesPerMinute: number): string =>
  applyEdits(text, [tempoEdit(text, cyclesPerMinute)]);

test.each([
  ['setcpm(30)', 35, 'setcpm(35)'],
  ['setcpm(120/4)', 35, 'setcpm(140/4)'],
  ['setcpm( 120 / 4 );', 31.25, 'setcpm( 125/4 );'],
  ['setcps(.5)', 36, 'setcps(0.6)'],
  ['setbpm(120)', 35, 'setbpm(140)'],
  ['setbpm(120, 3)', 50, 'setbpm(150, 3)'],
  ['setcpm(30)\na: s("bd")\nsetcpm(40)', 50, 'setcpm(30)\na: s("bd")\nsetcpm(50)'],
  ['a: s("bd")', 50, 'setcpm(50)\na: s("bd")'],
  ['// setcpm(30)\na: s("bd")', 50, 'setcpm(50)\n// setcpm(30)\na: s("bd")'],
  ['setcpm("<120 90>")', 50, 'setcpm(50)'],
  ['a: s("setcpm(30)")', 50, 'setcpm(50)\na: s("setcpm(30)")'],
  ['', 27.123456, 'setcpm(27.123)\n'],
])('%j at %d cycles a minute becomes %j', (text, cyclesPerMinute, expected) => {
  expect(after(text, cyclesPerMinute)).toBe(expected);
});

test('writing the same tempo twice changes nothing the second time', () => {
  const start = fc.constantFrom('setcpm(30)', 'setcps(1)', 'setbpm(90)', 'setcpm(90/4)', 'a: s("bd")');
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 960_000 }), (text, thousandths) => {
      const once = after(text, thousandths / 1000);
      expect(after(once, thousandths / 1000)).toBe(once);
    }),
  );
});

test.each([
  ['120', 120],
  [' 120,5 ', 120.5],
  ['.5', 0.5],
  ['7.', 7],
  ['', Number.NaN],
  ['1e3', Number.NaN],
  ['-3', Number.NaN],
  ['12 bpm', Number.NaN],
])('the field reads %j as %d', (text, expected) => {
  expect(readNumber(text)).toBe(expected);
});

test.each([
  ['setcpm(30)', 30],
  ['setcps(.5)', 30],
  ['setcpm(112/4)', 28],
  ['setbpm(120)', 30],
  ['setbpm(150, 3)', 50],
  ['setcpm("<120 90>")', null],
  ['setcpm(x)', null],
  ['a: s("bd")', null],
])('%j states %d cycles a minute', (text, expected) => {
  expect(statedTempo(text)).toBe(expected);
});

test('what is written is what is stated', () => {
  const start = fc.constantFrom('setcpm(30)', 'setcps(1)', 'setbpm(90)', 'setbpm(90, 3)', 'setcpm(90/4)', '');
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 960 }), (text, cyclesPerMinute) => {
      expect(statedTempo(after(text, cyclesPerMinute))).toBeCloseTo(cyclesPerMinute, 1);
    }),
  );
});

/** Every piece that comes with Talea: no mistakes, no unknown sound, no lost note, and it is heard from first to last. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PIECES } from '../../patterns/pieces/index.ts';
import { readWav } from '../kit/read-wav.ts';
import { Desk } from '../kit/talea-process.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

test('ids are unique, and each piece says what it is', () => {
  expect(new Set(PIECES.map(({ id }) => id)).size).toBe(PIECES.length);
  expect(PIECES.length).toBeGreaterThanOrEqual(6);
  for (const { text, about, title } of PIECES) {
    expect(text.trim().split('\n').length).toBeGreaterThanOrEqual(20);
    expect(about.length).toBeGreaterThan(60);
    expect(title).not.toBe('');
  }
});

test.each(PIECES.map((piece) => [piece.id, piece] as const))('%s', async (_, { text }) => {
  desk.write('piece.ts', text);
  const check = await desk.run(['check', 'piece.ts']);
  expect([check.code, check.stdout, check.stderr]).toEqual([0, '', '']);
  const render = await desk.run(['render', 'piece.ts', '-o', 'p.wav', '--cycles', '8', '--report']);
  // Warnings of playing, such as an unknown sound, would stand there.
  expect([render.code, render.stderr]).toEqual([0, '']);
  const report = JSON.parse(render.stdout);
  expect(report.counters).toMatchObject({
    late: 0,
    dropped: 0,
    refused: 0,
    reset: 0,
    repeated: 0,
    stolen: 0,
  });
  expect(report.counters.played).toBe(report.notes);
  expect(report.lufs).toBeGreaterThan(-24);
  expect(report.lufs).toBeLessThan(-10);
  expect(report.truePeakDb).toBeLessThanOrEqual(-1);
  // No gap: each of 32 stretches before the tail is heard.
  const { left } = readWav(readFileSync(desk.path('p.wav')));
  const stretch = Math.floor((left.length * 0.75) / 32);
  for (let index = 0; index < 32; index++) {
    const part = left.subarray(index * stretch, (index + 1) * stretch);
    expect(
      part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
      `stretch ${index}`,
    ).toBeGreaterThan(0.01);
  }
});

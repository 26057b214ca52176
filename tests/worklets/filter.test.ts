/**
 * The low-pass: its response is that of the analogue prototype through the bilinear transform, to 0.01 dB and better; it
 * stays finite under any sweep; its envelope moves the cutoff by the octaves it says.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decibels, heard, peakOf, RATE, tell } from './engine-rig.ts';
import { levelOfPartial, powers } from './spectrum.ts';

const SIZE = 32_768;

/** |H| of the two-pole low-pass after the bilinear transform, cutoff prewarped, Q = 10^(resonance / 20). */
function ideal(hz: number, cutoff: number, resonance: number): number {
  const w = Math.tan((Math.PI * hz) / RATE) / Math.tan((Math.PI * cutoff) / RATE);
  const q = 10 ** (resonance / 20);
  return 1 / Math.hypot(1 - w * w, w / q);
}

describe('response', () => {
  it.each([
    [500, 0],
    [500, 12],
    [2000, -3],
    [8000, 6],
    [16_000, 0],
    [30, 0],
  ])('cutoff %i Hz, resonance %i dB', (cutoff, resonance) => {
    // One saw through and past the filter: the ratio of its partials is the response.
    const saw = { cycle: 0, length: 100, s: 'sawtooth', freq: 93.75, gain: 0.25, pan: 0, sustain: 1 };
    const plain = powers(heard([saw], SIZE + 50_000).left, 48_000, SIZE);
    const filtered = powers(heard([{ ...saw, cutoff, resonance }], SIZE + 50_000).left, 48_000, SIZE);
    let worst = 0;
    for (let k = 1; k * 93.75 < 20_000; k++) {
      const hz = k * 93.75;
      const expected = decibels(ideal(hz, cutoff, resonance));
      if (expected < -60) continue;
      const level = levelOfPartial(filtered, hz, RATE) / levelOfPartial(plain, hz, RATE);
      worst = Math.max(worst, Math.abs(decibels(level) - expected));
    }
    tell(`low-pass ${cutoff} Hz ${resonance} dB, error`, worst, 0.01, 'dB');
    expect(worst).toBeLessThanOrEqual(0.01);
  });
});

describe('envelope', () => {
  /** Frequency at which a resonant filter rings, read from zero crossings of a filtered click late in a hold. */
  const levelOf = (note: Record<string, number>, hz: number) => {
    const base = { cycle: 0, length: 100, s: 'sine', freq: hz, gain: 0.5, pan: 0, sustain: 1 };
    const plain = heard([base], 30_000).left;
    const filtered = heard([{ ...base, ...note }], 30_000).left;
    return peakOf(filtered, 24_000, 28_000) / peakOf(plain, 24_000, 28_000);
  };
  it('at its sustain of 1 the cutoff lies lpenv octaves higher', () => {
    const moved = levelOf({ cutoff: 250, lpenv: 2, lpattack: 0.01, lpdecay: 0.01, lpsustain: 1 }, 1000);
    expect(moved).toBeCloseTo(ideal(1000, 1000, 0), 3);
  });
  it('without its parameters nothing moves', () => {
    expect(levelOf({ cutoff: 1000 }, 1000)).toBeCloseTo(1, 3);
  });
  it('a negative lpenv rests that far above and dips to the cutoff', () => {
    const rest = { cutoff: 500, lpenv: -1, lpattack: 0.01, lpdecay: 0.01 };
    expect(levelOf({ ...rest, lpsustain: 0 }, 1000)).toBeCloseTo(ideal(1000, 1000, 0), 3);
    expect(levelOf({ ...rest, lpsustain: 1 }, 1000)).toBeCloseTo(ideal(1000, 500, 0), 2);
  });
});

describe('stability', () => {
  it('any cutoff, resonance and sweep stay finite and below the ceiling', () => {
    fc.assert(
      fc.property(
        fc.record({
          cutoff: fc.double({ min: 10, max: 24_000, noNaN: true }),
          resonance: fc.double({ min: -20, max: 60, noNaN: true }),
          lpenv: fc.double({ min: -8, max: 8, noNaN: true }),
          lpattack: fc.double({ min: 0, max: 0.05, noNaN: true }),
          lpdecay: fc.double({ min: 0, max: 0.05, noNaN: true }),
          freq: fc.double({ min: 20, max: 12_000, noNaN: true }),
        }),
        (note) => {
          const { left, right } = heard([{ cycle: 0, length: 0.1, s: 'square', gain: 1, ...note }], 9600);
          for (const signal of [left, right]) {
            expect(signal.every((sample) => Number.isFinite(sample) && Math.abs(sample) <= 1)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

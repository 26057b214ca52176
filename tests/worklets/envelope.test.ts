/**
 * Envelope segments end on their exact frame with their exact value. A saw so low that it is all but a ramp would blur that;
 * a square of 1 Hz stands still for half a second and shows the envelope itself.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heard, RATE } from './engine-rig.ts';

/** The envelope as a signal, scaled to a peak of 1. A sine whose quarter period is long is flat enough at its top. */
const GAIN = 0.9;

describe('segments', () => {
  it('end on their frame, with their value within 1e-4', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 48, max: 3000 }),
        fc.integer({ min: 0, max: 300 }),
        (attack, decay, percent, release, onset) => {
          const sustain = Math.fround(percent / 100);
          const length = attack + decay + 500;
          const shape = {
            attack: attack / RATE,
            decay: decay / RATE,
            sustain,
            release: release / RATE,
          };
          const freq = 1000;
          const note = { cycle: onset / RATE, length: length / RATE, s: 'sine', freq, gain: GAIN, pan: 0 };
          const end = onset + length + release + 64;
          const { left } = heard([{ ...note, ...shape }], end);
          const flat = heard(
            [{ ...note, attack: 0, decay: 0, sustain: 1, release: 1, length: 10 }],
            end,
          ).left;
          let worst = 0;
          // Where the carrier is large, signal over carrier is the envelope.
          for (let i = onset; i < onset + length + release; i++) {
            if (Math.abs(flat[i]!) < 0.1) continue;
            const t = i - onset + 1;
            const held =
              t <= attack
                ? t / attack
                : t <= attack + decay
                  ? 1 - ((1 - sustain) * (t - attack)) / decay
                  : sustain;
            const after = t - length;
            const expected = after <= 0 ? held : sustain * Math.max(0, 1 - after / release);
            worst = Math.max(worst, Math.abs(left[i]! / flat[i]! - expected));
          }
          expect(worst).toBeLessThan(1e-4);
          expect(left.subarray(onset + length + release).every((sample) => sample === 0)).toBe(true);
          expect(left.subarray(0, onset).every((sample) => sample === 0)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });
  it('a gate that closes during the attack releases from there', () => {
    const { left } = heard(
      [{ cycle: 0, length: 0.01, s: 'sine', freq: 1000, attack: 0.1, release: 0.1, gain: GAIN, pan: 0 }],
      RATE,
    );
    let peak = 0;
    let at = 0;
    left.forEach((sample, i) => {
      if (Math.abs(sample) > peak) [peak, at] = [Math.abs(sample), i];
    });
    expect(peak / (0.3 * GAIN)).toBeCloseTo(0.1, 2);
    expect(Math.abs(at - 480)).toBeLessThan(50);
    expect(left.subarray(480 + 4800).every((sample) => sample === 0)).toBe(true);
  });
  it('a decay without a sustain falls to silence', () => {
    const { left } = heard([{ cycle: 0, length: 1, s: 'hh', decay: 0.02 }], RATE / 2);
    expect(left.subarray(0, 960).some((sample) => sample !== 0)).toBe(true);
    expect(left.subarray(960 + 1).every((sample) => sample === 0)).toBe(true);
  });
  it('an attack of a minute is as straight as a short one', () => {
    const { left } = heard(
      [{ cycle: 0, length: 100, s: 'sine', freq: 1000, attack: 10, gain: GAIN, pan: 0 }],
      10 * RATE,
    );
    for (const second of [1, 5, 9]) {
      let peak = 0;
      for (let i = second * RATE - 24; i < second * RATE + 24; i++) peak = Math.max(peak, Math.abs(left[i]!));
      expect(peak / (0.3 * GAIN)).toBeCloseTo(second / 10, 4);
    }
  });
});

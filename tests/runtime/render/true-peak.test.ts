/** The true-peak meter against EBU Tech 3341 cases 15 to 19, whose peaks lie between the samples. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TruePeak } from '../../../runtime/render/true-peak.ts';

const RATE = 48_000;
const FADE_FRAMES = 0.02 * RATE;

/** A sine of a whole part of the sample rate, phase in degrees, with raised-cosine fades at both ends. */
function tone(part: number, amplitude: number, phaseDegrees: number, frames = RATE): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) => {
    const edge = Math.min(1, (i + 0.5) / FADE_FRAMES, (frames - i - 0.5) / FADE_FRAMES);
    const fade = 0.5 - 0.5 * Math.cos(Math.PI * edge);
    return fade * amplitude * Math.sin((2 * Math.PI * i) / part + (phaseDegrees * Math.PI) / 180);
  });
}

function truePeakDb(samples: Float32Array, piece = samples.length): number {
  const meter = new TruePeak();
  for (let at = 0; at < samples.length; at += piece) meter.add(samples.subarray(at, at + piece));
  return meter.peakDb;
}

describe('true peak', () => {
  const cases: readonly (readonly [string, number, number, number, number])[] = [
    ['case 15', 4, 0.5, 0, -6],
    ['case 16', 4, 0.5, 45, -6],
    ['case 17', 6, 0.5, 60, -6],
    ['case 18', 8, 0.5, 67.5, -6],
    ['case 19', 4, 1.41, 45, 3],
  ];
  test.each(cases)('%s', (_name, part, amplitude, phase, expected) => {
    const read = truePeakDb(tone(part, amplitude, phase));
    expect(read).toBeLessThan(expected + 0.2);
    expect(read).toBeGreaterThan(expected - 0.4);
  });

  test('is never below the sample peak, and close to a tone of any phase below 0.4 of the rate', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2.5, max: 200, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        (part, phase) => {
          const samples = tone(part, 0.5, phase, 12_000);
          const read = truePeakDb(samples);
          const samplePeak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
          expect(read).toBeGreaterThanOrEqual(20 * Math.log10(samplePeak));
          expect(Math.abs(read - 20 * Math.log10(0.5))).toBeLessThan(0.2);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('pieces of any length give the same figure', () => {
    const samples = tone(4.3, 0.7, 20, 9_001);
    for (const piece of [1, 31, 128, 256, 257, 5_000]) {
      expect(truePeakDb(samples, piece)).toBe(truePeakDb(samples));
    }
  });

  test('silence has none; a last sample counts', () => {
    expect(truePeakDb(new Float32Array(1_000))).toBe(Number.NEGATIVE_INFINITY);
    expect(truePeakDb(Float32Array.of(0, 0, 1))).toBeGreaterThanOrEqual(0);
  });
});

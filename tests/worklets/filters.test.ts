/**
 * High-pass, band-pass and the steeper kinds: their response is that of the analogue prototype through the bilinear
 * transform; the ladder falls 24 dB an octave, sings near its cutoff and never breaks.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decibels, heard, peakOf, RATE, tell } from './engine-rig.ts';
import { levelOfPartial, powers } from './spectrum.ts';

const SIZE = 16_384;
const HZ = 93.75;
const saw = { cycle: 0, length: 100, s: 'sawtooth', freq: HZ, gain: 0.25, pan: 0, sustain: 1 };

/** Prewarped frequency over the cutoff's. */
const ratio = (hz: number, cutoff: number): number =>
  Math.tan((Math.PI * hz) / RATE) / Math.tan((Math.PI * cutoff) / RATE);
const pole = (w: number, q: number): number => Math.hypot(1 - w * w, w / q);

type Response = (w: number, q: number) => number;
const high: Response = (w, q) => (w * w) / pole(w, q);
const band: Response = (w, q) => w / q / pole(w, q);
const steep =
  (top: Response): Response =>
  (w, q) =>
    top(w, 0.5411961) * top(w, 1.8477591 * q);
const low: Response = (w, q) => 1 / pole(w, q);

const plain = powers(heard([saw], SIZE + 25_000).left, 24_000, SIZE);

/** Levels of the partials through a filter, in dB, with their frequencies. */
function responseOf(note: Record<string, number>): readonly (readonly [number, number])[] {
  const filtered = powers(heard([{ ...saw, ...note }], SIZE + 25_000).left, 24_000, SIZE);
  return Array.from({ length: 200 }, (_, i) => {
    const hz = (i + 1) * HZ;
    return [hz, decibels(levelOfPartial(filtered, hz, RATE) / levelOfPartial(plain, hz, RATE))] as const;
  });
}

describe('response', () => {
  it.each<[string, Record<string, number>, number, number, Response]>([
    ['high-pass', { hcutoff: 1000, hresonance: 0 }, 1000, 1, high],
    ['high-pass, resonant', { hcutoff: 4000, hresonance: 12 }, 4000, 10 ** 0.6, high],
    ['band-pass', { bandf: 1500, bandq: 2 }, 1500, 2, band],
    ['band-pass, wide', { bandf: 500, bandq: 0.5 }, 500, 0.5, band],
    ['low-pass 24 dB', { cutoff: 1000, ftype: 2, resonance: -3 }, 1000, 10 ** -0.15, steep(low)],
    ['high-pass 24 dB', { hcutoff: 2000, ftype: 2, hresonance: 6 }, 2000, 10 ** 0.3, steep(high)],
    ['band-pass, twice', { bandf: 1500, bandq: 2, ftype: 2 }, 1500, 2, (w, q) => band(w, q) ** 2],
  ])('%s', (name, note, cutoff, q, response) => {
    let worst = 0;
    for (const [hz, db] of responseOf(note)) {
      const expected = decibels(response(ratio(hz, cutoff), q));
      if (expected > -60) worst = Math.max(worst, Math.abs(db - expected));
    }
    tell(`${name}, error`, worst, 0.01, 'dB');
    expect(worst).toBeLessThanOrEqual(0.01);
  });
});

describe('envelopes', () => {
  it.each([
    ['hp', { hcutoff: 500 }, high],
    ['bp', { bandf: 500 }, band],
  ] as const)('%s: at a sustain of 1 the cutoff lies two octaves higher', (prefix, filter, response) => {
    const envelope = { [`${prefix}env`]: 2, [`${prefix}attack`]: 0.01, [`${prefix}sustain`]: 1 };
    const levels = responseOf({ ...filter, ...envelope });
    const [hz, db] = levels[9]!;
    expect(db).toBeCloseTo(decibels(response(ratio(hz, 2000), 1)), 2);
  });
  it('fanchor 1 puts the cutoff at the top of the envelope', () => {
    const top = responseOf({ cutoff: 2000, lpenv: 2, lpsustain: 1, lpattack: 0.01, fanchor: 1 });
    const still = responseOf({ cutoff: 2000 });
    expect(top[9]![1]).toBeCloseTo(still[9]![1], 2);
  });
});

describe('ladder', () => {
  const quiet = { gain: 0.02, drive: 0, ftype: 1 };
  it('falls 24 dB an octave', () => {
    const levels = responseOf({ ...quiet, cutoff: 500 });
    const fall = levels[20]![1] - levels[41]![1];
    expect(fall).toBeGreaterThan(22.5);
    expect(fall).toBeLessThan(25);
  });
  it('drive makes loud sound denser', () => {
    const sine = {
      cycle: 0,
      length: 100,
      s: 'sine',
      freq: 187.5,
      pan: 0,
      sustain: 1,
      cutoff: 4000,
      ftype: 1,
    };
    const third = (drive: number) => {
      const power = powers(heard([{ ...sine, drive, gain: 1 }], SIZE + 9000).left, 8000, SIZE);
      return decibels(levelOfPartial(power, 562.5, RATE) / levelOfPartial(power, 187.5, RATE));
    };
    expect(third(2)).toBeGreaterThan(third(0) + 6);
  });
  it('resonance rings near the cutoff', () => {
    const levels = responseOf({ ...quiet, cutoff: 1500, resonance: 30 });
    const loudest = levels.reduce((a, b) => (b[1] > a[1] ? b : a));
    expect(Math.abs(loudest[0] - 1500)).toBeLessThanOrEqual(HZ);
    // The quiet saw lies 21.9 dB below the plain one.
    expect(loudest[1] + 21.9).toBeGreaterThan(12);
  });
});

describe('stability', () => {
  it('any setting and sweep stay finite and below the ceiling', () => {
    const hertz = fc.double({ min: 10, max: 24_000, noNaN: true });
    const octaves = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          ftype: fc.integer({ min: 0, max: 2 }),
          cutoff: hertz,
          hcutoff: hertz,
          bandf: hertz,
          resonance: fc.double({ min: -20, max: 60, noNaN: true }),
          hresonance: fc.double({ min: -20, max: 60, noNaN: true }),
          bandq: fc.double({ min: 0.01, max: 1000, noNaN: true }),
          drive: fc.double({ min: 0, max: 10, noNaN: true }),
          lpenv: octaves,
          hpenv: octaves,
          bpenv: octaves,
          freq: fc.double({ min: 20, max: 12_000, noNaN: true }),
        }),
        (note) => {
          const { left } = heard([{ cycle: 0, length: 0.1, s: 'square', gain: 1, ...note }], 7200);
          expect(left.every((sample) => Number.isFinite(sample) && Math.abs(sample) <= 1)).toBe(true);
          expect(peakOf(left)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/**
 * Tremolo, phaser, vowels, compressor: rates, depths, notches, formants and the static curve are what the controls say.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORDS } from '../../worklets/wire.ts';
import { decibels, heard, type Played, peakOf, RATE, tell } from './engine-rig.ts';
import { levelOfPartial, powers } from './spectrum.ts';

const SIZE = 16_384;
const sine: Played = {
  cycle: 0,
  length: 100,
  s: 'sine',
  freq: 3000,
  pan: 0,
  gain: 0.8,
  sustain: 1,
  attack: 0,
};
const HZ = 93.75;
const saw: Played = { ...sine, s: 'sawtooth', freq: HZ, gain: 0.5 };
const take = (note: object, frames = RATE, base = sine, cps = 1) =>
  heard([{ ...base, ...note }], frames, cps).left;
/** Peaks of 10 ms each. */
const levels = (signal: Float32Array): number[] =>
  Array.from({ length: Math.floor(signal.length / 480) }, (_, i) => peakOf(signal, i * 480, (i + 1) * 480));
const full = peakOf(take({}, 9600), 4800, 9600);

describe('tremolo', () => {
  /** How often the level rises through a half. */
  const turns = (signal: Float32Array): number => {
    const list = levels(signal).map((level) => level / full > 0.5);
    return list.filter((high, i) => i > 0 && high && !list[i - 1]).length;
  };
  it.each([
    [{ tremolo: 4, tremoloshape: 1 }, 1, 4],
    [{ tremolo: 8, tremoloshape: 1 }, 1, 8],
    [{ tremolosync: 4, tremoloshape: 1 }, 1, 4],
    [{ tremolosync: 4, tremoloshape: 1 }, 2, 8],
  ])('%o at %i cycles a second: %i turns', (note, cps, expected) => {
    expect(Math.abs(turns(take(note, RATE, sine, cps)) - expected)).toBeLessThanOrEqual(1);
  });
  it.each([0.25, 0.5, 1])('depth %s: so far down', (tremolodepth) => {
    const list = levels(take({ tremolo: 2, tremoloshape: 1, tremolodepth })).map((level) => level / full);
    expect(Math.max(...list)).toBeCloseTo(1, 2);
    expect(Math.abs(Math.min(...list) - (1 - tremolodepth))).toBeLessThan(0.02);
  });
  it('skew, phase and shape move the peak', () => {
    const peakAt = (note: object) => {
      const list = levels(take({ tremolo: 1, ...note }));
      return list.indexOf(Math.max(...list)) / 100;
    };
    expect(Math.abs(peakAt({ tremoloskew: 0.25, tremoloshape: 0 }) - 0.25)).toBeLessThan(0.03);
    expect(Math.abs(peakAt({ tremoloskew: 0.75, tremoloshape: 0 }) - 0.75)).toBeLessThan(0.03);
    expect(Math.abs(peakAt({ tremoloskew: 0.5, tremolophase: 0.25 }) - 0.25)).toBeLessThan(0.03);
    expect(peakAt({ tremoloshape: 2 })).toBeGreaterThan(0.95);
    expect(peakAt({ tremoloshape: 3 })).toBeLessThan(0.05);
  });
  it('a square steps without a click', () => {
    const signal = take({ tremolo: 5, tremoloshape: 4, freq: 207 }, 40_000);
    const weights = [1, -8, 28, -56, 70, -56, 28, -8, 1];
    let worst = 0;
    for (let i = 2000; i < 40_000; i++)
      worst = Math.max(worst, Math.abs(weights.reduce((sum, w, k) => sum + w * signal[i - k]!, 0)) / 256);
    tell('square tremolo, click index', decibels(worst), -80, 'dB');
    expect(decibels(worst)).toBeLessThanOrEqual(-80);
  });
});

describe('phaser', () => {
  const notchOf = (note: object): [number, number] => {
    const plain = powers(take({}, SIZE + 9600, saw), 9600, SIZE);
    const phased = powers(take({ phaserrate: 0, ...note }, SIZE + 9600, saw), 9600, SIZE);
    let deepest: [number, number] = [0, 0];
    for (let k = 1; k < 150; k++) {
      const db = decibels(levelOfPartial(phased, k * HZ, RATE) / levelOfPartial(plain, k * HZ, RATE));
      if (db < deepest[1]) deepest = [k * HZ, db];
    }
    return deepest;
  };
  it('stands still at a rate of 0: notches where the four stages turn by 180 degrees', () => {
    // 2 atan(f / fc) = 45 or 135 degrees a stage: fc tan(22.5) and fc tan(67.5).
    const [hz, db] = notchOf({ phasercenter: 2263, phaserdepth: 1 });
    const near = [2263 * Math.tan(Math.PI / 8), 2263 * Math.tan((3 * Math.PI) / 8)];
    expect(Math.min(...near.map((f) => Math.abs(f - hz)))).toBeLessThan(HZ);
    expect(db).toBeLessThan(-25);
  });
  it('depth says how deep', () => {
    expect(notchOf({ phasercenter: 2263, phaserdepth: 0.5 })[1]).toBeGreaterThan(-6.5);
    expect(notchOf({ phasercenter: 2263, phaserdepth: 0 })[1]).toBeGreaterThan(-0.05);
  });
  it('rate and sweep move the notches', () => {
    const spread = (note: object) => {
      const list = levels(take({ phaserdepth: 1, phasercenter: 2500, ...note }, RATE));
      return Math.max(...list.slice(5)) / Math.min(...list.slice(5));
    };
    expect(spread({ phaserrate: 2 })).toBeGreaterThan(1.5);
    expect(spread({ phaserrate: 2, phasersweep: 0 })).toBeLessThan(1.02);
    expect(spread({ phaserrate: 0 })).toBeLessThan(1.02);
  });
});

describe('vowel', () => {
  it('the five that are sung have their first formant where it belongs', () => {
    for (const [vowel, hz] of [
      [0, 660],
      [1, 440],
      [2, 270],
      [3, 430],
      [4, 370],
    ] as const) {
      const power = powers(take({ vowel, freq: 20.5 }, SIZE + 30_000, saw), 28_000, SIZE);
      const tilted = [...power].map((x, i) => x * i * i);
      const loudest =
        (tilted.slice(40, 600).indexOf(Math.max(...tilted.slice(40, 600))) + 40) * (RATE / SIZE);
      expect(Math.abs(loudest - hz)).toBeLessThan(25);
    }
  });
  it('all differ, and lie within 12 dB of the plain sound', () => {
    const plain = Math.hypot(...take({}, 9600, { ...saw, freq: 110 }).slice(2400));
    const takes = WORDS['vowel']!.map((_, vowel) => take({ vowel }, 9600, { ...saw, freq: 110 }));
    for (const [i, one] of takes.entries()) {
      expect(Math.abs(decibels(Math.hypot(...one.slice(2400)) / plain))).toBeLessThan(12);
      for (const other of takes.slice(i + 1))
        expect(one.some((x, k) => Math.abs(x - other[k]!) > 1e-3)).toBe(true);
    }
  });
});

describe('compressor', () => {
  /** Resting level of a sine whose peaks lie at 0 dB of gain 1, in dB. */
  const rest = (note: object) => decibels(peakOf(take({ freq: 1000, ...note }), 40_000, 47_000));
  const base = rest({ compressor: 0, compressorRatio: 1 });
  it.each([
    [-30, 4],
    [-20, 10],
    [-20, 2],
  ])('threshold %i dB, ratio %i: the static curve', (compressor, compressorRatio) => {
    const settings = { compressorKnee: 0, compressorAttack: 0.001, compressorRelease: 0.5 };
    const level = rest({ compressor, compressorRatio, ...settings });
    const expected = compressor + (base - compressor) / compressorRatio;
    tell(`compressor ${compressor} dB 1:${compressorRatio}, error`, Math.abs(level - expected), 0.2, 'dB');
    expect(Math.abs(level - expected)).toBeLessThanOrEqual(0.2);
  });
  it('a knee reaches below the threshold', () => {
    const compressor = base + 3;
    expect(rest({ compressor, compressorKnee: 0 })).toBeCloseTo(base, 2);
    expect(rest({ compressor, compressorKnee: 20 })).toBeLessThan(base - 0.3);
  });
  it('attack and release take the time they say', () => {
    const at = (note: object, seconds: number) =>
      decibels(
        peakOf(
          take({ freq: 1000, compressor: -40, compressorKnee: 0, ...note }),
          seconds * RATE,
          seconds * RATE + 96,
        ),
      );
    expect(at({ compressorAttack: 0.2 }, 0.02)).toBeGreaterThan(at({ compressorAttack: 0.002 }, 0.02) + 10);
    const faded = { attack: 0.001, decay: 0.05, sustain: 0.02 };
    expect(at({ ...faded, compressorRelease: 0.01 }, 0.2)).toBeGreaterThan(
      at({ ...faded, compressorRelease: 1 }, 0.2) + 10,
    );
  });
});

describe('stability', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  it('any mixture stays finite', () => {
    fc.assert(
      fc.property(
        fc.record({
          tremolo: fc.double({ min: 0, max: 100, noNaN: true }),
          tremoloskew: unit,
          tremoloshape: fc.integer({ min: 0, max: 4 }),
          phaserrate: fc.double({ min: 0, max: 100, noNaN: true }),
          phasercenter: fc.double({ min: 10, max: 20_000, noNaN: true }),
          phasersweep: fc.double({ min: 0, max: 20_000, noNaN: true }),
          vowel: fc.integer({ min: 0, max: 14 }),
          compressor: fc.double({ min: -100, max: 0, noNaN: true }),
          compressorAttack: unit,
          compressorRelease: unit,
          distort: fc.double({ min: 0, max: 100, noNaN: true }),
          distorttype: fc.integer({ min: 0, max: 8 }),
        }),
        (note) => {
          const signal = take(note, 6000, { ...saw, gain: 4 });
          expect(signal.every((x) => Number.isFinite(x) && Math.abs(x) <= 1)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

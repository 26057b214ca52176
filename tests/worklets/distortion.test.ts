/**
 * Distortion, crush and coarse: how much aliases, what curve is drawn, that levels follow the note's gain, that what is held
 * is held on the right frames.
 */
import { describe, expect, it } from 'vitest';
import { WORDS } from '../../worklets/wire.ts';
import { decibels, heard, peakOf, RATE, tell } from './engine-rig.ts';
import { aliasToSignal, levelOfPartial, powers } from './spectrum.ts';

const SIZE = 32_768;
const sine = { cycle: 0, length: 100, s: 'sine', freq: 1500, pan: 0, gain: 1, sustain: 1, attack: 0.01 };
const kinds = WORDS['distorttype']!.map((name, id) => [name, id] as const);
/** Level of the plain sine, so that gains can be told relative to full scale. */
const full = peakOf(heard([sine], 9600).left, 4800, 9600);

describe('distort', () => {
  const hz = 5000 + (5000 % (RATE / SIZE));
  it.each(kinds.filter(([name]) => name !== 'fold' && name !== 'sinefold' && name !== 'chebyshev'))(
    '%s at 5 kHz, drive e^2: little aliases',
    (name, distorttype) => {
      const note = { ...sine, freq: hz, gain: 0.8 / full, distort: 2, distorttype, distortvol: 0.3 };
      // Up to 20 kHz: between there and 28 kHz the half-band filter falls.
      const audible = powers(heard([note], SIZE + 9600).left, 9600, SIZE).fill(0, (SIZE * 20_000) / RATE);
      const ratio = aliasToSignal(audible, hz, RATE);
      tell(`${name} at 5 kHz, alias to signal`, ratio, -60, 'dB');
      // Soft and cubic reach the figure; those with corners fall short of it by up to 9 dB at twice the rate.
      expect(ratio).toBeLessThanOrEqual(name === 'soft' || name === 'cubic' ? -60 : -50);
    },
  );
  it.each(kinds)('%s makes partials that were not there, and ends near its bound', (_, distorttype) => {
    const note = { ...sine, freq: 375, distorttype, distortvol: 0.5 };
    const richness = (distort: number) => {
      const { left } = heard([{ ...note, distort }], SIZE + 9600);
      const power = powers(left, 9600, SIZE);
      const others = [2, 3, 4, 5].map((k) => levelOfPartial(power, 375 * k, RATE));
      return decibels(Math.hypot(...others) / levelOfPartial(power, 375, RATE));
    };
    expect(richness(3)).toBeGreaterThan(-25);
    const { left } = heard([{ ...note, distort: 3 }], 9600);
    expect(peakOf(left, 4800, 9600)).toBeGreaterThan(0.2);
    expect(peakOf(left, 4800, 9600)).toBeLessThan(0.8);
  });
  it('the kinds differ from one another', () => {
    const takes = kinds.map(
      ([, distorttype]) =>
        heard([{ ...sine, freq: 375, distort: 2, distorttype, distortvol: 0.3 }], 4800).left,
    );
    for (const [i, one] of takes.entries())
      for (const other of takes.slice(i + 1)) {
        const apart = one.reduce((most, x, k) => Math.max(most, Math.abs(x - other[k]!)), 0);
        expect(apart).toBeGreaterThan(0.005);
      }
  });
  it('an amount of 0 leaves quiet sound as it is, but for 23 frames of delay', () => {
    const note = { ...sine, freq: 300, gain: 0.05 };
    const dry = heard([note], 9600).left;
    const wet = heard([{ ...note, distort: 0 }], 9600).left;
    let apart = 0;
    for (let i = 4800; i < 9000; i++) apart = Math.max(apart, Math.abs(wet[i + 23]! - dry[i]!));
    expect(decibels(apart / peakOf(dry))).toBeLessThan(-40);
  });
  it('gain acts before, postgain behind', () => {
    const note = { ...sine, distort: 3, distorttype: 2 };
    const peak = (more: object) => peakOf(heard([{ ...note, ...more }], 9600).left, 4800, 9600);
    expect(peak({ gain: 0.4 })).toBeGreaterThan(0.9 * peak({ gain: 0.8 }));
    expect(peak({ postgain: 0.25 }) / peak({ postgain: 0.5 })).toBeCloseTo(0.5, 2);
  });
  it('diode and asym leave no DC', () => {
    for (const distorttype of [4, 5]) {
      const { left } = heard([{ ...sine, freq: 300, distort: 2, distorttype, distortvol: 0.4 }], RATE + 9600);
      const mean = left.slice(9600, 9600 + RATE).reduce((sum, x) => sum + x, 0) / RATE;
      expect(decibels(Math.abs(mean))).toBeLessThan(-50);
    }
  });
  it('shape: more makes more partials, shapevol scales', () => {
    const third = (shape: number) => {
      const power = powers(
        heard([{ ...sine, freq: 375, shape, shapevol: 0.4 }], SIZE + 9600).left,
        9600,
        SIZE,
      );
      return decibels(levelOfPartial(power, 1125, RATE) / levelOfPartial(power, 375, RATE));
    };
    expect(third(0.8)).toBeGreaterThan(third(0.2) + 6);
    const peak = (shapevol: number) =>
      peakOf(heard([{ ...sine, shape: 0.5, shapevol }], 9600).left, 4800, 9600);
    expect(peak(0.2) / peak(0.4)).toBeCloseTo(0.5, 2);
  });
});

describe('crush', () => {
  it.each([1, 2, 4, 4.5, 8])('%s bits: all samples lie on steps of 2^(1 - bits)', (crush) => {
    const { left } = heard([{ ...sine, freq: 100, crush, attack: 0, gain: 0.8 / full, postgain: 0.5 }], 4800);
    const levels = new Set([...left.slice(1000, 4000)].map((x) => Math.round(x * 2e5)));
    const step = 2 ** (1 - crush);
    expect(levels.size).toBeGreaterThan(1);
    expect(levels.size).toBeLessThanOrEqual(2 * Math.ceil(1 / step) + 3);
    expect(levels.size).toBeGreaterThan(1 / step);
  });
});

describe('coarse', () => {
  it.each([2, 2.5, 8])('%s: so many frames each sample stays, over blocks too', (coarse) => {
    const { left } = heard([{ ...sine, freq: 211, coarse, attack: 0 }], 9600);
    let changes = 0;
    for (let i = 1; i < 9000; i++) if (left[i] !== left[i - 1]) changes += 1;
    expect(Math.abs(changes - 9000 / coarse)).toBeLessThan(9000 / coarse / 50 + 2);
  });
});

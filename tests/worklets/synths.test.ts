/**
 * Unison, pulse and noises, measured: level and width of the unison, harmonics of the pulse, slopes of the noises, and for each
 * control that it changes what it should.
 */
import { describe, expect, it } from 'vitest';
import { decibels, heard, type Played, RATE, tell } from './engine-rig.ts';
import { aliasToSignal, levelOfPartial, powers } from './spectrum.ts';

const SIZE = 65_536;
const sound = (s: string, more: Partial<Played> = {}, seed = 1) =>
  heard(
    [{ cycle: 0, length: 100, s, freq: 220, gain: 0.8, attack: 0, sustain: 1, pan: 0, seed, ...more }],
    SIZE,
  ).left;
const rms = (signal: Float32Array) => Math.sqrt(signal.reduce((sum, x) => sum + x * x, 0) / signal.length);

describe('supersaw', () => {
  it('is as loud with any number of voices, and as one plain saw', () => {
    const saw = rms(sound('sawtooth'));
    for (const unison of [1, 2, 5, 7, 16]) {
      // Beating makes single takes differ.
      const mean =
        [1, 2, 3, 4].reduce((sum, seed) => sum + rms(sound('supersaw', { unison, detune: 0.5 }, seed)), 0) /
        4;
      const ratio = decibels(mean / saw);
      tell(`supersaw of ${unison} against a saw`, Math.abs(ratio), 1.5, 'dB');
      expect(Math.abs(ratio)).toBeLessThanOrEqual(1.5);
    }
  });
  it('detune is the distance of the outermost voices in semitones', () => {
    const power = powers(sound('supersaw', { unison: 2, detune: 1, freq: 1000 }), 0, SIZE, 12);
    const step = 2 ** (0.5 / 12);
    const [low, middle, high] = [1000 / step, 1000, 1000 * step].map((hz) => levelOfPartial(power, hz, RATE));
    expect(low! / middle!).toBeGreaterThan(100);
    expect(high! / middle!).toBeGreaterThan(100);
  });
  it('one voice folds nothing back', () => {
    const freq = Math.fround(1001.37);
    const power = powers(sound('supersaw', { unison: 1, freq }), 0, SIZE);
    const ratio = aliasToSignal(power, freq, RATE);
    tell('supersaw of 1, alias to signal', ratio, -90, 'dB');
    expect(ratio).toBeLessThanOrEqual(-90);
  });
  it('follows vibrato', () => {
    expect(sound('supersaw', { vib: 5 })).not.toEqual(sound('supersaw'));
  });
});

describe('pulse', () => {
  it.each([0.5, 0.25, 0.1])('width %f: partials as sin(pi k w) / k, within 0.1 dB', (pw) => {
    const power = powers(sound('pulse', { pw, freq: 500 }), 0, SIZE);
    const unit = levelOfPartial(power, 500, RATE) / Math.sin(Math.PI * pw);
    let worst = 0;
    for (let k = 2; k <= 20; k++) {
      const expected = Math.abs(Math.sin(Math.PI * k * pw)) / k;
      const level = levelOfPartial(power, 500 * k, RATE) / unit;
      if (expected > 0.005) worst = Math.max(worst, Math.abs(decibels(level / expected)));
      else expect(level).toBeLessThan(0.001);
    }
    tell(`pulse ${pw}, harmonic error`, worst, 0.1, 'dB');
    expect(worst).toBeLessThanOrEqual(0.1);
    const mean =
      sound('pulse', { pw, freq: 500 })
        .subarray(0, 48_000)
        .reduce((sum, x) => sum + x, 0) / 48_000;
    expect(decibels(Math.abs(mean))).toBeLessThan(-60);
  });
  it('a rate or a depth moves the width', () => {
    /** Levels of the second partial over time: 0 while the width is a half. */
    const second = (more: Partial<Played>) => {
      const signal = sound('pulse', { freq: 500, ...more });
      return [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
        levelOfPartial(powers(signal, i * 6000, 4096, 12), 1000, RATE),
      );
    };
    const most = (levels: number[]) => Math.max(...levels);
    const still = most(second({}));
    expect(most(second({ pwrate: 1 }))).toBeGreaterThan(20 * still);
    expect(most(second({ pwsweep: 0.3 }))).toBeGreaterThan(20 * still);
    expect(most(second({ pwsweep: 0.3 }))).toBeGreaterThan(1.5 * most(second({ pwsweep: 0.1 })));
  });
});

describe('noises', () => {
  it.each([
    ['white', 0],
    ['pink', -3.01],
    ['brown', -6.02],
  ] as const)('%s: %f dB an octave', (s, slope) => {
    const bands = Array.from({ length: 7 }, () => 0);
    for (const seed of [1, 2, 3, 4]) {
      const power = powers(sound(s, {}, seed), 0, SIZE, 6);
      for (let i = 1; i < power.length; i++) {
        const band = Math.floor(Math.log2((i * RATE) / SIZE / 125));
        if (band >= 0 && band < 7) bands[band]! += power[i]! / 2 ** band;
      }
    }
    const levels = bands.map((x) => 10 * Math.log10(x));
    for (let b = 1; b < 6; b++) {
      const error = Math.abs(levels[b]! - levels[b - 1]! - slope);
      expect(error, `octave ${b}`).toBeLessThan(0.5);
    }
  });
  it('crackle: its density is the chance of an impulse in hundredths', () => {
    const count = (crackledensity: number) =>
      sound('crackle', { crackledensity }).reduce((sum, x) => sum + (x === 0 ? 0 : 1), 0);
    for (const density of [0.03, 0.3, 1]) {
      const expected = (SIZE * density) / 100;
      expect(Math.abs(count(density) - expected)).toBeLessThan(5 * Math.sqrt(expected) + 1);
    }
    expect(sound('crackle', { crackledensity: 0 }).every((x) => x === 0)).toBe(true);
  });
  it.each(['white', 'pink', 'brown', 'crackle'])('%s ends with its gate and differs by seed', (s) => {
    const short = sound(s, { length: 0.2, release: 0.01 });
    expect(short.subarray(10_200).every((x) => x === 0)).toBe(true);
    expect(sound(s, {}, 2)).not.toEqual(sound(s, {}, 1));
  });
});

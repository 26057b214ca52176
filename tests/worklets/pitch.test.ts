/**
 * Movement of pitch, measured against what is meant: vibrato and pitch envelope by a reference in f64 that adds up the same
 * frequencies, FM by the levels of its sidebands (Bessel functions).
 */
import { describe, expect, it } from 'vitest';
import { decibels, heard, type Played, RATE, tell } from './engine-rig.ts';
import { levelOfPartial, powers } from './spectrum.ts';

const FRAMES = 24_000;
const note = (more: Partial<Played>): Played => ({
  cycle: 0,
  length: 100,
  s: 'sine',
  freq: 220,
  gain: 0.9,
  attack: 0,
  sustain: 1,
  pan: 0,
  ...more,
});

/** Greatest difference, in dB, between what is heard and a sine whose pitch is `octaves` off at frame t (from 1 on). */
function difference(more: Partial<Played>, octaves: (t: number) => number): number {
  const { left } = heard([note(more)], FRAMES);
  let turns = 0;
  let worst = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    turns += (220 * 2 ** octaves(frame + 1)) / RATE;
    worst = Math.max(worst, Math.abs(left[frame]! - 0.27 * Math.sin(2 * Math.PI * turns)));
  }
  return decibels(worst);
}

const ramp = (t: number, seconds: number) => Math.min(1, t / (seconds * RATE));

describe('pitch moves to the sample', () => {
  it.each([
    ['vib', { vib: 5 }, (t: number) => (0.5 / 12) * Math.sin((2 * Math.PI * 5 * t) / RATE)],
    ['vibmod', { vib: 7.5, vibmod: 2 }, (t: number) => (2 / 12) * Math.sin((2 * Math.PI * 7.5 * t) / RATE)],
    ['penv', { penv: 12 }, (t: number) => ramp(t, 0.2) - 1],
    ['pattack', { pattack: 0.1 }, (t: number) => (ramp(t, 0.1) - 1) / 12],
    ['pdecay', { penv: 24, pdecay: 0.25 }, (t: number) => (t <= 48 ? t / 24 : 2 - 2 * ramp(t - 48, 0.25))],
    [
      'psustain',
      { penv: 12, pdecay: 0.25, psustain: 0.5 },
      (t: number) => (t <= 48 ? t / 48 : 1 - 0.5 * ramp(t - 48, 0.25)) - 0.5,
    ],
    [
      'panchor',
      { penv: 12, pdecay: 0.25, panchor: 1 },
      (t: number) => (t <= 48 ? t / 48 : 1 - ramp(t - 48, 0.25)) - 1,
    ],
    [
      'prelease',
      { penv: 12, pattack: 0.001, prelease: 0.1, release: 10, length: 0.25 },
      (t: number) => (t <= 48 ? t / 48 - 1 : t <= 12_000 ? 0 : -ramp(t - 12_000, 0.1)),
    ],
    ['detune', { detune: 50 }, () => 50 / 1200],
  ] as const)('%s', (name, more, octaves) => {
    if (name === 'prelease') {
      // The level falls too: only where it is silent and where it sounds is compared.
      const { left } = heard([note(more)], FRAMES);
      const crossings = (from: number, to: number) => {
        let count = 0;
        for (let i = from; i < to; i++) if (left[i - 1]! < 0 && left[i]! >= 0) count += 1;
        return (count * RATE) / (to - from);
      };
      expect(crossings(4800, 9600)).toBeCloseTo(220, -1.3);
      expect(crossings(19_200, 24_000)).toBeCloseTo(110, -1.3);
      return;
    }
    const worst = difference(more, octaves);
    tell(`${name} against f64`, worst, -60, 'dB');
    expect(worst).toBeLessThanOrEqual(-60);
  });
});

/** Bessel function of the first kind, by its integral. */
function bessel(order: number, x: number): number {
  let sum = 0;
  for (let i = 0; i < 2000; i++) {
    const angle = (Math.PI * (i + 0.5)) / 2000;
    sum += Math.cos(order * angle - x * Math.sin(angle));
  }
  return sum / 2000;
}

describe('FM', () => {
  const SIZE = 65_536;
  const spectrum = (more: Partial<Played>) =>
    powers(heard([note({ freq: 1000, ...more })], SIZE + 12_000).left, 9600, SIZE);
  it.each([
    [0.5, 0.25],
    [2, 0.25],
    [5, 0.125],
    [1, 1.37],
  ])('index %f, ratio %f: sidebands as by Bessel, within 0.1 dB', (fmi, fmh) => {
    const power = spectrum({ fmi, fmh });
    const plain = levelOfPartial(spectrum({}), 1000, RATE);
    let worst = 0;
    for (const order of [-2, -1, 0, 1, 2]) {
      const hertz = 1000 * (1 + order * fmh);
      const expected = Math.abs(bessel(order, fmi));
      if (hertz < 50 || expected < 0.02) continue;
      worst = Math.max(worst, Math.abs(decibels(levelOfPartial(power, hertz, RATE) / plain / expected)));
    }
    tell(`FM ${fmi}, ${fmh}: sideband error`, worst, 0.1, 'dB');
    expect(worst).toBeLessThanOrEqual(0.1);
  });
  it('its envelope brings the sidebands in and takes them away', () => {
    const side = (more: Partial<Played>, from: number) => {
      const { left } = heard([note({ freq: 1000, fmi: 1, fmh: 0.25, ...more })], 40_000);
      const power = powers(left, from, 8192, 12);
      return levelOfPartial(power, 1250, RATE) / levelOfPartial(power, 1000, RATE);
    };
    const steady = side({}, 0);
    expect(side({ fmattack: 0.5 }, 0)).toBeLessThan(0.5 * steady);
    expect(side({ fmattack: 0.1 }, 10_000)).toBeCloseTo(steady, 2);
    expect(side({ fmdecay: 0.1 }, 10_000)).toBeLessThan(0.01);
    expect(side({ fmdecay: 0.1, fmsustain: 0.5 }, 10_000)).toBeGreaterThan(0.4 * steady);
    const released = (fmrelease: number) => side({ fmrelease, length: 0.2, release: 10 }, 16_000);
    expect(released(0.01)).toBeLessThan(0.01);
    expect(released(10)).toBeGreaterThan(0.8 * steady);
  });
  it.each(['sawtooth', 'square', 'triangle'])('and vibrato reach the %s too', (s) => {
    const plain = heard([note({ s })], 12_000).left;
    for (const more of [{ fmi: 1 }, { vib: 6 }, { penv: 7 }]) {
      const moved = heard([note({ s, ...more })], 12_000).left;
      let difference = 0;
      for (let i = 0; i < 12_000; i++) difference = Math.max(difference, Math.abs(plain[i]! - moved[i]!));
      expect(difference).toBeGreaterThan(0.1);
    }
  });
  it('a voice beside others that move stays as it is', () => {
    const still = heard([note({ s: 'sawtooth' })], 12_000).left;
    const both = heard(
      [note({ s: 'sawtooth' }), note({ s: 'sawtooth', freq: 330, vib: 6, fmi: 2, pan: 1 })],
      12_000,
    ).left;
    let worst = 0;
    for (let i = 0; i < 12_000; i++) worst = Math.max(worst, Math.abs(still[i]! - both[i]!));
    expect(decibels(worst)).toBeLessThan(-120);
  });
});

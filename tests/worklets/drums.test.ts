/**
 * The drum set, measured: each drum has its weight where it belongs, rings as long as it should, is as loud as its neighbours,
 * and differs from kit to kit and from variation to variation.
 */
import { describe, expect, it } from 'vitest';
import { SOURCES } from '../../worklets/wire.ts';
import { decibels, heard, peakOf, RATE } from './engine-rig.ts';
import { powers } from './spectrum.ts';

const DRUMS = SOURCES.filter(({ kind }) => kind === 'drum').map(({ name }) => name);
const SIZE = 65_536;

const hit = (s: string, more: Record<string, number> = {}, frames = SIZE) =>
  heard([{ cycle: 0, s, seed: 3, ...more }], frames).left;

/** Centre of the spectrum in Hz, weighed by power. */
function centroid(signal: Float32Array): number {
  const power = powers(signal, 0, 16_384, 6);
  let sum = 0;
  let weighed = 0;
  for (let i = 1; i < power.length; i++) {
    sum += power[i]!;
    weighed += (power[i]! * i * RATE) / 16_384;
  }
  return weighed / sum;
}

/** Seconds after which the signal stays 40 dB under its peak. */
function length(signal: Float32Array): number {
  const threshold = peakOf(signal) / 100;
  let last = 0;
  for (let i = 0; i < signal.length; i++) if (Math.abs(signal[i]!) > threshold) last = i;
  return last / RATE;
}

describe('each drum', () => {
  // Centre in Hz, length in s.
  it.each([
    ['bd', 30, 900, 0.15, 1],
    ['sd', 900, 6000, 0.1, 0.6],
    ['hh', 7000, 15_000, 0.05, 0.3],
    ['oh', 7000, 15_000, 0.4, 1.2],
    ['cp', 1000, 6500, 0.1, 0.5],
    ['rim', 700, 4500, 0.02, 0.15],
    ['cb', 700, 2500, 0.15, 0.6],
    ['lt', 60, 800, 0.3, 1.2],
    ['mt', 100, 900, 0.3, 1.2],
    ['ht', 140, 1000, 0.3, 1.2],
    ['cr', 4000, 13_000, 1, 4],
    ['rd', 4000, 13_000, 0.8, 4],
    ['sh', 5000, 14_000, 0.05, 0.4],
    ['tb', 7000, 16_000, 0.1, 0.6],
    ['perc', 200, 2500, 0.15, 0.6],
  ] as const)('%s has its weight between %i and %i Hz and lasts %f to %f s', (s, low, high, short, long) => {
    const signal = hit(s);
    const [centre, seconds, peak] = [centroid(signal), length(signal), decibels(peakOf(signal))];
    console.log(`  ${s}: ${centre.toFixed(0)} Hz, ${seconds.toFixed(3)} s, ${peak.toFixed(1)} dB`);
    expect(centre).toBeGreaterThan(low);
    expect(centre).toBeLessThan(high);
    expect(seconds).toBeGreaterThan(short);
    expect(seconds).toBeLessThan(long);
    expect(peak).toBeGreaterThan(-16);
    expect(peak).toBeLessThan(-1.5);
  });
  it('toms stand in order', () => {
    const order = ['lt', 'mt', 'ht'].map((s) => centroid(hit(s, { kit: 1 })));
    expect(order[1]!).toBeGreaterThan(order[0]! * 1.1);
    expect(order[2]!).toBeGreaterThan(order[1]! * 1.1);
  });
  it('the open hat rings on where the closed one has ended', () => {
    expect(length(hit('oh'))).toBeGreaterThan(3 * length(hit('hh')));
  });
});

/** How unlike two hits are: 0 the same, 1 nothing in common. */
function unlike(a: Float32Array, b: Float32Array): number {
  const of = (signal: Float32Array) => {
    const bands = new Float64Array(24);
    const power = powers(signal, 0, 16_384, 6);
    for (let i = 1; i < power.length; i++) {
      const band = Math.min(23, Math.max(0, Math.floor(3 * Math.log2((i * RATE) / 16_384 / 40))));
      bands[band]! += power[i]!;
    }
    const whole = bands.reduce((sum, x) => sum + x, 0);
    return bands.map((x) => Math.sqrt(x / whole));
  };
  const [x, y] = [of(a), of(b)];
  return 1 - x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

describe('kits and variations', () => {
  it.each(DRUMS)('%s sounds different in each of the four kits', (s) => {
    const hits = [0, 1, 2, 3].map((kit) => hit(s, { kit }));
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < a; b++) {
        const longer = Math.abs(Math.log2(length(hits[a]!) / length(hits[b]!)));
        expect(unlike(hits[a]!, hits[b]!) + 0.2 * longer, `kits ${b} and ${a}`).toBeGreaterThan(0.01);
      }
    }
  });
  it.each(DRUMS)('%s: n changes it, in its own kit and others, and wraps', (s) => {
    for (const kit of [0, 2]) {
      const hits = [0, 1, 2, 3].map((n) => hit(s, { kit, n }, 6000));
      for (let a = 1; a < 4; a++) expect(hits[a]).not.toEqual(hits[0]);
      expect(hit(s, { kit, n: 3 - 8 * (kit + 1) }, 6000)).toEqual(hits[3]);
    }
  });
  it('a frequency tunes a drum, C2 being its own pitch', () => {
    const [low, high] = [hit('lt', { freq: 65.40639 }), hit('lt', { freq: 130.81278 })];
    expect(low).toEqual(hit('lt'));
    expect(centroid(high)).toBeGreaterThan(1.4 * centroid(low));
  });
});

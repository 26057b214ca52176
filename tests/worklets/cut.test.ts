/**
 * Cut groups and delays in cycles: a newer note fades the older of its group within 3 ms and without a click; others and
 * chords are left alone.
 */
import { describe, expect, it } from 'vitest';
import { decibels, heard, onsetsIn, type Played, peakOf, RATE, tell } from './engine-rig.ts';

const long = (more: Partial<Played>): Played => ({
  cycle: 0,
  length: 10,
  s: 'sine',
  freq: 200,
  pan: 0,
  gain: 0.4,
  sustain: 1,
  attack: 0.01,
  ...more,
});
const newer = (more: Partial<Played> = {}): Played => long({ cycle: 0.2, pan: 1, ...more });
const left = (notes: readonly Played[]) => heard(notes, RATE / 2).left;

describe('cut', () => {
  it('silences the older note of its group in 144 frames, without a click', () => {
    const signal = left([long({ cut: 1, freq: 207 }), newer({ cut: 1 })]);
    expect(peakOf(signal, 9400, 9600)).toBeGreaterThan(0.01);
    expect(peakOf(signal, 9600 + 144)).toBeLessThan(1e-6);
    const weights = [1, -8, 28, -56, 70, -56, 28, -8, 1];
    let worst = 0;
    for (let i = 9500; i < 9900; i++)
      worst = Math.max(worst, Math.abs(weights.reduce((sum, w, k) => sum + w * signal[i - k]!, 0)) / 256);
    tell('cut, click index', decibels(worst), -80, 'dB');
    expect(decibels(worst)).toBeLessThanOrEqual(-80);
  });
  it.each<[string, Partial<Played>, Partial<Played>]>([
    ['another group', { cut: 1 }, { cut: 2 }],
    ['no group', { cut: 1 }, {}],
    ['another orbit', { cut: 1, orbit: 1 }, { cut: 1, orbit: 2 }],
    ['the same onset', { cut: 1 }, { cut: 1, cycle: 0 }],
  ])('%s leaves it', (_, old, young) => {
    expect(peakOf(left([long(old), newer(young)]), 15_000)).toBeGreaterThan(0.01);
  });
});

describe('delaysync', () => {
  it.each([
    [0.25, 1, 12_000],
    [0.25, 2, 6000],
    [0.125, 1, 6000],
  ])('%d cycles at %d a second', (delaysync, cps, frames) => {
    const tick = {
      cycle: 0,
      length: 1e-6,
      s: 'square',
      attack: 0,
      release: 0.001,
      delay: 1,
      delaysync,
      pan: 0,
    };
    const onsets = onsetsIn(heard([tick], RATE, cps).left, 200);
    expect(onsets[1]! - onsets[0]!).toBe(frames);
  });
});

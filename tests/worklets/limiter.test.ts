/**
 * The limiter: never above -1 dBTP by more than 0.1 dB, read at sixteen times the rate; untouched signal below; little
 * distortion of a loud bass. Its input is made of notes, loud ones, since that is the only way in.
 */
import { describe, expect, it } from 'vitest';
import { decibels, heard, makeEngine, type Played, play, RATE, record, tell } from './engine-rig.ts';
import { levelOfPartial, powers } from './spectrum.ts';

const OVER = 16;
const HALF = 48;

/** Peak between the samples, by a windowed sinc of 96 taps at sixteen times the rate. */
function truePeak(signal: Float32Array): number {
  const kernels = Array.from({ length: OVER }, (_, phase) =>
    Float64Array.from({ length: 2 * HALF }, (_, t) => {
      const x = t - HALF + 1 - phase / OVER;
      const window = Math.abs(x) < HALF ? Math.cos((Math.PI * x) / (2 * HALF)) ** 2 : 0;
      return x === 0 ? 1 : (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
    }),
  );
  let peak = 0;
  for (let n = HALF; n < signal.length - HALF; n++) {
    // Only near loud samples can a peak lie.
    if (Math.max(Math.abs(signal[n]!), Math.abs(signal[n + 1]!)) < 0.4) continue;
    for (const kernel of kernels) {
      let sum = 0;
      for (let t = 0; t < 2 * HALF; t++) sum += kernel[t]! * signal[n - HALF + 1 + t]!;
      peak = Math.max(peak, Math.abs(sum));
    }
  }
  return peak;
}

const loud = { gain: 4, velocity: 2, pan: 0.5, sustain: 1, attack: 0 };
const stresses: [string, Played[], number][] = [
  [
    'bursts at a quarter of the rate',
    [0, 0.1, 0.2].map((cycle, i) => ({ ...loud, cycle, length: 0.05, s: 'sine', freq: 12_000.37 + i })),
    16_000,
  ],
  [
    'a saw that starts at full level',
    [{ ...loud, cycle: 0.05, length: 0.3, s: 'sawtooth', freq: 110.7 }],
    20_000,
  ],
  [
    'drums, all at once',
    ['bd', 'sd', 'hh', 'bd', 'sd', 'hh'].map((s, i) => ({
      cycle: i < 3 ? 0 : 0.2,
      s,
      seed: i,
      gain: 4,
      n: 3,
    })),
    20_000,
  ],
  [
    'high sines that beat',
    [15_000, 17_300, 19_100].map((freq) => ({
      ...loud,
      velocity: 1,
      cycle: 0,
      length: 0.3,
      s: 'sine',
      freq,
    })),
    16_000,
  ],
];

describe('the ceiling', () => {
  it.each(stresses)('%s: at most -0.9 dBTP', (name, notes, frames) => {
    const { left, right } = heard(notes, frames);
    const over = decibels(Math.max(truePeak(left), truePeak(right)));
    tell(`${name}: true peak`, over, -0.9, 'dB');
    expect(over).toBeLessThanOrEqual(-0.9);
    // It limits, it does not duck: something comes close to the ceiling.
    expect(over).toBeGreaterThan(-3);
  });
  it('meters tell the reduction', () => {
    const engine = makeEngine();
    play(engine, [{ ...loud, cycle: 0, length: 1, s: 'sine', freq: 100 }]);
    record(engine, 20_000);
    engine.measure();
    // 0.3 * 4 * 2 * 0.7071 over the ceiling.
    expect(engine.value('reductionDb')).toBeGreaterThan(5);
    expect(engine.value('truePeak')).toBeLessThan(0.9);
    expect(engine.value('peakLeft')).toBeGreaterThan(0.7);
  });
});

describe('below the ceiling', () => {
  it('the signal passes to the bit', () => {
    const note = { cycle: 0, length: 1, s: 'sine', freq: 440, sustain: 1, pan: 0 };
    const quiet = heard([{ ...note, gain: 0.5 }], 8192).left;
    const louder = heard([{ ...note, gain: 1 }], 8192).left;
    expect(Array.from(louder)).toEqual(Array.from(quiet, (sample) => sample * 2));
  });
  it('the look-ahead is at most 1.5 ms at every rate', () => {
    for (const rate of [22_050, 44_100, 48_000, 96_000, 192_000]) {
      const engine = makeEngine(8, rate);
      expect(engine.latencyFrames / rate).toBeLessThanOrEqual(0.0015);
    }
  });
});

describe('distortion', () => {
  it('of a 50 Hz sine that is 3 dB over: at most 1 %', () => {
    // 0.891 * 1.41 / 0.3 = 4.19: gain 4 and a bit of velocity.
    const note = { cycle: 0, length: 100, s: 'sine', freq: 50, gain: 4, velocity: 1.03, pan: 0, sustain: 1 };
    const { left } = heard([note], 4 * RATE);
    const power = powers(left, 2 * RATE, 65_536);
    const first = levelOfPartial(power, 50, RATE);
    let rest = 0;
    for (let k = 2; k < 40; k++) rest += levelOfPartial(power, 50 * k, RATE) ** 2;
    const thd = (100 * Math.sqrt(rest)) / first;
    tell('limiter, THD at 50 Hz', thd, 1, '%');
    expect(thd).toBeLessThanOrEqual(1);
  });
});

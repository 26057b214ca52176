/**
 * Voices that give way, faders that move, orbits that echo: nothing clicks, levels and times are what they say.
 */
import { describe, expect, it } from 'vitest';
import {
  addNote,
  decibels,
  heard,
  makeEngine,
  type Played,
  peakOf,
  play,
  RATE,
  record,
  send,
  Tape,
  tell,
} from './engine-rig.ts';

/**
 * Click index: the loudest thing above 10 kHz around a moment, relative to full scale, for material that has nothing up there
 * by itself. A first difference of order 8 falls by 10 dB and more for each halving of frequency.
 */
function clickIndex(signal: Float32Array, from: number, to: number): number {
  const weights = [1, -8, 28, -56, 70, -56, 28, -8, 1];
  let peak = 0;
  for (let i = Math.max(8, from); i < to; i++) {
    let sum = 0;
    for (let k = 0; k < 9; k++) sum += weights[k]! * signal[i - k]!;
    // The filter's gain at half the sample rate is 256.
    peak = Math.max(peak, Math.abs(sum) / 256);
  }
  return decibels(peak);
}

const drone = (cycle: number, freq: number, more: Partial<Played> = {}): Played => ({
  cycle,
  length: 10,
  s: 'sine',
  freq,
  sustain: 1,
  attack: 0.02,
  pan: 0.5,
  gain: 0.5,
  ...more,
});

describe('stealing', () => {
  it('with 8 voices, the ninth note begins on its frame and nothing clicks', () => {
    const engine = makeEngine(8);
    play(engine, [
      ...Array.from({ length: 8 }, (_, i) => drone(0, 101 * (i + 1))),
      ...Array.from({ length: 24 }, (_, i) => drone(0.2 + i / 50, 83 * ((i % 8) + 1))),
    ]);
    const { left } = record(engine, RATE);
    const click = clickIndex(left, 9600 - 64, RATE);
    tell('stealing, click index', click, -80, 'dB');
    expect(click).toBeLessThanOrEqual(-80);
    expect(engine.counters().stolen).toBe(24);
    engine.observe();
    expect(engine.value('voices')).toBe(8);
  });
  it.each([
    [64, 0],
    [65, 1],
  ])('%i voices at a polyphony of 64: %i stolen', (count, stolen) => {
    const engine = makeEngine(64);
    play(
      engine,
      Array.from({ length: count }, (_, i) => drone(i / 1000, 50 + i)),
    );
    record(engine, 10_000);
    expect(engine.counters().stolen).toBe(stolen);
  });
  it('takes the released and quiet before the loud', () => {
    const engine = makeEngine(8);
    play(engine, [
      ...Array.from({ length: 7 }, (_, i) => drone(0, 400 + i, { gain: 0.3, pan: 1 })),
      drone(0, 300, { length: 0.1, release: 2, pan: 0 }),
      drone(0.2, 1000, { pan: 1, gain: 0.3 }),
    ]);
    const { left, right } = record(engine, RATE);
    expect(peakOf(left, 0.19 * RATE, 0.2 * RATE)).toBeGreaterThan(0.05);
    expect(peakOf(left, 0.21 * RATE, RATE)).toBeLessThan(1e-6);
    expect(peakOf(right, 0.5 * RATE, RATE)).toBeGreaterThan(0.05);
  });
  it('a burst of every kind of note at once keeps to the polyphony', () => {
    const engine = makeEngine(8);
    const kinds = ['sine', 'sawtooth', 'square', 'triangle', 'bd', 'sd', 'hh'];
    play(
      engine,
      Array.from({ length: 400 }, (_, i) =>
        drone(0.01 + (i % 3) * 1e-4, 100 + i, { s: kinds[i % 7]!, cutoff: 500 + i }),
      ),
    );
    const { left } = record(engine, 8192);
    engine.observe();
    expect(engine.value('voices')).toBeLessThanOrEqual(8);
    expect(left.every(Number.isFinite)).toBe(true);
    expect(engine.counters()).toMatchObject({ played: 400, reset: 0 });
  });
});

describe('strips', () => {
  const two = [drone(0, 200, { strip: 1, pan: 0 }), drone(0, 300, { strip: 2, pan: 1 })];
  it.each<[string, (engine: ReturnType<typeof makeEngine>) => void, number, number]>([
    ['gain', (engine) => engine.strip(1, { gainDb: -6.0206 }), 0.5, 1],
    ['mute', (engine) => engine.strip(1, { mute: true }), 0, 1],
    ['solo', (engine) => engine.strip(2, { solo: true }), 0, 1],
    ['master', (engine) => engine.master(-6.0206), 0.5, 0.5],
    [
      'mute and back',
      (engine) => {
        engine.strip(1, { mute: true });
        engine.strip(1, { mute: false });
      },
      1,
      1,
    ],
    ['a strip that is none', (engine) => engine.strip(64, { mute: true }), 1, 1],
    ['values that are none', (engine) => engine.strip(1, { gainDb: Number.NaN }), 1, 1],
  ])('%s', (name, change, leftGain, rightGain) => {
    const engine = makeEngine();
    play(engine, two);
    const tape = new Tape(engine);
    tape.roll(128 * 100);
    change(engine);
    tape.roll(128 * 100);
    const { left, right } = tape.signal;
    expect(peakOf(left, 14_000, 22_000) / peakOf(left, 4000, 12_000)).toBeCloseTo(leftGain, 3);
    expect(peakOf(right, 14_000, 22_000) / peakOf(right, 4000, 12_000)).toBeCloseTo(rightGain, 3);
    const click = clickIndex(left, 12_800 - 32, 14_000);
    tell(`${name}, click index`, click, -80, 'dB');
    expect(click).toBeLessThanOrEqual(-80);
  });
  it('peaks are told per strip and begin anew', () => {
    const engine = makeEngine();
    play(engine, [drone(0, 200, { strip: 3, pan: 0 })]);
    record(engine, 8000);
    engine.measure();
    expect(engine.stripPeaks()[3]).toBeCloseTo(0.3 * 0.5, 2);
    expect(engine.stripPeaks()[4]).toBe(0);
    engine.panic();
    record(engine, 8000);
    engine.measure();
    engine.measure();
    expect(engine.stripPeaks()[3]).toBe(0);
  });
  it('pan keeps the power', () => {
    for (const pan of [0, 0.2, 0.5, 0.9, 1]) {
      const { left, right } = heard([drone(0, 500, { pan })], 8000);
      const power = Math.hypot(peakOf(left, 4000), peakOf(right, 4000));
      expect(decibels(power / 0.15)).toBeCloseTo(0, 1);
    }
  });
});

describe('delay', () => {
  const click: Played = {
    cycle: 0,
    length: 1e-6,
    s: 'square',
    freq: 2000,
    attack: 0,
    release: 0.001,
    pan: 0,
    gain: 0.5,
  };
  it('echoes on the frame, each by its feedback', () => {
    const dry = heard([click], 2048).left;
    const { left } = heard([{ ...click, delay: 0.5, delaytime: 0.1, delayfeedback: 0.5 }], 30_000);
    for (let k = 1; k <= 5; k++) {
      for (let i = 0; i < 40; i++) expect(left[4800 * k + i]).toBeCloseTo(dry[i]! * 0.5 ** k, 6);
    }
  });
  it('a new time fades over without a click', () => {
    const engine = makeEngine();
    play(engine, [
      drone(0, 220, { delay: 1, delaytime: 0.2, delayfeedback: 0.3, gain: 0.3, length: 4 }),
      drone(0.5, 220, { delay: 1, delaytime: 0.31, delayfeedback: 0.3, gain: 0.001 }),
    ]);
    const { left } = record(engine, RATE);
    const index = clickIndex(left, 23_000, 30_000);
    tell('delay time, click index', index, -80, 'dB');
    expect(index).toBeLessThanOrEqual(-80);
  });
  it('8 s, and sleep afterwards', () => {
    const engine = makeEngine();
    play(engine, [{ ...click, delay: 1, delaytime: 8, delayfeedback: 0 }]);
    const { left } = record(engine, 9 * RATE);
    expect(peakOf(left, 8 * RATE - 2, 8 * RATE + 60)).toBeGreaterThan(0.05);
    expect(peakOf(left, 8 * RATE + 60)).toBe(0);
  });
  it('a muted strip sends nothing', () => {
    const engine = makeEngine();
    engine.strip(1, { mute: true });
    record(engine, 1000);
    play(engine, [{ ...click, delay: 1, delaytime: 0.1, room: 1 }]);
    expect(peakOf(record(engine, RATE).left)).toBe(0);
  });
  it('orbits do not share: an echo in one is not in the other', () => {
    const notes = (orbit: number): Played[] => [
      { ...click, orbit: 2, delay: 1, delaytime: 0.1, delayfeedback: 0 },
      { ...click, cycle: 0.01, orbit, delay: 1, delaytime: 0.3, delayfeedback: 0 },
    ];
    expect(peakOf(heard(notes(3), RATE).left, 4800, 4900)).toBeGreaterThan(0.1);
    expect(peakOf(heard(notes(3), RATE).left, 480 + 14_400, 480 + 14_500)).toBeGreaterThan(0.1);
  });
});

describe('reverb', () => {
  /** T60 from the slope of the backward-integrated energy (Schroeder 1965) between -5 and -35 dB. */
  function decaySeconds(signal: Float32Array, from: number): number {
    const energy = new Float64Array(signal.length + 1);
    for (let i = signal.length - 1; i >= from; i--) energy[i] = energy[i + 1]! + signal[i]! ** 2;
    const at = (db: number) => {
      for (let i = from; i < signal.length; i++)
        if (10 * Math.log10(energy[i]! / energy[from]!) < db) return i;
      return signal.length;
    };
    return ((at(-35) - at(-5)) * 2) / RATE;
  }
  it.each([0.5, 1, 2, 4])(
    'roomsize %f is the time in which a low sound falls by 60 dB, within 5 %',
    (roomsize) => {
      // One tone alone beats between few modes; several together show the slope.
      const tones = [210, 330, 470, 610, 790, 1000].map((freq) => {
        const note = { cycle: 0, length: 0.05, s: 'sine', freq, attack: 0.01, release: 0.02, gain: 1 };
        const { left } = heard([{ ...note, room: 1, roomsize }], (roomsize * 1.5 + 1) * RATE);
        return decaySeconds(left, 0.2 * RATE);
      });
      const seconds = tones.reduce((sum, x) => sum + x, 0) / tones.length;
      tell(`reverb ${roomsize} s, error of T60`, Math.abs(100 * (seconds / roomsize - 1)), 5, '%');
      expect(Math.abs(seconds / roomsize - 1)).toBeLessThan(0.05);
    },
  );
  it('is dense soon: normalized echo density over 0.9 by 60 ms after its first sound', () => {
    const { left } = heard(
      [{ cycle: 0, length: 1e-6, s: 'hh', n: 1, gain: 0.05, room: 1, roomsize: 2, pan: 0 }],
      RATE,
    );
    // Share of samples beyond one deviation in 20 ms, over that of noise (Abel and Huang 2006). The direct sound ends first.
    const window = 960;
    const density = (from: number): number => {
      let sum = 0;
      for (let i = from; i < from + window; i++) sum += left[i]! ** 2;
      const deviation = Math.sqrt(sum / window);
      let beyond = 0;
      for (let i = from; i < from + window; i++) if (Math.abs(left[i]!) > deviation) beyond += 1;
      return beyond / window / 0.3173;
    };
    const at = density(0.008 * RATE + 0.017 * RATE + 0.06 * RATE);
    tell('reverb, echo density at 60 ms', at, 0.9, '', true);
    expect(at).toBeGreaterThan(0.9);
  });
  it('is as loud in a large room as in a small one, within 3 dB', () => {
    const levels = [0.5, 2, 8].map((roomsize) => {
      const engine = makeEngine();
      play(engine, [drone(0, 440, { room: 1, roomsize, s: 'sawtooth', gain: 0.3 })]);
      const { right } = record(engine, 6 * RATE);
      return Math.sqrt(right.subarray(4 * RATE).reduce((sum, x) => sum + x * x, 0) / (2 * RATE));
    });
    expect(decibels(Math.max(...levels) / Math.min(...levels))).toBeLessThan(3);
  });
  it('sleeps when its tail has died, to exact silence', () => {
    const { left } = heard([{ cycle: 0, s: 'sd', room: 0.5, roomsize: 0.5 }], 4 * RATE);
    expect(peakOf(left, 0.3 * RATE, 0.5 * RATE)).toBeGreaterThan(1e-4);
    expect(peakOf(left, 3 * RATE)).toBe(0);
  });
});

describe('a note that only sends', () => {
  it('starts delay and reverb of an orbit no one used before', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      for (let orbit = 0; orbit < 16; orbit++)
        addNote(writer, { cycle: 0, s: 'hh', orbit, room: 0.1, delay: 0.1, gain: 0.05 });
    });
    expect(record(engine, RATE).left.every(Number.isFinite)).toBe(true);
    expect(engine.counters()).toMatchObject({ played: 16, refused: 0, reset: 0 });
  });
});

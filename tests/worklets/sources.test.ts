/**
 * What the oscillators sound like, measured: aliasing, harmonic levels, distortion of the sine, and equality with a plain f64
 * reference in all four lanes. Figures are printed with target and margin.
 */
import { describe, expect, it } from 'vitest';
import { addNote, decibels, heard, makeEngine, play, RATE, record, send, tell } from './engine-rig.ts';
import { aliasToSignal, levelOfPartial, powers } from './spectrum.ts';

const SIZE = 131_072;
/** A steady tone, well below the limiter. */
const tone = (s: string, freq: number) =>
  heard([{ cycle: 0, length: 100, s, freq, gain: 0.9, sustain: 1, pan: 0 }], SIZE + 16_384).left;

describe('aliasing', () => {
  it.each([
    ['sawtooth', 55, -90],
    ['sawtooth', 110, -100],
    ['sawtooth', 1000, -110],
    ['sawtooth', 2000, -110],
    ['sawtooth', 5000, -110],
    ['square', 110, -100],
    ['square', 1000, -110],
    ['square', 2000, -110],
    ['square', 5000, -110],
    ['triangle', 1000, -110],
  ] as const)('%s at %i Hz: at most %i dB', (s, hz, target) => {
    // Between bins and unrelated to the sample rate.
    const freq = Math.fround(hz * 1.00137);
    const ratio = aliasToSignal(powers(tone(s, freq), 8192, SIZE), freq, RATE);
    tell(`${s} ${hz} Hz, alias to signal`, ratio, target, 'dB');
    expect(ratio).toBeLessThanOrEqual(target);
  });
});

describe('harmonics', () => {
  it.each([110, 440, 1000, 3100])('of a saw at %i Hz fall by 1/k within 0.1 dB up to 16 kHz', (hz) => {
    const power = powers(tone('sawtooth', hz), 8192, SIZE);
    const first = levelOfPartial(power, hz, RATE);
    let worst = 0;
    for (let k = 2; k * hz <= 16_000; k++) {
      worst = Math.max(worst, Math.abs(decibels((levelOfPartial(power, k * hz, RATE) * k) / first)));
    }
    tell(`saw ${hz} Hz, harmonic error`, worst, 0.1, 'dB');
    expect(worst).toBeLessThanOrEqual(0.1);
  });
});

describe('the sine', () => {
  it.each([100, 997, 5003])('at %i Hz has THD + noise of at most -108 dB', (hz) => {
    const power = powers(tone('sine', hz), 8192, SIZE);
    let rest = 0;
    const signal = levelOfPartial(power, hz, RATE) ** 2;
    const centre = Math.round((hz * SIZE) / RATE);
    for (let i = 15; i < power.length; i++) if (Math.abs(i - centre) > 14) rest += power[i]!;
    const ratio = 10 * Math.log10(rest / signal);
    tell(`sine ${hz} Hz, THD+N`, ratio, -108, 'dB');
    expect(ratio).toBeLessThanOrEqual(-108);
  });
});

describe('four lanes are four plain voices', () => {
  /** Envelope and sine as they are meant, in f64. */
  const reference = (
    n: { onset: number; gate: number; freq: number; gain: number },
    frame: number,
  ): number => {
    const [attack, decay, sustain, release] = [480, 960, 0.5, 2400];
    const t = frame - n.onset + 1;
    if (t <= 0) return 0;
    const held = (at: number) =>
      at <= attack
        ? at / attack
        : at <= attack + decay
          ? 1 - ((1 - sustain) * (at - attack)) / decay
          : sustain;
    const after = frame - n.gate + 1;
    const level = after <= 0 ? held(t) : held(n.gate - n.onset) * Math.max(0, 1 - after / release);
    return 0.3 * n.gain * level * Math.sin((2 * Math.PI * n.freq * t) / RATE);
  };
  it.each([1, 3, 4, 5, 8, 11])('%i sines, each with its own onset, gate and frequency', (count) => {
    const notes = Array.from({ length: count }, (_, i) => ({
      onset: 37 * i * i + 11 * i,
      gate: 4000 + 613 * i,
      freq: Math.fround(97.3 * (i + 1)),
      gain: Math.fround(0.2 + 0.05 * i),
    }));
    const { left } = heard(
      notes.map(({ onset, gate, freq, gain }) => ({
        cycle: onset / RATE,
        length: (gate - onset) / RATE,
        s: 'sine',
        freq,
        gain,
        attack: 0.01,
        decay: 0.02,
        sustain: 0.5,
        release: 0.05,
        pan: 0,
      })),
      16_000,
    );
    let worst = 0;
    for (let frame = 0; frame < 16_000; frame++) {
      const expected = notes.reduce((sum, note) => sum + reference(note, frame), 0);
      worst = Math.max(worst, Math.abs(left[frame]! - expected));
    }
    tell(`${count} sines against f64`, decibels(worst), -96, 'dB');
    expect(decibels(worst)).toBeLessThanOrEqual(-96);
  });
  it('drums are the same alone and in company, whatever lane they get', () => {
    for (const s of ['bd', 'sd', 'hh']) {
      const alone = heard([{ cycle: 0.1, s, seed: 77, pan: 0, gain: 0.3 }], 20_000).left;
      const engine = makeEngine();
      play(
        engine,
        [0, 0.01, 0.02].map((cycle) => ({ cycle, s, seed: 5, pan: 1, gain: 0.3 })),
      );
      send(engine, 1, (writer) => addNote(writer, { cycle: 0.1, s, seed: 77, pan: 0, gain: 0.3 }));
      const { left } = record(engine, 20_000);
      let worst = 0;
      for (let i = 4800; i < 20_000; i++) worst = Math.max(worst, Math.abs(left[i]! - alone[i]!));
      expect(worst).toBeLessThan(1e-6);
    }
  });
});

describe('drums', () => {
  it('the same seed gives the same hit, another seed another one', () => {
    const hit = (seed: number) => heard([{ cycle: 0, s: 'hh', seed }], 4000).left;
    expect(hit(1)).toEqual(hit(1));
    expect(hit(1)).not.toEqual(hit(2));
  });
  it.each([
    ['bd', 30, 120],
    ['sd', 150, 8000],
    ['hh', 5000, 20_000],
  ] as const)('%s keeps its weight between %i and %i Hz', (s, low, high) => {
    const power = powers(heard([{ cycle: 0, s }], 16_384).left, 0, 16_384, 6);
    let inside = 0;
    let all = 0;
    for (let i = 0; i < power.length; i++) {
      const hz = (i * RATE) / 16_384;
      all += power[i]!;
      if (hz >= low && hz <= high) inside += power[i]!;
    }
    tell(`${s} share between ${low} and ${high} Hz`, inside / all, 0.7, '', true);
    expect(inside / all).toBeGreaterThan(0.7);
  });
  it('a drum rings out by itself unless clip cuts it', () => {
    const ring = heard([{ cycle: 0, length: 0.05, s: 'bd' }], 20_000).left;
    const cut = heard([{ cycle: 0, length: 0.05, s: 'bd', clip: 1 }], 20_000).left;
    const energy = (signal: Float32Array) => signal.subarray(4800).reduce((sum, x) => sum + x * x, 0);
    expect(energy(ring)).toBeGreaterThan(1);
    expect(energy(cut)).toBe(0);
  });
});

/** The loudness meter against the conformance signals of EBU Tech 3341 (v4, table 1) that can be made by formula. */
import { describe, expect, test } from 'vitest';
import { LoudnessMeter } from '../../../runtime/render/loudness.ts';

const TOLERANCE_LU = 0.05;

/** [seconds, peak dBFS] one after the other; a 1000 Hz sine in both channels. */
type Passage = readonly [number, number];

function measure(passages: readonly Passage[], sampleRate = 48_000): LoudnessMeter {
  const meter = new LoudnessMeter(sampleRate);
  let frame = 0;
  for (const [seconds, levelDb] of passages) {
    const amplitude = levelDb === Number.NEGATIVE_INFINITY ? 0 : 10 ** (levelDb / 20);
    const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, () => {
      return amplitude * Math.sin((2 * Math.PI * 1000 * frame++) / sampleRate);
    });
    meter.add(samples, samples);
  }
  return meter;
}

const repeated = (count: number, passages: readonly Passage[]): Passage[] =>
  Array.from({ length: count }, () => passages).flat();

describe('integrated loudness', () => {
  const cases: readonly (readonly [string, readonly Passage[], number])[] = [
    ['case 1', [[20, -23]], -23],
    ['case 2', [[20, -33]], -33],
    [
      'case 3',
      [
        [10, -36],
        [60, -23],
        [10, -36],
      ],
      -23,
    ],
    [
      'case 4',
      [
        [10, -72],
        [10, -36],
        [60, -23],
        [10, -36],
        [10, -72],
      ],
      -23,
    ],
    [
      'case 5',
      [
        [20, -26],
        [20.1, -20],
        [20, -26],
      ],
      -23,
    ],
  ];
  test.each(cases)('%s', (_name, passages, expected) => {
    expect(Math.abs(measure(passages).integrated() - expected)).toBeLessThan(TOLERANCE_LU);
  });

  test.each([8_000, 22_050, 44_100, 96_000, 192_000])('case 1 at %i Hz', (rate) => {
    expect(Math.abs(measure([[4, -23]], rate).integrated() + 23)).toBeLessThan(0.1);
  });

  test('silence and less than one block have none', () => {
    expect(measure([[1, Number.NEGATIVE_INFINITY]]).integrated()).toBe(Number.NEGATIVE_INFINITY);
    expect(measure([[0.39, -10]]).integrated()).toBe(Number.NEGATIVE_INFINITY);
    expect(measure([[0.4, -23]]).integrated()).toBeGreaterThan(-24);
  });

  test('pieces of any length give the same figure', () => {
    const samples = Float32Array.from({ length: 48_000 }, (_, i) => Math.sin(i * i * 1e-6) * 0.3);
    const whole = new LoudnessMeter(48_000);
    whole.add(samples, samples);
    const pieces = new LoudnessMeter(48_000);
    for (let at = 0; at < samples.length; at += 127) {
      pieces.add(samples.subarray(at, at + 127), samples.subarray(at, at + 127));
    }
    expect(pieces.integrated()).toBe(whole.integrated());
  });
});

describe('momentary and short-term loudness', () => {
  test('case 9: a programme that is constant over 3 s', () => {
    const meter = measure(
      repeated(5, [
        [1.34, -20],
        [1.66, -30],
      ]),
    );
    expect(Math.abs(meter.maxShortTerm() + 23)).toBeLessThan(TOLERANCE_LU);
  });

  test.each(Array.from({ length: 20 }, (_, i) => i))('case 10, offset %i', (i) => {
    const meter = measure([
      [0.15 * i, Number.NEGATIVE_INFINITY],
      [3, -23],
      [1, Number.NEGATIVE_INFINITY],
    ]);
    expect(Math.abs(meter.maxShortTerm() + 23)).toBeLessThan(TOLERANCE_LU);
  });

  test('case 12: a programme that is constant over 400 ms', () => {
    const meter = measure(
      repeated(25, [
        [0.18, -20],
        [0.22, -30],
      ]),
    );
    expect(Math.abs(meter.maxMomentary() + 23)).toBeLessThan(TOLERANCE_LU);
  });

  test.each(Array.from({ length: 20 }, (_, i) => i))('case 13, offset %i', (i) => {
    const meter = measure([
      [0.02 * i, Number.NEGATIVE_INFINITY],
      [0.4, -23],
      [1, Number.NEGATIVE_INFINITY],
    ]);
    expect(Math.abs(meter.maxMomentary() + 23)).toBeLessThan(TOLERANCE_LU);
  });
});

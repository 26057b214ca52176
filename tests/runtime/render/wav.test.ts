/** WAV bytes: read back by a reader of the test's own, at the limits of each format. */
import { describe, expect, test } from 'vitest';
import {
  maxFrames,
  paddingBytes,
  type SampleFormat,
  wavHeader,
  wavSamples,
} from '../../../runtime/render/wav.ts';
import { readWav } from '../../kit/read-wav.ts';

const FORMATS: readonly SampleFormat[] = ['16', '24', '32f'];
const STEP: Record<SampleFormat, number> = { '16': 2 ** -15, '24': 2 ** -23, '32f': 2 ** -24 };

function file(format: SampleFormat, left: Float32Array, right: Float32Array, rate = 44_100): Uint8Array {
  const padding = new Uint8Array(paddingBytes(format, left.length));
  return Buffer.concat([wavHeader(format, rate, left.length), wavSamples(format, left, right), padding]);
}

describe.each(FORMATS)('format %s', (format) => {
  test('samples come back to within half a step', () => {
    const left = Float32Array.from({ length: 1_001 }, (_, i) => Math.sin(i) * 0.999);
    const right = Float32Array.from({ length: 1_001 }, (_, i) => Math.cos(i * 3) * 0.5);
    const wav = readWav(file(format, left, right));
    expect(wav.sampleRate).toBe(44_100);
    expect(wav.left.length).toBe(1_001);
    for (let i = 0; i < left.length; i++) {
      expect(Math.abs(wav.left[i]! - left[i]!)).toBeLessThanOrEqual(STEP[format] / 2);
      expect(Math.abs(wav.right[i]! - right[i]!)).toBeLessThanOrEqual(STEP[format] / 2);
    }
  });

  test('full scale is kept or clipped, not wrapped; what is not finite is silence', () => {
    const loud = Float32Array.of(1, -1, 1.5, -1.5, Number.NaN, Number.POSITIVE_INFINITY, 0);
    const { left } = readWav(file(format, loud, loud));
    if (format === '32f') expect([...left]).toEqual([1, -1, 1.5, -1.5, 0, 0, 0]);
    else expect([...left]).toEqual([1 - STEP[format], -1, 1 - STEP[format], -1, 0, 0, 0]);
  });

  test('no frames at all is a file too', () => {
    expect(readWav(file(format, new Float32Array(0), new Float32Array(0))).left.length).toBe(0);
  });

  test('the largest file has sizes of 32 bit; one frame more is refused', () => {
    const header = wavHeader(format, 48_000, maxFrames(format));
    expect(new DataView(header.buffer).getUint32(4, true)).toBeLessThanOrEqual(0xffff_ffff);
    expect(() => wavHeader(format, 48_000, maxFrames(format) + 1)).toThrow(RangeError);
  });
});

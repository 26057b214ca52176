/**
 * WAV as bytes: header and samples of stereo files in 16, 24 and 32-bit float. Pure functions, so that any host can
 * write where it likes. No dither: a sample is rounded to the nearest step, so that equal sound gives equal files.
 */

export type SampleFormat = '16' | '24' | '32f';

interface FormatRow {
  readonly bytes: number;
  /** wFormatTag: 1 is PCM, 3 is IEEE float. */
  readonly tag: number;
  readonly write: (view: DataView, at: number, sample: number) => void;
}

const FULL_SCALE_16 = 32_768;
const FULL_SCALE_24 = 8_388_608;

const rounded = (sample: number, scale: number): number =>
  Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale)));

const FORMATS: Readonly<Record<SampleFormat, FormatRow>> = {
  '16': {
    bytes: 2,
    tag: 1,
    write: (view, at, sample) => view.setInt16(at, rounded(sample, FULL_SCALE_16), true),
  },
  '24': {
    bytes: 3,
    tag: 1,
    write: (view, at, sample) => {
      const step = rounded(sample, FULL_SCALE_24);
      view.setUint16(at, step & 0xffff, true);
      view.setInt8(at + 2, step >> 16);
    },
  },
  '32f': { bytes: 4, tag: 3, write: (view, at, sample) => view.setFloat32(at, sample, true) },
};

const CHANNELS = 2;
const LARGEST_FILE_BYTES = 0xffff_ffff;

/** Bytes of one frame (both channels). */
export const frameBytes = (format: SampleFormat): number => CHANNELS * FORMATS[format].bytes;

/** Frames that fit into a WAV file, whose sizes are 32 bit. */
export const maxFrames = (format: SampleFormat): number =>
  Math.floor((LARGEST_FILE_BYTES - headerBytes(format)) / frameBytes(format)) - 1;

/** Float files carry a longer format chunk and a `fact` chunk. */
const headerBytes = (format: SampleFormat): number => (FORMATS[format].tag === 1 ? 44 : 58);

/** The header of a file with that many frames. The samples follow; see paddingBytes. */
export function wavHeader(format: SampleFormat, sampleRate: number, frames: number): Uint8Array {
  if (frames > maxFrames(format))
    throw new RangeError(`${frames} frames: a WAV file holds ${maxFrames(format)}`);
  const { bytes, tag } = FORMATS[format];
  const header = new Uint8Array(headerBytes(format));
  const view = new DataView(header.buffer);
  const dataBytes = frames * CHANNELS * bytes;
  let at = 0;
  const text = (word: string) => {
    for (const letter of word) view.setUint8(at++, letter.charCodeAt(0));
  };
  const u32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const u16 = (value: number) => {
    view.setUint16(at, value, true);
    at += 2;
  };
  text('RIFF');
  u32(header.length - 8 + dataBytes + paddingBytes(format, frames));
  text('WAVEfmt ');
  u32(tag === 1 ? 16 : 18);
  u16(tag);
  u16(CHANNELS);
  u32(sampleRate);
  u32(sampleRate * CHANNELS * bytes);
  u16(CHANNELS * bytes);
  u16(8 * bytes);
  if (tag !== 1) {
    u16(0);
    text('fact');
    u32(4);
    u32(frames);
  }
  text('data');
  u32(dataBytes);
  return header;
}

/** A chunk has an even length: 1 where a byte must follow the samples. */
export const paddingBytes = (format: SampleFormat, frames: number): number =>
  (frames * frameBytes(format)) % 2;

/** Samples as they stand in the file. A non-finite sample is written as 0. */
export function wavSamples(format: SampleFormat, left: Float32Array, right: Float32Array): Uint8Array {
  const { bytes, write } = FORMATS[format];
  const result = new Uint8Array(left.length * CHANNELS * bytes);
  const view = new DataView(result.buffer);
  for (let frame = 0, at = 0; frame < left.length; frame++, at += 2 * bytes) {
    write(view, at, Number.isFinite(left[frame]) ? left[frame]! : 0);
    write(view, at + bytes, Number.isFinite(right[frame]) ? right[frame]! : 0);
  }
  return result;
}

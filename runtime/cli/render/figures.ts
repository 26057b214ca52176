/** The figures of `render --report`, measured on the sound as it comes. Knows the meters, no files. */
import { createHash } from 'node:crypto';
import { LoudnessMeter } from '../../render/loudness.ts';
import { TruePeak } from '../../render/true-peak.ts';

/** Figures of a finished sound; a level of silence is null, since JSON has no infinity. */
export interface SoundFigures {
  /** Integrated, BS.1770-4, LUFS. */
  readonly lufs: number | null;
  readonly truePeakDb: number | null;
  /** Samples beyond full scale, both channels. */
  readonly clippedSamples: number;
  /** SHA-256 of the f32 samples, little-endian, left and right in turn. */
  readonly hash: string;
}

export class SoundMeter {
  readonly #loudness: LoudnessMeter;
  readonly #left = new TruePeak();
  readonly #right = new TruePeak();
  readonly #hash = createHash('sha256');
  #clipped = 0;

  constructor(sampleRate: number) {
    this.#loudness = new LoudnessMeter(sampleRate);
  }

  add(left: Float32Array, right: Float32Array): void {
    const bytes = new DataView(new ArrayBuffer(8 * left.length));
    for (let i = 0; i < left.length; i++) {
      const [l, r] = [left[i]!, right[i]!];
      bytes.setFloat32(8 * i, l, true);
      bytes.setFloat32(8 * i + 4, r, true);
      if (Math.abs(l) > 1) this.#clipped += 1;
      if (Math.abs(r) > 1) this.#clipped += 1;
    }
    this.#hash.update(new Uint8Array(bytes.buffer));
    this.#loudness.add(left, right);
    this.#left.add(left);
    this.#right.add(right);
  }

  /** Call it once, at the end. */
  figures(): SoundFigures {
    return {
      lufs: rounded(this.#loudness.integrated()),
      truePeakDb: rounded(Math.max(this.#left.peakDb, this.#right.peakDb)),
      clippedSamples: this.#clipped,
      hash: this.#hash.digest('hex'),
    };
  }
}

const rounded = (value: number): number | null => (Number.isFinite(value) ? Number(value.toFixed(2)) : null);

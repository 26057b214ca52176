/**
 * Loudness of a stereo signal after ITU-R BS.1770-4 and EBU Tech 3341: integrated with both gates, and the highest
 * momentary (400 ms) and short-term (3 s) value. It stands alone because renders, tests and mix advice measure with
 * it; it knows no files and no engine. Means are kept for every 10 ms, so that no window misses a burst.
 */

/** Sub-blocks: a hop of 100 ms would read bursts between its steps up to 0.5 LU too low. */
const SUB_BLOCKS_PER_SECOND = 100;
const MOMENTARY_SUB_BLOCKS = 40;
const SHORT_TERM_SUB_BLOCKS = 300;
/** The gated measure moves its 400 ms block by 100 ms (75 % overlap). */
const GATE_HOP_SUB_BLOCKS = 10;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** BS.1770: full-scale 997 Hz sine in one channel reads -3.01. */
const OFFSET_LU = -0.691;

interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** The two stages of the K weighting for a sample rate, from their analogue prototypes by the bilinear transform. */
function kWeighting(sampleRate: number): readonly [Biquad, Biquad] {
  return [highShelf(sampleRate), highPass(sampleRate)];
}

function highShelf(sampleRate: number): Biquad {
  const gainDb = 3.999843853973347;
  const q = 0.7071752369554196;
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const high = 10 ** (gainDb / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

function highPass(sampleRate: number): Biquad {
  const q = 0.5003270373238773;
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

/** One channel's way through both stages; state in transposed direct form II, f64. */
class Weighting {
  readonly #stages: readonly [Biquad, Biquad];
  readonly #state = new Float64Array(4);

  constructor(sampleRate: number) {
    this.#stages = kWeighting(sampleRate);
  }

  next(sample: number): number {
    const state = this.#state;
    let value = sample;
    for (let stage = 0; stage < 2; stage++) {
      const { b, a } = this.#stages[stage]!;
      const at = 2 * stage;
      const out = b[0] * value + state[at]!;
      state[at] = b[1] * value - a[0] * out + state[at + 1]!;
      state[at + 1] = b[2] * value - a[1] * out;
      value = out;
    }
    return value;
  }
}

const toLufs = (power: number): number => OFFSET_LU + 10 * Math.log10(power);

export class LoudnessMeter {
  readonly #sampleRate: number;
  readonly #left: Weighting;
  readonly #right: Weighting;
  /** Mean square of both channels together, per sub-block. */
  readonly #powers: number[] = [];
  #sum = 0;
  #frames = 0;
  #subBlockBegin = 0;
  #subBlockEnd = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#left = new Weighting(sampleRate);
    this.#right = new Weighting(sampleRate);
    this.#subBlockEnd = this.#boundary(1);
  }

  /** Takes the next frames of both channels (equal lengths). */
  add(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i++) {
      const l = this.#left.next(left[i]!);
      const r = this.#right.next(right[i]!);
      this.#sum += l * l + r * r;
      this.#frames += 1;
      if (this.#frames === this.#subBlockEnd) this.#closeSubBlock();
    }
  }

  /** Integrated loudness in LUFS; -Infinity where nothing passes the gates or less than 400 ms came. */
  integrated(): number {
    const blocks = this.#windows(MOMENTARY_SUB_BLOCKS, GATE_HOP_SUB_BLOCKS).filter(
      (power) => toLufs(power) > ABSOLUTE_GATE_LUFS,
    );
    const threshold = toLufs(mean(blocks)) + RELATIVE_GATE_LU;
    return toLufs(mean(blocks.filter((power) => toLufs(power) > threshold)));
  }

  /** Highest loudness of any 400 ms, LUFS. */
  maxMomentary(): number {
    return toLufs(highest(this.#windows(MOMENTARY_SUB_BLOCKS, 1)));
  }

  /** Highest loudness of any 3 s, LUFS; -Infinity for shorter signals. */
  maxShortTerm(): number {
    return toLufs(highest(this.#windows(SHORT_TERM_SUB_BLOCKS, 1)));
  }

  #windows(length: number, hop: number): number[] {
    const powers = this.#powers;
    const result: number[] = [];
    for (let begin = 0; begin + length <= powers.length; begin += hop) {
      let sum = 0;
      for (let i = begin; i < begin + length; i++) sum += powers[i]!;
      result.push(sum / length);
    }
    return result;
  }

  #closeSubBlock(): void {
    this.#powers.push(this.#sum / (this.#subBlockEnd - this.#subBlockBegin));
    this.#sum = 0;
    this.#subBlockBegin = this.#subBlockEnd;
    this.#subBlockEnd = this.#boundary(this.#powers.length + 1);
  }

  /** End of the nth sub-block in frames; whole, also where 10 ms are not. */
  #boundary(count: number): number {
    return Math.round((count * this.#sampleRate) / SUB_BLOCKS_PER_SECOND);
  }
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const highest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);

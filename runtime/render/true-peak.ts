/**
 * True peak: the highest value of the continuous signal, read on an 8 times finer grid (BS.1770-4 Annex 2 asks for at
 * least 4 times). It stands alone because renders and tests measure with it; it knows no files and no engine.
 */

const OVERSAMPLING = 8;
/** Taps per phase; even, so that phase 0 is the sample itself. */
const TAPS = 32;
const KAISER_BETA = 7;
/** Frames looked at together: a stretch that can't reach the peak so far is skipped. */
const STRETCH = 256;

/** Windowed-sinc interpolators for the points between two samples. Row p reads p / OVERSAMPLING after the middle. */
const PHASES: readonly Float64Array[] = Array.from({ length: OVERSAMPLING - 1 }, (_, row) => {
  const offset = (row + 1) / OVERSAMPLING;
  const taps = Float64Array.from({ length: TAPS }, (_unused, tap) => {
    const distance = tap - (TAPS / 2 - 1) - offset;
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * kaiser(distance / (TAPS / 2));
  });
  // Unity gain at 0 Hz, for each phase alike.
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
});

/** What no interpolated value can exceed, as a multiple of the highest sample under the taps. */
const LARGEST_GAIN = Math.max(...PHASES.map((taps) => taps.reduce((total, tap) => total + Math.abs(tap), 0)));

function kaiser(position: number): number {
  const inside = 1 - position * position;
  return inside <= 0 ? 0 : besselI0(KAISER_BETA * Math.sqrt(inside)) / besselI0(KAISER_BETA);
}

/** Modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** True peak of one channel, fed in pieces of any length. */
export class TruePeak {
  #peak = 0;
  /** The last TAPS - 1 samples, then the new stretch. */
  readonly #window = new Float64Array(TAPS - 1 + STRETCH);

  /** Takes the next samples. */
  add(samples: Float32Array): void {
    for (let begin = 0; begin < samples.length; begin += STRETCH) {
      this.#addStretch(samples.subarray(begin, begin + STRETCH));
    }
  }

  /** Linear; 0 for silence. Reads what follows the last sample as silence. */
  get peak(): number {
    const rest = new TruePeak();
    rest.#window.set(this.#window);
    rest.#peak = this.#peak;
    rest.#addStretch(new Float32Array(TAPS));
    return rest.#peak;
  }

  /** dB over full scale (dBTP); -Infinity for silence. */
  get peakDb(): number {
    return 20 * Math.log10(this.peak);
  }

  #addStretch(samples: Float32Array): void {
    const window = this.#window;
    window.set(samples, TAPS - 1);
    const end = TAPS - 1 + samples.length;
    let highest = 0;
    for (let i = 0; i < end; i++) {
      const size = Math.abs(window[i]!);
      if (size > highest) highest = size;
    }
    if (highest > this.#peak) this.#peak = highest;
    if (highest * LARGEST_GAIN > this.#peak) this.#interpolate(samples.length);
    window.copyWithin(0, samples.length, end);
  }

  #interpolate(count: number): void {
    const window = this.#window;
    for (let begin = 0; begin < count; begin++) {
      for (const taps of PHASES) {
        let value = 0;
        for (let tap = 0; tap < TAPS; tap++) value += taps[tap]! * window[begin + tap]!;
        const size = Math.abs(value);
        if (size > this.#peak) this.#peak = size;
      }
    }
  }
}

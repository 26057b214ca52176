/**
 * Spectra for measurements: a Fourier transform in f64 under a Kaiser window whose side lobes lie below -200 dB, and levels
 * read from it. Knows nothing of the engine.
 */

/** In-place complex Fourier transform, sizes that are powers of two. */
export function fourier(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j]!, real[i]!];
      [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
    }
  }
  for (let length = 2; length <= size; length <<= 1) {
    const half = length >> 1;
    for (let k = 0; k < half; k++) {
      const wr = Math.cos((-2 * Math.PI * k) / length);
      const wi = Math.sin((-2 * Math.PI * k) / length);
      for (let a = k; a < size; a += length) {
        const b = a + half;
        const tr = real[b]! * wr - imaginary[b]! * wi;
        const ti = real[b]! * wi + imaginary[b]! * wr;
        real[b] = real[a]! - tr;
        imaginary[b] = imaginary[a]! - ti;
        real[a] = real[a]! + tr;
        imaginary[a] = imaginary[a]! + ti;
      }
    }
  }
}

/** Modified Bessel function of order 0. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

export function kaiser(size: number, beta: number): Float64Array {
  const bottom = bessel(beta);
  return Float64Array.from({ length: size }, (_, i) => {
    const u = (2 * i) / (size - 1) - 1;
    return bessel(beta * Math.sqrt(Math.max(0, 1 - u * u))) / bottom;
  });
}

/** Power per bin, 0 to half the rate, of `size` samples from `from` on. */
export function powers(signal: Float32Array, from: number, size: number, beta = 24): Float64Array {
  const window = kaiser(size, beta);
  const real = Float64Array.from(window, (w, i) => w * (signal[from + i] ?? 0));
  const imaginary = new Float64Array(size);
  fourier(real, imaginary);
  return Float64Array.from({ length: size / 2 }, (_, k) => real[k]! ** 2 + imaginary[k]! ** 2);
}

/** Bins on each side of a partial that belong to it, for beta 24. */
export const WIDTH_BINS = 14;

/**
 * Everything that is neither a partial of `hz` nor below it (DC and its skirt), over the partials, in dB: the alias-to-signal
 * ratio of a harmonic signal.
 */
export function aliasToSignal(power: Float64Array, hz: number, rate: number): number {
  const bins = 2 * power.length;
  const isPartial = new Uint8Array(power.length);
  for (let k = 1; k * hz < rate / 2 + hz; k++) {
    const centre = Math.round((k * hz * bins) / rate);
    isPartial.fill(1, Math.max(0, centre - WIDTH_BINS), Math.min(power.length, centre + WIDTH_BINS + 1));
  }
  let signal = 0;
  let rest = 0;
  for (let i = WIDTH_BINS + 1; i < power.length; i++) {
    if (isPartial[i]) signal += power[i]!;
    else rest += power[i]!;
  }
  return 10 * Math.log10(Math.max(rest, 1e-300) / signal);
}

/** Amplitude of a sine of `hz` in the signal, from a spectrum (compare only within one spectrum or size). */
export function levelOfPartial(power: Float64Array, hz: number, rate: number): number {
  const centre = Math.round((hz * 2 * power.length) / rate);
  let sum = 0;
  for (let i = Math.max(0, centre - WIDTH_BINS); i <= centre + WIDTH_BINS && i < power.length; i++)
    sum += power[i]!;
  return Math.sqrt(sum);
}

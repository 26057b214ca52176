/**
 * A complex Fourier transform in f64, for tables that are made at start. In place, radix 2 (Cooley and Tukey, 1965). Slow
 * enough to stay out of the signal path.
 */

/** Transforms `size` (a power of two) values with the sign +i, unscaled. */
export function inverseFourier(real: usize, imaginary: usize, size: i32): void {
  let j = 0;
  for (let i = 1; i < size; i++) {
    let bit = size >> 1;
    while (j & bit) {
      j ^= bit;
      bit >>= 1;
    }
    j ^= bit;
    if (i < j) {
      swap(real, i, j);
      swap(imaginary, i, j);
    }
  }
  for (let length = 2; length <= size; length <<= 1) {
    const half = length >> 1;
    const angle = (2 * Math.PI) / <f64>length;
    const stepR = Math.cos(angle);
    const stepI = Math.sin(angle);
    for (let start = 0; start < size; start += length) {
      let wr = 1.0;
      let wi = 0.0;
      for (let k = start; k < start + half; k++) {
        const a = <usize>k << 3;
        const b = <usize>(k + half) << 3;
        const tr = load<f64>(real + b) * wr - load<f64>(imaginary + b) * wi;
        const ti = load<f64>(real + b) * wi + load<f64>(imaginary + b) * wr;
        store<f64>(real + b, load<f64>(real + a) - tr);
        store<f64>(imaginary + b, load<f64>(imaginary + a) - ti);
        store<f64>(real + a, load<f64>(real + a) + tr);
        store<f64>(imaginary + a, load<f64>(imaginary + a) + ti);
        const next = wr * stepR - wi * stepI;
        wi = wr * stepI + wi * stepR;
        wr = next;
      }
    }
  }
}

function swap(at: usize, i: i32, j: i32): void {
  const a = at + (<usize>i << 3);
  const b = at + (<usize>j << 3);
  const held = load<f64>(a);
  store<f64>(a, load<f64>(b));
  store<f64>(b, held);
}

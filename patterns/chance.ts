/**
 * Chance as a pure function of seed, track, exact position and salt: every peer and every render draws the same,
 * and no period can be heard. The legacy kind draws the numbers that Strudel publishes, which depend on the
 * position alone. It knows exact time and the query's controls.
 */
import { pure, signal } from './combine.ts';
import { Pattern } from './pattern.ts';
import type { Controls } from './query-state.ts';
import type { Rational } from './rational.ts';
import { early } from './time.ts';

/** Mixes a 32-bit hash well enough that neighbouring inputs share nothing that can be heard. */
function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number from 0 (included) to 1 (excluded) with 53 bits, drawn for this position. */
export function draw(time: Rational, controls: Controls, salt = 0): number {
  let a = Math.imul(controls.stream ^ 0x9e3779b9, 0x85ebca6b);
  let b = controls.stream ^ 0x243f6a88;
  const mix = (word: number): void => {
    a = Math.imul(a ^ word, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b + word, 0x1b873593) ^ (b >>> 13);
  };
  time.words(mix);
  mix(salt);
  const high = finish(a ^ Math.imul(b, 0x27d4eb2f));
  const low = finish(b ^ Math.imul(a, 0x165667b1));
  return (high * 0x200000 + (low >>> 11)) / 0x20000000000000;
}

// ---- the published numbers -----------------------------------------------------------------------------------

const LEGACY_RANGE = 2 ** 29;

/** One turn of a 32-bit xorshift. Source: G. Marsaglia, "Xorshift RNGs" (2003). */
function xorshift(x: number): number {
  const a = (x << 13) ^ x;
  const b = (a >> 17) ^ a;
  return (b << 5) ^ b;
}

/** `count` numbers from -1 to 1 for one moment; the sequence repeats every 300 cycles. */
function legacyDraws(time: Rational, count: number): number[] {
  const turns = time.toNumber() / 300;
  let state = xorshift(Math.trunc((turns - Math.trunc(turns)) * LEGACY_RANGE));
  const numbers: number[] = [];
  for (let i = 0; i < count; i += 1) {
    numbers.push((state % LEGACY_RANGE) / LEGACY_RANGE);
    state = xorshift(state);
  }
  return numbers;
}

/** `count` independent numbers for one moment; those of the legacy kind may be negative. */
export function draws(time: Rational, controls: Controls, count: number, salt = 0): number[] {
  if (controls.random === 'legacy') return legacyDraws(time.add(controls.seed), count);
  return Array.from({ length: count }, (_, i) =>
    draw(time, controls, i === 0 ? salt : salt ^ Math.imul(i, 0x9e3779b1)),
  );
}

/** One number for one moment, in the kind the query asks for. */
export function drawAt(time: Rational, controls: Controls, salt = 0): number {
  return controls.random === 'legacy'
    ? Math.abs(legacyDraws(time.add(controls.seed), 1)[0]!)
    : draw(time, controls, salt);
}

/** The continuous pattern of chance; streams of different salt share nothing. */
export function chance(salt = 0): Pattern<number> {
  const drawn = signal((time, controls) => drawAt(time, controls, salt));
  if (salt === 0) return drawn;
  // In the legacy kind streams differ by a small shift of time.
  const shifted = early(
    0.0003 * salt,
    signal((time, controls) => drawAt(time, controls, 0)),
  );
  return new Pattern((state) => (state.controls.random === 'legacy' ? shifted : drawn).query(state));
}

/** Keeps events where `amounts` is greater than the probability: 0 keeps (nearly) all, 1 none. */
export function degradeWith<T>(
  amounts: Pattern<number>,
  probability: number,
  pattern: Pattern<T>,
): Pattern<T> {
  const kept = amounts.filterValues((amount) => amount >= probability);
  return pattern.combineLeft(kept, (value) => value);
}

/** Drops each event with the given probability; 0 drops nothing. `salt` sets chance apart (index of a `?`). */
export function degradeBy<T>(probability: number, pattern: Pattern<T>, salt = 0): Pattern<T> {
  return degradeWith(chance(salt), probability, pattern);
}

/** One of the patterns per cycle, by chance. `salt` sets chance apart (index of a `|`). */
export function chooseByCycle<T>(patterns: readonly Pattern<T>[], salt = 0): Pattern<T> {
  const count = patterns.length;
  const perCycle = pure(true).combineLeft(chance(salt), (_on, amount) =>
    Math.min(count - 1, Math.floor(amount * count)),
  );
  return perCycle.innerBind((index) => patterns[index]!);
}

/**
 * Euclidean rhythms: k onsets as evenly as may be over n steps. Knows numbers and booleans only.
 * Source: E. Bjorklund, "The Theory of Rep-Rate Pattern Generation in the SNS Timing System" (2003).
 */

/** The steps of the rhythm, k onsets in n; throws a RangeError where that is impossible. */
function distribute(onsets: number, steps: number): boolean[] {
  let heads: boolean[][] = Array.from({ length: onsets }, () => [true]);
  let tails: boolean[][] = Array.from({ length: steps - onsets }, () => [false]);
  // Pair heads with tails; what is left over on either side are the tails of the next round.
  while (Math.min(heads.length, tails.length) > 1) {
    const pairs = Math.min(heads.length, tails.length);
    const joined = heads.slice(0, pairs).map((head, i) => [...head, ...tails[i]!]);
    tails = heads.length > pairs ? heads.slice(pairs) : tails.slice(pairs);
    heads = joined;
  }
  return [...heads, ...tails].flat();
}

/**
 * Booleans of k onsets in n steps, moved right by `rotation`; a negative k inverts.
 * @example euclidSteps(3, 8, 0) // x..x..x.
 */
export function euclidSteps(onsets: number, steps: number, rotation = 0): boolean[] {
  const k = Math.trunc(onsets);
  const n = Math.trunc(steps);
  if (!Number.isFinite(k) || !Number.isFinite(n) || n < 0 || Math.abs(k) > n) {
    throw new RangeError(`A Euclidean rhythm of ${onsets} onsets in ${steps} steps is impossible`);
  }
  if (n > 4096) throw new RangeError(`A Euclidean rhythm has at most 4,096 steps, not ${steps}`);
  if (n === 0) return [];
  const plain = k < 0 ? distribute(-k, n).map((on) => !on) : distribute(k, n);
  const shift = ((Math.trunc(rotation) % n) + n) % n;
  return shift === 0 ? plain : [...plain.slice(n - shift), ...plain.slice(0, n - shift)];
}

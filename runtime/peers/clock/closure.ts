/**
 * Closure of triangles: the three offsets around any three peers must add up to nothing, so what is left over shows how
 * good the clocks are, without knowing the truth. Pure.
 */

/** offset(a, b): clock of b minus clock of a in seconds; null where not measured. */
export type Offsets = (a: string, b: string) => number | null;

/** What is left over around a, b, c; null where a side is not measured. */
export function closureSeconds(offset: Offsets, a: string, b: string, c: string): number | null {
  const ab = offset(a, b);
  const bc = offset(b, c);
  const ca = offset(c, a);
  return ab === null || bc === null || ca === null ? null : ab + bc + ca;
}

/** The largest closure, in size, over all triangles through `self`; null with fewer than two measured others. */
export function worstClosureSeconds(offset: Offsets, self: string, others: readonly string[]): number | null {
  let worst: number | null = null;
  for (let i = 0; i < others.length; i++) {
    for (let j = i + 1; j < others.length; j++) {
      const left = closureSeconds(offset, self, others[i]!, others[j]!);
      if (left !== null && (worst === null || Math.abs(left) > worst)) worst = Math.abs(left);
    }
  }
  return worst;
}

/** Which of many names one that is misspelt may mean. It knows text only. */

/** The names nearest to a misspelt one, at most three. */
export function nearestNames(asked: string, names: readonly string[]): string[] {
  const scored = names.map((name) => [editDistance(asked, name), name] as const);
  scored.sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
  return scored.slice(0, 3).map(([, name]) => name);
}

/** Letters to change, insert, remove, or swap with their neighbour. Source: F. Damerau (1964). */
function editDistance(a: string, b: string): number {
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? above[j - 2]! + 1 : change;
      next.push(Math.min(change, swap, row[j]! + 1, next[j - 1]! + 1));
    }
    above = row;
    row = next;
  }
  return row[b.length]!;
}

/** The known name that a mistyped one most likely meant. It stands alone for commands and options alike. */

/**
 * The name with the fewest letters to insert, delete, change or swap with a neighbour (at most a third of its
 * length, at least one; the first of equals), or undefined. Source: Damerau 1964, optimal string alignment.
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const edits = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (edits < fewest && edits <= Math.max(1, Math.floor(Math.max(name.length, typed.length) / 3))) {
      best = name;
      fewest = edits;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(changed, above[column]! + 1, here[column - 1]! + 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, before[column - 2]! + 1);
      here.push(least);
    }
    before = above;
    above = here;
  }
  return above[b.length]!;
}

/**
 * The order in which concurrent changes win, the same on every machine: the higher revision, then the greater peer
 * id. It stands alone because every shared value of a session is a register under this order. Pure.
 */

export interface Stamp {
  readonly revision: number;
  /** Peer that wrote it. */
  readonly author: string;
}

/** Negative where a loses to b, positive where it wins, 0 for the same change. */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.revision !== b.revision) return a.revision - b.revision;
  return a.author < b.author ? -1 : a.author > b.author ? 1 : 0;
}

/** The winner of two; the first where both are the same change. */
export const winner = <T extends Stamp>(a: T, b: T): T => (compareStamps(b, a) > 0 ? b : a);

/** Stamp of a change that `author` makes on top of what it knows. */
export const stampAfter = (known: Stamp, author: string): Stamp => ({
  revision: known.revision + 1,
  author,
});

/**
 * Whose clock a session follows: the player who has been there longest, and through whom a peer hears of it. A tree
 * grows from that root like a spanning tree of bridges; nobody votes. Pure.
 * Source: the idea of sequenced distance vectors, C. Perkins and P. Bhagwat, 1994.
 */

/** The root a peer follows, as it announces it. */
export interface Root {
  readonly id: string;
  /** Shared time at which it joined the session. */
  readonly joinedSeconds: number;
  readonly listener: boolean;
  /** Counted up by the root itself with every announcement: what no longer rises is gone. */
  readonly serial: number;
}

/** Links between a root and who follows it, at most. */
export const DEPTH_LIMIT = 6;
/** A root whose serial has not risen for this long is gone. */
export const ROOT_SILENT_SECONDS = 3;

/** Negative where a goes before b: players before listeners, then the earlier, then the smaller id. */
export function compareSeniority(a: Omit<Root, 'serial'>, b: Omit<Root, 'serial'>): number {
  if (a.listener !== b.listener) return a.listener ? 1 : -1;
  if (a.joinedSeconds !== b.joinedSeconds) return a.joinedSeconds - b.joinedSeconds;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** What a neighbour announces of its place in the tree. */
export interface Offer {
  readonly neighbour: string;
  readonly root: Root;
  /** Links between the neighbour and the root. */
  readonly depth: number;
}

export interface Place {
  readonly root: Root;
  readonly depth: number;
  /** Neighbour whose clock is followed; null at the root itself. */
  readonly through: string | null;
}

/** When the serials of roots last rose; bounded by forgetting the silent ones. */
export class RootWatch {
  private readonly heard = new Map<string, { serial: number; atSeconds: number }>();

  note(root: Root, nowSeconds: number): void {
    const known = this.heard.get(root.id);
    if (known && known.serial >= root.serial) return;
    this.heard.set(root.id, { serial: root.serial, atSeconds: nowSeconds });
    if (this.heard.size > 64) this.heard.delete(this.heard.keys().next().value!);
  }

  alive(id: string, nowSeconds: number): boolean {
    const known = this.heard.get(id);
    return known !== undefined && Math.abs(nowSeconds - known.atSeconds) < ROOT_SILENT_SECONDS;
  }

  serialOf(id: string): number {
    return this.heard.get(id)?.serial ?? 0;
  }

  forget(id: string): void {
    const known = this.heard.get(id);
    if (known) known.atSeconds = Number.NEGATIVE_INFINITY;
  }

  forgetAll(): void {
    this.heard.clear();
  }
}

/** The place to take: the most senior living root, through the neighbour nearest to it; ourselves if we are it. */
export function placeAmong(self: Root, offers: readonly Offer[], before: Place | null): Place {
  let best: Place = { root: self, depth: 0, through: null };
  for (const offer of offers) {
    if (offer.root.id === self.id || offer.depth + 1 > DEPTH_LIMIT) continue;
    const order = compareSeniority(offer.root, best.root);
    const nearer = offer.depth + 1 - best.depth;
    const kept = before?.through === offer.neighbour;
    if (order > 0 || (order === 0 && (nearer > 0 || (nearer === 0 && !kept)))) continue;
    best = { root: offer.root, depth: offer.depth + 1, through: offer.neighbour };
  }
  return best;
}

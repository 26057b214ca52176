/**
 * What happens when two sessions meet: the older wins if it is more than half a second older, else the one with the
 * smaller id. Ages are measured, so two pairs could judge differently; verdicts are therefore passed on and the smaller
 * id settles a contradiction. Pure: it knows names and ages, no messages.
 */

/** Differences of age up to this are no differences. */
export const AGE_MARGIN_SECONDS = 0.5;
/** Names of beaten sessions that are remembered and passed on. */
export const BEATEN_LIMIT = 16;

export interface SessionView {
  readonly id: string;
  /** Sessions known to have lost to this one. */
  readonly beaten: readonly string[];
}

export type Verdict =
  /** Nothing to do (yet): we win, or the others decide. */
  | 'stay'
  /** We lose: take over theirs. */
  | 'move'
  /** We win and were the ones to judge: pass it on. */
  | 'win';

/**
 * What a member of `ours` does on meeting `theirs`, which is `olderSeconds` older (negative: younger); null where
 * that is not measured yet. The side with the smaller id judges.
 */
export function judge(ours: SessionView, theirs: SessionView, olderSeconds: number | null): Verdict {
  if (ours.id === theirs.id) return 'stay';
  const weLost = theirs.beaten.includes(ours.id);
  const theyLost = ours.beaten.includes(theirs.id);
  if (weLost && theyLost) return ours.id < theirs.id ? 'stay' : 'move';
  if (weLost) return 'move';
  if (theyLost || olderSeconds === null || ours.id > theirs.id) return 'stay';
  return olderSeconds > AGE_MARGIN_SECONDS ? 'move' : 'win';
}

/** The names with `more` added, the newest last, the oldest forgotten. */
export function withBeaten(beaten: readonly string[], own: string, more: readonly string[]): string[] {
  const all = beaten.filter((id) => !more.includes(id));
  return [...all, ...more.filter((id) => id !== own)].slice(-BEATEN_LIMIT);
}

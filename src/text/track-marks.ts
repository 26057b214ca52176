/**
 * Mute and solo as marks on labels: which edit writes `_drums:` or `S_drums:` into a text. Evaluates nothing; the
 * mixer is told separately and at once.
 */
import type { Edit } from './edit.ts';
import { type StatementTrack, tracksOf, writeLabel } from './program-tree.ts';

export interface Marks {
  readonly muted?: boolean;
  readonly solo?: boolean;
}

/**
 * The edit that sets the marks of the track `name`, or null where the text has no such track or nothing changes.
 * The last track of that name counts, as it does when the text is evaluated.
 * @example markTrack('bass: note("c2")', 'bass', { muted: true }) // inserts "_" before "bass"
 */
export function markTrack(text: string, name: string, marks: Marks): Edit | null {
  const track = tracksOf(text).findLast((candidate) => candidate.name === name);
  return track ? markEdit(track, marks) : null;
}

function markEdit(track: StatementTrack, marks: Marks): Edit | null {
  const muted = marks.muted ?? track.muted;
  const solo = marks.solo ?? track.solo;
  if (muted === track.muted && solo === track.solo) return null;
  const label = writeLabel(track.name, muted, solo);
  if (track.label === '') return { from: track.from, to: track.to, insert: `${label}: ` };
  return { from: track.from, to: track.to, insert: label };
}

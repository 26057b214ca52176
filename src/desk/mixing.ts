/**
 * Mute and solo: the mixer at once, the mark in the editor's text and in the performed text, so that neither the next
 * evaluation nor a block evaluation brings the track back. Evaluates nothing.
 */
import type { Track } from '../state.ts';
import { markTrack } from '../text/track-marks.ts';
import type { DeskParts } from './desk-parts.ts';
import type { Evaluating } from './evaluating.ts';

export function toggleMark(
  { session, state, editor }: DeskParts,
  evaluating: Evaluating,
  index: number,
  mark: 'muted' | 'solo',
): boolean {
  const track = state.tracks.peek()[index];
  if (!track) return false;
  const set = !track[mark];
  session.setStrip(track.name, mark === 'muted' ? { mute: set } : { solo: set });
  state.tracks.value = state.tracks
    .peek()
    .map((each): Track => (each === track ? { ...each, [mark]: set } : each));

  const marks = { [mark]: set };
  const inText = markTrack(editor.text(), track.name, marks);
  if (inText) editor.edit([inText]);
  const key = evaluating.performedKey();
  const performed = key === null ? null : editor.performed(key);
  const inPerformed = performed && markTrack(performed.text, track.name, marks);
  if (key !== null && inPerformed) editor.editPerformed(key, [inPerformed]);
  return true;
}

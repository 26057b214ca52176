/**
 * Hands the notes whose time has come to the voices: those of this block at their exact frame, those less than 50 ms late
 * at once, later ones not at all.
 */
import { COUNT_DROPPED, COUNT_LATE } from '../ids';
import { BLOCK, frameNow, sampleRate } from '../block';
import { count } from '../counters';
import { startNote } from '../voices/start';
import { bridge } from './epochs';
import { dequeue, firstNote, queued } from './queue';
import { isPlaying, onsetFrame, pruneTimeline } from './timeline';

const LATEST_SECONDS: f64 = 0.05;

/** Starts the notes of the next block. */
export function playBlock(): void {
  if (!isPlaying()) return;
  pruneTimeline();
  bridge();
  while (queued > 0) {
    const note = firstNote();
    const frame = onsetFrame(note.cycle);
    if (frame >= frameNow + <f64>BLOCK) return;
    const late = frameNow - frame;
    if (late >= LATEST_SECONDS * sampleRate) count(COUNT_DROPPED);
    else {
      if (late > 0) count(COUNT_LATE);
      startNote(note, late > 0 ? 0 : <i32>(frame - frameNow));
    }
    dequeue();
  }
}

/**
 * The notes of the past that can be repeated over a dead worker: a ring of the last LIMIT.historyNotes that were
 * accepted. It knows neither tempo nor horizon.
 */
import { LIMIT_HISTORY_NOTES } from '../ids';
import { take } from '../block';
import { copyNote, Note, NOTE_BYTES } from './note';

let ring: usize = 0;
let written: i32 = 0;
let next: i32 = 0;

export function initHistory(): void {
  ring = take(<usize>LIMIT_HISTORY_NOTES * NOTE_BYTES);
}

export function clearHistory(): void {
  written = 0;
  next = 0;
}

export function remember(note: Note): void {
  copyNote(remembered(next), note);
  next = next + 1 == LIMIT_HISTORY_NOTES ? 0 : next + 1;
  written = min(written + 1, LIMIT_HISTORY_NOTES);
}

export function rememberedCount(): i32 {
  return written;
}

/** Entry by its place in the ring. */
export function remembered(i: i32): Note {
  return changetype<Note>(ring + <usize>i * NOTE_BYTES);
}

/** Place of the oldest entry. */
export function oldest(): i32 {
  return written < LIMIT_HISTORY_NOTES ? 0 : next;
}

/** Forgets notes of epochs before `epoch` from `cycle` on: they never sounded. */
export function forgetOlder(epoch: u32, cycle: f64): void {
  for (let i = 0; i < written; i++) {
    const note = remembered(i);
    if (note.epoch < epoch && note.cycle >= cycle) note.cycle = NaN;
  }
}

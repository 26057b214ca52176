/**
 * Notes that wait, in musical time: a binary heap by (cycle, arrival) over fixed slots. It knows no frames, so that a
 * change of tempo needs no touch here.
 */
import { LIMIT_QUEUED_NOTES } from '../ids';
import { take } from '../block';
import { copyNote, Note, NOTE_BYTES } from './note';

let slots: usize = 0;
/** i32 slot numbers: the heap first, the free slots behind it. */
let heap0: usize = 0;
export let queued: i32 = 0;
let arrivals: f64 = 0;

export function initQueue(): void {
  slots = take(<usize>LIMIT_QUEUED_NOTES * NOTE_BYTES);
  heap0 = take(<usize>LIMIT_QUEUED_NOTES << 2);
  for (let i = 0; i < LIMIT_QUEUED_NOTES; i++) setSlot(i, i);
}

// @ts-ignore: decorator
@inline
function slot(i: i32): i32 {
  return load<i32>(heap0 + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
function setSlot(i: i32, value: i32): void {
  store<i32>(heap0 + (<usize>i << 2), value);
}

// @ts-ignore: decorator
@inline
function noteAt(i: i32): Note {
  return changetype<Note>(slots + <usize>slot(i) * NOTE_BYTES);
}

// @ts-ignore: decorator
@inline
function isBefore(a: Note, b: Note): bool {
  return a.cycle < b.cycle || (a.cycle == b.cycle && a.order < b.order);
}

/** Copies a note in; false where the queue is full. */
export function enqueue(note: Note): bool {
  if (queued == LIMIT_QUEUED_NOTES) return false;
  const mine = slot(queued);
  const copy = changetype<Note>(slots + <usize>mine * NOTE_BYTES);
  copyNote(copy, note);
  copy.order = arrivals;
  arrivals += 1;
  let i = queued;
  queued += 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!isBefore(copy, noteAt(parent))) break;
    setSlot(i, slot(parent));
    i = parent;
  }
  setSlot(i, mine);
  return true;
}

/** The next note; only while `queued` > 0. It stays valid until the next `enqueue` after `dequeue`. */
export function firstNote(): Note {
  return noteAt(0);
}

/** Takes the next note out. */
export function dequeue(): void {
  queued -= 1;
  const gone = slot(0);
  setSlot(0, slot(queued));
  setSlot(queued, gone);
  sink(0);
}

function sink(from: i32): void {
  let i = from;
  const mine = slot(i);
  const note = changetype<Note>(slots + <usize>mine * NOTE_BYTES);
  while (true) {
    let child = 2 * i + 1;
    if (child >= queued) break;
    if (child + 1 < queued && isBefore(noteAt(child + 1), noteAt(child))) child += 1;
    if (!isBefore(noteAt(child), note)) break;
    setSlot(i, slot(child));
    i = child;
  }
  setSlot(i, mine);
}

/** Drops notes of epochs before `epoch` with an onset at or after `cycle`. */
export function dropOlder(epoch: u32, cycle: f64): void {
  let kept = 0;
  for (let i = 0; i < queued; i++) {
    const note = noteAt(i);
    if (note.epoch < epoch && note.cycle >= cycle) continue;
    const mine = slot(i);
    setSlot(i, slot(kept));
    setSlot(kept, mine);
    kept += 1;
  }
  queued = kept;
  for (let i = (queued >> 1) - 1; i >= 0; i--) sink(i);
}

export function clearQueue(): void {
  queued = 0;
}

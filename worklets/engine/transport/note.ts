/**
 * A note as it waits: the fields of its record, its parameter pairs already checked and clamped. Queue and history
 * hold notes of this layout; the voices read them.
 */
import { LIMIT_RECORD_PAIRS } from '../ids';

@unmanaged
export class Note {
  cycle: f64;
  length: f64;
  /** Number of arrival: notes with one onset start in this order. */
  order: f64;
  epoch: u32;
  seed: u32;
  strip: u16;
  source: u16;
  pairCount: u16;
  isRepeat: u16;
}

/** The pairs follow: u32 id, f32 value. */
export const NOTE_HEADER_BYTES: usize = offsetof<Note>();
export const NOTE_BYTES: usize = NOTE_HEADER_BYTES + (<usize>LIMIT_RECORD_PAIRS << 3);

// @ts-ignore: decorator
@inline
export function pairId(note: Note, i: i32): u32 {
  return load<u32>(changetype<usize>(note) + NOTE_HEADER_BYTES + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function pairValue(note: Note, i: i32): f32 {
  return load<f32>(changetype<usize>(note) + NOTE_HEADER_BYTES + (<usize>i << 3), 4);
}

export function copyNote(to: Note, from: Note): void {
  memory.copy(changetype<usize>(to), changetype<usize>(from), NOTE_HEADER_BYTES + (<usize>from.pairCount << 3));
}

/**
 * Reads a batch by the rules of wire/batch-decode.ts: what is malformed is refused and counted, values are clamped and
 * counted. It hands records on to timeline, epochs and queue, and lets the mixer take the memory that a note will need.
 */
import {
  BATCH_HEADER_BYTES, BATCH_MAGIC, COUNT_CLAMPED, COUNT_REFUSED, CYCLE_BOUND, LIMIT_BATCH_BYTES,
  LIMIT_BATCH_RECORDS, LIMIT_RECORD_PAIRS, LIMIT_STRIPS, P_DELAY, P_DELAY_SECONDS, P_ORBIT, P_RAMP_CYCLES, P_ROOM, PAIR_BYTES,
  PARAM_COUNT, PARAM_FALLBACK, PARAM_MAX, PARAM_MIN, RECORD_HEADER_BYTES, RECORD_HORIZON, RECORD_NOTE, RECORD_REPLACE,
  RECORD_START, RECORD_TEMPO, SOURCE_COUNT, WIRE_VERSION,
} from '../ids';
import { count, countMany } from '../counters';
import { prepareOrbit } from '../mixer/orbit';
import { endHushForStart } from '../mixer/master';
import { acceptNote, extendHorizon, raiseEpoch, refusedFrom, replaceFrom, resetEpochs } from './epochs';
import { clearHistory } from './history';
import { Note, NOTE_HEADER_BYTES } from './note';
import { dropOlder } from './queue';
import { changeTempo, isOddTempo, startTimeline } from './timeline';

export const batchAt: usize = memory.data(65536, 16);

const note = changetype<Note>(memory.data(512, 16));

/** Reads the first `bytes` of the batch buffer. */
export function readBatch(bytes: i32): void {
  if (bytes < BATCH_HEADER_BYTES || bytes > LIMIT_BATCH_BYTES) return count(COUNT_REFUSED);
  const records = <i32>load<u16>(batchAt, 6);
  const used = load<u32>(batchAt, 8);
  if (
    load<u32>(batchAt) != BATCH_MAGIC ||
    load<u16>(batchAt, 4) != WIRE_VERSION ||
    records > LIMIT_BATCH_RECORDS ||
    used < <u32>BATCH_HEADER_BYTES ||
    used > <u32>bytes
  ) {
    return count(COUNT_REFUSED);
  }
  let at: u32 = BATCH_HEADER_BYTES;
  for (let i = 0; i < records; i++) {
    const fits = at + RECORD_HEADER_BYTES <= used;
    const pairs = fits ? <u32>load<u16>(batchAt + at, 2) : 0;
    const next = at + RECORD_HEADER_BYTES + pairs * PAIR_BYTES;
    if (pairs > <u32>LIMIT_RECORD_PAIRS || next > used) {
      // Where the next record would begin is unknown: refuse the rest.
      return countMany(COUNT_REFUSED, records - i);
    }
    if (!readRecord(batchAt + at, pairs)) count(COUNT_REFUSED);
    at = next;
  }
}

function readRecord(at: usize, pairs: i32): bool {
  const kind = <i32>load<u8>(at);
  note.epoch = load<u32>(at, 4);
  note.cycle = load<f64>(at, 8);
  note.length = load<f64>(at, 16);
  note.strip = load<u16>(at, 24);
  note.source = load<u16>(at, 26);
  note.seed = load<u32>(at, 28);
  note.isRepeat = 0;
  const isSound =
    load<u8>(at, 1) == 0 &&
    abs(note.cycle) <= CYCLE_BOUND &&
    note.length >= 0 &&
    note.length <= CYCLE_BOUND &&
    note.strip < <u16>LIMIT_STRIPS &&
    note.source < <u16>SOURCE_COUNT;
  if (!isSound) return false;
  if (kind == RECORD_NOTE) {
    readPairs(at, pairs);
    prepareForNote();
    acceptNote(note);
    return true;
  }
  if (kind == RECORD_HORIZON) {
    extendHorizon(note.epoch, note.cycle);
    return true;
  }
  if (kind == RECORD_REPLACE) {
    replaceFrom(note.epoch, note.cycle);
    return true;
  }
  if (kind != RECORD_START && kind != RECORD_TEMPO) return false;
  readPairs(at, pairs);
  if (isOddTempo(note.length)) count(COUNT_CLAMPED);
  if (kind == RECORD_START) {
    startPlaying(note.epoch, note.cycle, note.length, <f64>valueOf(P_DELAY_SECONDS, 0));
    return true;
  }
  // Like notes: what the older program states beyond the seam is no mistake, and acts no more.
  if (note.cycle >= refusedFrom(note.epoch)) return true;
  return changeTempo(note.length, note.cycle, <f64>valueOf(P_RAMP_CYCLES, 0));
}

/** Playing starts at `cycle`; what waits from older epochs is dropped. */
export function startPlaying(epoch: u32, cycle: f64, cyclesPerSecond: f64, delaySeconds: f64): void {
  endHushForStart();
  dropOlder(epoch, -Infinity);
  clearHistory();
  resetEpochs(cycle);
  raiseEpoch(epoch);
  startTimeline(cycle, cyclesPerSecond, delaySeconds);
}

/** Copies the pairs into `note`; unknown ones are refused, odd values replaced. */
function readPairs(at: usize, pairs: i32): void {
  let kept = 0;
  for (let i = 0; i < pairs; i++) {
    const pair = at + RECORD_HEADER_BYTES + (<usize>i << 3);
    const id = load<u32>(pair);
    if (id >= <u32>PARAM_COUNT) {
      count(COUNT_REFUSED);
      continue;
    }
    const value = load<f32>(pair, 4);
    const held = isFinite(value)
      ? max(unchecked(PARAM_MIN[id]), min(unchecked(PARAM_MAX[id]), value))
      : unchecked(PARAM_FALLBACK[id]);
    if (held != value) count(COUNT_CLAMPED);
    const to = changetype<usize>(note) + NOTE_HEADER_BYTES + (<usize>kept << 3);
    store<u32>(to, id);
    store<f32>(to, held, 4);
    kept += 1;
  }
  note.pairCount = <u16>kept;
}

/** Value of a parameter of `note`, the last one given. */
function valueOf(id: i32, fallback: f32): f32 {
  for (let i = <i32>note.pairCount - 1; i >= 0; i--) {
    const pair = changetype<usize>(note) + NOTE_HEADER_BYTES + (<usize>i << 3);
    if (load<u32>(pair) == <u32>id) return load<f32>(pair, 4);
  }
  return fallback;
}

/** Takes the memory of delay and reverb here, since rendering must not. */
function prepareForNote(): void {
  const orbit = <i32>valueOf(P_ORBIT, unchecked(PARAM_FALLBACK[P_ORBIT]));
  prepareOrbit(orbit, valueOf(P_DELAY, 0) > 0, valueOf(P_ROOM, 0) > 0);
}

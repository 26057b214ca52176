/**
 * How a batch of records lies in bytes, and the limits that outside data can reach. Stands alone because writer,
 * decoder and engine all follow it; it knows nothing but numbers.
 */

export const WIRE_VERSION = 1;

/** Cycles and lengths beyond this (2^40) are refused: f64 could no longer tell samples apart. */
export const CYCLE_BOUND = 1_099_511_627_776;

/** Little-endian 'TLEA', the first four bytes of a batch. */
export const BATCH_MAGIC = 0x41454c54;

/** Limits that outside data can reach; each is tested at the limit and one past. */
export const LIMIT = {
  /** Bytes of one batch message, header included. */
  batchBytes: 65_536,
  /** Records in one batch. */
  batchRecords: 512,
  /** Parameter pairs of one record. */
  recordPairs: 48,
  /** Note records that wait in the engine. More are refused and counted as `dropped`. */
  queuedNotes: 8_192,
  /** Note records of the past that can be repeated over a dead worker. */
  historyNotes: 8_192,
  /** Strips (tracks) of the mixer. Strip 0 is the channel of events without a track. */
  strips: 64,
  /** Shared and private effect orbits. */
  orbits: 16,
  /** Timeline segments that wait (tempo changes ahead of the playhead). */
  segments: 64,
  /** Events of one track in one cycle; the query stops one past it and the track falls back. */
  eventsPerCycle: 4_096,
} as const;

/** Bytes of the batch header: u32 magic, u16 version, u16 record count, u32 byte length, u32 epoch. */
export const BATCH_HEADER_BYTES = 16;

/**
 * Bytes of a record before its pairs; all fields little-endian, every record a multiple of 8 bytes:
 * u8 kind · u8 flags · u16 pair count · u32 epoch · f64 cycle · f64 length · u16 strip · u16 source · u32 seed,
 * then pair count times (u32 parameter id, f32 value).
 */
export const RECORD_HEADER_BYTES = 32;
export const PAIR_BYTES = 8;

/**
 * Kinds of records. `cycle` and `length` are f64 made from exact fractions by one rounding.
 * - note: onset at `cycle`, `length` cycles long.
 * - start: playing starts now: `cycle` is the position, `length` the cycles per second; pair `delaySeconds`.
 * - tempo: from `cycle` on the tempo is `length` cycles per second; pair `rampCycles` makes it a ramp that
 *   begins at `cycle`, linear in time, and reaches the tempo after that many cycles.
 * - replace: from `cycle` on only notes of this epoch or a later one play; queued older ones are dropped.
 * - horizon: this epoch has sent every note with an onset before `cycle`.
 * - live, glide, ramp: reserved for controls that follow a pattern while a note sounds, for mono voices and
 *   for ramps of orbit and master parameters. A decoder refuses them today and counts them.
 */
export const RECORD = {
  note: 1,
  start: 2,
  tempo: 3,
  replace: 4,
  horizon: 5,
  live: 6,
  glide: 7,
  ramp: 8,
} as const;
export type RecordKind = keyof typeof RECORD;
export const RESERVED_RECORDS: readonly RecordKind[] = ['live', 'glide', 'ramp'];

/** Bits of a record's flags. `mono` and `legato` are reserved like the records above. */
export const FLAG = { mono: 1, legato: 2 } as const;

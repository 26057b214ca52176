/**
 * The wire: what travels between the pattern side and the sound engine. Record layout, numeric ids, limits,
 * and the messages of the ports. It stands alone because both sides import it and neither may know the other;
 * it must not know patterns, DOM, or the inside of the engine. The engine's copy of the ids is generated from
 * the tables below, so a parameter or a source is added by one row here.
 */

export const WIRE_VERSION = 1;

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

/** One parameter of a note: its id on the wire, the event key it comes from, its clamp. */
export interface ParamRow {
  readonly id: number;
  readonly key: string;
  readonly min: number;
  readonly max: number;
  /** Value where neither the event nor the source gives one. */
  readonly fallback: number;
}

const param = (id: number, key: string, min: number, max: number, fallback: number): ParamRow => ({
  id,
  key,
  min,
  max,
  fallback,
});

/** Every parameter the engine knows. Ids are dense and never reused. Units are those of the controls table. */
export const PARAMS: readonly ParamRow[] = [
  param(0, 'delaySeconds', 0, 10, 0),
  param(1, 'rampCycles', 0, 4096, 0),
  param(2, 'freq', 0.1, 20_000, 220),
  param(3, 'n', -65_536, 65_536, 0),
  param(4, 'gain', 0, 4, 0.8),
  param(5, 'velocity', 0, 4, 1),
  param(6, 'pan', 0, 1, 0.5),
  param(7, 'cutoff', 10, 24_000, 20_000),
  param(8, 'resonance', -20, 60, 0),
  param(9, 'attack', 0, 60, 0.001),
  param(10, 'decay', 0, 60, 0.05),
  param(11, 'sustain', 0, 1, 0.6),
  param(12, 'release', 0, 60, 0.01),
  param(13, 'clip', 0, 64, 1),
  param(14, 'orbit', 0, 15, 1),
  param(15, 'room', 0, 1, 0),
  param(16, 'roomsize', 0.1, 30, 2),
  param(17, 'delay', 0, 1, 0),
  param(18, 'delaytime', 0, 8, 0.25),
  param(19, 'delayfeedback', 0, 0.98, 0.5),
  param(20, 'lpenv', -8, 8, 0),
  param(21, 'lpattack', 0, 60, 0.005),
  param(22, 'lpdecay', 0, 60, 0.14),
  param(23, 'lpsustain', 0, 1, 0),
  param(24, 'lprelease', 0, 60, 0.1),
  param(25, 'postgain', 0, 4, 1),
  param(26, 'detune', -4800, 4800, 0),
];

/** A sound source. `defaults` override the fallbacks of PARAMS for its notes. */
export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
  /** `pitched` follows `freq` and the envelope; `drum` is a one-shot that rings out unless `clip` cuts it. */
  readonly kind: 'pitched' | 'drum';
  readonly defaults: Readonly<Record<string, number>>;
}

/** Every source of the engine. Ids are dense; 0 is the source of a note without `s`. */
export const SOURCES: readonly SourceRow[] = [
  { id: 0, name: 'triangle', aliases: ['tri'], kind: 'pitched', defaults: {} },
  { id: 1, name: 'sawtooth', aliases: ['saw'], kind: 'pitched', defaults: {} },
  { id: 2, name: 'square', aliases: ['sqr'], kind: 'pitched', defaults: {} },
  { id: 3, name: 'sine', aliases: ['sin'], kind: 'pitched', defaults: {} },
  { id: 4, name: 'bd', aliases: ['kick'], kind: 'drum', defaults: {} },
  { id: 5, name: 'sd', aliases: ['snare'], kind: 'drum', defaults: {} },
  { id: 6, name: 'hh', aliases: ['hat'], kind: 'drum', defaults: {} },
];

/** Counters of the engine, in the order in which they lie in its memory (u32 each). */
export const COUNTERS = [
  'late', // sounded late, by less than 50 ms
  'dropped', // came too late or found a full queue
  'repeated', // notes repeated over a silent worker
  'stolen', // voices taken for newer notes
  'reset', // voices or effects that produced NaN or |x| > 1e4
  'refused', // records that the wire refuses: unknown, reserved, malformed
  'clamped', // values outside their range or not finite
  'played', // notes that started
] as const;
export type CounterName = (typeof COUNTERS)[number];
export type Counters = Record<CounterName, number>;

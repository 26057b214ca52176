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

// ---- messages of the ports -------------------------------------------------------------------------------

/** Options of the processor node (`processorOptions`). */
export interface ProcessorOptions {
  /** The compiled engine; instantiated synchronously on the audio thread. */
  readonly module: WebAssembly.Module;
  /** Notes that may sound at once, 8 to 1,024. */
  readonly polyphony: number;
}

/** Page or supervisor -> processor, by the node's port or by a connected `control` port. */
export type Command =
  /** Joins a port: `pattern` ports send batches and get ticks, `control` ports send commands and get ticks. */
  | { readonly type: 'connect'; readonly role: 'pattern' | 'control'; readonly port: MessagePort }
  | { readonly type: 'batch'; readonly buffer: ArrayBuffer }
  /** The mixer's strip, at once; gain in dB. Fields left out stay. */
  | { readonly type: 'strip'; readonly strip: number; readonly gainDb?: number; readonly mute?: boolean; readonly solo?: boolean }
  | { readonly type: 'master'; readonly gainDb: number }
  /** Fades everything out, then stops and empties queue, voices, delays and reverbs. */
  | { readonly type: 'hush'; readonly fadeSeconds: number }
  /** All off within 3 ms. */
  | { readonly type: 'panic' }
  /** Tempo from the page (bar, peers): acts at `cycle`, or at once where null. */
  | { readonly type: 'tempo'; readonly cyclesPerSecond: number; readonly cycle: number | null; readonly rampCycles: number }
  /** Sends every block of output to `port` as Float32Array [left, right] slices until `record` with null. */
  | { readonly type: 'record'; readonly port: MessagePort | null };

/** Processor -> pattern and control ports, every 8 blocks (at 48 kHz: 21 ms) while the context runs. */
export interface Tick {
  readonly type: 'tick';
  /** First frame of the next block, context time. */
  readonly frame: number;
  readonly sampleRate: number;
  /** Position at `frame`; null while stopped. */
  readonly cycle: number | null;
  readonly cyclesPerSecond: number;
  /** Latest horizon over all epochs, in cycles. */
  readonly horizon: number;
  readonly epoch: number;
  /** True while the engine repeats old notes since nothing new comes. */
  readonly repeating: boolean;
}

/** One segment of the timeline: see runtime/schedule/timeline.ts for the mapping. */
export interface TimelineSegment {
  readonly frame0: number;
  readonly cycle0: number;
  readonly cyclesPerFrame: number;
  /** Change of cyclesPerFrame per frame; 0 outside ramps. */
  readonly ramp: number;
}

/** Processor -> page, by the node's port, every 16 blocks. */
export interface Status {
  readonly type: 'status';
  readonly frame: number;
  readonly sampleRate: number;
  readonly cycle: number | null;
  readonly cyclesPerSecond: number;
  readonly playing: boolean;
  readonly repeating: boolean;
  readonly voices: number;
  /** Share of the block's time that rendering took, mean of the last half second; 0..1, null where no clock. */
  readonly load: number | null;
  readonly counters: Counters;
  /** Linear peak of the last period, [left, right]. */
  readonly peak: readonly [number, number];
  readonly rms: readonly [number, number];
  readonly reductionDb: number;
  /** Peak per strip of the last period, LIMIT.strips values. */
  readonly strips: Float32Array;
  /** Sent when it changed. */
  readonly segments?: readonly TimelineSegment[];
}

/** Processor -> the port a batch came by: the buffer for reuse. */
export interface Returned {
  readonly type: 'returned';
  readonly buffer: ArrayBuffer;
}

/**
 * Reads a batch back into records, for recorder, MIDI and tests, by the rules the engine follows: what is malformed
 * is refused and counted, never thrown. Law: decodeBatch of what a BatchWriter wrote is what was written (parameter
 * values rounded to f32). Thread: any; blocks: no.
 */
import {
  BATCH_HEADER_BYTES,
  BATCH_MAGIC,
  CYCLE_BOUND,
  LIMIT,
  PAIR_BYTES,
  RECORD,
  RECORD_HEADER_BYTES,
  RESERVED_RECORDS,
  type RecordKind,
  WIRE_VERSION,
} from './layout.ts';
import { PARAMS, SOURCES } from './tables.ts';

/** One record of a batch. `pairs` is id, value, id, value, ...; see RECORD for what cycle and length mean. */
export interface WireRecord {
  readonly kind: RecordKind;
  readonly epoch: number;
  readonly cycle: number;
  readonly length: number;
  readonly strip: number;
  readonly source: number;
  readonly seed: number;
  readonly pairs: readonly number[];
}

export interface DecodedBatch {
  readonly records: readonly WireRecord[];
  /** Records, or pairs of an unknown parameter, that were left out; a broken header counts as one. */
  readonly refused: number;
  /** Values that were not finite or out of range and were replaced. */
  readonly clamped: number;
}

const KINDS = new Map(
  (Object.entries(RECORD) as [RecordKind, number][])
    .filter(([kind]) => !RESERVED_RECORDS.includes(kind))
    .map(([kind, id]) => [id, kind] as const),
);

const NOTHING: DecodedBatch = { records: [], refused: 1, clamped: 0 };

/** The records of `buffer`. Takes any bytes; see DecodedBatch for what is left out. */
export function decodeBatch(buffer: ArrayBuffer): DecodedBatch {
  if (buffer.byteLength < BATCH_HEADER_BYTES) return NOTHING;
  const view = new DataView(buffer);
  const count = view.getUint16(6, true);
  const bytes = view.getUint32(8, true);
  const headerFits =
    view.getUint32(0, true) === BATCH_MAGIC &&
    view.getUint16(4, true) === WIRE_VERSION &&
    count <= LIMIT.batchRecords &&
    bytes >= BATCH_HEADER_BYTES &&
    bytes <= LIMIT.batchBytes &&
    bytes <= buffer.byteLength;
  if (!headerFits) return NOTHING;
  const records: WireRecord[] = [];
  const tally = { refused: 0, clamped: 0 };
  let at = BATCH_HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    const pairCount = at + RECORD_HEADER_BYTES <= bytes ? view.getUint16(at + 2, true) : 0;
    const next = at + RECORD_HEADER_BYTES + pairCount * PAIR_BYTES;
    if (pairCount > LIMIT.recordPairs || next > bytes) {
      // Where the next record would begin is unknown: refuse the rest.
      tally.refused += count - i;
      break;
    }
    const record = readRecord(view, at, pairCount, tally);
    if (record === null) tally.refused += 1;
    else records.push(record);
    at = next;
  }
  return { records, ...tally };
}

function readRecord(
  view: DataView,
  at: number,
  pairCount: number,
  tally: { refused: number; clamped: number },
): WireRecord | null {
  const kind = KINDS.get(view.getUint8(at));
  const flags = view.getUint8(at + 1);
  const cycle = view.getFloat64(at + 8, true);
  const length = view.getFloat64(at + 16, true);
  const strip = view.getUint16(at + 24, true);
  const source = view.getUint16(at + 26, true);
  const sound =
    kind !== undefined &&
    flags === 0 &&
    Math.abs(cycle) <= CYCLE_BOUND &&
    length >= 0 &&
    length <= CYCLE_BOUND &&
    strip < LIMIT.strips &&
    source < SOURCES.length;
  if (!sound) return null;
  const pairs: number[] = [];
  for (let i = 0; i < pairCount; i++) {
    const pairAt = at + RECORD_HEADER_BYTES + i * PAIR_BYTES;
    const param = PARAMS[view.getUint32(pairAt, true)];
    const value = view.getFloat32(pairAt + 4, true);
    if (param === undefined) {
      tally.refused += 1;
      continue;
    }
    const low = Math.fround(param.min);
    const high = Math.fround(param.max);
    const kept = !Number.isFinite(value) ? param.fallback : Math.min(high, Math.max(low, value));
    if (kept !== value) tally.clamped += 1;
    pairs.push(param.id, kept);
  }
  return {
    kind,
    epoch: view.getUint32(at + 4, true),
    cycle,
    length,
    strip,
    source,
    seed: view.getUint32(at + 28, true),
    pairs,
  };
}

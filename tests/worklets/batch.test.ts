/**
 * The batch codec: what a writer writes is what the decoder reads, at and past every limit; broken bytes are
 * refused and counted, never thrown.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BATCH_HEADER_BYTES,
  BatchWriter,
  CYCLE_BOUND,
  decodeBatch,
  LIMIT,
  PARAM_ID,
  PARAMS,
  RECORD,
  SOURCES,
  type WireRecord,
} from '../../worklets/wire.ts';

const cycle = fc.double({ min: -CYCLE_BOUND, max: CYCLE_BOUND, noNaN: true });
const length = fc.double({ min: 0, max: CYCLE_BOUND, noNaN: true });
const pair = fc.nat(PARAMS.length - 1).chain((id) => {
  const row = PARAMS[id]!;
  return fc
    .double({ min: row.min, max: row.max, noNaN: true })
    .map(
      (value) =>
        [id, Math.max(Math.fround(row.min), Math.min(Math.fround(row.max), Math.fround(value)))] as const,
    );
});
const note = fc.record({
  kind: fc.constant('note' as const),
  epoch: fc.nat(0xffffffff),
  cycle,
  length,
  strip: fc.nat(LIMIT.strips - 1),
  source: fc.nat(SOURCES.length - 1),
  seed: fc.nat(0xffffffff),
  pairs: fc.array(pair, { maxLength: LIMIT.recordPairs }).map((pairs) => pairs.flat()),
});
const plain = { strip: 0, source: 0, seed: 0 };
const mark = fc
  .record({ kind: fc.constantFrom('replace' as const, 'horizon' as const), epoch: fc.nat(0xffffffff), cycle })
  .map((r) => ({ ...r, ...plain, length: 0, pairs: [] as number[] }));
const tempo = fc
  .record({
    kind: fc.constantFrom('start' as const, 'tempo' as const),
    epoch: fc.nat(0xffffffff),
    cycle,
    length,
  })
  .chain((r) =>
    fc.nat(10).map((value) => ({
      ...r,
      ...plain,
      pairs: [r.kind === 'start' ? PARAM_ID['delaySeconds']! : PARAM_ID['rampCycles']!, value],
    })),
  );

function write(writer: BatchWriter, record: WireRecord): void {
  writer.epoch = record.epoch;
  if (record.kind === 'note')
    writer.addNote(record.cycle, record.length, record.strip, record.source, record.seed, record.pairs);
  else if (record.kind === 'start') writer.addStart(record.cycle, record.length, record.pairs[1]);
  else if (record.kind === 'tempo') writer.addTempo(record.cycle, record.length, record.pairs[1]);
  else if (record.kind === 'replace') writer.addReplace(record.cycle);
  else writer.addHorizon(record.cycle);
}

function collect(records: readonly WireRecord[]): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  const writer = new BatchWriter((buffer) => buffers.push(buffer));
  for (const record of records) write(writer, record);
  writer.flush();
  return buffers;
}

const oneNote: WireRecord = {
  kind: 'note',
  epoch: 1,
  cycle: 0.5,
  length: 0.25,
  strip: 3,
  source: 1,
  seed: 9,
  pairs: [],
};

describe('decode(write(records)) = records', () => {
  it('for any records, over any number of batches', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(note, mark, tempo), { maxLength: 1200 }), (records) => {
        const batches = collect(records).map(decodeBatch);
        expect(batches.flatMap((batch) => batch.records)).toEqual(records);
        expect(batches.every((batch) => batch.refused === 0 && batch.clamped === 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
  it('with buffers that were used before', () => {
    const read: WireRecord[] = [];
    const writer = new BatchWriter((buffer) => {
      read.push(...decodeBatch(buffer).records);
      writer.recycle(buffer);
    });
    for (let i = 0; i < 3; i++) {
      for (let k = 0; k <= i; k++) write(writer, { ...oneNote, seed: 10 * i + k });
      writer.flush();
    }
    expect(read.map((record) => record.seed)).toEqual([0, 10, 11, 20, 21, 22]);
  });
});

describe('limits', () => {
  it.each([
    [LIMIT.batchRecords, 1],
    [LIMIT.batchRecords + 1, 2],
  ])('%i records make %i batches', (records, batches) => {
    expect(collect(Array.from({ length: records }, () => oneNote))).toHaveLength(batches);
  });
  it('a batch never passes its bytes', () => {
    const pairs = Array.from({ length: LIMIT.recordPairs }, () => [4, 0.5]).flat();
    const buffers = collect(Array.from({ length: 400 }, () => ({ ...oneNote, pairs })));
    expect(buffers.every((buffer) => new DataView(buffer).getUint32(8, true) <= LIMIT.batchBytes)).toBe(true);
    expect(buffers.flatMap((buffer) => decodeBatch(buffer).records)).toHaveLength(400);
  });
  it('a note with one pair too many is not written', () => {
    const buffers: ArrayBuffer[] = [];
    const writer = new BatchWriter((buffer) => buffers.push(buffer));
    const pairs = (count: number) => Array.from({ length: count }, () => [4, 0.5]).flat();
    expect(writer.addNote(0, 1, 0, 0, 0, pairs(LIMIT.recordPairs + 1))).toBe(false);
    expect(writer.pending).toBe(0);
    expect(writer.addNote(0, 1, 0, 0, 0, pairs(LIMIT.recordPairs))).toBe(true);
    expect(writer.pending).toBe(1);
  });
  it('flushing nothing sends nothing', () => {
    expect(collect([])).toEqual([]);
  });
});

describe('broken bytes', () => {
  const changed = (change: (view: DataView) => void) => {
    const buffer = collect([oneNote, { ...oneNote, pairs: [4, 0.5] }, oneNote])[0]!;
    change(new DataView(buffer));
    const { records, refused, clamped } = decodeBatch(buffer);
    return [records.length, refused, clamped];
  };
  const first = BATCH_HEADER_BYTES;
  const second = first + 32;
  it.each<[string, (view: DataView) => void, number[]]>([
    ['nothing changed', () => {}, [3, 0, 0]],
    ['magic', (v) => v.setUint32(0, 1, true), [0, 1, 0]],
    ['version', (v) => v.setUint16(4, 99, true), [0, 1, 0]],
    ['more records than are there', (v) => v.setUint16(6, 5, true), [3, 2, 0]],
    ['count past the limit', (v) => v.setUint16(6, LIMIT.batchRecords + 1, true), [0, 1, 0]],
    ['length past the buffer', (v) => v.setUint32(8, LIMIT.batchBytes + 8, true), [0, 1, 0]],
    ['unknown kind', (v) => v.setUint8(first, 200), [2, 1, 0]],
    ['reserved kind', (v) => v.setUint8(first, RECORD.live), [2, 1, 0]],
    ['reserved flag', (v) => v.setUint8(first + 1, 1), [2, 1, 0]],
    ['too many pairs', (v) => v.setUint16(second + 2, LIMIT.recordPairs + 1, true), [1, 2, 0]],
    ['cycle not a number', (v) => v.setFloat64(first + 8, Number.NaN, true), [2, 1, 0]],
    ['length below 0', (v) => v.setFloat64(first + 16, -1, true), [2, 1, 0]],
    ['strip past the limit', (v) => v.setUint16(first + 24, LIMIT.strips, true), [2, 1, 0]],
    ['source unknown', (v) => v.setUint16(first + 26, SOURCES.length, true), [2, 1, 0]],
    ['parameter unknown', (v) => v.setUint32(second + 32, PARAMS.length, true), [3, 1, 0]],
    ['value not a number', (v) => v.setFloat32(second + 36, Number.NaN, true), [3, 0, 1]],
    ['value out of range', (v) => v.setFloat32(second + 36, 1e9, true), [3, 0, 1]],
  ])('%s', (_, change, expected) => {
    expect(changed(change)).toEqual(expected);
  });
  it('random bytes are refused, never thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, withHeader) => {
        const buffer = new Uint8Array(16 + bytes.length);
        buffer.set(bytes, 16);
        if (withHeader) buffer.set(new Uint8Array(collect([oneNote])[0]!, 0, 8));
        if (withHeader) new DataView(buffer.buffer).setUint32(8, buffer.length, true);
        const { records, refused } = decodeBatch(buffer.buffer);
        expect(records.length + refused).toBeGreaterThan(0);
      }),
    );
  });
});

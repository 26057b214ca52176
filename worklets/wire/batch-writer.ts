/**
 * Writes records into batches for the engine. Stands alone because the pattern worker, the offline renderer and the
 * tests all fill batches; it knows the layout and nothing of patterns. A batch that is full is handed on and the
 * next one begun, so a caller never meets the limits of one message. Thread: any; blocks: no.
 */
import {
  BATCH_HEADER_BYTES,
  BATCH_MAGIC,
  LIMIT,
  PAIR_BYTES,
  RECORD,
  RECORD_HEADER_BYTES,
  WIRE_VERSION,
} from './layout.ts';
import { PARAM_ID } from './tables.ts';

/** A list of parameter values: id, value, id, value, ... */
export type Pairs = ArrayLike<number>;

const NO_PAIRS: Pairs = [];

export class BatchWriter {
  /** Epoch of the records that follow; u32. Raise it with every program that takes over. */
  epoch = 0;
  readonly #send: (buffer: ArrayBuffer) => void;
  readonly #spare: ArrayBuffer[] = [];
  #buffer: ArrayBuffer | null = null;
  #view = new DataView(new ArrayBuffer(0));
  #bytes = 0;
  #count = 0;

  /** `send` gets each full batch; its first u32 at offset 8 says how many bytes of the buffer are used. */
  constructor(send: (buffer: ArrayBuffer) => void) {
    this.#send = send;
  }

  /** Records that wait in the unsent batch. */
  get pending(): number {
    return this.#count;
  }

  /**
   * A note. False, and nothing written, where it has more pairs than a record may carry (LIMIT.recordPairs).
   * `cycle` and `length` in cycles, `source` an id of SOURCES, `seed` u32.
   */
  addNote(cycle: number, length: number, strip: number, source: number, seed: number, pairs: Pairs): boolean {
    return this.#add(RECORD.note, cycle, length, strip, source, seed, pairs);
  }

  /** Playing starts, at position `cycle`, `delaySeconds` after the engine reads this. */
  addStart(cycle: number, cyclesPerSecond: number, delaySeconds = 0): void {
    this.#add(RECORD.start, cycle, cyclesPerSecond, 0, 0, 0, [PARAM_ID.delaySeconds!, delaySeconds]);
  }

  /** From `cycle` on another tempo; over `rampCycles` where that is above 0. */
  addTempo(cycle: number, cyclesPerSecond: number, rampCycles = 0): void {
    this.#add(RECORD.tempo, cycle, cyclesPerSecond, 0, 0, 0, [PARAM_ID.rampCycles!, rampCycles]);
  }

  /** From `cycle` on only notes of the writer's epoch or a later one. */
  addReplace(cycle: number): void {
    this.#add(RECORD.replace, cycle, 0, 0, 0, 0, NO_PAIRS);
  }

  /** Every note of this epoch with an onset before `cycle` has been added. */
  addHorizon(cycle: number): void {
    this.#add(RECORD.horizon, cycle, 0, 0, 0, 0, NO_PAIRS);
  }

  /** Sends what is pending; nothing where nothing is. */
  flush(): void {
    const buffer = this.#buffer;
    if (buffer === null || this.#count === 0) return;
    this.#view.setUint16(6, this.#count, true);
    this.#view.setUint32(8, this.#bytes, true);
    this.#buffer = null;
    this.#count = 0;
    this.#send(buffer);
  }

  /** Takes a buffer back (message `returned`) for a later batch. Foreign sizes are let go. */
  recycle(buffer: ArrayBuffer): void {
    if (buffer.byteLength === LIMIT.batchBytes && this.#spare.length < 16) this.#spare.push(buffer);
  }

  #add(
    kind: number,
    cycle: number,
    length: number,
    strip: number,
    source: number,
    seed: number,
    pairs: Pairs,
  ): boolean {
    const pairCount = pairs.length >> 1;
    if (pairCount > LIMIT.recordPairs) return false;
    const size = RECORD_HEADER_BYTES + pairCount * PAIR_BYTES;
    if (this.#count === LIMIT.batchRecords || this.#bytes + size > LIMIT.batchBytes) this.flush();
    if (this.#buffer === null) this.#begin();
    const view = this.#view;
    let at = this.#bytes;
    view.setUint8(at, kind);
    view.setUint8(at + 1, 0);
    view.setUint16(at + 2, pairCount, true);
    view.setUint32(at + 4, this.epoch, true);
    view.setFloat64(at + 8, cycle, true);
    view.setFloat64(at + 16, length, true);
    view.setUint16(at + 24, strip, true);
    view.setUint16(at + 26, source, true);
    view.setUint32(at + 28, seed, true);
    at += RECORD_HEADER_BYTES;
    for (let i = 0; i < pairCount; i++, at += PAIR_BYTES) {
      view.setUint32(at, pairs[2 * i]!, true);
      view.setFloat32(at + 4, pairs[2 * i + 1]!, true);
    }
    this.#bytes += size;
    this.#count += 1;
    return true;
  }

  #begin(): void {
    const buffer = this.#spare.pop() ?? new ArrayBuffer(LIMIT.batchBytes);
    this.#buffer = buffer;
    this.#view = new DataView(buffer);
    this.#view.setUint32(0, BATCH_MAGIC, true);
    this.#view.setUint16(4, WIRE_VERSION, true);
    this.#view.setUint32(12, this.epoch, true);
    this.#bytes = BATCH_HEADER_BYTES;
    this.#count = 0;
  }
}

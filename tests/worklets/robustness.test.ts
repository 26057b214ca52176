/**
 * What may come from outside never harms: random bytes, numbers that are none, thousands of notes. And the same stream gives
 * the same samples, to the bit, however it is cut into batches and runs.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BATCH_HEADER_BYTES, decodeBatch, PARAMS, SOURCES } from '../../worklets/wire.ts';
import { addNote, makeEngine, type Played, play, RATE, record, send, Tape } from './engine-rig.ts';

/** A small generator of our own, so that a failure can be run again by its seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

describe('random bytes', () => {
  it('are refused and counted like decodeBatch does, never trapped on', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 0, maxLength: 600 }),
        fc.integer({ min: 0, max: 2 }),
        (bytes, kind) => {
          const buffer = new Uint8Array(BATCH_HEADER_BYTES + bytes.length);
          buffer.set(bytes, BATCH_HEADER_BYTES);
          const view = new DataView(buffer.buffer);
          if (kind > 0) {
            view.setUint32(0, 0x41454c54, true);
            view.setUint16(4, 1, true);
            view.setUint16(6, 1 + (bytes.length % 20), true);
            view.setUint32(8, buffer.length, true);
          }
          // Records whose head makes sense, so that the depths are reached.
          if (kind === 2 && buffer.length >= 48) {
            view.setUint8(16, 1 + (bytes[0]! % 5));
            view.setUint8(17, 0);
            view.setUint16(18, bytes.length % 4, true);
            view.setFloat64(24, bytes[1]! / 100, true);
            view.setFloat64(32, bytes[2]! / 100, true);
            view.setUint16(40, bytes[3]! % 64, true);
            view.setUint16(42, bytes[4]! % SOURCES.length, true);
          }
          const engine = makeEngine(8);
          engine.start(0, 1);
          engine.push(buffer);
          const decoded = decodeBatch(buffer.buffer);
          const { refused, clamped } = engine.counters();
          expect(refused).toBe(decoded.refused);
          const tempos = decoded.records.filter((r) => r.kind === 'start' || r.kind === 'tempo').length;
          expect(clamped).toBeLessThanOrEqual(decoded.clamped + tempos);
          for (let i = 0; i < 4; i++) engine.render();
          expect(engine.left.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('a batch longer than the limit', () => {
    const engine = makeEngine(8);
    engine.push(new Uint8Array(200_000));
    expect(engine.counters().refused).toBe(1);
  });
});

describe('10,000 notes of nonsense', () => {
  it.each([11])('seed %i: no sample is not a number or above the ceiling', (seed) => {
    const next = random(seed);
    const engine = makeEngine(128);
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, 1e-40, 0];
    send(engine, 1, (writer) => writer.addStart(0, 1));
    const tape = new Tape(engine);
    let played = 0;
    for (let round = 0; round < 20; round++) {
      send(engine, 1, (writer) => {
        for (let i = 0; i < 500; i++, played++) {
          const note: Record<string, number | string> = {
            cycle: round * 0.2 + next() * 0.2,
            length: next() < 0.1 ? next() * 100 : next() * 0.2,
            s: SOURCES[Math.floor(next() * SOURCES.length)]!.name,
            strip: Math.floor(next() * 64),
            seed: Math.floor(next() * 4294967296),
          };
          for (const { key, min, max } of PARAMS) {
            if (next() < 0.25)
              note[key] = next() < 0.1 ? odd[Math.floor(next() * odd.length)]! : min + next() * (max - min);
          }
          addNote(writer, note as unknown as Played);
        }
      });
      tape.roll(0.2 * RATE);
    }
    tape.roll(RATE);
    const { left, right } = tape.signal;
    let worst = 0;
    for (const signal of [left, right])
      for (const sample of signal) worst = Math.max(worst, Number.isFinite(sample) ? Math.abs(sample) : 9);
    expect(worst).toBeLessThanOrEqual(0.8913);
    expect(worst).toBeGreaterThan(0.1);
    expect(engine.counters().clamped).toBeGreaterThan(1000);
    expect(engine.counters().played + engine.counters().dropped).toBe(played);
  });
  it('commands with nonsense', () => {
    const engine = makeEngine(8);
    play(engine, [{ cycle: 0, length: 4, s: 'sawtooth', freq: 100 }]);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300]) {
      engine.tempo(value, value, value);
      engine.tempo(1, value, 0);
      engine.strip(value, { gainDb: value });
      engine.master(value === -1 ? -1 : Number.NaN);
      engine.start(value, value, value);
      for (let i = 0; i < 20; i++) engine.render();
      expect(engine.left.every(Number.isFinite)).toBe(true);
    }
    engine.hush(Number.NaN);
    for (let i = 0; i < 20; i++) engine.render();
    engine.observe();
    expect(engine.value('playing')).toBe(0);
  });
});

describe('the same stream, the same samples', () => {
  const notes: Played[] = Array.from({ length: 300 }, (_, i) => ({
    cycle: i / 60,
    length: 0.1 + (i % 5) / 20,
    s: SOURCES[i % SOURCES.length]!.name,
    freq: 55 * (1 + (i % 13)),
    seed: i * 7919,
    strip: i % 8,
    orbit: 1 + (i % 3),
    pan: (i % 11) / 10,
    room: i % 4 ? 0 : 0.3,
    delay: i % 6 ? 0 : 0.4,
    ...(i % 3 ? { cutoff: 300 + 100 * (i % 20), lpenv: (i % 7) - 3, resonance: i % 20 } : {}),
  }));
  const hashOf = (batches: number) => {
    const engine = makeEngine(64);
    send(engine, 1, (writer) => writer.addStart(0, 1));
    const size = Math.ceil(notes.length / batches);
    for (let at = 0; at < notes.length; at += size) {
      send(engine, 1, (writer) => {
        for (const note of notes.slice(at, at + size)) addNote(writer, note);
      });
    }
    const { left, right } = record(engine, 6 * RATE);
    const hash = createHash('sha256');
    hash.update(new Uint8Array(left.buffer)).update(new Uint8Array(right.buffer));
    return hash.digest('hex');
  };
  it('run twice, in one batch or in fifty', () => {
    const first = hashOf(1);
    expect(hashOf(1)).toBe(first);
    expect(hashOf(50)).toBe(first);
  });
  it('live, as the notes come a little ahead, and offline, all at once', () => {
    const offline = makeEngine(64);
    play(offline, notes);
    const whole = record(offline, 6 * RATE).left;
    const live = makeEngine(64);
    send(live, 1, (writer) => writer.addStart(0, 1));
    const tape = new Tape(live);
    for (let step = 0; step < 60; step++) {
      send(live, 1, (writer) => {
        for (const note of notes)
          if (note.cycle >= step / 10 && note.cycle < (step + 1) / 10) addNote(writer, note);
        writer.addHorizon((step + 1) / 10);
      });
      // The next tenth of a second arrives before this one has ended.
      tape.roll(step * 4800 + 1920 - tape.frames);
    }
    const heard = tape.signal.left;
    expect(heard.length).toBeGreaterThan(5 * RATE);
    expect(
      Buffer.compare(Buffer.from(heard.buffer, 0, 4 * 5 * RATE), Buffer.from(whole.buffer, 0, 4 * 5 * RATE)),
    ).toBe(0);
  });
  it('nothing grows while rendering', () => {
    const engine = makeEngine(64);
    play(engine, notes);
    const { buffer } = engine.left;
    record(engine, 6 * RATE);
    engine.measure();
    expect(engine.left.buffer).toBe(buffer);
  });
});

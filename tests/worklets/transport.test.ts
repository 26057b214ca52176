/**
 * Epochs and lateness: a program takes over without a note doubled or lost, a dead worker is bridged by its last cycle, late
 * notes sound at once or not at all, and full queues refuse what does not fit.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counters, type Engine, LIMIT } from '../../worklets/wire.ts';
import { addNote, makeEngine, onsetsIn, RATE, record, send, Tape } from './engine-rig.ts';

/** A tick of sound, 48 frames and silence, at 1 cycle a second. */
const tick = (cycle: number, freq = 1000) => ({
  cycle,
  s: 'square',
  attack: 0,
  release: 0.001,
  length: 1e-6,
  freq,
  pan: 0,
});
const counts = (engine: Engine, ...names: (keyof Counters)[]) => names.map((name) => engine.counters()[name]);
const frames = (cycles: readonly number[]) =>
  cycles.map((cycle) => Math.max(0, Math.ceil(cycle * RATE - 1e-6)));
const eighths = (from: number, to: number) => Array.from({ length: (to - from) * 8 }, (_, i) => from + i / 8);

describe('replace', () => {
  it('a program takes over at B: all old onsets before it, all new ones from it on, none twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 20 }), (at, lead) => {
        const boundary = at / 16;
        const engine = makeEngine();
        send(engine, 1, (writer) => {
          writer.addStart(0, 1);
          for (const cycle of eighths(0, 2)) addNote(writer, tick(cycle));
          writer.addHorizon(10);
        });
        const tape = new Tape(engine);
        tape.roll(Math.max(0, (boundary - lead / 100) * RATE - 256));
        send(engine, 2, (writer) => {
          writer.addReplace(boundary);
          for (const cycle of eighths(0, 2))
            if (cycle + 0.03 >= boundary) addNote(writer, tick(cycle + 0.03));
          writer.addHorizon(10);
        });
        // What an old worker still sends comes too late to count.
        send(engine, 1, (writer) => {
          for (const cycle of eighths(0, 2)) if (cycle >= boundary) addNote(writer, tick(cycle));
          writer.addHorizon(10);
        });
        tape.roll(2 * RATE);
        const expected = [
          ...eighths(0, 2).filter((cycle) => cycle < boundary),
          ...eighths(0, 2)
            .map((cycle) => cycle + 0.03)
            .filter((cycle) => cycle >= boundary),
        ];
        const heard = onsetsIn(tape.signal.left.subarray(0, 1.9 * RATE));
        expect(heard).toEqual(frames(expected).filter((frame) => frame < 1.9 * RATE));
        expect(counts(engine, 'dropped', 'late', 'repeated')).toEqual([0, 0, 0]);
      }),
      { numRuns: 15 },
    );
  });
  it('a boundary beyond what the old program sent is reached by repeating, not by silence', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      for (const cycle of eighths(0, 1)) addNote(writer, tick(cycle));
      writer.addHorizon(1.2);
    });
    const tape = new Tape(engine);
    tape.roll(0.9 * RATE);
    send(engine, 2, (writer) => {
      writer.addReplace(2);
      for (const cycle of [2.01, 2.51]) addNote(writer, tick(cycle));
      writer.addHorizon(3);
    });
    tape.roll(2 * RATE);
    // From 1.2 on the old cycle is heard again, up to the boundary.
    const expected = [...eighths(0, 1), ...eighths(1, 2).filter((cycle) => cycle > 1.2), 2.01, 2.51];
    expect(onsetsIn(tape.signal.left)).toEqual(frames(expected));
    expect(counts(engine, 'repeated', 'dropped')).toEqual([6, 0]);
  });
});

describe('a dead worker', () => {
  it('the last cycle goes on, and a replace ends that', () => {
    const engine = makeEngine();
    const onsets = [0, 0.3, 0.55, 0.9];
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      for (const cycle of onsets) addNote(writer, tick(cycle));
      writer.addHorizon(1);
    });
    const tape = new Tape(engine);
    tape.roll(3.4 * RATE);
    engine.observe();
    expect(engine.value('repeating')).toBe(1);
    send(engine, 2, (writer) => {
      writer.addReplace(3.5);
      addNote(writer, tick(3.7));
      writer.addHorizon(10);
    });
    tape.roll(2 * RATE);
    const expected = [0, 1, 2].flatMap((cycle) => onsets.map((onset) => cycle + onset));
    expect(onsetsIn(tape.signal.left)).toEqual(frames([...expected, 3, 3.3, 3.7]));
    engine.observe();
    expect([engine.value('repeating'), ...counts(engine, 'repeated', 'dropped')]).toEqual([0, 10, 0]);
  });
  it('one that was only slow doubles nothing', () => {
    const engine = makeEngine();
    const write = (from: number, to: number) =>
      send(engine, 1, (writer) => {
        if (from === 0) writer.addStart(0, 1);
        for (const cycle of eighths(0, 4)) if (cycle >= from && cycle < to) addNote(writer, tick(cycle));
        writer.addHorizon(to);
      });
    write(0, 1.5);
    const tape = new Tape(engine);
    tape.roll(1.6 * RATE);
    write(1.5, 3);
    tape.roll(1.2 * RATE);
    expect(onsetsIn(tape.signal.left)).toEqual(
      frames(eighths(0, 3).filter((c) => c * RATE < tape.signal.left.length)),
    );
    expect(counts(engine, 'repeated', 'dropped')).toEqual([2, 2]);
  });
  it('in the first cycle nothing can be repeated, and a slow worker loses nothing', () => {
    const engine = makeEngine();
    const write = (from: number, to: number) =>
      send(engine, 1, (writer) => {
        if (from === 0) writer.addStart(0, 1);
        for (const cycle of eighths(0, 2)) if (cycle >= from && cycle < to) addNote(writer, tick(cycle));
        writer.addHorizon(to);
      });
    write(0, 0.05);
    const tape = new Tape(engine);
    tape.roll(0.12 * RATE);
    write(0.05, 1.4);
    tape.roll(RATE);
    expect(onsetsIn(tape.signal.left)).toEqual(
      frames(eighths(0, 2).filter((cycle) => cycle * RATE < tape.signal.left.length)),
    );
    expect(counts(engine, 'repeated', 'dropped', 'late')).toEqual([0, 0, 0]);
  });
  it('without any horizon nothing is repeated: an offline host needs none', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      addNote(writer, tick(0.2));
    });
    expect(onsetsIn(record(engine, 3 * RATE).left)).toEqual([9600]);
  });
  it('a silent program that lives is not repeated over', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      addNote(writer, tick(0.2));
      writer.addHorizon(3);
    });
    expect(onsetsIn(record(engine, 2.5 * RATE).left)).toEqual([9600]);
  });
});

describe('late notes', () => {
  it.each([
    [0.001, 1, 0],
    [0.0499, 1, 0],
    [0.0501, 0, 1],
    [1, 0, 1],
  ])('%f s late: %i sounds, %i is dropped', (seconds, late, dropped) => {
    const engine = makeEngine();
    send(engine, 1, (writer) => writer.addStart(0, 1));
    const tape = new Tape(engine);
    tape.roll(128 * 400);
    send(engine, 1, (writer) => addNote(writer, tick((128 * 400) / RATE - seconds)));
    tape.roll(4096);
    expect(counts(engine, 'late', 'dropped', 'played')).toEqual([late, dropped, late]);
    expect(onsetsIn(tape.signal.left)).toEqual(late ? [128 * 400] : []);
  });
  it('a late note keeps its end', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => writer.addStart(0, 1));
    const tape = new Tape(engine);
    tape.roll(128 * 100);
    const cycle = (128 * 100) / RATE - 0.04;
    send(engine, 1, (writer) => addNote(writer, { ...tick(cycle), length: 0.1, sustain: 1 }));
    tape.roll(8192);
    const { left } = tape.signal;
    let last = left.length;
    while (left[last - 1] === 0) last -= 1;
    expect(Math.abs(last - (12_800 + 0.06 * RATE + 48))).toBeLessThanOrEqual(1);
  });
});

describe('a full queue', () => {
  it.each([
    [LIMIT.queuedNotes, 0],
    [LIMIT.queuedNotes + 1, 1],
  ])('%i notes: %i dropped', (count, dropped) => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      for (let i = 0; i < count; i++)
        addNote(writer, { ...tick(0), cycle: 1 + ((i * 7919) % count) / count });
    });
    engine.observe();
    expect(engine.value('queued')).toBe(LIMIT.queuedNotes);
    expect(counts(engine, 'dropped')).toEqual([dropped]);
    record(engine, 2.2 * RATE);
    expect(counts(engine, 'played', 'reset')).toEqual([LIMIT.queuedNotes, 0]);
  });
  it('notes come out in order of onset, then of arrival', () => {
    // Equal onsets and a polyphony of many: the sum is the same whatever order they came in.
    fc.assert(
      fc.property(fc.shuffledSubarray(eighths(0, 1), { minLength: 2 }), (cycles) => {
        const engine = makeEngine();
        send(engine, 1, (writer) => {
          writer.addStart(0, 1);
          for (const cycle of cycles) addNote(writer, tick(cycle));
        });
        expect(onsetsIn(record(engine, RATE).left)).toEqual(frames([...cycles].sort((a, b) => a - b)));
      }),
      { numRuns: 15 },
    );
  });
  it('tempo changes past the limit of segments are refused', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      for (let i = 1; i < LIMIT.segments; i++) writer.addTempo(i, 1 + (i % 2));
    });
    expect(counts(engine, 'refused')).toEqual([0]);
    send(engine, 1, (writer) => writer.addTempo(1000, 3));
    expect(counts(engine, 'refused')).toEqual([1]);
    engine.observe();
    expect(engine.segments()).toHaveLength(LIMIT.segments);
  });
});

describe('stopping', () => {
  const droning = () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      for (const cycle of eighths(0, 4))
        addNote(writer, { cycle, length: 0.5, s: 'sawtooth', freq: 110, room: 0.5, delay: 0.5 });
      writer.addHorizon(4);
    });
    return engine;
  };
  it.each<[string, (engine: Engine) => void, number]>([
    ['hush', (engine) => engine.hush(0.25), 0.25],
    ['panic', (engine) => engine.panic(), 0.003],
  ])('%s silences and stops everything', (_, stop, seconds) => {
    const engine = droning();
    const tape = new Tape(engine);
    tape.roll(128 * 300);
    stop(engine);
    tape.roll(RATE);
    const { left } = tape.signal;
    const end = 128 * 300 + Math.ceil(seconds * RATE);
    expect(left.subarray(end).every((sample) => sample === 0)).toBe(true);
    expect(left.subarray(128 * 300, 128 * 300 + 32).some((sample) => sample !== 0)).toBe(true);
    engine.observe();
    expect(['playing', 'queued', 'voices'].map((name) => engine.value(name as 'playing'))).toEqual([0, 0, 0]);
  });
  it('a start while it fades begins at once and is whole', () => {
    const engine = droning();
    const tape = new Tape(engine);
    tape.roll(128 * 300);
    engine.hush(2);
    tape.roll(128 * 30);
    send(engine, 2, (writer) => {
      writer.addStart(0, 1, 0.1);
      writer.addReplace(0);
      addNote(writer, tick(0));
      writer.addHorizon(2);
    });
    tape.roll(0.5 * RATE);
    const begin = 128 * 330;
    expect(onsetsIn(tape.signal.left.subarray(begin + 256))).toEqual([4800 - 256]);
  });
});

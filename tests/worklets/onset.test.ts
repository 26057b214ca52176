/**
 * Onsets fall on their exact frame, for every source, at any tempo, across tempo changes and ramps, also for notes that
 * were queued before the change. The reference is written out here in f64, on its own.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SOURCES } from '../../worklets/wire.ts';
import { addNote, heard, makeEngine, onsetsIn, RATE, record, send, Tape } from './engine-rig.ts';

interface Segment {
  frame0: number;
  cycle0: number;
  speed: number;
  ramp: number;
}

/** Inverse of cycle = cycle0 + t (v + a t / 2), by the quadratic formula in its stable form. */
function frameOf(segments: readonly Segment[], cycle: number): number {
  let segment = segments[0]!;
  for (const next of segments) if (next.cycle0 <= cycle) segment = next;
  const d = cycle - segment.cycle0;
  const root = Math.sqrt(Math.max(0, segment.speed ** 2 + 2 * segment.ramp * d));
  return segment.frame0 + (2 * d) / (segment.speed + root);
}
const onsetOf = (segments: readonly Segment[], cycle: number) =>
  Math.max(0, Math.ceil(frameOf(segments, cycle) - 1e-6));

/** A tick of sound that leaves silence behind soon. */
const tick = { s: 'square', attack: 0, release: 0.001, length: 1e-6, freq: 1000, pan: 0 };

describe('a note begins on its exact frame', () => {
  // Crackle leaves its first impulse to chance.
  it.each(SOURCES.filter(({ name }) => name !== 'crackle').map(({ name }) => [name]))(
    '%s, at random places',
    (s) => {
      fc.assert(
        fc.property(
          fc.double({ min: 0, max: 0.2, noNaN: true }),
          fc.double({ min: 0.3, max: 4, noNaN: true }),
          (cycle, tempo) => {
            const { left } = heard(
              [{ cycle, s, length: 0.01, attack: 0 }],
              (cycle / tempo) * RATE + 512,
              tempo,
            );
            const expected = onsetOf([{ frame0: 0, cycle0: 0, speed: tempo / RATE, ramp: 0 }], cycle);
            expect(onsetsIn(left)[0]).toBe(expected);
          },
        ),
        { numRuns: 12 },
      );
    },
  );
  it('whole frames are not rounded up by the last bit', () => {
    // 1/3 + 1/3 + ... in cycles: frames 16000, 32000, ... exactly.
    const notes = Array.from({ length: 9 }, (_, i) => ({ ...tick, cycle: (i + 1) / 3 }));
    const { left } = heard(notes, 3.1 * RATE);
    expect(onsetsIn(left)).toEqual(notes.map((_, i) => 16_000 * (i + 1)));
  });
  it('the sound is the same wherever in a block it begins', () => {
    const note = {
      s: 'sawtooth',
      freq: 331,
      length: 0.02,
      attack: 0.003,
      cutoff: 900,
      lpenv: 3,
      resonance: 6,
    };
    const reference = heard([{ ...note, cycle: 0 }], 3000).left;
    for (const frame of [1, 17, 100, 127, 128, 300]) {
      const { left } = heard([{ ...note, cycle: frame / RATE }], 3000 + frame);
      let worst = 0;
      for (let i = 0; i < 2900; i++) worst = Math.max(worst, Math.abs(left[i + frame]! - reference[i]!));
      // Envelope-moved cutoffs follow a grid of 16 frames: that is all the difference there may be.
      expect(worst).toBeLessThan(2e-3);
    }
  });
  it('a delayed start', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(4, 2, 0.1);
      addNote(writer, { ...tick, cycle: 4 });
      addNote(writer, { ...tick, cycle: 4.25 });
    });
    expect(onsetsIn(record(engine, 0.3 * RATE).left)).toEqual([4800, 4800 + 6000]);
  });
});

describe('tempo', () => {
  const cycles = fc.uniqueArray(fc.integer({ min: 1, max: 95 }), { minLength: 4, maxLength: 20 });
  const tempo = fc.double({ min: 0.5, max: 4, noNaN: true });

  it('a change acts on notes that already wait, to the frame', () => {
    fc.assert(
      fc.property(
        cycles,
        tempo,
        tempo,
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        (places, before, after, at) => {
          const onsets = places.map((place) => place / 32).sort((a, b) => a - b);
          const engine = makeEngine();
          send(engine, 1, (writer) => {
            writer.addStart(0, before);
            for (const cycle of onsets) addNote(writer, { ...tick, cycle });
            writer.addTempo(at, after);
          });
          const first: Segment = { frame0: 0, cycle0: 0, speed: before / RATE, ramp: 0 };
          const segments = [
            first,
            { frame0: frameOf([first], at), cycle0: at, speed: after / RATE, ramp: 0 },
          ];
          const { left } = record(engine, onsetOf(segments, onsets.at(-1)!) + 256);
          expect(onsetsIn(left)).toEqual(onsets.map((cycle) => onsetOf(segments, cycle)));
        },
      ),
      { numRuns: 12 },
    );
  });
  it('a ramp is linear in time and ends on its cycle', () => {
    fc.assert(
      fc.property(
        cycles,
        tempo,
        tempo,
        fc.double({ min: 0.2, max: 1.5, noNaN: true }),
        (places, before, after, length) => {
          const onsets = places.map((place) => place / 32).sort((a, b) => a - b);
          const engine = makeEngine();
          send(engine, 1, (writer) => {
            writer.addStart(0, before);
            for (const cycle of onsets) addNote(writer, { ...tick, cycle });
            writer.addTempo(0.5, after, length);
          });
          const [from, to] = [before / RATE, after / RATE];
          const first: Segment = { frame0: 0, cycle0: 0, speed: from, ramp: 0 };
          const begin = frameOf([first], 0.5);
          const frames = (2 * length) / (from + to);
          const segments = [
            first,
            { frame0: begin, cycle0: 0.5, speed: from, ramp: (to - from) / frames },
            { frame0: begin + frames, cycle0: 0.5 + length, speed: to, ramp: 0 },
          ];
          const { left } = record(engine, onsetOf(segments, onsets.at(-1)!) + 256);
          expect(onsetsIn(left)).toEqual(onsets.map((cycle) => onsetOf(segments, cycle)));
        },
      ),
      { numRuns: 12 },
    );
  });
  it('a change now, while notes wait, keeps position and moves what is to come', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      for (const cycle of [0.25, 0.5, 0.75, 1]) addNote(writer, { ...tick, cycle });
    });
    const tape = new Tape(engine);
    tape.roll(128 * 150); // frame 19200 = cycle 0.4
    engine.tempo(4);
    tape.roll(20_000);
    expect(onsetsIn(tape.signal.left)).toEqual([12_000, 20_400, 23_400, 26_400]);
    engine.observe();
    expect(engine.segments()).toHaveLength(2);
  });
  it('a gate that is open moves with the tempo', () => {
    const engine = makeEngine();
    send(engine, 1, (writer) => {
      writer.addStart(0, 1);
      addNote(writer, { cycle: 0, length: 1, s: 'square', attack: 0, release: 0.01, freq: 200 });
    });
    const tape = new Tape(engine);
    tape.roll(128 * 75); // 0.2 cycles
    engine.tempo(2);
    tape.roll(RATE);
    const { left } = tape.signal;
    let last = left.length;
    while (left[last - 1] === 0) last -= 1;
    // 9600 + 0.8 cycles at twice the speed, then 480 frames of release, the last of them 0.
    expect(last).toBeGreaterThanOrEqual(9600 + 19_200 + 477);
    expect(last).toBeLessThanOrEqual(9600 + 19_200 + 480);
  });
});

/** MIDI files, read back by a reader of the test's own: times, pitches, names, tempo. */
import { describe, expect, test } from 'vitest';
import { midiFile } from '../../../runtime/render/midi-file.ts';
import { frameAt, startTimeline, withTempo } from '../../../runtime/schedule/timeline.ts';
import { PARAM_ID, SOURCES, type WireRecord } from '../../../worklets/wire.ts';
import { readMidi } from '../../kit/read-midi.ts';

const RATE = 48_000;
const sourceId = (name: string): number => SOURCES.find((row) => row.name === name)!.id;

function note(
  cycle: number,
  length: number,
  strip: number,
  sound: string,
  values: Record<string, number> = {},
): WireRecord {
  const pairs = Object.entries(values).flatMap(([key, value]) => [PARAM_ID[key]!, value]);
  return { kind: 'note', epoch: 1, cycle, length, strip, source: sourceId(sound), seed: 0, pairs };
}

const fileOf = (notes: readonly WireRecord[], segments = startTimeline(0, 0, 0.5, RATE)) =>
  readMidi(
    midiFile({ notes, trackNames: { 1: 'drums', 2: 'Bässe' }, segments, sampleRate: RATE, beatsPerCycle: 4 }),
  );

describe('a Standard MIDI File', () => {
  test('has a tempo track, then a named track per strip', () => {
    const file = fileOf([note(0, 0.25, 2, 'sawtooth'), note(0, 0.25, 1, 'bd')]);
    expect(file.format).toBe(1);
    expect(file.tracks.map((track) => track.name)).toEqual([undefined, 'drums', 'Bässe']);
    expect(file.tracks[0]!.tempos).toEqual([{ tick: 0, micros: 500_000 }]);
  });

  test('notes lie where their cycles are; drums on channel 10, pitches to the semitone', () => {
    const notes = [
      note(0, 0.25, 1, 'bd'),
      note(1 / 3, 1 / 6, 1, 'sd', { velocity: 0.5 }),
      note(1, 0.5, 2, 'sine', { freq: 440, clip: 0.5 }),
      note(2, 0.5, 2, 'sine', { freq: 261.6 }),
    ];
    const { tracks } = fileOf(notes);
    expect(tracks[1]!.notes).toEqual([
      { channel: 9, key: 36, velocity: 100, tick: 0, endTick: 960 },
      { channel: 9, key: 38, velocity: 50, tick: 1_280, endTick: 1_920 },
    ]);
    expect(tracks[2]!.notes).toEqual([
      { channel: 1, key: 69, velocity: 100, tick: 3_840, endTick: 4_800 },
      { channel: 1, key: 60, velocity: 100, tick: 7_680, endTick: 9_600 },
    ]);
  });

  test('a repeated note ends before it begins anew, a silent one is left out', () => {
    const { tracks } = fileOf([
      note(0, 0.5, 1, 'sine', { freq: 440 }),
      note(0.5, 0.5, 1, 'sine', { freq: 440 }),
      note(0.75, 0.5, 1, 'sine', { freq: 880, velocity: 0 }),
    ]);
    expect(tracks[1]!.notes.map(({ tick, endTick }) => [tick, endTick])).toEqual([
      [0, 1_920],
      [1_920, 3_840],
    ]);
  });

  test('a tempo ramp ends when the timeline does', () => {
    const segments = withTempo(startTimeline(0, 0, 0.5, RATE), 2, 1, 4, RATE);
    const { tempos } = fileOf([note(8, 1, 1, 'bd')], segments).tracks[0]!;
    // Seconds at the tick of cycle 7, by the file.
    const target = 7 * 4 * 960;
    let seconds = 0;
    for (const [index, { tick, micros }] of tempos.entries()) {
      const end = Math.min(target, tempos[index + 1]?.tick ?? target);
      if (end > tick) seconds += ((end - tick) / 960) * (micros / 1e6);
    }
    expect(Math.abs(seconds - frameAt(segments, 7)! / RATE)).toBeLessThan(0.002);
  });

  test('long names and times far apart', () => {
    const file = readMidi(
      midiFile({
        notes: [note(0, 1, 1, 'bd'), note(10_000, 1, 1, 'bd')],
        trackNames: { 1: 'x'.repeat(300) },
        segments: startTimeline(0, 0, 4, RATE),
        sampleRate: RATE,
        beatsPerCycle: 4,
      }),
    );
    expect(file.tracks[1]!.name).toHaveLength(300);
    expect(file.tracks[1]!.notes[1]!.tick).toBe(10_000 * 4 * 960);
  });
});

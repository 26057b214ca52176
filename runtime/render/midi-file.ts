/**
 * A Standard MIDI File (type 1) from the notes of a render: a tempo map, then one track per strip. It stands alone as
 * one more sink of the same event stream; it knows the wire's records and no files.
 * Source: MIDI 1.0 Detailed Specification, Standard MIDI Files 1.0 (MMA, 1996).
 */
import { PARAM_ID, PARAMS, SOURCES, type TimelineSegment, type WireRecord } from '../../worklets/wire.ts';

export interface MidiFileInput {
  /** Note records; others are passed over. */
  readonly notes: readonly WireRecord[];
  /** Names by strip; strips without a name are called by their number. */
  readonly trackNames: Readonly<Record<number, string>>;
  /** The timeline of the render: segments in frames of `sampleRate`. */
  readonly segments: readonly TimelineSegment[];
  readonly sampleRate: number;
  /** Quarter notes of one cycle. */
  readonly beatsPerCycle: number;
}

const TICKS_PER_BEAT = 960;
/** A ramp of the tempo becomes steps of this many beats. */
const RAMP_STEP_BEATS = 0.25;
const DRUM_CHANNEL = 9;
/** General MIDI keys of the drums that we have; another drum is a side stick. */
const DRUM_KEYS: Readonly<Record<string, number>> = { bd: 36, sd: 38, hh: 42 };
const OTHER_DRUM_KEY = 37;
/** Velocity of a note with the default gain. */
const MIDDLE_VELOCITY = 100;

/** An event of a track: bytes at a tick; of equal ticks the lower rank comes first. */
interface TrackEvent {
  readonly tick: number;
  readonly rank: number;
  readonly bytes: readonly number[];
}

/** The file's bytes. Pitch is rounded to the semitone; of MIDI's 16 channels 10 is for drums. */
export function midiFile(input: MidiFileInput): Uint8Array {
  const strips = [...new Set(input.notes.filter(isNote).map((note) => note.strip))].sort((a, b) => a - b);
  const tracks = [tempoTrack(input), ...strips.map((strip, index) => noteTrack(input, strip, index))];
  const header = [...text('MThd'), ...u32(6), ...u16(1), ...u16(tracks.length), ...u16(TICKS_PER_BEAT)];
  return Uint8Array.from([...header, ...tracks.flatMap(trackChunk)]);
}

const isNote = (record: WireRecord): boolean => record.kind === 'note';

function tempoTrack({ segments, sampleRate, beatsPerCycle }: MidiFileInput): TrackEvent[] {
  const events: TrackEvent[] = [{ tick: 0, rank: 0, bytes: [0xff, 0x58, 4, beatsPerCycle & 0xff, 2, 24, 8] }];
  for (const [index, segment] of segments.entries()) {
    const end = segments[index + 1]?.cycle0 ?? Number.POSITIVE_INFINITY;
    const step = segment.ramp === 0 ? Number.POSITIVE_INFINITY : RAMP_STEP_BEATS / beatsPerCycle;
    for (let cycle = segment.cycle0; cycle < end; cycle += step) {
      // The mean speed of the step, so that its end falls where the timeline has it.
      const from = speedAt(segment, cycle);
      const to = segment.ramp === 0 ? from : speedAt(segment, Math.min(end, cycle + step));
      const beatsPerSecond = ((from + to) / 2) * sampleRate * beatsPerCycle;
      const micros = Math.max(1, Math.min(0xff_ffff, Math.round(1e6 / beatsPerSecond)));
      const tick = Math.max(0, ticks(cycle, beatsPerCycle));
      events.push({
        tick,
        rank: 1,
        bytes: [0xff, 0x51, 3, micros >> 16, (micros >> 8) & 0xff, micros & 0xff],
      });
      if (step === Number.POSITIVE_INFINITY) break;
    }
  }
  return events;
}

/** Cycles per frame where a segment reaches `cycle`. */
function speedAt({ cycle0, cyclesPerFrame, ramp }: TimelineSegment, cycle: number): number {
  return Math.sqrt(Math.max(0, cyclesPerFrame * cyclesPerFrame + 2 * ramp * (cycle - cycle0)));
}

function noteTrack(input: MidiFileInput, strip: number, index: number): TrackEvent[] {
  const name = [...new TextEncoder().encode(input.trackNames[strip] ?? `strip ${strip}`)];
  const events: TrackEvent[] = [
    { tick: 0, rank: 0, bytes: [0xff, 0x03, ...variableLength(name.length), ...name] },
  ];
  // Channels in turn, without that of the drums.
  const channel = index % 15 < DRUM_CHANNEL ? index % 15 : (index % 15) + 1;
  for (const note of input.notes) {
    if (note.strip === strip && isNote(note)) events.push(...noteEvents(note, channel, input.beatsPerCycle));
  }
  return events;
}

function noteEvents(note: WireRecord, channel: number, beatsPerCycle: number): TrackEvent[] {
  const source = SOURCES[note.source]!;
  const isDrum = source.kind === 'drum';
  const key = isDrum ? (DRUM_KEYS[source.name] ?? OTHER_DRUM_KEY) : keyOf(givenValue(note, 'freq'));
  const on = isDrum ? DRUM_CHANNEL : channel;
  const loudness = givenValue(note, 'velocity') * (givenValue(note, 'gain') / fallbackOf('gain'));
  const velocity = clamp(Math.round(MIDDLE_VELOCITY * loudness), 0, 127);
  if (velocity === 0) return [];
  const begin = Math.max(0, ticks(note.cycle, beatsPerCycle));
  const end = Math.max(begin + 1, ticks(note.cycle + note.length * givenValue(note, 'clip'), beatsPerCycle));
  return [
    { tick: begin, rank: 2, bytes: [0x90 | on, key, velocity] },
    // Before the next note on the same key begins.
    { tick: end, rank: 1, bytes: [0x80 | on, key, 64] },
  ];
}

const keyOf = (freqHz: number): number => clamp(Math.round(69 + 12 * Math.log2(freqHz / 440)), 0, 127);

function givenValue(note: WireRecord, key: string): number {
  const id = PARAM_ID[key]!;
  for (let i = 0; i < note.pairs.length; i += 2) if (note.pairs[i] === id) return note.pairs[i + 1]!;
  return SOURCES[note.source]!.defaults[key] ?? fallbackOf(key);
}

const fallbackOf = (key: string): number => PARAMS[PARAM_ID[key]!]!.fallback;
const ticks = (cycle: number, beatsPerCycle: number): number =>
  Math.round(cycle * beatsPerCycle * TICKS_PER_BEAT);
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function trackChunk(events: readonly TrackEvent[]): number[] {
  const sorted = [...events].sort((a, b) => a.tick - b.tick || a.rank - b.rank);
  const body: number[] = [];
  let tick = 0;
  for (const event of sorted) {
    body.push(...variableLength(event.tick - tick));
    for (const byte of event.bytes) body.push(byte);
    tick = event.tick;
  }
  body.push(0, 0xff, 0x2f, 0);
  return [...text('MTrk'), ...u32(body.length), ...body];
}

/** Seven bits a byte, the highest first; up to 28 bits. */
function variableLength(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

const text = (word: string): number[] => [...word].map((letter) => letter.charCodeAt(0));
const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

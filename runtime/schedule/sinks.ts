/**
 * Where the event stream goes. Every output is a Sink: the engine's port, highlights, the renderer, tests, later MIDI
 * and files. A new output is one class like these and one row where sinks are made. Sinks get every window once, in
 * order, and never ask for time themselves. Thread: that of the scheduler; blocks: no.
 */
import { BatchWriter } from '../../worklets/wire.ts';
import type { Diagnostic } from '../program/program.ts';
import { BUILT_IN_SOUNDS, type SoundTable } from '../samples/sounds.ts';
import { type EncodedNote, encodeEvent } from './encode.ts';
import type { ScheduledNote, Window } from './window.ts';

export interface Sink {
  take(window: Window): void;
}

/** Mistakes of notes found while encoding; each is told once a version. At most 256 of them. */
export class Told {
  private readonly seen = new Set<string>();
  private readonly tell: (diagnostic: Diagnostic) => void;

  constructor(tell: (diagnostic: Diagnostic) => void) {
    this.tell = tell;
  }

  warn(note: ScheduledNote, message: string): void {
    const key = `${note.evalId} ${note.track} ${message}`;
    if (this.seen.size >= 256 || this.seen.has(key)) return;
    this.seen.add(key);
    const place = note.event.context.locations[0] ?? { from: 0, to: 0 };
    this.tell({ severity: 'warning', from: place.from, to: place.to, message, track: note.track });
  }
}

/** Writes windows as batches of the wire; one window is one message unless it passes the limits of one. */
export class EngineSink implements Sink {
  readonly writer: BatchWriter;
  private readonly told: Told;
  private readonly sounds: SoundTable;

  constructor(
    send: (buffer: ArrayBuffer) => void,
    tell: (diagnostic: Diagnostic) => void,
    sounds: SoundTable = BUILT_IN_SOUNDS,
  ) {
    this.writer = new BatchWriter(send);
    this.told = new Told(tell);
    this.sounds = sounds;
  }

  take({ epoch, opening, notes, tempo, horizon }: Window): void {
    const { writer } = this;
    writer.epoch = epoch;
    if (opening) {
      const { start, tempo: stated, fromCycle } = opening;
      if (start) writer.addStart(fromCycle, start.cyclesPerSecond, start.delaySeconds);
      if (stated) writer.addTempo(fromCycle, stated.cyclesPerSecond, stated.rampCycles);
      writer.addReplace(fromCycle);
    }
    for (const { cycle, cyclesPerSecond } of tempo) writer.addTempo(cycle, cyclesPerSecond);
    for (const note of notes) this.addNote(note);
    writer.addHorizon(horizon);
    writer.flush();
  }

  /** Encodes without sending, so that mistakes are told before a program plays. */
  rehearse(notes: readonly ScheduledNote[]): void {
    for (const note of notes) this.encode(note);
  }

  private encode(note: ScheduledNote): EncodedNote | null {
    const warn = (message: string, key: string): void => {
      // The realm tells of unknown sounds, with their places in the text.
      if (key !== 's' && key !== 'bank') this.told.warn(note, message);
    };
    return encodeEvent(note.event, warn, this.sounds);
  }

  private addNote(note: ScheduledNote): void {
    const encoded = this.encode(note);
    if (!encoded) return;
    const { cycle, length, source, pairs } = encoded;
    this.writer.addNote(cycle, length, note.strip, source, note.seed, pairs);
  }
}

/** Locations of one event that highlights use at most. */
const LOCATIONS_PER_EVENT = 16;

/** Tells what sounds when, for highlights: rows as in `sounding` of messages.ts, one call per version and window. */
export class SoundingSink implements Sink {
  private readonly send: (evalId: number, epoch: number, rows: Float64Array) => void;

  constructor(send: (evalId: number, epoch: number, rows: Float64Array) => void) {
    this.send = send;
  }

  take({ epoch, notes }: Window): void {
    const byVersion = new Map<number, number[]>();
    for (const { event, evalId, onset, strip } of notes) {
      const { locations } = event.context;
      if (locations.length === 0) continue;
      const rows = byVersion.get(evalId) ?? [];
      byVersion.set(evalId, rows);
      const count = Math.min(locations.length, LOCATIONS_PER_EVENT);
      rows.push(onset, event.whole!.end.toNumber(), strip, count);
      for (let i = 0; i < count; i++) rows.push(locations[i]!.from, locations[i]!.to);
    }
    for (const [evalId, rows] of byVersion) this.send(evalId, epoch, Float64Array.from(rows));
  }
}

/** Keeps every window, for tests. */
export class Recorder implements Sink {
  readonly windows: Window[] = [];

  take(window: Window): void {
    this.windows.push(window);
  }
}

/**
 * The engine on the bench: an Engine from dist/engine.wasm, notes written by key, blocks rendered into one long signal with
 * the limiter's look-ahead taken off, so that frame n of the signal is frame n of the timeline.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BatchWriter, BLOCK_FRAMES, Engine, PARAM_ID, SOURCES } from '../../worklets/wire.ts';

export const RATE = 48_000;

const file = fileURLToPath(new URL('../../dist/engine.wasm', import.meta.url));
let compiled: WebAssembly.Module | null = null;

export function engineModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(file));
  return compiled;
}

export function makeEngine(polyphony = 256, sampleRate = RATE): Engine {
  return new Engine(engineModule(), { sampleRate, polyphony });
}

export const SOURCE_ID: Readonly<Record<string, number>> = Object.fromEntries(
  SOURCES.map(({ name, id }) => [name, id]),
);

/** A note by names: `cycle`, `length`, `s`, and any parameters by their keys. */
export interface Played {
  readonly cycle: number;
  readonly length?: number;
  readonly s?: string;
  readonly strip?: number;
  readonly seed?: number;
  readonly [param: string]: number | string | undefined;
}

export function pairsOf(note: Played): number[] {
  return Object.entries(note).flatMap(([key, value]) =>
    key in PARAM_ID && typeof value === 'number' ? [PARAM_ID[key]!, value] : [],
  );
}

export function addNote(writer: BatchWriter, note: Played): void {
  const source = SOURCE_ID[note.s ?? 'sine']!;
  writer.addNote(note.cycle, note.length ?? 0.25, note.strip ?? 1, source, note.seed ?? 1, pairsOf(note));
}

/** Writes records and pushes them at once. */
export function send(engine: Engine, epoch: number, write: (writer: BatchWriter) => void): void {
  const writer = new BatchWriter((buffer) => engine.push(buffer));
  writer.epoch = epoch;
  write(writer);
  writer.flush();
}

/** Starts playing at cycle 0 and sends the notes, all in epoch 1. */
export function play(engine: Engine, notes: readonly Played[], cyclesPerSecond = 1): void {
  send(engine, 1, (writer) => {
    writer.addStart(0, cyclesPerSecond);
    for (const note of notes) addNote(writer, note);
  });
}

export interface Signal {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** A recorder that keeps the look-ahead off across several calls. */
export class Tape {
  readonly engine: Engine;
  readonly #blocks: [Float32Array, Float32Array][] = [];

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Frames rendered so far. */
  get frames(): number {
    return this.#blocks.length * BLOCK_FRAMES;
  }

  /** Renders at least so many frames more, in whole blocks. */
  roll(frames: number): void {
    for (let done = 0; done < frames; done += BLOCK_FRAMES) {
      this.engine.render();
      this.#blocks.push([this.engine.left.slice(), this.engine.right.slice()]);
    }
  }

  get signal(): Signal {
    const join = (side: 0 | 1): Float32Array => {
      const whole = new Float32Array(this.frames);
      for (const [i, block] of this.#blocks.entries()) whole.set(block[side], i * BLOCK_FRAMES);
      return whole.slice(this.engine.latencyFrames);
    };
    return { left: join(0), right: join(1) };
  }
}

/** Renders `frames` frames (rounded up to blocks). */
export function record(engine: Engine, frames: number): Signal {
  const tape = new Tape(engine);
  tape.roll(frames + engine.latencyFrames);
  return tape.signal;
}

/** Plays notes on a fresh engine and gives what is heard. */
export function heard(notes: readonly Played[], frames: number, cyclesPerSecond = 1): Signal {
  const engine = makeEngine();
  play(engine, notes, cyclesPerSecond);
  return record(engine, frames);
}

/** Frames at which the signal leaves exact silence of at least `gap` frames. */
export function onsetsIn(signal: Float32Array, gap = 64): number[] {
  const onsets: number[] = [];
  let quiet = gap;
  for (let i = 0; i < signal.length; i++) {
    if (signal[i] === 0) quiet += 1;
    else {
      if (quiet >= gap) onsets.push(i);
      quiet = 0;
    }
  }
  return onsets;
}

/** Greatest |x| in a stretch. */
export function peakOf(signal: Float32Array, from = 0, to = signal.length): number {
  let peak = 0;
  for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(signal[i]!));
  return peak;
}

export const decibels = (ratio: number): number => 20 * Math.log10(Math.max(ratio, 1e-12));

/** Prints a figure beside its target, with the margin; `higher` where more is better. */
export function tell(name: string, value: number, target: number, unit: string, higher = false): void {
  const margin = higher ? value - target : target - value;
  console.log(
    `  ${name}: ${value.toFixed(2)} ${unit} (target ${higher ? '>=' : '<='} ${target}, margin ${margin.toFixed(2)})`,
  );
}

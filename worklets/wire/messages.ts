/**
 * The messages of the processor's ports. Types only; plain data and transferred buffers.
 */
import type { Counters } from './tables.ts';

/** Options of the processor node (`processorOptions`). */
export interface ProcessorOptions {
  /** The compiled engine; instantiated synchronously on the audio thread. */
  readonly module: WebAssembly.Module;
  /** Notes that may sound at once, 8 to 1,024. */
  readonly polyphony: number;
}

/** Page or supervisor -> processor, by the node's port or by a connected `control` port. */
export type Command =
  /** Joins a port: `pattern` ports send batches and get ticks, `control` ports send commands and get ticks. */
  | {
      readonly type: 'connect';
      readonly role: 'pattern' | 'control';
      readonly port: MessagePort;
      /** A number for `disconnect`, chosen by the sender; a second port of the same id takes the first one's place. */
      readonly id?: number;
    }
  /** Lets go of the port joined with this id: its other end has ended. */
  | { readonly type: 'disconnect'; readonly id: number }
  | { readonly type: 'batch'; readonly buffer: ArrayBuffer }
  /** The mixer's strip, at once; gain in dB. Fields left out stay. */
  | {
      readonly type: 'strip';
      readonly strip: number;
      readonly gainDb?: number;
      readonly mute?: boolean;
      readonly solo?: boolean;
    }
  | { readonly type: 'master'; readonly gainDb: number }
  /** Fades everything out, then stops and empties queue, voices, delays and reverbs. */
  | { readonly type: 'hush'; readonly fadeSeconds: number }
  /** All off within 3 ms. */
  | { readonly type: 'panic' }
  /** Tempo from the page (bar, peers): acts at `cycle`, or at once where null. */
  | {
      readonly type: 'tempo';
      readonly cyclesPerSecond: number;
      readonly cycle: number | null;
      readonly rampCycles: number;
    }
  /** Sends every block of output to `port` as Float32Array [left, right] slices until `record` with null. */
  | { readonly type: 'record'; readonly port: MessagePort | null };

/** Processor -> pattern and control ports, every 8 blocks (at 48 kHz: 21 ms) while the context runs. */
export interface Tick {
  readonly type: 'tick';
  /** First frame of the next block, context time. */
  readonly frame: number;
  readonly sampleRate: number;
  /** Position at `frame`; null while stopped. */
  readonly cycle: number | null;
  readonly cyclesPerSecond: number;
  /** Latest horizon over all epochs, in cycles. */
  readonly horizon: number;
  readonly epoch: number;
  /** True while the engine repeats old notes since nothing new comes. */
  readonly repeating: boolean;
}

/** One segment of the timeline: see runtime/schedule/timeline.ts for the mapping. */
export interface TimelineSegment {
  readonly frame0: number;
  readonly cycle0: number;
  readonly cyclesPerFrame: number;
  /** Change of cyclesPerFrame per frame; 0 outside ramps. */
  readonly ramp: number;
}

/** Processor -> page, by the node's port, every 16 blocks. */
export interface Status {
  readonly type: 'status';
  readonly frame: number;
  readonly sampleRate: number;
  readonly cycle: number | null;
  readonly cyclesPerSecond: number;
  readonly playing: boolean;
  readonly repeating: boolean;
  readonly voices: number;
  /** Share of the block's time that rendering took, mean of the last half second; 0..1, null where no clock. */
  readonly load: number | null;
  readonly counters: Counters;
  /** Linear peak of the last period, [left, right]. */
  readonly peak: readonly [number, number];
  readonly rms: readonly [number, number];
  readonly reductionDb: number;
  /** Peak per strip of the last period, LIMIT.strips values. */
  readonly strips: Float32Array;
  /** Sent when it changed. */
  readonly segments?: readonly TimelineSegment[];
}

/** Processor -> the port a batch came by: the buffer for reuse. */
export interface Returned {
  readonly type: 'returned';
  readonly buffer: ArrayBuffer;
}

/** Processor -> page, by the node's port, once: rendering failed, there is silence until a new processor is made. */
export interface Failed {
  readonly type: 'failed';
  readonly message: string;
}

/**
 * The engine as its hosts see it: one thin class around the WebAssembly instance. The processor in the browser and
 * the renderer in Node both use it, so that live and offline run the same glue. It knows the exports and where
 * they keep their results; it knows no AudioWorklet and no Node. Thread: audio (or any, offline); blocks: no.
 */
import { LIMIT } from './layout.ts';
import type { TimelineSegment } from './messages.ts';
import { COUNTERS, type Counters, REPORT, type ReportName } from './tables.ts';

/** Frames of one block: the unit of rendering. */
export const BLOCK_FRAMES = 128;

/** What the module exports. Pointers are byte offsets into `memory` and stay put after `init`. */
export interface EngineExports {
  readonly memory: WebAssembly.Memory;
  /** Once, before all else. Returns 1, or 0 where the memory does not suffice. */
  init(sampleRate: number, polyphony: number): number;
  /** Room for one batch, LIMIT.batchBytes. */
  batchPointer(): number;
  /** Reads a batch of that many bytes. May grow memory (delays, reverbs); never within `render`. */
  push(bytes: number): void;
  /** One block of 128 frames to `outputPointer`: left, then right, f32. Allocates: no. */
  render(): void;
  outputPointer(): number;
  /** Frames by which the output lags the events. */
  latency(): number;
  /** Starts at `cycle`; tempo at `cycle` or at once (NaN). */
  start(cycle: number, cyclesPerSecond: number, delaySeconds: number): void;
  tempo(cyclesPerSecond: number, cycle: number, rampCycles: number): void;
  /** NaN gain and -1 leave the field as it is. */
  strip(strip: number, gainDb: number, mute: number, solo: number): void;
  master(gainDb: number): void;
  hush(fadeSeconds: number): void;
  panic(): void;
  /** Refreshes the transport part of the report. */
  observe(): void;
  /** Refreshes the whole report and the strip peaks, and begins a new metering period. */
  measure(): void;
  reportPointer(): number;
  countersPointer(): number;
  stripPeaksPointer(): number;
  /** Segments of the timeline, four f64 each, as many as `segmentCount` of the report. */
  segmentsPointer(): number;
}

/** A change of a strip; fields left out stay. */
export interface StripChange {
  readonly gainDb?: number;
  readonly mute?: boolean;
  readonly solo?: boolean;
}

const bit = (value: boolean | undefined): number => (value === undefined ? -1 : value ? 1 : 0);

export class Engine {
  readonly sampleRate: number;
  /** Frames by which the output lags the events (the limiter's look-ahead): an onset at frame n is heard at n + this. */
  readonly latencyFrames: number;
  readonly #exports: EngineExports;
  #memory: ArrayBuffer | null = null;
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  #report = new Float64Array(0);
  #counters = new Uint32Array(0);
  #stripPeaks = new Float32Array(0);

  /** Instantiates at once (allowed on the audio thread and in Node). Throws a RangeError for an impossible setting. */
  constructor(
    module: WebAssembly.Module,
    options: { readonly sampleRate: number; readonly polyphony: number },
  ) {
    const { sampleRate, polyphony } = options;
    if (!(sampleRate >= 8000 && sampleRate <= 192_000))
      throw new RangeError(`sampleRate ${sampleRate}: 8000 to 192000`);
    if (!(polyphony >= 8 && polyphony <= 1024)) throw new RangeError(`polyphony ${polyphony}: 8 to 1024`);
    this.sampleRate = sampleRate;
    this.#exports = new WebAssembly.Instance(module, {}).exports as unknown as EngineExports;
    if (this.#exports.init(sampleRate, Math.floor(polyphony)) !== 1)
      throw new RangeError('The engine got too little memory.');
    this.latencyFrames = this.#exports.latency();
    this.#look();
  }

  /** Reads a batch; foreign or broken bytes are counted as `refused`. The buffer may be used again afterwards. */
  push(batch: ArrayBuffer | Uint8Array): void {
    const bytes = batch instanceof Uint8Array ? batch : new Uint8Array(batch);
    const length = Math.min(bytes.length, LIMIT.batchBytes);
    this.#look();
    new Uint8Array(this.#exports.memory.buffer, this.#exports.batchPointer(), LIMIT.batchBytes).set(
      length === bytes.length ? bytes : bytes.subarray(0, length),
    );
    this.#exports.push(length);
    this.#look();
  }

  /** Renders the next 128 frames into `left` and `right`. */
  render(): void {
    this.#exports.render();
  }

  /** The last block. The view is valid until the next `push`; copy what you keep. */
  get left(): Float32Array {
    return this.#left;
  }

  get right(): Float32Array {
    return this.#right;
  }

  start(cycle: number, cyclesPerSecond: number, delaySeconds = 0): void {
    this.#exports.start(cycle, cyclesPerSecond, delaySeconds);
  }

  tempo(cyclesPerSecond: number, cycle: number | null = null, rampCycles = 0): void {
    this.#exports.tempo(cyclesPerSecond, cycle ?? Number.NaN, rampCycles);
  }

  strip(strip: number, change: StripChange): void {
    this.#exports.strip(strip, change.gainDb ?? Number.NaN, bit(change.mute), bit(change.solo));
  }

  master(gainDb: number): void {
    this.#exports.master(gainDb);
  }

  hush(fadeSeconds: number): void {
    this.#exports.hush(fadeSeconds);
  }

  panic(): void {
    this.#exports.panic();
  }

  /** Brings the transport part of `value` up to date: frame to segmentVersion. */
  observe(): void {
    this.#exports.observe();
    this.#look();
  }

  /** Brings all of `value` up to date and begins a new metering period. */
  measure(): void {
    this.#exports.measure();
    this.#look();
  }

  /** One figure of the last `observe` or `measure`; see REPORT. */
  value(name: ReportName): number {
    return this.#report[REPORT.indexOf(name)]!;
  }

  /** A copy of the counters, which only ever grow. */
  counters(): Counters {
    const counters = {} as Counters;
    for (let i = 0; i < COUNTERS.length; i++) counters[COUNTERS[i]!] = this.#counters[i]!;
    return counters;
  }

  /** Peak per strip as of the last `measure`; a copy. */
  stripPeaks(): Float32Array {
    return this.#stripPeaks.slice();
  }

  /** The timeline as of the last `observe` or `measure`; empty while stopped. */
  segments(): TimelineSegment[] {
    const count = this.value('segmentCount');
    const values = new Float64Array(this.#exports.memory.buffer, this.#exports.segmentsPointer(), 4 * count);
    return Array.from({ length: count }, (_, i) => ({
      frame0: values[4 * i]!,
      cycle0: values[4 * i + 1]!,
      cyclesPerFrame: values[4 * i + 2]!,
      ramp: values[4 * i + 3]!,
    }));
  }

  /** Memory that grows detaches views of it. */
  #look(): void {
    const { memory } = this.#exports;
    if (this.#memory === memory.buffer) return;
    this.#memory = memory.buffer;
    const output = this.#exports.outputPointer();
    this.#left = new Float32Array(memory.buffer, output, BLOCK_FRAMES);
    this.#right = new Float32Array(memory.buffer, output + 4 * BLOCK_FRAMES, BLOCK_FRAMES);
    this.#report = new Float64Array(memory.buffer, this.#exports.reportPointer(), REPORT.length);
    this.#counters = new Uint32Array(memory.buffer, this.#exports.countersPointer(), COUNTERS.length);
    this.#stripPeaks = new Float32Array(memory.buffer, this.#exports.stripPeaksPointer(), LIMIT.strips);
  }
}

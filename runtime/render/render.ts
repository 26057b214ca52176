/**
 * Rendering without a clock: asks a stream of batches for as much as the engine needs next, renders block by block,
 * and hands the sound on in slices. The same engine and the same batches as live, so the same samples. It knows no
 * files and no threads; whoever calls it opens the realm and keeps the sound. Thread: any but the audio thread.
 */
import {
  BatchWriter,
  BLOCK_FRAMES,
  type Counters,
  CYCLE_BOUND,
  type Engine,
  LIMIT,
  type TimelineSegment,
} from '../../worklets/wire.ts';
import type { Diagnostic } from '../program/program.ts';
import type { TrackFailure } from '../sandbox/realm-surface.ts';
import type { OfflineBatches } from '../schedule/offline.ts';
import { frameAt } from '../schedule/timeline.ts';
import { LONGEST_RENDER_SECONDS, type RenderLength } from './length.ts';
import { type Hear, type Plan, Slices } from './slices.ts';

/** Gives the next window of the event stream; null after the last. */
export interface BatchStream {
  next(): Promise<OfflineBatches | null>;
}

export interface RenderStrip {
  readonly strip: number;
  readonly mute?: boolean;
  readonly solo?: boolean;
}

export interface RenderJob {
  readonly engine: Engine;
  readonly stream: BatchStream;
  readonly length: RenderLength;
  /** The whole timeline, counted from the music's start, where the tempo changes on the way. */
  readonly segments?: readonly TimelineSegment[];
  readonly strips: readonly RenderStrip[];
  readonly hear: Hear;
  /** Share of the work that is done, 0 to 1, after each slice. */
  readonly onProgress?: (share: number) => void;
}

export interface Rendered {
  readonly frames: number;
  readonly peakVoices: number;
  readonly counters: Counters;
  /** Highest linear peak per strip. */
  readonly stripPeaks: Float32Array;
  readonly warnings: readonly Diagnostic[];
}

/** A tail ends here, also where it still sounds. */
const LONGEST_TAIL_SECONDS = 10;
/** Fade at the longest tail's end. */
const FADE_SECONDS = 0.05;
/** Faders move for some milliseconds; none does any more after this. */
const SETTLE_SECONDS = 0.05;
/** The engine repeats notes where less than 50 ms are planned; offline that must not happen. */
const PLANNED_SECONDS = 0.1;

/** A track failed while it was queried: the render is not what the text says. */
export class TrackError extends Error {
  readonly failure: TrackFailure;
  constructor(failure: TrackFailure) {
    super(failure.diagnostic.message);
    this.failure = failure;
  }
}

/** Renders a whole program. Rejects with a TrackError, or a RangeError where it would last too long. */
export async function renderProgram(job: RenderJob): Promise<Rendered> {
  const { engine } = job;
  for (const { strip, ...change } of job.strips) engine.strip(strip, change);
  settle(engine);
  const feeder = new Feeder(job);
  await feeder.feed(0);
  const plan = planFrames(job, feeder, engine.sampleRate);
  const slices = new Slices(plan, job.hear);
  const peaks = new StripPeaks(engine);
  let peakVoices = 0;
  // The limiter looks ahead, so the engine's output is late by as much: a file begins with the music.
  const { latencyFrames } = engine;
  for (let frame = 0; frame < plan.lastFrame + latencyFrames; frame += BLOCK_FRAMES) {
    if (feeder.isHungry(frame)) await feeder.feed(frame);
    engine.render();
    engine.observe();
    peakVoices = Math.max(peakVoices, engine.value('voices'));
    slices.addBlock(frame - latencyFrames, engine.left, engine.right);
    if (!slices.isFull) continue;
    peaks.take();
    await slices.handOn();
    job.onProgress?.(Math.min(1, frame / plan.lastFrame));
  }
  peaks.take();
  await slices.handOn();
  job.onProgress?.(1);
  const { frames } = slices;
  return {
    frames,
    peakVoices,
    counters: engine.counters(),
    stripPeaks: peaks.values,
    warnings: feeder.warnings,
  };
}

/** Lets the faders reach their places before the music starts; then every render begins alike. */
function settle(engine: Engine): void {
  const blocks = Math.ceil((SETTLE_SECONDS * engine.sampleRate) / BLOCK_FRAMES);
  for (let i = 0; i < blocks; i++) engine.render();
}

class StripPeaks {
  readonly values = new Float32Array(LIMIT.strips);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  take(): void {
    this.#engine.measure();
    for (const [strip, peak] of this.#engine.stripPeaks().entries()) {
      this.values[strip] = Math.max(this.values[strip]!, peak);
    }
  }
}

/** Keeps the engine's queue ahead of the playhead. */
class Feeder {
  readonly warnings: Diagnostic[] = [];
  readonly #job: RenderJob;
  readonly #aheadFrames: number;
  /** The engine's frame at which the music starts. */
  readonly #startFrame: number;
  #horizon = Number.NEGATIVE_INFINITY;
  /** Frame up to which the horizon suffices; the first window starts the timeline. */
  #plannedFrame = Number.NEGATIVE_INFINITY;

  constructor(job: RenderJob) {
    this.#job = job;
    job.engine.observe();
    this.#startFrame = job.engine.value('frame');
    this.#aheadFrames = Math.ceil(PLANNED_SECONDS * job.engine.sampleRate) + BLOCK_FRAMES;
  }

  isHungry(frame: number): boolean {
    return frame + this.#aheadFrames > this.#plannedFrame;
  }

  async feed(frame: number): Promise<void> {
    while (this.isHungry(frame)) {
      await this.#next();
      this.#plan();
    }
  }

  /** Frame of a cycle by the engine's own timeline, counted from where the music starts. */
  frameOf(cycle: number): number {
    return frameAt(this.#job.engine.segments(), cycle)! - this.#startFrame;
  }

  cyclesPerSecond(): number {
    return this.#job.engine.value('cyclesPerSecond');
  }

  #plan(): void {
    const { engine } = this.#job;
    engine.observe();
    const frame = frameAt(engine.segments(), this.#horizon);
    if (frame === null) throw new RangeError('the engine did not start');
    this.#plannedFrame = frame - this.#startFrame;
  }

  async #next(): Promise<void> {
    const { engine, stream } = this.#job;
    const window = await stream.next();
    if (window === null) {
      // All is sent: nothing later will come, and nothing is to be repeated for it.
      const writer = new BatchWriter((buffer) => engine.push(buffer));
      writer.epoch = 1;
      writer.addHorizon(CYCLE_BOUND);
      writer.flush();
      this.#horizon = CYCLE_BOUND;
      return;
    }
    for (const batch of window.batches) engine.push(batch);
    const [failure] = window.failures;
    if (failure) throw new TrackError(failure);
    this.warnings.push(...window.warnings);
    this.#horizon = window.horizon;
  }
}

function planFrames({ length, segments = [] }: RenderJob, feeder: Feeder, sampleRate: number): Plan {
  const none = { fadeFrame: Number.POSITIVE_INFINITY, fadeFrames: 0 };
  if (length.seconds !== undefined) {
    const frames = length.frames ?? Math.round(length.seconds * sampleRate);
    refuseTooLong(frames / sampleRate, `${length.seconds} seconds`);
    return { keptFrames: frames, lastFrame: frames, ...none };
  }
  const cycles = length.cycles ?? 0;
  const end = Math.ceil(segments.length > 1 ? frameAt(segments, cycles)! : feeder.frameOf(cycles));
  const last = end + Math.round(LONGEST_TAIL_SECONDS * sampleRate);
  refuseTooLong(end / sampleRate, `${cycles} cycles at ${feeder.cyclesPerSecond()} cycles a second`);
  const fadeFrames = Math.round(FADE_SECONDS * sampleRate);
  const fade = { fadeFrame: last - fadeFrames, fadeFrames };
  const exact = length.frames;
  return { keptFrames: exact ?? end, lastFrame: exact ?? last, ...fade };
}

function refuseTooLong(seconds: number, what: string): void {
  if (seconds <= LONGEST_RENDER_SECONDS) return;
  const hours = (value: number) => `${Number((value / 3600).toPrecision(3))} hours`;
  throw new RangeError(
    `${what} last ${hours(seconds)}; the longest render is ${hours(LONGEST_RENDER_SECONDS)}.`,
  );
}

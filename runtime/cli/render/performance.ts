/**
 * One rendering of a program in Node: a fresh session in the realm, a fresh engine, and the loop between them. It
 * knows no files; mix and stems are each one performance.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBatch, Engine, LIMIT, type TimelineSegment, type WireRecord } from '../../../worklets/wire.ts';
import type { Program } from '../../program/program.ts';
import { LONGEST_RENDER_SECONDS, type RenderLength } from '../../render/length.ts';
import { patternedTimeline } from '../../render/patterned-timeline.ts';
import { type Rendered, renderProgram, TrackError } from '../../render/render.ts';
import type { Hear } from '../../render/slices.ts';
import { NodeHost, type NodeSession, nodeScripts } from '../../sandbox/node-host.ts';
import type { RealmTrack } from '../../sandbox/realm-surface.ts';
import { type OfflineBatches, OfflineScheduler, stripsOf } from '../../schedule/offline.ts';
import { cycleAt, startTimeline, withTempo } from '../../schedule/timeline.ts';
import { InputError, type Io } from '../command.ts';
import { mistakesError, openProgram, stoppedError, tellMistakes } from '../open-program.ts';
import type { ProgramText } from '../program-file.ts';

/** As in the page; see decisions on tempo. */
const DEFAULT_CYCLES_PER_SECOND = 0.5;
/** As many as the page plays, so that both sound the same. */
const POLYPHONY = 1_024;

export interface PerformanceOptions {
  readonly length: RenderLength;
  readonly sampleRate: number;
  /** Only this strip is heard. */
  readonly solo?: number;
  readonly hear: Hear;
  readonly onProgress: (share: number) => void;
  /** Keep the notes, for MIDI. */
  readonly keepNotes?: boolean;
  /** Warnings go to stderr; stems are silent about what the mix has told. */
  readonly quiet?: boolean;
}

export interface Performance {
  readonly rendered: Rendered;
  readonly tracks: readonly RealmTrack[];
  readonly strips: Readonly<Record<string, number>>;
  readonly segments: readonly TimelineSegment[];
  readonly notes: readonly WireRecord[];
}

/** Renders programs one after the other; close it at the end. */
export class Performer {
  readonly #io: Io;
  readonly #host: NodeHost;
  #module: WebAssembly.Module | null = null;

  constructor(io: Io) {
    this.#io = io;
    this.#host = new NodeHost(nodeScripts(io.root));
  }

  /** Throws an InputError for what is wrong with the program. */
  async perform(program: Program, source: ProgramText, options: PerformanceOptions): Promise<Performance> {
    const io = options.quiet ? { ...this.#io, stderr: NOWHERE } : this.#io;
    const session = await openProgram(this.#host, program, source, io);
    try {
      return await this.#render(session, source, options, io);
    } catch (error) {
      if (error instanceof TrackError) throw mistakesError(source, [error.failure.diagnostic]);
      if (error instanceof RangeError) throw new InputError(`${source.name}: ${error.message}`);
      throw stoppedError(source, error);
    } finally {
      session.close();
    }
  }

  close(): Promise<void> {
    return this.#host.close();
  }

  async #render(
    session: NodeSession,
    source: ProgramText,
    options: PerformanceOptions,
    io: Io,
  ): Promise<Performance> {
    const { tracks, tempo, log } = session.outcome;
    for (const line of log) io.stderr.write(`${line}\n`);
    if (tracks.length === 0) {
      throw new InputError(
        `${source.name} plays nothing: it has no track. A track is a line such as  $: s("bd hh")`,
      );
    }
    const strips = stripsOf(
      tracks.map(({ name }) => name),
      LIMIT.strips,
    );
    const isRamp = tempo !== null && tempo.rampCycles > 0;
    const cyclesPerSecond = tempo === null || isRamp ? DEFAULT_CYCLES_PER_SECOND : tempo.cyclesPerSecond;
    let segments = startTimeline(0, 0, cyclesPerSecond, options.sampleRate);
    if (isRamp)
      segments = withTempo(segments, 0, tempo.cyclesPerSecond, tempo.rampCycles, options.sampleRate);
    if (tempo?.isPatterned)
      segments = await patternedTimeline(session, segments, options.length, options.sampleRate);
    const scheduler = new OfflineScheduler(session, {
      fromCycle: 0,
      toCycle: lastCycle(options.length, segments, options.sampleRate),
      cyclesPerSecond,
      tempo: isRamp ? tempo : null,
      strips,
    });
    const notes: WireRecord[] = [];
    const stream = {
      next: async () => this.#noted(await scheduler.next(), options.keepNotes ? notes : null),
    };
    this.#module ??= new WebAssembly.Module(readFileSync(join(io.root, 'dist', 'engine.wasm')));
    const engine = new Engine(this.#module, { sampleRate: options.sampleRate, polyphony: POLYPHONY });
    const rendered = await renderProgram({
      engine,
      stream,
      length: options.length,
      segments,
      strips: marksOf(tracks, strips, options.solo),
      hear: options.hear,
      onProgress: options.onProgress,
    });
    tellMistakes(source, rendered.warnings, io);
    return { rendered, tracks, strips, segments, notes };
  }

  #noted(window: OfflineBatches | null, notes: WireRecord[] | null): OfflineBatches | null {
    if (window !== null && notes !== null) {
      for (const batch of window.batches) {
        for (const record of decodeBatch(batch.buffer).records)
          if (record.kind === 'note') notes.push(record);
      }
    }
    return window;
  }
}

const NOWHERE = { write: () => true } as unknown as Io['stderr'];

/** Where the event stream may end; a length in seconds needs what begins before its last frame. */
function lastCycle(length: RenderLength, segments: readonly TimelineSegment[], sampleRate: number): number {
  if (length.seconds === undefined) return length.cycles ?? 0;
  const seconds = Math.min(length.seconds, LONGEST_RENDER_SECONDS);
  return Math.ceil((cycleAt(segments, seconds * sampleRate) ?? 0) * 4 + 1) / 4;
}

/** Mute and solo as the labels have them; `solo` hears one strip alone instead. */
function marksOf(
  tracks: readonly RealmTrack[],
  strips: Readonly<Record<string, number>>,
  solo: number | undefined,
) {
  const marks = tracks.map(({ name, muted, solo: soloed }) => ({
    strip: strips[name]!,
    mute: muted,
    solo: solo === undefined ? soloed : strips[name] === solo,
  }));
  return solo === 0 ? [...marks, { strip: 0, mute: false, solo: true }] : marks;
}

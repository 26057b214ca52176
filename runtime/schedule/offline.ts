/**
 * The event stream without a clock: the same windows and the same bytes as live, handed out as fast as they are
 * asked for. For `talea render` and tests. It runs where the realm runs and gives plain bytes, so that a host may
 * transfer them to the engine elsewhere. Thread: vm context of the command line, or any.
 */
import { type Rational, rational } from '../../patterns/rational.ts';
import type { Diagnostic, TempoStatement } from '../program/program.ts';
import type { SoundTable } from '../samples/sounds.ts';
import type { TrackFailure } from '../sandbox/realm-surface.ts';
import { EngineSink } from './sinks.ts';
import { type QuerySource, queryWindow, type Strips } from './window.ts';

export interface OfflineOptions {
  readonly fromCycle: number;
  readonly toCycle: number;
  /** Tempo at the start, as a live session would have it: the program's statement, else 0.5. */
  readonly cyclesPerSecond: number;
  /** A ramp that the program states; acts from `fromCycle`. */
  readonly tempo?: TempoStatement | null;
  readonly strips?: Strips;
  /** Cycles per window; default 1/4. */
  readonly windowCycles?: number;
  readonly sounds?: SoundTable;
}

/** One window as bytes. All onsets before `horizon` have been given. */
export interface OfflineBatches {
  readonly batches: readonly Uint8Array<ArrayBuffer>[];
  readonly horizon: number;
  readonly failures: readonly TrackFailure[];
  readonly warnings: readonly Diagnostic[];
}

/** Epoch of all offline records. */
const EPOCH = 1;

/** Hands out one program's batches from `fromCycle` (included) to `toCycle` (excluded). */
export class OfflineScheduler {
  private readonly source: QuerySource;
  private readonly options: OfflineOptions;
  private readonly sink: EngineSink;
  private readonly end: Rational;
  private readonly step: Rational;
  private done: Rational;
  private opened = false;
  private batches: Uint8Array<ArrayBuffer>[] = [];
  private warnings: Diagnostic[] = [];

  /** Throws a RangeError where the span or the tempo is impossible. */
  constructor(source: QuerySource, options: OfflineOptions) {
    const { fromCycle, toCycle, cyclesPerSecond, windowCycles = 0.25 } = options;
    if (!(toCycle >= fromCycle)) throw new RangeError(`offline: from ${fromCycle} to ${toCycle} is no span`);
    if (!(cyclesPerSecond > 0 && windowCycles > 0)) {
      throw new RangeError(
        `offline: ${cyclesPerSecond} cycles per second, windows of ${windowCycles} cycles`,
      );
    }
    this.source = source;
    this.options = options;
    this.done = rational(fromCycle);
    this.end = rational(toCycle);
    this.step = rational(windowCycles);
    this.sink = new EngineSink(
      (buffer) => this.batches.push(trimmed(buffer)),
      (warning) => this.warnings.push(warning),
      options.sounds,
    );
  }

  /** The next window; null at the end. Never call it again before it resolved. */
  async next(): Promise<OfflineBatches | null> {
    if (this.opened && this.done.gte(this.end)) return null;
    const { fromCycle, cyclesPerSecond, tempo = null, strips = {} } = this.options;
    const [begin, end] = [this.done, this.done.add(this.step).min(this.end)];
    const notBefore = Number.NEGATIVE_INFINITY;
    const tempoFrom = this.opened ? undefined : fromCycle;
    const span = { begin, end, notBefore, tempoFrom, cyclesPerSecond, strips };
    const content = await queryWindow(this.source, span);
    const opening = this.opened ? null : { start: { cyclesPerSecond, delaySeconds: 0 }, tempo, fromCycle };
    this.opened = true;
    this.done = end;
    const horizon = end.toNumber();
    this.sink.take({ epoch: EPOCH, opening, notes: content.notes, tempo: content.tempo, horizon });
    const { batches } = this;
    const warnings = [...content.warnings, ...this.warnings];
    this.batches = [];
    this.warnings = [];
    return { batches, horizon, failures: content.failures, warnings };
  }
}

/** All windows of `options` in order. */
export async function* batches(source: QuerySource, options: OfflineOptions): AsyncGenerator<OfflineBatches> {
  const scheduler = new OfflineScheduler(source, options);
  for (let next = await scheduler.next(); next; next = await scheduler.next()) yield next;
}

/** Strips for a render: tracks in order from 1; past the limit they share strip 0. */
export function stripsOf(tracks: readonly string[], limit: number): Record<string, number> {
  const strips: Record<string, number> = {};
  for (const [i, name] of [...new Set(tracks)].entries()) strips[name] = i + 1 < limit ? i + 1 : 0;
  return strips;
}

function trimmed(buffer: ArrayBuffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.slice(0, new DataView(buffer).getUint32(8, true)));
}

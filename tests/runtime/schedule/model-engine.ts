/**
 * A model of the engine's queue for tests: reads batches with decodeBatch and follows the rules of ARCHITECTURE.md
 * (epochs, replace, horizon) in cycles. It plays by moving its position and keeps what would have sounded.
 */
import { decodeBatch, LIMIT, type Tick } from '../../../worklets/wire.ts';

export interface Played {
  readonly epoch: number;
  readonly cycle: number;
  readonly strip: number;
  readonly seed: number;
}

/** Later than this the engine drops. */
const LATE_SECONDS = 0.05;

export class ModelEngine {
  readonly played: Played[] = [];
  dropped = 0;
  late = 0;
  refused = 0;
  batches = 0;
  cycle: number | null = null;
  cyclesPerSecond = 0.5;
  frame = 0;
  private queue: Played[] = [];
  private replaces: { readonly epoch: number; readonly cycle: number }[] = [];
  private tempos: { readonly cycle: number; readonly cyclesPerSecond: number }[] = [];
  private horizon = Number.NEGATIVE_INFINITY;
  private epoch = 0;
  private readonly sampleRate = 48_000;

  push(buffer: ArrayBuffer): void {
    const { records, refused } = decodeBatch(buffer);
    this.batches += 1;
    this.refused += refused;
    for (const { kind, epoch, cycle, length, strip, seed } of records) {
      if (kind === 'start') {
        this.cycle = cycle;
        this.cyclesPerSecond = length;
        this.horizon = Number.NEGATIVE_INFINITY;
      } else if (kind === 'tempo') {
        this.tempos.push({ cycle, cyclesPerSecond: length });
      } else if (kind === 'replace') {
        this.replaces.push({ epoch, cycle });
        this.epoch = Math.max(this.epoch, epoch);
        this.queue = this.queue.filter((note) => note.epoch >= epoch || note.cycle < cycle);
      } else if (kind === 'horizon') {
        if (epoch >= this.epoch) this.horizon = Math.max(this.horizon, cycle);
      } else if (kind === 'note') this.note({ epoch, cycle, strip, seed });
    }
  }

  private note(note: Played): void {
    if (this.replaces.some(({ epoch, cycle }) => note.epoch < epoch && note.cycle >= cycle)) return;
    const lateSeconds = ((this.cycle ?? note.cycle) - note.cycle) / this.cyclesPerSecond;
    if (lateSeconds > LATE_SECONDS || this.queue.length >= LIMIT.queuedNotes) {
      this.dropped += 1;
      return;
    }
    if (lateSeconds > 0) this.late += 1;
    this.queue.push(note);
  }

  /** Time goes by; what is due sounds. */
  advance(frames: number): void {
    this.frame += frames;
    if (this.cycle === null) return;
    let seconds = frames / this.sampleRate;
    this.tempos.sort((a, b) => a.cycle - b.cycle);
    for (let next = this.tempos[0]; next; next = this.tempos[0]) {
      const until = Math.max(0, (next.cycle - this.cycle) / this.cyclesPerSecond);
      if (until > seconds) break;
      seconds -= until;
      this.cycle = Math.max(this.cycle, next.cycle);
      this.cyclesPerSecond = next.cyclesPerSecond;
      this.tempos.shift();
    }
    this.cycle += seconds * this.cyclesPerSecond;
    const due = this.queue.filter(({ cycle }) => cycle < this.cycle!);
    this.queue = this.queue.filter(({ cycle }) => cycle >= this.cycle!);
    this.played.push(...due.sort((a, b) => a.cycle - b.cycle));
  }

  stop(): void {
    this.cycle = null;
    this.queue = [];
    this.replaces = [];
    this.tempos = [];
    this.horizon = Number.NEGATIVE_INFINITY;
  }

  tick(): Tick {
    const { frame, sampleRate, cycle, cyclesPerSecond, horizon, epoch } = this;
    const repeating = cycle !== null && horizon - cycle < LATE_SECONDS * cyclesPerSecond;
    return { type: 'tick', frame, sampleRate, cycle, cyclesPerSecond, horizon, epoch, repeating };
  }
}

/** Frames between two ticks. */
export const TICK_FRAMES = 1024;

/**
 * When a cycle is heard, on the page's clock: the engine's timeline joined with the line between audio and page time.
 * Highlights, countdown and later MIDI ask here. Pure; statuses and clock readings come in.
 */
import type { Status, TimelineSegment } from '../../worklets/wire.ts';
import { cycleAt, frameAt } from '../schedule/timeline.ts';
import type { Sounding } from '../session-surface.ts';
import { AudioLine, type ClockSample } from './audio-line.ts';

/** Rows that came before the timeline was known wait here; more than so many messages are let go. */
const WAITING = 64;

export class HeardTime {
  readonly line = new AudioLine();
  private known: readonly TimelineSegment[] = [];
  private sampleRate = 48_000;
  private playing = false;
  private waiting: { readonly evalId: number; readonly rows: Float64Array }[] = [];

  get timeline(): readonly TimelineSegment[] {
    return this.known;
  }

  /** A status of the processor and a reading of the clocks at its arrival. */
  onStatus(status: Status, clocks: ClockSample): void {
    this.sampleRate = status.sampleRate;
    this.playing = status.cycle !== null;
    if (status.segments) this.known = status.segments;
    this.line.read(clocks);
  }

  /** The context is another one or was interrupted. */
  reset(): void {
    this.line.reset();
    this.known = [];
    this.playing = false;
    this.waiting = [];
  }

  /** performance.now() / 1000 at which `cycle` is heard; null while stopped. */
  heardAtSeconds(cycle: number): number | null {
    const frame = this.playing ? frameAt(this.known, cycle) : null;
    return frame === null ? null : this.line.heardAtSeconds(frame / this.sampleRate);
  }

  /** Position heard at that time; null while stopped. Inverse of heardAtSeconds. */
  heardCycle(performanceSeconds: number): number | null {
    const context = this.playing ? this.line.contextAtSeconds(performanceSeconds) : null;
    return context === null ? null : cycleAt(this.known, context * this.sampleRate);
  }

  /** Rows of a `sounding` message in page time, with those that waited for the timeline. */
  soundings(evalId: number, rows: Float64Array): Sounding[] {
    this.waiting.push({ evalId, rows });
    if (this.waiting.length > WAITING) this.waiting.shift();
    return this.due();
  }

  /** What waited for the timeline and can be placed now. */
  due(): Sounding[] {
    if (this.heardAtSeconds(0) === null) return [];
    const placed = this.waiting.flatMap(({ evalId, rows }) => this.place(evalId, rows));
    this.waiting = [];
    return placed;
  }

  private place(evalId: number, rows: Float64Array): Sounding[] {
    const found: Sounding[] = [];
    for (let at = 0; at + 4 <= rows.length; ) {
      const [onset, end, strip, count] = [rows[at]!, rows[at + 1]!, rows[at + 2]!, rows[at + 3]!];
      const next = at + 4 + 2 * count;
      if (!(count >= 0 && next <= rows.length)) break;
      const beginSeconds = this.heardAtSeconds(onset);
      const endSeconds = this.heardAtSeconds(end);
      if (beginSeconds !== null && endSeconds !== null) {
        for (let place = at + 4; place < next; place += 2) {
          found.push({ evalId, strip, from: rows[place]!, to: rows[place + 1]!, beginSeconds, endSeconds });
        }
      }
      at = next;
    }
    return found;
  }
}

/**
 * Which track plays on which strip of the mixer, and what the labels and the player say of it. It stands alone since
 * names keep their strips over programs: a fader stays with its track. It knows no workers and sends nothing itself.
 */
import { type Command, LIMIT } from '../../worklets/wire.ts';
import type { TrackState } from './messages.ts';

interface Strip {
  readonly strip: number;
  muted: boolean;
  solo: boolean;
  gainDb: number;
  /** Program count when it was named last; the least recent is given away first. */
  used: number;
}

/** A label as a program states it. */
export interface Label {
  readonly name: string;
  readonly muted: boolean;
  readonly solo: boolean;
}

export class StripTable {
  private readonly strips = new Map<string, Strip>();
  private programs = 0;

  /** Takes over what an earlier table knew. */
  restore(tracks: readonly TrackState[]): void {
    for (const { name, strip, muted, solo } of tracks) {
      if (strip <= 0 || strip >= LIMIT.strips || this.taken(strip)) continue;
      this.strips.set(name, { strip, muted, solo, gainDb: 0, used: 0 });
    }
  }

  /**
   * Gives every label a strip from 1 on; names that `kept` lists as well keep theirs. Labels past the limit are in
   * `without` and play on strip 0. Commands reset strips that change hands.
   */
  assign(labels: readonly Label[], kept: ReadonlySet<string>): { without: string[]; commands: Command[] } {
    this.programs += 1;
    const commands: Command[] = [];
    const without: string[] = [];
    for (const { name } of labels) {
      const known = this.strips.get(name);
      if (known) known.used = this.programs;
    }
    for (const { name } of labels) {
      if (this.strips.has(name)) continue;
      const strip = this.free(kept, labels);
      if (strip === null) {
        without.push(name);
        continue;
      }
      this.strips.set(name, { strip, muted: false, solo: false, gainDb: 0, used: this.programs });
      commands.push({ type: 'strip', strip, gainDb: 0, mute: false, solo: false });
    }
    return { without, commands };
  }

  private free(kept: ReadonlySet<string>, labels: readonly Label[]): number | null {
    for (let strip = 1; strip < LIMIT.strips; strip++) if (!this.taken(strip)) return strip;
    const wanted = new Set(labels.map(({ name }) => name));
    let oldest: [string, Strip] | null = null;
    for (const entry of this.strips) {
      if (kept.has(entry[0]) || wanted.has(entry[0])) continue;
      if (!oldest || entry[1].used < oldest[1].used) oldest = entry;
    }
    if (!oldest) return null;
    this.strips.delete(oldest[0]);
    return oldest[1].strip;
  }

  private taken(strip: number): boolean {
    for (const known of this.strips.values()) if (known.strip === strip) return true;
    return false;
  }

  /** Mutes and solos as the labels say; tracks that are not among them lose theirs. Only changes are commands. */
  applyLabels(labels: readonly Label[]): Command[] {
    const commands: Command[] = [];
    const byName = new Map(labels.map((label) => [label.name, label]));
    for (const [name, strip] of this.strips) {
      const { muted, solo } = byName.get(name) ?? { muted: false, solo: false };
      if (strip.muted === muted && strip.solo === solo) continue;
      Object.assign(strip, { muted, solo });
      commands.push({ type: 'strip', strip: strip.strip, mute: muted, solo });
    }
    return commands;
  }

  /** A change by the player; null where no such track has a strip. */
  change(name: string, change: { gainDb?: number; mute?: boolean; solo?: boolean }): Command | null {
    const strip = this.strips.get(name);
    if (!strip) return null;
    if (change.mute !== undefined) strip.muted = change.mute;
    if (change.solo !== undefined) strip.solo = change.solo;
    if (change.gainDb !== undefined) strip.gainDb = change.gainDb;
    return { type: 'strip', strip: strip.strip, ...change };
  }

  /** Strip numbers of `labels` by name, for a worker's `go`. */
  numbers(labels: readonly Label[]): Record<string, number> {
    return Object.fromEntries(labels.map(({ name }) => [name, this.strips.get(name)?.strip ?? 0]));
  }

  /** What the page shows of `labels`. */
  states(labels: readonly Label[]): TrackState[] {
    return labels.map(({ name, muted, solo }) => ({
      name,
      strip: this.strips.get(name)?.strip ?? 0,
      muted,
      solo,
    }));
  }
}

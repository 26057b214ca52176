/**
 * Which version of the text each track last played well in. It stands alone because page and command line build
 * Programs by the same rule. Law: a track that failed keeps the version it had before, or none.
 */
import type { Program, Version } from '../program/program.ts';

export class GoodVersions {
  private performing: Version | null = null;
  private readonly tracks = new Set<string>();
  /** Tracks that failed, by evalId; a failure may be told before its version has taken over. */
  private readonly failures = new Map<number, Set<string>>();
  private good: Readonly<Record<string, Version>> = {};

  /** The version that sounds; null while nothing does. */
  get current(): Version | null {
    return this.performing;
  }

  /** The program that a newly compiled version makes. */
  programOf(version: Version): Program {
    return { current: version, lastGood: this.versions() };
  }

  /** What sounds, as a program to evaluate again; null while nothing does. */
  performed(): Program | null {
    return this.performing && { current: this.performing, lastGood: this.good };
  }

  /** A version sounds from now on, with these tracks. */
  swapped(version: Version, tracks: readonly string[]): void {
    if (version !== this.performing) this.good = this.versions();
    this.performing = version;
    this.tracks.clear();
    for (const evalId of this.failures.keys()) if (evalId < version.evalId) this.failures.delete(evalId);
    for (const name of tracks) this.tracks.add(name);
  }

  /** A track of the version that sounds, or is about to, failed. */
  trackFailed(evalId: number, track: string): void {
    if (evalId < (this.performing?.evalId ?? 0)) return;
    const failed = this.failures.get(evalId) ?? new Set();
    this.failures.set(evalId, failed.add(track));
  }

  /** The music stopped: nothing is left to fall back to. */
  clear(): void {
    this.performing = null;
    this.tracks.clear();
    this.failures.clear();
    this.good = {};
  }

  private versions(): Record<string, Version> {
    const versions: [string, Version][] = [];
    const failed = this.performing ? this.failures.get(this.performing.evalId) : undefined;
    for (const name of this.tracks) {
      const version = failed?.has(name) ? this.earlier(name) : this.performing;
      if (version) versions.push([name, version]);
    }
    return Object.fromEntries(versions);
  }

  private earlier(name: string): Version | null {
    return Object.hasOwn(this.good, name) ? this.good[name]! : null;
  }
}

/**
 * The shared time of a session as one peer knows it: a line from its own clock, steered through the neighbour that is
 * nearest to the root. It stands alone so that leaving founders and jumping clocks are dealt with in one place. It knows
 * links and places, no tempo.
 */
import { anchoredAt, type ClockLine, lineThrough, toShared } from '../clock/clock-line.ts';
import { ownJump } from './clock-jumps.ts';
import type { Link } from './link.ts';
import { type Place, placeAmong, type Root, RootWatch } from './seniority.ts';

/**
 * Where the clock we follow leads elsewhere all at once, it jumped, and either its peer or our measurement has not seen it yet:
 * for so long we go on by ourselves, until both agree again.
 */
const HOLD_SECONDS = 1.5;
const AGREES_SECONDS = 5e-3;

export class SharedClock {
  line: ClockLine;
  place: Place;
  private apartSince: number | null = null;
  readonly roots = new RootWatch();

  constructor(self: Root, nowSeconds: number) {
    this.line = { localSeconds: nowSeconds, sharedSeconds: 0, rate: 1 };
    this.place = { root: self, depth: 0, through: null };
  }

  at(localSeconds: number): number {
    return toShared(this.line, localSeconds);
  }

  /** Shared time of a neighbour's session at a time of ours; null where its clock is not measured. */
  static ofNeighbour(link: Link, now: number): number | null {
    const theirs = link.clock.toPeer(now);
    return theirs === null || !link.state ? null : toShared(link.state.line, theirs);
  }

  /** Takes over the time of the session that a measured neighbour is in. */
  moveTo(link: Link, now: number): void {
    const line = this.through(link, now);
    if (!line || !link.state) return;
    this.line = line;
    this.apartSince = null;
    this.roots.forgetAll();
    this.roots.note(link.state.root, now);
    const { root, depth } = link.state;
    this.place = { root, depth: depth + 1, through: link.id };
  }

  /** Finds our place anew and follows the clock there. */
  follow(self: Root, session: string, links: readonly Link[], now: number): void {
    const offers = [];
    for (const link of links) {
      const { state } = link;
      if (state?.session !== session || !link.clock.measured) continue;
      if (!this.roots.alive(state.root.id, now)) continue;
      offers.push({ neighbour: link.id, root: state.root, depth: state.depth });
    }
    this.place = placeAmong(self, offers, this.place);
    const guide = links.find((link) => link.id === this.place.through);
    const line = guide && this.through(guide, now);
    if (!guide || !line) {
      this.line = anchoredAt(this.line, now);
      return;
    }
    const measured = links.filter((link) => link.clock.measured).length;
    const apart = Math.abs(line.sharedSeconds - this.at(now)) > AGREES_SECONDS;
    if (!apart) this.apartSince = null;
    else this.apartSince ??= now;
    const wait = this.apartSince !== null && Math.abs(now - this.apartSince) < HOLD_SECONDS && measured > 1;
    this.line = wait ? anchoredAt(this.line, now) : line;
  }

  /** Notes resets of measurements, asks for more pings where one is suspicious; returns a jump of our own clock. */
  watchJumps(links: readonly Link[], now: number): number | null {
    let suspicious = false;
    for (const link of links) {
      if (link.clock.resets !== link.resetsSeen) {
        link.resetsSeen = link.clock.resets;
        link.resetAt = now;
        link.resetJump = link.clock.lastJumpSeconds;
        suspicious = true;
      } else if (link.clock.suspicious) suspicious = true;
    }
    if (!suspicious) return null;
    const measured = links.filter((link) => link.clock.measured);
    for (const link of measured) {
      if (Math.abs(now - link.resetAt) > HOLD_SECONDS) link.chain.urge(now);
    }
    const jump = ownJump(measured, now);
    if (jump === null) return null;
    this.line = { ...this.line, localSeconds: this.line.localSeconds + jump };
    for (const link of links) {
      link.reanchor(jump, now, link.resetAt !== Number.NEGATIVE_INFINITY);
      link.resetAt = Number.NEGATIVE_INFINITY;
    }
    return jump;
  }

  private through(link: Link, now: number): ClockLine | null {
    const offset = link.clock.offsetAt(now);
    if (offset === null || !link.state) return null;
    return lineThrough(link.state.line, now, offset, link.clock.driftSecondsPerSecond);
  }
}

/**
 * What is played follows what is shared: small errors are slewed away so slowly that nobody hears it, large ones wait
 * for the next bar of the shared timeline. The result is a plan: straight pieces from our own clock to cycles, tempo
 * changes ahead included, which the session turns into frames. Pure state; it knows no clock but the given numbers.
 */
import { type ClockLine, toLocal, toShared } from '../clock/clock-line.ts';
import { cycleAt, type SharedTimeline, timeAt } from './shared-timeline.ts';

/** Below this an error is slewed, at it and above the played line jumps. */
export const JUMP_SECONDS = 0.02;
/** Slewing gains or loses at most this much a second, and takes a second where less would do. */
export const SLEW_PER_SECOND = 1e-3;
const SLEW_SECONDS = 1;
/** A jump is planned at least this far ahead. */
const NOTICE_SECONDS = 0.02;
/** Where the next bar is further away than this, the next beat will do. */
const LONGEST_WAIT_SECONDS = 4;

/** One straight piece of what is played; it holds until the next begins. */
export interface PlayedPiece {
  readonly fromLocalSeconds: number;
  readonly cycle: number;
  readonly cyclesPerSecond: number;
  /** Whether the piece does not continue the one before. */
  readonly jumps: boolean;
}

export interface SteerInput {
  readonly nowSeconds: number;
  readonly line: ClockLine;
  readonly timeline: SharedTimeline;
  /** Added to shared time: positive plays earlier. A setting of the device. */
  readonly nudgeSeconds: number;
  /** Whether anything sounds: in silence an error is mended at once. */
  readonly sounding: boolean;
}

export interface Jump {
  readonly fromCycle: number;
  readonly toCycle: number;
}

/** Cycle of a piece at a local time. */
const onPiece = (piece: PlayedPiece, local: number): number =>
  piece.cycle + (local - piece.fromLocalSeconds) * piece.cyclesPerSecond;

/** Cycle that a plan plays at a local time. */
export function plannedCycle(plan: readonly PlayedPiece[], localSeconds: number): number {
  for (let i = plan.length - 1; i > 0; i--) {
    if (plan[i]!.fromLocalSeconds <= localSeconds) return onPiece(plan[i]!, localSeconds);
  }
  return onPiece(plan[0]!, localSeconds);
}

export class Steering {
  private plan: readonly PlayedPiece[] = [];
  private pendingBar: number | null = null;

  /** Pieces from now on; empty before the first step. */
  get pieces(): readonly PlayedPiece[] {
    return this.plan;
  }

  get jumpPending(): boolean {
    return this.pendingBar !== null;
  }

  cycleAt(localSeconds: number): number | null {
    return this.plan.length === 0 ? null : plannedCycle(this.plan, localSeconds);
  }

  /** Our own clock jumped: the pieces keep their place in true time. */
  reanchor(jumpSeconds: number): void {
    this.plan = this.plan.map((piece) => ({
      ...piece,
      fromLocalSeconds: piece.fromLocalSeconds + jumpSeconds,
    }));
  }

  /** Plans anew; returns the jump that happened since the last step, or happens now. */
  step(input: SteerInput): Jump | null {
    const { nowSeconds, line, timeline, nudgeSeconds } = input;
    const shared = toShared(line, nowSeconds) + nudgeSeconds;
    const target = cycleAt(timeline, shared);
    if (this.plan.length === 0) {
      this.plan = straight(input, shared, 0);
      return null;
    }
    const passed = this.passJump(nowSeconds);
    const cycle = plannedCycle(this.plan, nowSeconds);
    const error = shared - timeAt(timeline, cycle);
    if (Math.abs(error) < JUMP_SECONDS) {
      this.pendingBar = null;
      this.plan = straight(input, shared - error, error, cycle);
      return passed;
    }
    if (!input.sounding) {
      this.pendingBar = null;
      this.plan = straight(input, shared, 0);
      return { fromCycle: cycle, toCycle: target };
    }
    this.planJump(input, shared);
    return passed;
  }

  /** Drops what lies behind; says whether a jump lay there. */
  private passJump(now: number): Jump | null {
    let jump: Jump | null = null;
    let at = 0;
    for (let i = 1; i < this.plan.length && this.plan[i]!.fromLocalSeconds <= now; i++) {
      at = i;
      const piece = this.plan[i]!;
      if (!piece.jumps) continue;
      jump = { fromCycle: onPiece(this.plan[i - 1]!, piece.fromLocalSeconds), toCycle: piece.cycle };
      this.pendingBar = null;
    }
    this.plan = this.plan.slice(at).map((piece, i) => (i === 0 ? { ...piece, jumps: false } : piece));
    return jump;
  }

  /** Goes on as before until the next bar of the shared timeline, and from there on it. */
  private planJump(input: SteerInput, shared: number): void {
    const { timeline, line, nudgeSeconds, nowSeconds } = input;
    const localOf = (bar: number) => toLocal(line, timeAt(timeline, bar) - nudgeSeconds);
    const missed = this.pendingBar !== null && localOf(this.pendingBar) <= nowSeconds;
    const strange = this.pendingBar !== null && localOf(this.pendingBar) > nowSeconds + LONGEST_WAIT_SECONDS;
    if (this.pendingBar === null || missed || strange) {
      const soonest = cycleAt(timeline, shared + NOTICE_SECONDS);
      const bar = Math.ceil(soonest);
      const beat = Math.ceil(soonest * timeline.beatsPerCycle) / timeline.beatsPerCycle;
      this.pendingBar = localOf(bar) > nowSeconds + LONGEST_WAIT_SECONDS ? beat : bar;
    }
    const at = localOf(this.pendingBar);
    const planned = this.plan.findIndex((piece) => piece.jumps);
    const before = planned < 0 ? this.plan : this.plan.slice(0, planned);
    const old = before.filter((piece, i) => i === 0 || piece.fromLocalSeconds < at);
    const after = straight({ ...input, nowSeconds: at }, toShared(line, at) + nudgeSeconds, 0);
    this.plan = [...old, { ...after[0]!, cycle: this.pendingBar, jumps: true }, ...after.slice(1)];
  }
}

/**
 * Pieces that begin now at the place `from` (shared seconds) and lose `error` (shared minus played) by slewing.
 * `cycle` is the cycle of that place where it is known exactly.
 */
function straight(input: SteerInput, from: number, error: number, cycle?: number): PlayedPiece[] {
  const { nowSeconds, line, timeline } = input;
  const slew = Math.max(-SLEW_PER_SECOND, Math.min(SLEW_PER_SECOND, error / SLEW_SECONDS));
  const slewEnd = slew === 0 ? nowSeconds : nowSeconds + Math.abs(error / slew);
  const pieces: PlayedPiece[] = [];
  let local = nowSeconds;
  let shared = from;
  let at = cycle ?? cycleAt(timeline, from);
  for (let guard = 0; guard < 2 * timeline.segments.length + 2; guard++) {
    const index = lastBegun(timeline, shared);
    const segment = timeline.segments[index]!;
    const rate = line.rate * (local < slewEnd ? 1 + slew : 1);
    pieces.push({
      fromLocalSeconds: local,
      cycle: at,
      cyclesPerSecond: segment.cyclesPerSecond * rate,
      jumps: false,
    });
    const nextTempo = timeline.segments[index + 1];
    const tempoAt = nextTempo ? local + (nextTempo.fromSeconds - shared) / rate : Number.POSITIVE_INFINITY;
    const until = local < slewEnd ? Math.min(tempoAt, slewEnd) : tempoAt;
    if (until === Number.POSITIVE_INFINITY) break;
    const byTempo = until === tempoAt;
    shared = byTempo ? nextTempo!.fromSeconds : shared + (until - local) * rate;
    at = byTempo ? nextTempo!.cycle : cycleAt(timeline, shared);
    local = until;
  }
  return pieces;
}

function lastBegun(timeline: SharedTimeline, shared: number): number {
  const { segments } = timeline;
  let index = 0;
  for (let i = 1; i < segments.length; i++) if (segments[i]!.fromSeconds <= shared) index = i;
  return index;
}

/**
 * The clock of one other peer, seen from ours: proven intervals go in, a mapping between the two clocks comes out.
 * It stands alone because simulator, browser and tests measure with it alike. It knows no messages; all times are
 * seconds of one of the two clocks, as their names say.
 */
import {
  carried,
  clampInto,
  intersection,
  middleSeconds,
  type OffsetBounds,
  widthSeconds,
} from './bounds.ts';
import { ForgettingFloor } from './forgetting-floor.ts';
import { DRIFT_LIMIT, OffsetFilter } from './offset-filter.ts';

/** Impossible samples in a row after which the measurement starts anew. */
export const IMPOSSIBLE_SAMPLES = 5;
/** Windows in a row whose middle cannot be explained by what their width exceeds the floor. */
const DOUBTFUL_WINDOWS = 3;
/** Round trips after which the first estimate is given. */
export const FIRST_ESTIMATE_TRIPS = 3;
/** Drift that a proof carried through time is never trusted beyond. */
const DRIFT_DOUBT = 1e-6;
const LEAST_DEVIATION_SECONDS = 8e-6;

/** Windows that are remembered to weigh them again. */
const HISTORY_LIMIT = 64;

/** What one window came to: the middle of what it proved at a time, and how wide that was. */
interface WindowSample {
  readonly at: number;
  readonly middle: number;
  readonly width: number;
  /** How far the best of so many trips usually lies above what is possible, by how they spread. */
  readonly noise: number;
}

export interface PairEstimate {
  readonly offsetSeconds: number;
  readonly deviationSeconds: number;
}

export class PairClock {
  private readonly grainSeconds: number;
  private readonly floor = new ForgettingFloor();
  private filter: OffsetFilter | null = null;
  private proven: OffsetBounds | null = null;
  private provenAt = 0;
  /** The window that is being filled: what its samples prove together, carried to its first one. */
  private window: OffsetBounds | null = null;
  private windowAt = 0;
  private windowWidths: number[] = [];
  private history: WindowSample[] = [];
  private trips = 0;
  private suspects: { readonly at: number; readonly bounds: OffsetBounds }[] = [];
  private doubtfulWindows = 0;
  private lean = 0;
  private resetCount = 0;
  private jump = 0;

  constructor(grainSeconds = 5e-6) {
    this.grainSeconds = grainSeconds;
  }

  /** Whether an estimate can be trusted enough to join by it. */
  get measured(): boolean {
    return this.trips >= FIRST_ESTIMATE_TRIPS;
  }

  /** How often measuring began anew, and by how much the offset had jumped the last time. */
  get resets(): number {
    return this.resetCount;
  }
  get lastJumpSeconds(): number {
    return this.jump;
  }

  /** Whether the last sample was impossible or hard to explain: the clock or the path may have jumped. */
  get suspicious(): boolean {
    return this.suspects.length > 0 || this.doubtfulWindows > 0;
  }

  /** The shortest round trip of late; 0 before the first window. */
  get roundTripSeconds(): number {
    return Number.isFinite(this.floor.floor) ? this.floor.floor : 0;
  }

  get driftSecondsPerSecond(): number {
    return this.filter?.driftSecondsPerSecond ?? 0;
  }

  /** Adds what one round trip proved at `atSeconds` of our clock. */
  add(bounds: OffsetBounds, atSeconds: number): void {
    const known = this.provenAround(atSeconds);
    if (known && !intersection(known, bounds)) {
      this.suspects.push({ at: atSeconds, bounds });
      if (this.suspects.length >= IMPOSSIBLE_SAMPLES) this.startAnew();
      return;
    }
    this.suspects = [];
    this.take(bounds, atSeconds);
  }

  /** Ends a window (a burst, or a second): its best goes into the filter. */
  closeWindow(): void {
    const { window } = this;
    if (!window) return;
    const sample = this.sampleOf(window, this.windowAt);
    const fell = this.floor.add(sample.at, sample.width);
    this.window = null;
    this.windowWidths = [];
    const { filter } = this;
    if (filter && !this.explains(filter, sample, fell)) {
      if (++this.doubtfulWindows < DOUBTFUL_WINDOWS) return;
      this.suspects = [{ at: sample.at, bounds: window }];
      this.startAnew();
      return;
    }
    this.doubtfulWindows = 0;
    this.history.push(sample);
    if (this.history.length > HISTORY_LIMIT) this.history.shift();
    // A lower floor shows that earlier samples were worse than they seemed: weigh them again.
    if (!filter || fell > this.deviationOf(sample) / 2) this.filter = this.replayed();
    else filter.correct(sample.at, sample.middle, this.deviationOf(sample));
    this.prove(window, sample.at);
    const known = this.provenAround(sample.at);
    if (known) this.filter?.hold(sample.at, known.lowSeconds, known.highSeconds);
  }

  /** The other end's estimate of our clock against its own: both ends then use the mean of the two. */
  hear(theirs: PairEstimate, atSeconds: number): void {
    const own = this.ownEstimate(atSeconds);
    if (!own || !Number.isFinite(theirs.offsetSeconds) || !(theirs.deviationSeconds >= 0)) return;
    const disagreement = own.offsetSeconds + theirs.offsetSeconds;
    const bearable = 4 * (own.deviationSeconds + theirs.deviationSeconds) + 2 * this.grainSeconds;
    this.lean = Math.abs(disagreement) <= bearable ? -disagreement / 2 : 0;
  }

  /** What we alone measured; null before the first estimate. */
  ownEstimate(atSeconds: number): PairEstimate | null {
    if (!this.measured) return null;
    if (this.filter) {
      return {
        offsetSeconds: this.filter.offsetAt(atSeconds),
        deviationSeconds: this.filter.deviationAt(atSeconds),
      };
    }
    if (!this.window) return null;
    const width = widthSeconds(this.window);
    return { offsetSeconds: middleSeconds(this.window), deviationSeconds: width / 4 };
  }

  /** The other clock minus ours at a time of ours; null before the first estimate. */
  offsetAt(atSeconds: number): number | null {
    const own = this.ownEstimate(atSeconds);
    if (!own) return null;
    const mean = own.offsetSeconds + this.lean;
    const known = this.provenAround(atSeconds);
    return known ? clampInto(known, mean) : mean;
  }

  deviationAt(atSeconds: number): number {
    return this.ownEstimate(atSeconds)?.deviationSeconds ?? Number.POSITIVE_INFINITY;
  }

  /** Time of the other clock at a time of ours. */
  toPeer(localSeconds: number): number | null {
    const offset = this.offsetAt(localSeconds);
    return offset === null ? null : localSeconds + offset;
  }

  /** Our own clock jumped by this much: every difference moves the other way, nothing is measured anew. */
  reanchor(jumpSeconds: number, atSeconds: number): void {
    const shift = (bounds: OffsetBounds | null) => bounds && carried(bounds, -jumpSeconds, 0);
    const { filter } = this;
    if (filter) {
      const at = atSeconds - jumpSeconds;
      filter.restart(atSeconds, filter.offsetAt(at) - jumpSeconds, filter.deviationAt(at));
    }
    this.history = [];
    this.proven = shift(this.proven);
    this.provenAt += jumpSeconds;
    this.window = shift(this.window);
    this.windowAt += jumpSeconds;
    this.suspects = [];
  }

  private sampleOf(window: OffsetBounds, at: number): WindowSample {
    const width = widthSeconds(window);
    const widths = this.windowWidths.sort((a, b) => a - b);
    const usual = widths[widths.length >> 1] ?? width;
    const noise = Math.max(0, usual - width) / Math.max(1, widths.length);
    return { at, middle: middleSeconds(window), width, noise };
  }

  /** How far a sample may be off: what it exceeds the floor by, and what is not known of the floor. */
  private deviationOf(sample: WindowSample): number {
    const excess = Math.max(0, sample.width - this.floor.floor);
    return Math.hypot(LEAST_DEVIATION_SECONDS, this.grainSeconds, excess, sample.noise, this.floor.doubt);
  }

  /** Whether a middle can be where it is by noise and by a longer way in one direction. */
  private explains(filter: OffsetFilter, sample: WindowSample, fell: number): boolean {
    const surprise = Math.abs(sample.middle - filter.offsetAt(sample.at));
    const excess = Math.max(0, sample.width - this.floor.floor);
    const noise = Math.hypot(this.deviationOf(sample), filter.deviationAt(sample.at));
    return surprise <= 6 * noise + (excess + fell) / 2;
  }

  /** A filter that saw the remembered windows, each judged by the floor as it is known now. */
  private replayed(): OffsetFilter {
    const [first, ...later] = this.history;
    const filter = new OffsetFilter(first!.at, first!.middle, this.deviationOf(first!));
    for (const sample of later) filter.correct(sample.at, sample.middle, this.deviationOf(sample));
    return filter;
  }

  private take(bounds: OffsetBounds, at: number): void {
    this.trips++;
    if (!this.window) {
      this.window = bounds;
      this.windowAt = at;
    } else {
      const shift = -this.driftSecondsPerSecond * (at - this.windowAt);
      const moved = carried(bounds, shift, 0);
      this.window = intersection(this.window, moved) ?? narrower(this.window, moved);
    }
    this.windowWidths.push(widthSeconds(bounds));
    if (!this.filter) this.prove(bounds, at);
  }

  private prove(bounds: OffsetBounds, at: number): void {
    const known = this.provenAround(at);
    this.proven = (known && intersection(known, bounds)) ?? bounds;
    this.provenAt = at;
  }

  /** What all pings so far prove about the offset at a time. */
  private provenAround(at: number): OffsetBounds | null {
    if (!this.proven) return null;
    const dt = at - this.provenAt;
    const doubt = this.filter ? 5 * this.filter.driftDeviation + DRIFT_DOUBT : DRIFT_LIMIT;
    return carried(
      this.proven,
      this.driftSecondsPerSecond * dt,
      Math.min(DRIFT_LIMIT, doubt) * Math.abs(dt) + this.grainSeconds,
    );
  }

  /** The offset jumped to where the suspects say. The way and the crystals are as before: floor and drift stay. */
  private startAnew(): void {
    const { suspects, filter } = this;
    const at = suspects.at(-1)!.at;
    const before = this.offsetAt(at) ?? 0;
    this.proven = null;
    this.window = null;
    this.windowWidths = [];
    this.trips = FIRST_ESTIMATE_TRIPS;
    this.suspects = [];
    this.doubtfulWindows = 0;
    this.lean = 0;
    this.history = [];
    for (const suspect of suspects) this.take(suspect.bounds, suspect.at);
    const window = this.window! as OffsetBounds;
    const sample = this.sampleOf(window, at);
    const { middle } = sample;
    filter?.restart(
      at,
      middle,
      Number.isFinite(this.floor.floor) ? this.deviationOf(sample) : sample.width / 4,
    );
    this.resetCount++;
    this.jump = middle - before;
  }
}

const narrower = (a: OffsetBounds, b: OffsetBounds): OffsetBounds =>
  widthSeconds(a) <= widthSeconds(b) ? a : b;

/**
 * The scheduler: on each tick it asks the source for what begins up to the look-ahead and hands it to the sinks,
 * window after window, no gap and no overlap. Pure but for its source: time comes in with the ticks. It knows no
 * ports and no encoding. Thread: pattern worker; blocks: as long as one query of one window takes.
 */
import type { Rational } from '../../patterns/rational.ts';
import type { Tick } from '../../worklets/wire.ts';
import type { Sink } from './sinks.ts';
import {
  gridCeil,
  gridFloor,
  type Opening,
  type QuerySource,
  queryWindow,
  type ScheduledTempo,
  type Strips,
  type WindowContent,
  windowsPerCycle,
} from './window.ts';

/** What a program needs to take over. `opening.start` is set where the music starts with it. */
export interface Go extends Opening {
  readonly epoch: number;
  readonly strips: Strips;
}

export const LOOK_AHEAD = { leastSeconds: 0.05, normalSeconds: 0.15, mostSeconds: 2 } as const;

/** A window lasts this long, up to twice that. */
const WINDOW_SECONDS = 0.025;
/** The engine repeats where it knows less than 50 ms, and ticks come every 21 ms: nothing shorter holds. */
const ENOUGH_SECONDS = 0.1;
/** Less than this before the playhead and the look-ahead grows. */
const SCARCE_SECONDS = 0.06;
/** Later than this the engine drops notes (its own limit): the scheduler leaps ahead. */
const LOST_SECONDS = 0.05;
const GROWTH = 1.5;

interface Plan {
  readonly go: Go;
  /** Everything before has been handed out. */
  done: Rational;
  /** Onsets before this f64 belong to others. */
  notBefore: number;
  opened: boolean;
  /** Where the playhead was heard of last; null before. */
  position: number | null;
  cyclesPerSecond: number;
  /** Where the tempo that holds has to be stated with the next window. */
  tempoFrom: number | undefined;
  /** Changes of tempo that have been handed out and are still to come. */
  changes: readonly ScheduledTempo[];
}

/** Hears what windows bring besides notes, and how the look-ahead changes. */
export interface SchedulerEvents {
  content?(content: WindowContent): void;
  /** Before and after each query. */
  busy?(busy: boolean): void;
  lookAhead?(seconds: number): void;
}

export class Scheduler {
  private readonly source: QuerySource;
  private readonly sinks: readonly Sink[];
  private readonly events: SchedulerEvents;
  private seconds: number;
  private plan: Plan | null = null;
  private pumping: Promise<void> | null = null;

  constructor(
    source: QuerySource,
    sinks: readonly Sink[],
    events: SchedulerEvents = {},
    lookAheadSeconds: number = LOOK_AHEAD.normalSeconds,
  ) {
    this.source = source;
    this.sinks = sinks;
    this.events = events;
    this.seconds = clampLookAhead(lookAheadSeconds);
  }

  get lookAheadSeconds(): number {
    return this.seconds;
  }

  setLookAhead(seconds: number): void {
    this.seconds = clampLookAhead(seconds);
  }

  /** Cycles before which everything has been handed out; null before `go`. */
  get horizon(): number | null {
    return this.plan ? this.plan.done.toNumber() : null;
  }

  /** Takes over from `go.fromCycle`. Resolves once the first window is out. A later `go` replaces this one. */
  async go(go: Go, cyclesPerSecond: number, position: number | null): Promise<void> {
    const cps = go.start?.cyclesPerSecond ?? cyclesPerSecond;
    const done = gridFloor(go.fromCycle, windowsPerCycle(WINDOW_SECONDS, cps));
    const plan: Plan = {
      go,
      done,
      notBefore: go.fromCycle,
      opened: false,
      position: go.start ? null : position,
      cyclesPerSecond: cps,
      tempoFrom: go.fromCycle,
      changes: [],
    };
    this.plan = plan;
    await this.pumping;
    await this.pump();
  }

  /** Stops handing out. */
  stop(): void {
    this.plan = null;
  }

  /** Takes the engine's time into account and works until the look-ahead is full; the newest tick counts. */
  onTick(tick: Tick): Promise<void> {
    const { plan } = this;
    if (!plan || tick.cycle === null) return Promise.resolve();
    if (tick.epoch < plan.go.epoch && plan.go.start) return Promise.resolve();
    plan.position = tick.cycle;
    plan.cyclesPerSecond = tick.cyclesPerSecond;
    if (plan.changes.length > 0) plan.changes = plan.changes.filter(({ cycle }) => cycle >= tick.cycle!);
    if (plan.opened) this.watchSlack(plan, tick);
    return this.pump();
  }

  private watchSlack(plan: Plan, tick: Tick): void {
    const position = tick.cycle!;
    if (position < plan.go.fromCycle) return;
    const slackSeconds = (plan.done.toNumber() - position) / tick.cyclesPerSecond;
    if (slackSeconds < SCARCE_SECONDS && this.seconds < LOOK_AHEAD.mostSeconds) {
      this.seconds = Math.min(LOOK_AHEAD.mostSeconds, this.seconds * GROWTH);
      this.events.lookAhead?.(this.seconds);
    }
    if (tick.repeating) this.leap(plan, tick.horizon);
    else if (slackSeconds < -LOST_SECONDS) this.leap(plan, position);
  }

  /** What the engine has filled with repeats, or can no longer play, is lost: goes on from there. */
  private leap(plan: Plan, cycle: number): void {
    if (!(cycle > plan.done.toNumber())) return;
    const done = gridFloor(cycle, windowsPerCycle(WINDOW_SECONDS, plan.cyclesPerSecond)).max(plan.done);
    this.plan = { ...plan, done, notBefore: cycle, tempoFrom: cycle };
  }

  private pump(): Promise<void> {
    this.pumping ??= this.run().finally(() => {
      this.pumping = null;
    });
    return this.pumping;
  }

  private async run(): Promise<void> {
    for (let plan = this.plan; plan; plan = this.plan) {
      const cps = fastest(plan);
      const perCycle = windowsPerCycle(WINDOW_SECONDS, cps);
      const base = plan.position ?? plan.go.fromCycle;
      const target = base + Math.max(ENOUGH_SECONDS, this.seconds) * cps;
      const first = plan.opened ? 0 : plan.go.fromCycle + 0.5 / perCycle;
      const wanted = Math.max(target, first);
      if (plan.opened && plan.done.toNumber() >= wanted) return;
      const begun = plan.opened ? plan.done.toNumber() : plan.go.fromCycle;
      const end = gridCeil(begun + 1 / perCycle, perCycle);
      await this.window(plan, end);
    }
  }

  private async window(plan: Plan, end: Rational): Promise<void> {
    const { go, done: begin, notBefore, tempoFrom, cyclesPerSecond } = plan;
    this.events.busy?.(true);
    let content: WindowContent;
    try {
      const span = { begin, end, notBefore, tempoFrom, cyclesPerSecond, strips: go.strips };
      content = await queryWindow(this.source, span);
    } finally {
      this.events.busy?.(false);
    }
    if (this.plan !== plan) return;
    const opening = plan.opened ? null : go;
    plan.done = end;
    plan.opened = true;
    plan.notBefore = Number.NEGATIVE_INFINITY;
    plan.tempoFrom = undefined;
    const { notes, tempo } = content;
    if (tempo.length > 0) plan.changes = [...plan.changes, ...tempo];
    for (const sink of this.sinks)
      sink.take({ epoch: go.epoch, opening, notes, tempo, horizon: end.toNumber() });
    this.events.content?.(content);
  }
}

/** Cycles per second now, or of a tempo that is stated and not reached yet. */
function fastest({ go, cyclesPerSecond, position, changes }: Plan): number {
  const coming = changes.reduce((most, change) => Math.max(most, change.cyclesPerSecond), cyclesPerSecond);
  if (!go.tempo || (position ?? go.fromCycle) > go.fromCycle + go.tempo.rampCycles) return coming;
  return Math.max(coming, go.tempo.cyclesPerSecond);
}

function clampLookAhead(seconds: number): number {
  const finite = Number.isFinite(seconds) ? seconds : LOOK_AHEAD.normalSeconds;
  return Math.min(LOOK_AHEAD.mostSeconds, Math.max(LOOK_AHEAD.leastSeconds, finite));
}

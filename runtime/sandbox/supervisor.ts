/**
 * The supervisor: decides which pattern worker evaluates, plays, takes over or ends. A pure state machine: messages,
 * ticks and time go in, actions come out; ports, workers and timers are those of supervisor-main.ts. Whatever
 * happens, one standby is kept (made once an evaluation has had a head start) and one worker at most plays.
 * Thread: sandbox iframe; blocks: no.
 * Long because all transitions of the one machine are read side by side; what could stand alone does.
 */
import type { Command, Tick } from '../../worklets/wire.ts';
import type { TempoStatement } from '../program/program.ts';
import { LOOK_AHEAD } from '../schedule/scheduler.ts';
import { MARGIN_SECONDS, nextBoundary, Playhead } from './boundary.ts';
import { type Attempt, Crew, type Evaluated, type Member, type Phase } from './crew.ts';
import { GoodPrograms } from './good-programs.ts';
import type { FromSupervisor, FromWorker, Resume } from './messages.ts';
import { StatedTempo } from './stated-tempo.ts';
import { StripTable } from './strip-table.ts';
import {
  type Action,
  Actions,
  type FromPage,
  type Input,
  noStrip,
  type Order,
  tookTooLong,
} from './supervisor-actions.ts';
import { BUSY_LIMIT_MS, IDLE_LIMIT_MS, PENDING_LIMIT_MS, START_LIMIT_MS } from './watchdog.ts';

/** Evaluations closer than this coalesce to the newest. */
export const COALESCE_MS = 300;
/** An evaluation has the processors to itself this long; then the next standby is made beside it. */
const HEAD_START_MS = 150;
/** `go` is sent this long before the swap, beside the look-ahead. */
const LEAD_SECONDS = 0.1;
/** Changes of the mixer go out with the last tick before the swap. */
const MIX_SECONDS = 0.024;
/** First sound after `start`. */
const START_DELAY_SECONDS = 0.03;
const START_FAILURE_PAUSE_MS = 1_000;
/** Music this long after the end of it was not meant to be. */
const STOP_GRACE_MS = 200;

type Playing = 'stopped' | 'starting' | 'playing' | 'stopping';

export class Supervisor {
  private readonly crew: Crew;
  private readonly strips = new StripTable();
  private readonly out = new Actions();
  private readonly playhead = new Playhead();
  private readonly tempo: StatedTempo;
  private readonly good = new GoodPrograms();
  private now = 0;
  private lookAheadSeconds: number;
  private playing: Playing;
  private epoch: number;
  private queued: Attempt | null = null;
  private launchedMs = Number.NEGATIVE_INFINITY;
  private stopByMs = 0;
  private stoppedMs = 0;
  private silentTicks = 0;
  private startFailures = 0;
  private nextStartMs = Number.NEGATIVE_INFINITY;

  constructor(lookAheadSeconds: number = LOOK_AHEAD.normalSeconds, resume: Resume | null = null) {
    this.lookAheadSeconds = lookAheadSeconds;
    this.crew = new Crew((resume?.epoch ?? 0) + 1);
    this.epoch = resume?.epoch ?? 0;
    this.playing = resume?.playing ? 'playing' : 'stopped';
    this.tempo = new StatedTempo(resume?.cyclesPerSecond, resume?.tempo);
    if (resume) this.strips.restore(resume.tracks);
  }

  /** Takes one input at `nowMs` (monotonic) and says what to do. */
  step(input: Input, nowMs: number): Action[] {
    const elapsed = Math.max(0, nowMs - this.now);
    this.now = nowMs;
    for (const member of this.crew.all()) member.watch.pass(elapsed);
    if (input.type === 'page') this.onPage(input.message);
    else if (input.type === 'worker') this.onWorker(input.worker, input.message);
    else if (input.type === 'worker-broken') this.onBroken(input.worker, input.reason);
    else if (input.type === 'tick') this.onTick(input.tick);
    this.watchAll();
    this.settle();
    return this.out.take();
  }

  /** True while time alone can change something: the shell then steps with `time` where no ticks come. */
  get waitsForTime(): boolean {
    return (
      this.queued !== null ||
      this.playing === 'stopping' ||
      this.crew.all().some(({ phase, watch }) => watch.busy || phase === 'starting' || phase === 'ready') ||
      this.standby() === null
    );
  }

  /** Phases of all workers, for diagnosis and tests. */
  get phases(): readonly Phase[] {
    return this.crew.all().map(({ phase }) => phase);
  }

  // ---- inputs ----------------------------------------------------------------------------------------------

  private onPage(message: FromPage): void {
    const act: { [K in typeof message.type]: (m: Extract<typeof message, { type: K }>) => void } = {
      ping: ({ serial }) => this.tell({ type: 'pong', serial }),
      evaluate: ({ program, boundary }) => {
        this.queued = { program, boundary, bridge: false, retries: 0 };
      },
      cancel: () => this.cancel(),
      stop: ({ fadeSeconds }) => this.stop(fadeSeconds),
      panic: () => {
        this.forgetAll();
        this.engine({ type: 'panic' });
        this.stopped();
      },
      tempo: ({ cyclesPerSecond }) => {
        this.tempo.set(cyclesPerSecond);
        this.engine({ type: 'tempo', cyclesPerSecond, cycle: null, rampCycles: 0 });
      },
      strip: ({ track, gainDb, mute, solo }) => {
        const change = {
          ...(gainDb === undefined ? {} : { gainDb }),
          ...(mute === undefined ? {} : { mute }),
          ...(solo === undefined ? {} : { solo }),
        };
        const command = this.strips.change(track, change);
        if (command) this.engine(command);
      },
      lookAhead: ({ seconds }) => {
        this.lookAheadSeconds = seconds;
        for (const { id } of this.crew.all()) this.send(id, { type: 'lookAhead', seconds });
      },
    };
    (act[message.type] as (m: typeof message) => void)(message);
  }

  private onWorker(id: number, message: FromWorker): void {
    const member = this.crew.get(id);
    if (!member) return;
    member.watch.sign();
    const sounds = member.phase === 'active' || member.phase === 'gone';
    const evalId = member.attempt?.program.current.evalId ?? 0;
    if (message.type === 'warm' && member.phase === 'starting') {
      member.phase = 'warm';
      this.startFailures = 0;
    } else if (message.type === 'beat') member.watch.busy = message.busy;
    else if (message.type === 'evaluated' && member.phase === 'trying') this.onEvaluated(member, message);
    else if (message.type === 'track-failed' && sounds) {
      this.tell({
        type: 'track-failed',
        evalId,
        diagnostic: message.diagnostic,
        fellBackTo: message.fellBackTo,
      });
    } else if (message.type === 'sounding' && sounds) this.tell(message);
    else if (message.type === 'log' && member.attempt)
      this.tell({ type: 'log', evalId, lines: message.lines });
    else if (message.type === 'warned' && sounds) {
      this.tell({ type: 'warned', evalId, diagnostics: message.diagnostics });
    }
  }

  private onBroken(id: number, reason: string): void {
    const member = this.crew.get(id);
    if (!member) return;
    // Later errors are those of timers that user code has set: the worker itself lives.
    if (member.phase === 'starting') this.fail(member, reason);
    else if (member.attempt)
      this.tell({ type: 'log', evalId: member.attempt.program.current.evalId, lines: [reason] });
  }

  private onTick(tick: Tick): void {
    this.playhead.hear(tick, this.now);
    if (tick.cycle !== null) this.tempo.cyclesPerSecond = tick.cyclesPerSecond;
    // A start that was called off has reached the engine after all.
    if (this.playing === 'stopped' && tick.cycle !== null && this.now - this.stoppedMs > STOP_GRACE_MS) {
      this.stoppedMs = this.now;
      this.engine({ type: 'panic' });
    }
    // Stopped from elsewhere (the page's own panic reached the engine first).
    this.silentTicks = this.playing === 'playing' && tick.cycle === null ? this.silentTicks + 1 : 0;
    if (this.silentTicks >= 3) {
      this.forgetAll();
      this.stopped();
    }
  }

  private onEvaluated(member: Member, message: Evaluated): void {
    const { program, bridge } = member.attempt!;
    if (message.evalId !== program.current.evalId) return;
    member.watch.busy = false;
    // Somebody was quicker: what plays by now must not be undone.
    if (bridge && this.someonePlays()) {
      this.end(member);
      return;
    }
    if (!message.ok) {
      if (bridge) this.good.forget(program);
      else this.out.refuse(program, message.diagnostics, message.evaluateMs);
      this.end(member);
      return;
    }
    const earlier = this.crew.the('ready');
    if (earlier) this.end(earlier);
    const { without, commands } = this.strips.assign(message.tracks, this.soundingNames());
    this.engine(...commands);
    member.phase = 'ready';
    member.evaluated = message;
    member.swapCycle = this.boundaryFor(member);
    if (bridge) return;
    this.tell({
      type: 'evaluated',
      evalId: message.evalId,
      ok: true,
      diagnostics: [...message.diagnostics, ...without.map(noStrip)],
      tracks: this.strips.states(message.tracks),
      tempo: message.tempo,
      cycle: member.swapCycle,
      evaluateMs: message.evaluateMs,
    });
  }

  // ---- what follows from the state ---------------------------------------------------------------------------

  private settle(): void {
    if (this.playing === 'stopping') this.settleStop();
    this.settleSwap();
    this.settleReady();
    this.settleBridge();
    this.launch();
    if (this.standby() === null && this.now >= this.nextStartMs && !this.someoneHurries()) this.spawn();
  }

  private settleStop(): void {
    if (this.playhead.isStopped || this.now >= this.stopByMs) {
      const active = this.crew.the('active');
      if (active) this.end(active);
      this.stopped();
    }
  }

  private settleSwap(): void {
    const gone = this.crew.the('gone');
    const tick = this.playhead.latest;
    if (!gone || !tick || tick.cycle === null) return;
    const labels = gone.evaluated!.tracks;
    const swapCycle = gone.swapCycle ?? 0;
    if (!gone.mixed && tick.cycle + MIX_SECONDS * tick.cyclesPerSecond >= swapCycle) {
      gone.mixed = true;
      this.engine(...this.strips.applyLabels(labels));
    }
    if (tick.cycle < swapCycle || tick.epoch < gone.epoch) return;
    const old = this.crew.the('active');
    if (old) this.end(old);
    gone.phase = 'active';
    this.playing = 'playing';
    const { program } = gone.attempt!;
    this.good.tookOver(program);
    if (!gone.attempt!.bridge) this.tempo.tookOver(gone.evaluated!.tempo);
    this.tell({ type: 'swapped', evalId: program.current.evalId, epoch: gone.epoch, cycle: swapCycle });
  }

  private settleReady(): void {
    const ready = this.crew.the('ready');
    if (!ready || this.playing === 'stopping') return;
    const gone = this.crew.the('gone');
    if (this.playing !== 'playing') {
      if (gone) this.end(gone);
      this.start(ready);
      return;
    }
    const position = this.playhead.position(this.now);
    if (position === null) return;
    const cps = this.tempo.cyclesPerSecond;
    const orphaned = this.crew.the('active') === null && gone === null;
    if (orphaned) ready.swapCycle = this.boundaryFor(ready);
    if (ready.swapCycle === null || position + (MARGIN_SECONDS / 2) * cps > ready.swapCycle) {
      ready.swapCycle = this.boundaryFor(ready);
    }
    const swapCycle = ready.swapCycle ?? 0;
    if (swapCycle - position > (this.lookAheadSeconds + LEAD_SECONDS) * cps) return;
    if (gone && gone.swapCycle !== null && gone.swapCycle < swapCycle) return;
    if (gone) this.end(gone);
    this.go(ready, swapCycle, null, this.tempoFor(ready, gone));
  }

  /** The tempo its `go` states: its own where that acts, else what undoes that of an overtaken one. */
  private tempoFor(ready: Member, overtaken: Member | null): TempoStatement | null {
    const own = ready.attempt!.bridge ? null : this.tempo.acting(ready.evaluated!.tempo);
    // A pattern of the one that plays has stated changes beyond the boundary.
    const playing = this.crew.the('active')?.evaluated?.tempo;
    const ahead = overtaken?.tempo ?? (playing?.isPatterned ? playing : null);
    return own ?? this.tempo.undoing(ahead);
  }

  private start(ready: Member): void {
    const statement = this.tempo.acting(ready.evaluated!.tempo);
    const ramp = statement && statement.rampCycles > 0 ? statement : null;
    if (statement && !ramp) this.tempo.cyclesPerSecond = statement.cyclesPerSecond;
    const { cyclesPerSecond } = this.tempo;
    this.playing = 'starting';
    this.go(ready, 0, { cyclesPerSecond, delaySeconds: START_DELAY_SECONDS }, ramp);
    this.engine(...this.strips.applyLabels(ready.evaluated!.tracks));
    ready.mixed = true;
  }

  private go(
    member: Member,
    fromCycle: number,
    start: { cyclesPerSecond: number; delaySeconds: number } | null,
    tempo: TempoStatement | null,
  ): void {
    this.epoch = Math.max(this.epoch, this.playhead.epoch) + 1;
    member.phase = 'gone';
    member.epoch = this.epoch;
    member.swapCycle = fromCycle;
    member.tempo = tempo;
    member.mixed = false;
    member.watch.begin();
    const strips = this.strips.numbers(member.evaluated!.tracks);
    this.send(member.id, { type: 'go', epoch: this.epoch, fromCycle, start, tempo, strips });
  }

  /** While nothing plays that should: the newest good program is brought back. The engine repeats meanwhile. */
  private settleBridge(): void {
    const { crew } = this;
    const program = this.good.newest;
    if (this.playing !== 'playing' || this.someonePlays() || crew.trying(true) || !program) return;
    const standby = crew.the('warm');
    if (standby) this.begin(standby, { program, boundary: 'now', bridge: true, retries: 0 });
  }

  /** True where a worker plays or will without more ado. */
  private someonePlays(): boolean {
    const { crew } = this;
    return (crew.the('active') ?? crew.the('gone') ?? crew.the('ready')) !== null;
  }

  /** A musician waits for an evaluation: a new standby would take a processor away from it. */
  private someoneHurries(): boolean {
    return this.crew.all().some(({ phase, watch }) => phase === 'trying' && watch.jobMs < HEAD_START_MS);
  }

  private launch(): void {
    const { queued } = this;
    const standby = this.crew.the('warm');
    if (!queued || !standby || this.now - this.launchedMs < COALESCE_MS) return;
    const overtaken = this.crew.trying(false);
    if (overtaken) this.end(overtaken);
    this.queued = null;
    this.launchedMs = this.now;
    this.begin(standby, queued);
  }

  private begin(member: Member, attempt: Attempt): void {
    member.phase = 'trying';
    member.attempt = attempt;
    member.watch.begin();
    this.send(member.id, {
      type: 'evaluate',
      program: attempt.program,
      cyclesPerSecond: this.tempo.cyclesPerSecond,
    });
  }

  private boundaryFor(member: Member): number | null {
    const position = this.playhead.position(this.now);
    if (position === null || this.playing !== 'playing') return null;
    const orphaned = this.crew.the('active') === null;
    return nextBoundary(orphaned ? 'now' : member.attempt!.boundary, position, this.tempo.cyclesPerSecond);
  }

  // ---- deaths ------------------------------------------------------------------------------------------------

  private watchAll(): void {
    const ticking = this.playhead.isTicking(this.now);
    for (const member of this.crew.all()) {
      const { phase, watch } = member;
      // Without ticks an idle worker owes nothing.
      if (phase === 'active' && !watch.busy && !ticking) watch.sign();
      if (phase === 'starting' && watch.silentMs > START_LIMIT_MS) this.fail(member, 'it did not start');
      else if (phase === 'trying' && watch.jobMs > PENDING_LIMIT_MS) {
        this.fail(member, `it still waited after ${PENDING_LIMIT_MS / 1000} seconds`);
      } else if (watch.busy && watch.silentMs > BUSY_LIMIT_MS) {
        this.fail(member, `no sign of life for ${BUSY_LIMIT_MS} ms`);
      } else if (phase === 'active' && ticking && watch.silentMs > IDLE_LIMIT_MS) {
        this.fail(member, `no sign of life for ${IDLE_LIMIT_MS} ms`);
      }
    }
  }

  /** A worker died or must: what it was for goes on without it. */
  private fail(member: Member, reason: string): void {
    const { phase, attempt } = member;
    this.end(member);
    this.tell({ type: 'worker-ended', active: phase === 'active', reason });
    if (phase === 'starting') {
      this.startFailures += 1;
      if (this.startFailures > 2) this.nextStartMs = this.now + START_FAILURE_PAUSE_MS;
    } else if (phase === 'trying' && attempt) {
      if (attempt.bridge) this.good.forget(attempt.program);
      else this.out.refuse(attempt.program, [tookTooLong(reason)], member.watch.jobMs);
    } else if ((phase === 'ready' || phase === 'gone') && attempt) {
      if (phase === 'gone') this.reclaim(member);
      if (attempt.bridge) this.good.died(attempt.program, this.now);
      else if (attempt.retries === 0) this.queued ??= { ...attempt, retries: 1 };
    } else if (phase === 'active' && attempt) this.good.died(attempt.program, this.now);
  }

  /** A successor is dropped after its `go`: the playing worker takes its own place over from there. */
  private reclaim(gone: Member): void {
    const active = this.crew.the('active');
    const position = this.playhead.position(this.now);
    if (!active || position === null || gone.swapCycle === null || this.playing !== 'playing') {
      if (!active && this.playing === 'starting') this.playing = 'stopped';
      return;
    }
    const from = Math.max(gone.swapCycle, nextBoundary('now', position, this.tempo.cyclesPerSecond));
    const undo = gone.tempo ? { cyclesPerSecond: this.tempo.cyclesPerSecond, rampCycles: 0 } : null;
    this.epoch = Math.max(this.epoch, this.playhead.epoch) + 1;
    active.epoch = this.epoch;
    const strips = this.strips.numbers(active.evaluated!.tracks);
    active.watch.begin();
    this.send(active.id, {
      type: 'go',
      epoch: this.epoch,
      fromCycle: from,
      start: null,
      tempo: undo,
      strips,
    });
    if (gone.mixed) this.engine(...this.strips.applyLabels(active.evaluated!.tracks));
  }

  // ---- stopping ------------------------------------------------------------------------------------------------

  private cancel(): void {
    this.queued = null;
    for (const member of this.crew.all()) {
      const { phase, attempt } = member;
      const own = (phase === 'trying' || phase === 'ready' || phase === 'gone') && !attempt?.bridge;
      if (!own || (phase === 'gone' && this.playing === 'starting')) continue;
      this.end(member);
      if (phase === 'gone') this.reclaim(member);
    }
  }

  private stop(fadeSeconds: number): void {
    this.queued = null;
    for (const member of this.crew.all()) {
      if (member.attempt && member.phase !== 'active') this.end(member);
    }
    this.engine({ type: 'hush', fadeSeconds });
    if (this.playing === 'stopped') {
      this.tell({ type: 'stopped' });
      return;
    }
    this.playing = 'stopping';
    this.stopByMs = this.now + fadeSeconds * 1000 + 300;
    // A position of null from before belongs to a start that is called off.
    if (this.playhead.isStopped) this.playhead.forget();
  }

  private forgetAll(): void {
    this.queued = null;
    for (const member of this.crew.all()) if (member.attempt) this.end(member);
  }

  private stopped(): void {
    this.playing = 'stopped';
    this.stoppedMs = this.now;
    this.silentTicks = 0;
    this.good.clear();
    this.playhead.forget();
    this.tell({ type: 'stopped' });
  }

  // ---- small ones --------------------------------------------------------------------------------------------

  private standby(): Member | null {
    return this.crew.the('warm') ?? this.crew.the('starting');
  }

  private spawn(): void {
    const { id } = this.crew.add();
    this.out.spawn(id, this.lookAheadSeconds);
  }

  private end(member: Member): void {
    this.crew.remove(member.id);
    this.out.end(member.id);
  }

  private soundingNames(): Set<string> {
    const names = new Set<string>();
    for (const { phase, evaluated } of this.crew.all()) {
      if (phase === 'active' || phase === 'gone') for (const { name } of evaluated!.tracks) names.add(name);
    }
    return names;
  }

  private send(worker: number, message: Order): void {
    this.out.order(worker, message);
  }

  private engine(...commands: readonly Command[]): void {
    this.out.engine(...commands);
  }

  private tell(message: FromSupervisor): void {
    this.out.tell(message);
  }
}

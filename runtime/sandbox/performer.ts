/**
 * What a pattern worker does with its messages: evaluates, rehearses the first moments, takes over and plays. It knows
 * realm and scheduler; ports and timers are given to it, so that it runs in a worker and in tests alike.
 * Thread: pattern worker; blocks: while user code runs.
 */
import { rational } from '../../patterns/rational.ts';
import type { Returned, Tick } from '../../worklets/wire.ts';
import type { Diagnostic, Program } from '../program/program.ts';
import { Scheduler } from '../schedule/scheduler.ts';
import { EngineSink, SoundingSink } from '../schedule/sinks.ts';
import { queryWindow, type WindowContent } from '../schedule/window.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { Realm, TrackFailure } from './realm-surface.ts';

/** What the performer needs of its thread. `every` calls back until the returned function is called. */
export interface PerformerHost {
  toEngine(buffer: ArrayBuffer): void;
  toSupervisor(message: FromWorker): void;
  now(): number;
  every(milliseconds: number, call: () => void): () => void;
}

/** The rehearsal before a program may take over lasts this long at most. */
const REHEARSAL_MS = 30;
/** First stretch of the rehearsal; each next one is twice as long, so that a flood of events is met by a small query. */
const REHEARSAL_CYCLES = 1 / 256;
/** Signs of life while an evaluation awaits something. */
const BEAT_MS = 50;

export class Performer {
  private readonly realm: Realm;
  private readonly host: PerformerHost;
  private readonly sink: EngineSink;
  private readonly scheduler: Scheduler;
  private tick: Tick | null = null;
  private cyclesPerSecond = 0.5;
  private live = false;
  private jobs = 0;
  /** Failures of the rehearsal, told once the program plays. */
  private early: TrackFailure[] = [];
  private warned: Diagnostic[] = [];

  constructor(realm: Realm, host: PerformerHost, lookAheadSeconds: number) {
    this.realm = realm;
    this.host = host;
    this.sink = new EngineSink(
      (buffer) => host.toEngine(buffer),
      (warning) => this.warned.push(warning),
    );
    const sounding = new SoundingSink((evalId, epoch, rows) =>
      host.toSupervisor({ type: 'sounding', evalId, epoch, rows }),
    );
    const events = {
      content: (content: WindowContent) => this.report(content),
      // A job may ask for several windows: each is a sign of life.
      busy: (busy: boolean) => busy && host.toSupervisor({ type: 'beat', busy }),
    };
    this.scheduler = new Scheduler(realm, [this.sink, sounding], events, lookAheadSeconds);
  }

  /** True once its program has been told to take over. */
  get sounds(): boolean {
    return this.live;
  }

  /** A message of the supervisor. Resolves when the job is done; never rejects. */
  async onSupervisor(message: Exclude<ToWorker, { type: 'connect' }>): Promise<void> {
    if (message.type === 'lookAhead') this.scheduler.setLookAhead(message.seconds);
    else if (message.type === 'evaluate') {
      this.cyclesPerSecond = message.cyclesPerSecond;
      await this.job(() => this.evaluate(message.program));
    } else if (message.type === 'go') {
      this.live = true;
      const position = message.start ? null : (this.tick?.cycle ?? null);
      await this.job(() =>
        this.scheduler.go(message, this.tick?.cyclesPerSecond ?? this.cyclesPerSecond, position),
      );
      for (const { diagnostic, fellBackTo } of this.early) {
        this.host.toSupervisor({ type: 'track-failed', diagnostic, fellBackTo });
      }
      this.early = [];
    }
  }

  /** A message of the engine: its time, or a buffer that comes back. Resolves when the work it asks for is done. */
  async onEngine(message: Tick | Returned): Promise<void> {
    if (message.type === 'returned') this.sink.writer.recycle(message.buffer);
    else {
      this.tick = message;
      if (this.live) await this.job(() => this.scheduler.onTick(message));
    }
  }

  /** Queries typical material once, so that the first real query is as quick as later ones. */
  async warmUp(program: Program): Promise<void> {
    await this.realm.evaluate(program);
    await queryWindow(this.realm, span(0, 1, 0.5));
    this.realm.takeLog();
    this.host.toSupervisor({ type: 'warm' });
  }

  private async job(work: () => Promise<void>): Promise<void> {
    this.jobs += 1;
    if (this.jobs === 1) this.host.toSupervisor({ type: 'beat', busy: true });
    try {
      await work();
    } catch (error) {
      this.host.toSupervisor({ type: 'log', lines: [`internal: ${String(error)}`] });
    }
    this.jobs -= 1;
    if (this.jobs === 0) this.host.toSupervisor({ type: 'beat', busy: false });
  }

  private async evaluate(program: Program): Promise<void> {
    const { host } = this;
    const begun = host.now();
    const stopBeats = host.every(BEAT_MS, () => host.toSupervisor({ type: 'beat', busy: true }));
    try {
      const { ok, diagnostics, tracks, tempo, log } = await this.realm.evaluate(program);
      this.tellLog(log);
      host.toSupervisor({ type: 'beat', busy: true });
      const found = ok ? await this.rehearse() : [];
      host.toSupervisor({
        type: 'evaluated',
        evalId: program.current.evalId,
        ok,
        diagnostics: [...diagnostics, ...found],
        tracks: tracks.map(({ name, muted, solo }) => ({ name, muted, solo })),
        tempo,
        evaluateMs: host.now() - begun,
      });
    } finally {
      stopBeats();
    }
  }

  /** Queries where the program will probably take over: the next whole cycle. Gives the mistakes that this shows. */
  private async rehearse(): Promise<Diagnostic[]> {
    const begun = this.host.now();
    const from = this.tick?.cycle ? Math.ceil(this.tick.cycle) : 0;
    const cps = this.tick?.cyclesPerSecond ?? this.cyclesPerSecond;
    const to = from + this.scheduler.lookAheadSeconds * cps;
    const found: Diagnostic[] = [];
    let stretch = REHEARSAL_CYCLES;
    for (let cycle = from; cycle < to && this.host.now() - begun < REHEARSAL_MS; ) {
      const { notes, failures, warnings } = await queryWindow(this.realm, span(cycle, cycle + stretch, cps));
      cycle += stretch;
      stretch *= 2;
      this.sink.rehearse(notes);
      this.host.toSupervisor({ type: 'beat', busy: true });
      this.early.push(...failures);
      found.push(...failures.map(({ diagnostic }) => diagnostic), ...warnings, ...this.warned);
      this.warned = [];
    }
    this.tellLog();
    return found;
  }

  private report({ failures, warnings }: WindowContent): void {
    for (const { diagnostic, fellBackTo } of failures) {
      this.host.toSupervisor({ type: 'track-failed', diagnostic, fellBackTo });
    }
    const diagnostics = [...warnings, ...this.warned];
    this.warned = [];
    if (diagnostics.length > 0) this.host.toSupervisor({ type: 'warned', diagnostics });
    this.tellLog();
  }

  private tellLog(lines: readonly string[] = this.realm.takeLog()): void {
    if (lines.length > 0) this.host.toSupervisor({ type: 'log', lines });
  }
}

function span(begin: number, end: number, cyclesPerSecond: number) {
  const notBefore = Number.NEGATIVE_INFINITY;
  return { begin: rational(begin), end: rational(end), notBefore, cyclesPerSecond, strips: {} };
}

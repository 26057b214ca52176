/**
 * A stage for tests of the supervisor: real supervisor, real performers and schedulers, a model of the engine, workers
 * that can freeze, a clock that only the test moves. Every program plays the same grid of eighths (unless its text says
 * else), so what should sound is known whatever takes over when.
 */

import type { Rational } from '../../../patterns/rational.ts';
import type { Program } from '../../../runtime/program/program.ts';
import { checkFromWorker } from '../../../runtime/sandbox/checked-messages.ts';
import type { Boundary, FromSupervisor, FromWorker, Resume } from '../../../runtime/sandbox/messages.ts';
import { Performer } from '../../../runtime/sandbox/performer.ts';
import type { EvaluateOutcome, QueryAnswer, Realm } from '../../../runtime/sandbox/realm-surface.ts';
import { Supervisor } from '../../../runtime/sandbox/supervisor.ts';
import type { Input } from '../../../runtime/sandbox/supervisor-actions.ts';
import { type Command, LIMIT } from '../../../worklets/wire.ts';
import { ModelEngine, TICK_FRAMES } from '../schedule/model-engine.ts';
import { eventsOf } from '../schedule/model-realm.ts';

export const GRID = 8;
const TICK_MS = (TICK_FRAMES / 48_000) * 1000;
const SPAWN_MS = 120;
const NEVER = new Promise<never>(() => {});

/**
 * What a program does: `ok`, `error` (does not evaluate), `hang` (never comes back), `wait` (awaits for ever),
 * `slow:MS` (blocks that long), `bomb:C` (hangs when cycle C or later is queried).
 * Further words: `tracks:N`, `tempo:CPS`, `mute`.
 */
export function programOf(evalId: number, text: string): Program {
  const compiled = { code: '', map: '', headLines: 0, insertions: [], tracks: [], warnings: [] };
  return { current: { evalId, text, compiled }, lastGood: {} };
}

const word = (text: string, key: string): string | null =>
  text.split(' ').find((each) => each === key || each.startsWith(`${key}:`)) ?? null;
const argument = (text: string, key: string): number | null => {
  const found = word(text, key);
  return found === null ? null : Number(found.slice(key.length + 1));
};

class StageWorker implements Realm {
  readonly id: number;
  readonly performer: Performer;
  frozenUntilMs = 0;
  ended = false;
  private text = 'ok';
  private evalId = 0;
  private readonly stage: Stage;
  private readonly inbox: (() => void)[] = [];
  private readonly beats = new Map<() => void, { everyMs: number; nextMs: number }>();

  constructor(stage: Stage, id: number, lookAheadSeconds: number) {
    this.stage = stage;
    this.id = id;
    const host = {
      toEngine: (buffer: ArrayBuffer) => this.ended || stage.engine.push(buffer),
      toSupervisor: (message: FromWorker) => stage.fromWorker(this, message),
      now: () => stage.nowMs,
      every: (everyMs: number, call: () => void) => {
        this.beats.set(call, { everyMs, nextMs: stage.nowMs + everyMs });
        return () => this.beats.delete(call);
      },
    };
    this.performer = new Performer(this, host, lookAheadSeconds);
  }

  get frozen(): boolean {
    return this.stage.nowMs < this.frozenUntilMs;
  }

  deliver(job: () => void): void {
    this.inbox.push(job);
    this.turn();
  }

  /** Does what it can now. */
  turn(): void {
    if (this.ended || this.frozen) return;
    for (const [call, beat] of this.beats) {
      if (beat.nextMs > this.stage.nowMs) continue;
      beat.nextMs = this.stage.nowMs + beat.everyMs;
      call();
    }
    while (!this.frozen && this.inbox.length > 0) this.inbox.shift()!();
  }

  async evaluate({ current }: Program): Promise<EvaluateOutcome> {
    const { text, evalId } = current;
    this.text = text;
    this.evalId = evalId;
    if (word(text, 'hang')) this.frozenUntilMs = Number.POSITIVE_INFINITY;
    if (word(text, 'hang') || word(text, 'wait')) return NEVER;
    const slowMs = argument(text, 'slow');
    if (slowMs !== null) await this.freeze(slowMs);
    const ok = !word(text, 'error');
    const muted = word(text, 'mute') !== null;
    const count = argument(text, 'tracks') ?? 1;
    const tracks = Array.from({ length: count }, (_, i) => ({
      name: `t${i}`,
      muted,
      solo: false,
      labelled: true,
    }));
    const cyclesPerSecond = argument(text, 'tempo');
    return {
      ok,
      diagnostics: ok ? [] : [{ severity: 'error', from: 0, to: 1, message: 'mistake' }],
      tracks: ok ? tracks : [],
      tempo: cyclesPerSecond === null ? null : { cyclesPerSecond, rampCycles: 0 },
      log: [],
    };
  }

  async query(begin: Rational, end: Rational): Promise<QueryAnswer> {
    const bomb = argument(this.text, 'bomb');
    if (bomb !== null && end.toNumber() > bomb) {
      this.frozenUntilMs = Number.POSITIVE_INFINITY;
      return NEVER;
    }
    const events = eventsOf({ track: 't0', grid: GRID }, begin, end);
    return { tracks: [{ track: 't0', evalId: this.evalId, events }], failures: [], warnings: [] };
  }

  takeLog(): readonly string[] {
    return [];
  }

  /** Blocks its thread: nothing comes in or out. */
  freeze(milliseconds: number): Promise<void> {
    this.frozenUntilMs = this.stage.nowMs + milliseconds;
    return new Promise((resolve) => this.inbox.unshift(resolve));
  }
}

export class Stage {
  readonly engine = new ModelEngine();
  readonly supervisor: Supervisor;
  readonly heard: FromSupervisor[] = [];
  readonly commands: Command[] = [];
  readonly workers = new Map<number, StageWorker>();
  nowMs = 1000;
  /** False: the context is suspended, no ticks come. */
  audible = true;
  private readonly outbox: [StageWorker, FromWorker][] = [];
  private evalId = 0;

  constructor(resume: Resume | null = null) {
    this.supervisor = new Supervisor(0.15, resume);
    this.step({ type: 'time' });
  }

  step(input: Input): void {
    for (const action of this.supervisor.step(input, this.nowMs)) {
      if (action.type === 'spawn') {
        const worker = new StageWorker(this, action.worker, action.lookAheadSeconds);
        this.workers.set(action.worker, worker);
        worker.frozenUntilMs = this.nowMs + SPAWN_MS;
        worker.deliver(() => this.fromWorker(worker, { type: 'warm' }));
      } else if (action.type === 'end') {
        this.workers.get(action.worker)!.ended = true;
        this.workers.delete(action.worker);
      } else if (action.type === 'to-worker') {
        const worker = this.workers.get(action.worker)!;
        worker.deliver(() => void worker.performer.onSupervisor(action.message));
      } else if (action.type === 'to-page') this.heard.push(action.message);
      else {
        this.commands.push(action.command);
        if (action.command.type === 'hush' || action.command.type === 'panic') this.engine.stop();
        if (action.command.type === 'tempo') this.engine.cyclesPerSecond = action.command.cyclesPerSecond;
      }
    }
  }

  fromWorker(worker: StageWorker, message: FromWorker): void {
    this.outbox.push([worker, message]);
  }

  evaluate(text: string, boundary: Boundary = { cycles: 1 }): number {
    this.evalId += 1;
    const program = programOf(this.evalId, text);
    this.step({ type: 'page', message: { type: 'evaluate', program, boundary } });
    return this.evalId;
  }

  page(message: Extract<Input, { type: 'page' }>['message']): void {
    this.step({ type: 'page', message });
  }

  /** Freezes the worker that plays, as an endless loop would. */
  freezeActive(): boolean {
    const sounding = [...this.workers.values()].find((worker) => worker.performer.sounds);
    if (sounding) sounding.frozenUntilMs = Number.POSITIVE_INFINITY;
    return sounding !== undefined;
  }

  /** Time goes by, one tick at a time. */
  async run(milliseconds: number): Promise<void> {
    const until = this.nowMs + milliseconds;
    while (this.nowMs < until) {
      this.nowMs += TICK_MS;
      if (this.audible) {
        this.engine.advance(TICK_FRAMES);
        const tick = this.engine.tick();
        for (const worker of this.workers.values())
          worker.deliver(() => void worker.performer.onEngine(tick));
        this.step({ type: 'tick', tick });
      } else this.step({ type: 'time' });
      for (const worker of this.workers.values()) worker.turn();
      await this.settle();
    }
  }

  private async settle(): Promise<void> {
    do {
      for (let next = this.outbox.shift(); next; next = this.outbox.shift()) {
        const [worker, message] = next;
        const checked = checkFromWorker(message);
        if (!worker.ended && checked) this.step({ type: 'worker', worker: worker.id, message: checked });
      }
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.outbox.length > 0);
  }

  said<T extends FromSupervisor['type']>(type: T): Extract<FromSupervisor, { type: T }>[] {
    return this.heard.filter(
      (message): message is Extract<FromSupervisor, { type: T }> => message.type === type,
    );
  }
}

/** More workers than this at once would mean that one leaks. */
export const MOST_WORKERS = 7;
export const MOST_STRIPS = LIMIT.strips - 1;

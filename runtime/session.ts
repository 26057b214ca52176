/**
 * The session: the conductor of the page. It joins compiler, sandbox and audio and hands their news to the page. It
 * evaluates no user code and is not needed for the next sound: supervisor, worker and engine go on while it is held
 * up. It knows no editor. Thread: page; blocks: no.
 */
import type { Command, Status, TimelineSegment } from '../worklets/wire.ts';
import { AudioHost, type AudioHostOptions } from './clock/audio-host.ts';
import type { ClockSample } from './clock/audio-line.ts';
import { HeardTime } from './clock/heard-time.ts';
import { type Recorded, startRecording } from './clock/recording.ts';
import { PendingEvaluations } from './pending-evaluations.ts';
import { type CompilerClient, openCompiler } from './program/compiler-client.ts';
import type { Program, TempoStatement, Version } from './program/program.ts';
import { GoodVersions } from './sandbox/good-versions.ts';
import type { Boundary, FromSupervisor, Resume, TrackState } from './sandbox/messages.ts';
import { SandboxLink, type SandboxLinkOptions } from './sandbox/sandbox-link.ts';
import { LOOK_AHEAD } from './schedule/scheduler.ts';
import type { EvaluationOutcome, Session, SessionEvents, Sounding } from './session-surface.ts';

export interface SessionOptions extends AudioHostOptions, SandboxLinkOptions {}

type Evaluated = Extract<FromSupervisor, { type: 'evaluated' }>;
type Listeners = { [K in keyof SessionEvents]?: Set<(event: SessionEvents[K]) => void> };

/** Versions that can still take over; older ones are forgotten. */
const KEPT_VERSIONS = 16;
/** Epochs between two supervisors, so that a new one is surely above the old. */
const EPOCHS_PER_SUPERVISOR = 2 ** 20;
const CONTROL_PORT_ID = 0;
const TEMPO = { leastCyclesPerSecond: 0.01, mostCyclesPerSecond: 16 } as const;
const DEFAULT_FADE_SECONDS = 0.6;

/** What is known of a version beyond its text. */
interface Known {
  readonly version: Version;
  compileMs: number;
  tracks: readonly TrackState[];
  tempo: TempoStatement | null;
}

/** A session for the page. Nothing is loaded before prepare(). */
export function createSession(options: SessionOptions): Session {
  return new LiveSession(options);
}

class LiveSession implements Session {
  private readonly audio: AudioHost;
  private readonly sandbox: SandboxLink;
  private readonly heard = new HeardTime();
  private readonly pending = new PendingEvaluations();
  private readonly good = new GoodVersions();
  private readonly listeners: Listeners = {};
  private readonly versions = new Map<number, Known>();
  private compiler: CompilerClient | null = null;
  private preparing: Promise<void> | null = null;
  private lastEvalId = 0;
  private supervisors = 0;
  private newest: { readonly program: Program; readonly boundary: Boundary } | null = null;
  /** True while `newest` waits for a new supervisor to play what played before. */
  private resend = false;
  private tracks: readonly TrackState[] = [];
  private tempo: TempoStatement | null = null;
  private status: Status | null = null;
  private lookAheadSeconds: number = LOOK_AHEAD.normalSeconds;

  constructor(options: SessionOptions) {
    this.audio = new AudioHost(options, {
      status: (status, clocks) => this.onStatus(status, clocks),
      state: (state) => {
        if (state !== 'running') this.heard.line.reset();
        this.emit('audio', state);
      },
      remade: (reason) => {
        this.emit('trouble', { part: 'audio', message: `${reason} It was started anew.` });
        this.heard.reset();
        this.status = null;
        void this.remakeSandbox(false);
      },
    });
    this.sandbox = new SandboxLink(options, (message) => this.onSupervisor(message));
  }

  prepare(): Promise<void> {
    this.preparing ??= this.load().catch((error: unknown) => {
      this.preparing = null;
      throw error;
    });
    return this.preparing;
  }

  private async load(): Promise<void> {
    const compiling = openCompiler((message) => this.emit('trouble', { part: 'compiler', message }));
    // The sandbox and its first worker start while the compiler does.
    const standing = Promise.all([this.audio.prepare(), this.sandbox.load()]).then(() =>
      this.openSandbox(null),
    );
    [this.compiler] = await Promise.all([compiling, standing]);
  }

  async resumeAudio(): Promise<void> {
    await this.audio.resume();
  }

  async evaluate(text: string, boundary: Boundary): Promise<EvaluationOutcome> {
    const evalId = ++this.lastEvalId;
    const answer = this.pending.add(evalId);
    void this.compileAndSend(evalId, text, boundary).catch((error: unknown) => {
      this.refuse(evalId, [{ severity: 'error', from: 0, to: 0, message: messageOf(error) }], 0);
    });
    return answer;
  }

  private async compileAndSend(evalId: number, text: string, boundary: Boundary): Promise<void> {
    await this.prepare();
    const begun = performance.now();
    const outcome = await this.compiler!.compile(text);
    const compileMs = performance.now() - begun;
    if (!this.pending.has(evalId)) return;
    if (!outcome.ok) return this.refuse(evalId, outcome.diagnostics, compileMs);
    // A newer text was quicker through the compiler: this one is old news.
    if (this.newest && this.newest.program.current.evalId > evalId) return this.pending.supersede(evalId + 1);
    const version: Version = { evalId, text, compiled: outcome.compiled };
    this.remember({ version, compileMs, tracks: [], tempo: null });
    const program = this.good.programOf(version);
    this.newest = { program, boundary };
    this.sandbox.send({ type: 'evaluate', program, boundary });
  }

  private refuse(evalId: number, diagnostics: EvaluationOutcome['diagnostics'], compileMs: number): void {
    const nothing = { ok: false, tracks: [], cycle: null, superseded: false, evaluateMs: 0 } as const;
    this.pending.answer({ evalId, diagnostics, compileMs, ...nothing });
  }

  cancelPending(): void {
    this.pending.supersede();
    this.newest = null;
    this.sandbox.send({ type: 'cancel' });
  }

  hush(fadeSeconds: number = DEFAULT_FADE_SECONDS): void {
    this.pending.supersede();
    this.newest = null;
    this.sandbox.send({ type: 'stop', fadeSeconds: Math.min(30, Math.max(0, fadeSeconds)) });
  }

  panic(): void {
    this.pending.supersede();
    this.newest = null;
    // Both ways: the engine is reached even where the sandbox is dead, and the worker ends even where it sends on.
    this.command({ type: 'panic' });
    this.sandbox.send({ type: 'panic' });
  }

  setTempo(cyclesPerSecond: number): void {
    if (!Number.isFinite(cyclesPerSecond)) return;
    const { leastCyclesPerSecond, mostCyclesPerSecond } = TEMPO;
    const clamped = Math.min(mostCyclesPerSecond, Math.max(leastCyclesPerSecond, cyclesPerSecond));
    this.tempo = { cyclesPerSecond: clamped, rampCycles: 0 };
    this.sandbox.send({ type: 'tempo', cyclesPerSecond: clamped });
  }

  setStrip(track: string, change: { gainDb?: number; mute?: boolean; solo?: boolean }): void {
    this.sandbox.send({ type: 'strip', track, ...change });
    const { mute, solo } = change;
    if (mute === undefined && solo === undefined) return;
    this.tracks = this.tracks.map((state) =>
      state.name === track ? { ...state, muted: mute ?? state.muted, solo: solo ?? state.solo } : state,
    );
    this.emit('tracks', this.tracks);
  }

  setLookAhead(seconds: number): void {
    this.lookAheadSeconds = seconds;
    this.sandbox.send({ type: 'lookAhead', seconds });
  }

  get performedText(): string | null {
    return this.good.current?.text ?? null;
  }

  get timeline(): readonly TimelineSegment[] {
    return this.heard.timeline;
  }

  heardAtSeconds(cycle: number): number | null {
    return this.heard.heardAtSeconds(cycle);
  }

  heardCycle(): number | null {
    return this.heard.heardCycle(performance.now() / 1000);
  }

  record(): { stop(): Promise<Recorded> } {
    return startRecording(
      (command, transfer) => this.command(command, transfer),
      () => this.audio.sampleRate,
    );
  }

  on<K extends keyof SessionEvents>(name: K, listener: (event: SessionEvents[K]) => void): () => void {
    this.listeners[name] ??= new Set() as NonNullable<Listeners[K]>;
    const set = this.listeners[name] as Set<(event: SessionEvents[K]) => void>;
    set.add(listener);
    return () => set.delete(listener);
  }

  async close(): Promise<void> {
    this.pending.supersede();
    this.sandbox.close();
    this.compiler?.close();
    await this.audio.close();
  }

  // ---- news of the others ------------------------------------------------------------------------------------

  private onStatus(status: Status, clocks: ClockSample): void {
    this.status = status;
    this.heard.onStatus(status, clocks);
    this.emit('status', status);
    this.emitSounding(this.heard.due());
    if (this.sandbox.beat(clocks.nowSeconds * 1000)) {
      const message = 'The sandbox of the performed code died. A new one takes over.';
      this.emit('trouble', { part: 'sandbox', message });
      void this.remakeSandbox(status.playing);
    }
  }

  private onSupervisor(message: FromSupervisor): void {
    const { type } = message;
    if (type === 'evaluated') this.onEvaluated(message);
    else if (type === 'swapped') this.onSwapped(message.evalId, message.cycle);
    else if (type === 'track-failed') {
      const { evalId, diagnostic, fellBackTo } = message;
      if (diagnostic.track !== undefined) this.good.trackFailed(evalId, diagnostic.track);
      this.emit('trackFailed', { evalId, diagnostic, fellBackTo });
    } else if (type === 'worker-ended')
      this.emit('workerEnded', { active: message.active, reason: message.reason });
    else if (type === 'sounding') this.emitSounding(this.heard.soundings(message.evalId, message.rows));
    else if (type === 'log') this.emit('log', { evalId: message.evalId, lines: message.lines });
    else if (type === 'warned')
      this.emit('warned', { evalId: message.evalId, diagnostics: message.diagnostics });
    else if (type === 'stopped') this.onStopped();
  }

  private onEvaluated({ evalId, ok, diagnostics, tracks, tempo, cycle, evaluateMs }: Evaluated): void {
    const known = this.versions.get(evalId);
    if (known && ok) Object.assign(known, { tracks, tempo });
    // Whatever was sent before it has been overtaken by it, even where it is refused itself.
    this.pending.supersede(evalId);
    const { warnings } = known?.version.compiled ?? { warnings: [] };
    this.pending.answer({
      evalId,
      ok,
      diagnostics: [...warnings, ...diagnostics],
      tracks,
      cycle,
      superseded: false,
      compileMs: known?.compileMs ?? 0,
      evaluateMs,
    });
  }

  private onSwapped(evalId: number, cycle: number): void {
    const known = this.versions.get(evalId);
    if (!known) return;
    if (this.newest?.program.current.evalId === evalId) this.newest = null;
    this.good.swapped(
      known.version,
      known.tracks.map(({ name }) => name),
    );
    this.tracks = known.tracks;
    this.tempo = known.tempo;
    this.emit('swapped', { evalId, cycle });
    if (this.resend && this.newest) this.sandbox.send({ type: 'evaluate', ...this.newest });
    this.resend = false;
    this.emit('tracks', this.tracks);
  }

  private onStopped(): void {
    this.good.clear();
    this.emit('stopped', undefined);
  }

  private emitSounding(soundings: readonly Sounding[]): void {
    if (soundings.length > 0) this.emit('sounding', soundings);
  }

  // ---- sandbox ---------------------------------------------------------------------------------------------------

  private async openSandbox(resume: Resume | null): Promise<void> {
    this.supervisors += 1;
    const engine = this.audio.controlPort(CONTROL_PORT_ID);
    const { lookAheadSeconds } = this;
    await this.sandbox.open({ engine, lookAheadSeconds, ...(resume ? { resume } : {}) });
  }

  /** A new iframe takes over: what played is evaluated again, and what waited. The engine repeats meanwhile. */
  private async remakeSandbox(playing: boolean): Promise<void> {
    const program = this.good.performed();
    try {
      await this.openSandbox({
        epoch: this.supervisors * EPOCHS_PER_SUPERVISOR,
        playing,
        cyclesPerSecond: this.status?.cyclesPerSecond ?? 0.5,
        tempo: this.tempo,
        tracks: this.tracks,
      });
    } catch (error) {
      this.emit('trouble', { part: 'sandbox', message: messageOf(error) });
      return;
    }
    // What waited follows once the music is whole again.
    this.resend = program !== null && this.newest !== null;
    const next = program ? { program, boundary: 'now' as const } : this.newest;
    if (next) this.sandbox.send({ type: 'evaluate', ...next });
  }

  private command(command: Command, transfer: Transferable[] = []): void {
    this.audio.command(command, transfer);
  }

  private remember(known: Known): void {
    this.versions.set(known.version.evalId, known);
    const playing = this.good.current?.evalId;
    for (const evalId of this.versions.keys()) {
      if (this.versions.size <= KEPT_VERSIONS) break;
      if (evalId !== playing) this.versions.delete(evalId);
    }
  }

  private emit<K extends keyof SessionEvents>(name: K, event: SessionEvents[K]): void {
    for (const listener of this.listeners[name] ?? []) listener(event);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

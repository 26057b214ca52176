/**
 * What the page sees of the runtime: one Session. It stands alone so that panels and tests can be written against
 * it; it knows no DOM beyond AudioContext and nothing of editors. Thread: page. Nothing here blocks.
 */
import type { Status, TimelineSegment } from '../worklets/wire.ts';
import type { Diagnostic } from './program/program.ts';
import type { Boundary, TrackState } from './sandbox/messages.ts';

export interface EvaluationOutcome {
  readonly evalId: number;
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly tracks: readonly TrackState[];
  /** Cycle at which it takes over; null where it starts the music. */
  readonly cycle: number | null;
  /** Set where a newer evaluation or a cancel came first. */
  readonly superseded: boolean;
  /** Milliseconds: marking and esbuild, evaluating and dry run. */
  readonly compileMs: number;
  readonly evaluateMs: number;
}

/** One sounding leaf: where in which evaluation's text, and when in seconds of performance.now() / 1000. */
export interface Sounding {
  readonly evalId: number;
  readonly strip: number;
  readonly from: number;
  readonly to: number;
  readonly beginSeconds: number;
  readonly endSeconds: number;
}

export interface SessionEvents {
  /** Processor status, about 23 times a second while the context runs. */
  status: Status;
  /** The new program sounds from now on (text offsets of highlights belong to this evalId). */
  swapped: { readonly evalId: number; readonly cycle: number };
  trackFailed: {
    readonly evalId: number;
    readonly diagnostic: Diagnostic;
    readonly fellBackTo: number | null;
  };
  /** Mistakes found while playing that stop nothing, such as an unknown sound; each is told once. */
  warned: { readonly evalId: number; readonly diagnostics: readonly Diagnostic[] };
  workerEnded: { readonly active: boolean; readonly reason: string };
  log: { readonly evalId: number; readonly lines: readonly string[] };
  sounding: readonly Sounding[];
  tracks: readonly TrackState[];
  /** AudioContext state in words the bar can show. */
  audio: 'off' | 'running' | 'suspended' | 'failed';
  stopped: undefined;
  /** A part of the runtime failed to load or died and what was done about it. */
  trouble: { readonly part: string; readonly message: string };
}

export interface Session {
  /** Loads compile worker, sandbox and engine module; needs no gesture. Rejects with a plain-worded Error. */
  prepare(): Promise<void>;
  /** Starts or resumes the AudioContext; call it within a user gesture. */
  resumeAudio(): Promise<void>;
  /** Compiles, evaluates and swaps at the boundary. Never rejects for a performer's mistake. */
  evaluate(text: string, boundary: Boundary): Promise<EvaluationOutcome>;
  cancelPending(): void;
  /** Fades out and stops; the next evaluation starts at cycle 0. */
  hush(fadeSeconds?: number): void;
  /** Everything off within 3 ms. */
  panic(): void;
  /** Cycles per second, at once; 0.01 to 16, clamped. */
  setTempo(cyclesPerSecond: number): void;
  setStrip(track: string, change: { gainDb?: number; mute?: boolean; solo?: boolean }): void;
  setLookAhead(seconds: number): void;
  /** Text that plays now, or null. */
  readonly performedText: string | null;
  /** Seconds of performance.now()/1000 at which `cycle` is heard (output latency included); null while stopped. */
  heardAtSeconds(cycle: number): number | null;
  /** Position heard now, in cycles; null while stopped. */
  heardCycle(): number | null;
  readonly timeline: readonly TimelineSegment[];
  /** Records the master until stop() resolves with interleaved-free channels. */
  record(): {
    stop(): Promise<{
      readonly sampleRate: number;
      readonly left: Float32Array;
      readonly right: Float32Array;
    }>;
  };
  on<K extends keyof SessionEvents>(name: K, listener: (event: SessionEvents[K]) => void): () => void;
  close(): Promise<void>;
}

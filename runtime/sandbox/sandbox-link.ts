/**
 * The page's link to the sandbox: opens the iframe, watches that it lives and opens another where it died. It knows
 * no audio; statuses of the processor are its clock, so that a stalled page takes nobody for dead. Thread: page.
 */
import { openFrame, type SandboxFrame } from './frame.ts';
import type { FromSupervisor, ToSupervisor } from './messages.ts';

export interface SandboxLinkOptions {
  readonly supervisorUrl: string;
  readonly workerUrl: string;
}

/** A `pong` that is missing this long, counted in observed time, means a dead iframe. */
const SILENCE_LIMIT_MS = 2_500;
/** A status after a longer pause counts as so much: the pause was the page's own. */
const STEP_LIMIT_MS = 100;

export class SandboxLink {
  private readonly options: SandboxLinkOptions;
  private readonly hear: (message: FromSupervisor) => void;
  private sources: Promise<[string, string]> | null = null;
  private frame: SandboxFrame | null = null;
  private serial = 0;
  private answered = true;
  private silentMs = 0;
  private lastBeatMs = 0;

  constructor(options: SandboxLinkOptions, hear: (message: FromSupervisor) => void) {
    this.options = options;
    this.hear = hear;
  }

  /** Loads the sources; open() then needs no network. */
  load(): Promise<[string, string]> {
    this.sources ??= Promise.all([sourceOf(this.options.supervisorUrl), sourceOf(this.options.workerUrl)]);
    return this.sources;
  }

  /** Opens the iframe (a present one is closed) and hands over the engine's port. */
  async open(init: Omit<Extract<ToSupervisor, { type: 'init' }>, 'type' | 'workerSource'>): Promise<void> {
    const [supervisorSource, workerSource] = await this.load();
    this.close();
    const frame = await openFrame(supervisorSource, (message) => this.onMessage(message));
    this.frame = frame;
    this.answered = true;
    this.silentMs = 0;
    frame.send({ type: 'init', workerSource, ...init }, [init.engine]);
  }

  send(message: Exclude<ToSupervisor, { type: 'init' }>): void {
    this.frame?.send(message);
  }

  /** Call it with each status. True once where the iframe turns out to be dead. */
  beat(nowMs: number): boolean {
    if (!this.frame) return false;
    const elapsed = Math.min(STEP_LIMIT_MS, nowMs - this.lastBeatMs);
    this.lastBeatMs = nowMs;
    if (this.answered) {
      this.answered = false;
      this.silentMs = 0;
      this.serial += 1;
      this.send({ type: 'ping', serial: this.serial });
      return false;
    }
    this.silentMs += elapsed;
    if (this.silentMs < SILENCE_LIMIT_MS) return false;
    this.close();
    return true;
  }

  close(): void {
    this.frame?.close();
    this.frame = null;
  }

  private onMessage(message: FromSupervisor): void {
    if (message.type === 'pong') this.answered ||= message.serial === this.serial;
    else this.hear(message);
  }
}

async function sourceOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The sandbox could not be loaded: ${url} answers ${response.status}`);
  return response.text();
}

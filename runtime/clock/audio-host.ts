/**
 * The AudioContext and the processor's node, and what is done when they stop: resumed, and as the last means made
 * anew. It knows the processor's messages and nothing of programs. Thread: page; blocks: no.
 */
import type { Command, Failed, ProcessorOptions, Status } from '../../worklets/wire.ts';
import type { ClockSample } from './audio-line.ts';

export interface AudioHostOptions {
  readonly processorUrl: string;
  readonly engineUrl: string;
  /** Notes at once; default 1,024. */
  readonly polyphony?: number;
  /** Default: an AudioContext for the least latency. */
  readonly makeContext?: () => AudioContext;
}

export interface AudioHostEvents {
  status(status: Status, clocks: ClockSample): void;
  state(state: 'off' | 'running' | 'suspended' | 'failed'): void;
  /** A new processor took the place of a dead one: everything must be connected and started again. */
  remade(reason: string): void;
}

/** The context says it runs but no status came for this long: something is stuck. */
const STUCK_MS = 3_000;
const LOOK_MS = 1_000;

export class AudioHost {
  private readonly options: AudioHostOptions;
  private readonly events: AudioHostEvents;
  private module: Promise<WebAssembly.Module> | null = null;
  private context: AudioContext | null = null;
  private node: AudioWorkletNode | null = null;
  private making: Promise<void> | null = null;
  private wanted = false;
  private lastStatusMs = 0;
  private readonly looking: ReturnType<typeof setInterval>;
  private readonly revive = (): void => void this.tryResume();

  constructor(options: AudioHostOptions, events: AudioHostEvents) {
    this.options = options;
    this.events = events;
    this.looking = setInterval(() => this.look(), LOOK_MS);
    document.addEventListener('visibilitychange', this.revive);
    document.addEventListener('pointerdown', this.revive);
    document.addEventListener('keydown', this.revive);
    navigator.mediaDevices?.addEventListener('devicechange', this.revive);
  }

  get sampleRate(): number {
    return this.context?.sampleRate ?? 48_000;
  }

  /** Loads engine and processor; needs no gesture. Rejects with a plain-worded Error. */
  prepare(): Promise<void> {
    this.making ??= this.make().catch((error: unknown) => {
      this.making = null;
      this.events.state('failed');
      throw error;
    });
    return this.making;
  }

  /** Starts the sound; call it within a gesture. */
  async resume(): Promise<void> {
    this.wanted = true;
    this.lastStatusMs = performance.now();
    const resumed = this.context?.resume();
    await this.prepare();
    await (resumed ?? this.context!.resume());
    this.tellState();
  }

  command(command: Command, transfer: Transferable[] = []): void {
    this.node?.port.postMessage(command, transfer);
  }

  /** A new `control` port of the processor; `id` takes the place of an earlier one of that id. */
  controlPort(id: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.command({ type: 'connect', role: 'control', port: port2, id }, [port2]);
    return port1;
  }

  async close(): Promise<void> {
    clearInterval(this.looking);
    document.removeEventListener('visibilitychange', this.revive);
    document.removeEventListener('pointerdown', this.revive);
    document.removeEventListener('keydown', this.revive);
    navigator.mediaDevices?.removeEventListener('devicechange', this.revive);
    await this.drop();
  }

  private async make(): Promise<void> {
    this.module ??= compileEngine(this.options.engineUrl);
    const context = this.options.makeContext?.() ?? new AudioContext({ latencyHint: 'interactive' });
    this.context = context;
    context.addEventListener('statechange', () => this.onStateChange(context));
    context.addEventListener('error', () => void this.remake('The audio device failed.'));
    try {
      const [module] = await Promise.all([
        this.module,
        context.audioWorklet.addModule(this.options.processorUrl),
      ]);
      const processorOptions: ProcessorOptions = { module, polyphony: this.options.polyphony ?? 1024 };
      const node = new AudioWorkletNode(context, 'talea', {
        numberOfInputs: 0,
        numberOfOutputs: 1,
        outputChannelCount: [2],
        processorOptions,
      });
      node.onprocessorerror = () => void this.remake('The sound engine stopped with an error.');
      node.port.onmessage = (event: MessageEvent<Status | Failed>) => this.onMessage(context, event.data);
      node.connect(context.destination);
      this.node = node;
    } catch (error) {
      this.module = null;
      await this.drop();
      throw new Error(
        `The sound engine could not be loaded: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  private onMessage(context: AudioContext, message: Status | Failed): void {
    if (context !== this.context) return;
    if (message.type === 'failed') return void this.remake(`The sound engine stopped: ${message.message}.`);
    if (message.type !== 'status') return;
    const nowMs = performance.now();
    this.lastStatusMs = nowMs;
    this.events.status(message, {
      nowSeconds: nowMs / 1000,
      contextSeconds: context.currentTime,
      outputLatencySeconds: context.outputLatency,
      baseLatencySeconds: context.baseLatency,
      stamp: context.getOutputTimestamp?.() ?? null,
    });
  }

  private onStateChange(context: AudioContext): void {
    if (context !== this.context) return;
    this.tellState();
    if (this.wanted && context.state !== 'running') void this.tryResume();
  }

  private tellState(): void {
    const state = this.context?.state;
    if (!this.wanted) this.events.state('off');
    else if (state === 'running') this.events.state('running');
    else this.events.state(state === undefined || state === 'closed' ? 'failed' : 'suspended');
  }

  private async tryResume(): Promise<void> {
    const { context } = this;
    if (!this.wanted || !context || context.state === 'running') return;
    if (context.state === 'closed') return this.remake('The audio device was closed.');
    // Without a gesture the browser may refuse; the next one tries again.
    await context.resume().catch(() => undefined);
  }

  private look(): void {
    const { context } = this;
    const silentMs = performance.now() - this.lastStatusMs;
    if (!this.wanted || context?.state !== 'running' || silentMs < STUCK_MS) return;
    if (silentMs < 2 * STUCK_MS) void context.suspend().then(() => context.resume());
    else void this.remake('The audio device gave no sign of life.');
  }

  private async remake(reason: string): Promise<void> {
    if (!this.node) return;
    this.lastStatusMs = performance.now();
    await this.drop();
    this.making = null;
    try {
      await this.prepare();
      if (this.wanted) await this.context!.resume();
      this.events.remade(reason);
      this.tellState();
    } catch {
      this.events.state('failed');
    }
  }

  private async drop(): Promise<void> {
    const { context, node } = this;
    this.context = null;
    this.node = null;
    node?.port.close();
    node?.disconnect();
    if (context && context.state !== 'closed') await context.close().catch(() => undefined);
  }
}

async function compileEngine(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  try {
    return await WebAssembly.compileStreaming(response.clone());
  } catch {
    // Hosts that do not name wasm's media type.
    return WebAssembly.compile(await response.arrayBuffer());
  }
}

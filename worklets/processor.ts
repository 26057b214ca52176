/**
 * The sound engine in the browser: the only file that knows AudioWorkletProcessor. It hands messages to the engine and the
 * engine's blocks to the browser, and tells ticks, status and recordings; it decides nothing about music.
 * Thread: audio; blocks: no. Nothing may throw out of here: a processor that throws is silent for good.
 */
import { ConnectedPorts } from './processor-ports.ts';
import { OutputRecorder } from './processor-recorder.ts';
import { warmEngine } from './processor-warm.ts';
import {
  BLOCK_FRAMES,
  type Command,
  Engine,
  type Failed,
  type ProcessorOptions,
  type Status,
  type Tick,
} from './wire.ts';

const BLOCKS_PER_TICK = 8;
const BLOCKS_PER_STATUS = 16;
/** Blocks over which the load is averaged: about half a second, for a clock of whole milliseconds. */
const BLOCKS_PER_LOAD = 192;

class TaleaProcessor extends AudioWorkletProcessor {
  readonly #engine: Engine;
  readonly #ports = new ConnectedPorts((command, port) => this.#obey(command, port));
  readonly #recorder = new OutputRecorder();
  /** Context frames minus engine frames. */
  #frameOffset = 0;
  #blocks = 0;
  #sentSegments = -1;
  #hasFailed = false;
  #busyMs = 0;
  #load: number | null = null;

  constructor(options: AudioWorkletNodeOptions) {
    super();
    const { module, polyphony } = options.processorOptions as ProcessorOptions;
    this.#engine = new Engine(module, { sampleRate, polyphony });
    warmEngine(module, sampleRate);
    this.port.onmessage = (event: MessageEvent<Command>) => this.#obey(event.data, this.port);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const output = outputs[0];
    if (this.#hasFailed || output === undefined || output.length === 0) return true;
    try {
      this.#render(output);
      this.#tell();
    } catch (error) {
      for (const channel of output) channel.fill(0);
      this.#fail(error);
    }
    return true;
  }

  #render(output: Float32Array[]): void {
    const engine = this.#engine;
    const began = Date.now();
    const left = output[0]!;
    const right = output[1];
    if (this.#blocks === 0 || engine.value('frame') + this.#frameOffset !== currentFrame) {
      engine.observe();
      if (currentFrame - engine.value('frame') !== this.#frameOffset) this.#sentSegments = -1;
      this.#frameOffset = currentFrame - engine.value('frame');
    }
    // The browser's block is the engine's today; should it grow, it is filled in steps.
    for (let at = 0; at + BLOCK_FRAMES <= left.length; at += BLOCK_FRAMES) {
      engine.render();
      left.set(engine.left, at);
      right?.set(engine.right, at);
      this.#recorder.add(engine.left, engine.right);
      this.#blocks += 1;
    }
    engine.observe();
    this.#busyMs += Date.now() - began;
    if (this.#blocks % BLOCKS_PER_LOAD === 0) {
      const lastedMs = (BLOCKS_PER_LOAD * BLOCK_FRAMES * 1000) / sampleRate;
      this.#load = Math.min(1, this.#busyMs / lastedMs);
      this.#busyMs = 0;
    }
  }

  #tell(): void {
    if (this.#blocks % BLOCKS_PER_TICK === 0 && this.#ports.size > 0) this.#ports.post(this.#tick());
    if (this.#blocks % BLOCKS_PER_STATUS === 0) this.port.postMessage(this.#status());
  }

  #cycle(): number | null {
    const cycle = this.#engine.value('cycle');
    return Number.isNaN(cycle) ? null : cycle;
  }

  #tick(): Tick {
    const engine = this.#engine;
    return {
      type: 'tick',
      frame: engine.value('frame') + this.#frameOffset,
      sampleRate,
      cycle: this.#cycle(),
      cyclesPerSecond: engine.value('cyclesPerSecond'),
      horizon: engine.value('horizon'),
      epoch: engine.value('epoch'),
      repeating: engine.value('repeating') === 1,
    };
  }

  #status(): Status {
    const engine = this.#engine;
    engine.measure();
    const version = engine.value('segmentVersion');
    const isNew = version !== this.#sentSegments;
    this.#sentSegments = version;
    return {
      type: 'status',
      frame: engine.value('frame') + this.#frameOffset,
      sampleRate,
      cycle: this.#cycle(),
      cyclesPerSecond: engine.value('cyclesPerSecond'),
      playing: engine.value('playing') === 1,
      repeating: engine.value('repeating') === 1,
      voices: engine.value('voices'),
      load: this.#load,
      counters: engine.counters(),
      peak: [engine.value('peakLeft'), engine.value('peakRight')],
      rms: [engine.value('rmsLeft'), engine.value('rmsRight')],
      reductionDb: engine.value('reductionDb'),
      strips: engine.stripPeaks(),
      ...(isNew && {
        segments: engine
          .segments()
          .map((segment) => ({ ...segment, frame0: segment.frame0 + this.#frameOffset })),
      }),
    };
  }

  /** Does what a message says; one that makes no sense is dropped. */
  #obey(command: Command, port: MessagePort): void {
    if (this.#hasFailed) return;
    try {
      const engine = this.#engine;
      if (command.type === 'batch') {
        if (!(command.buffer instanceof ArrayBuffer)) return;
        engine.push(command.buffer);
        port.postMessage({ type: 'returned', buffer: command.buffer }, [command.buffer]);
      } else if (command.type === 'connect') this.#ports.join(command.role, command.port, command.id);
      else if (command.type === 'disconnect') this.#ports.part(command.id);
      else if (command.type === 'strip') engine.strip(command.strip, command);
      else if (command.type === 'master') engine.master(command.gainDb);
      else if (command.type === 'hush') engine.hush(command.fadeSeconds);
      else if (command.type === 'panic') engine.panic();
      else if (command.type === 'tempo')
        engine.tempo(command.cyclesPerSecond, command.cycle, command.rampCycles);
      else if (command.type === 'record') this.#recorder.start(command.port);
    } catch (error) {
      // Only a trap of the engine is fatal; a message that can't be read or sent back is not.
      if (error instanceof WebAssembly.RuntimeError) this.#fail(error);
    }
  }

  /** Silence from here on; the host is told once and makes a new processor. */
  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const message = error instanceof Error ? error.message : String(error);
    this.port.postMessage({ type: 'failed', message } satisfies Failed);
  }
}

registerProcessor('talea', TaleaProcessor);

/**
 * The page's end of the compile worker. Answers come in the order of questions; a worker that dies is made anew once a
 * question needs it, and the questions it owed are asked again. Thread: page; blocks: no.
 */
import type { CompileOutcome } from './program.ts';

export interface CompileRequest {
  readonly serial: number;
  readonly text: string;
}
export type CompileAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'outcome'; readonly serial: number; readonly outcome: CompileOutcome }
  | { readonly type: 'dead'; readonly message: string };

export interface CompilerClient {
  /** Rejects only where no compiler can be had. */
  compile(text: string): Promise<CompileOutcome>;
  close(): void;
}

/** A compilation longer than this means a compiler that hangs. */
const LIMIT_MS = 10_000;
/** A question that has cost so many workers is given up. */
const MOST_TRIES = 2;

interface Owed {
  readonly text: string;
  tries: number;
  readonly resolve: (outcome: CompileOutcome) => void;
  readonly reject: (error: Error) => void;
}

const makeWorker = (): Worker =>
  new Worker(new URL('./compile-worker.ts', import.meta.url), { type: 'module' });

/**
 * Starts the compile worker and resolves once it is ready. `trouble` hears of workers that died. Rejects with a
 * plain-worded Error where it can't be loaded.
 */
export async function openCompiler(
  trouble: (message: string) => void,
  make: () => Worker = makeWorker,
): Promise<CompilerClient> {
  const client = new LivingClient(trouble, make);
  await client.ready();
  return client;
}

class LivingClient implements CompilerClient {
  private readonly trouble: (message: string) => void;
  private readonly make: () => Worker;
  private worker: Worker | null = null;
  private starting: { resolve: () => void; reject: (error: Error) => void } | null = null;
  private readonly owed = new Map<number, Owed>();
  private lastSerial = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(trouble: (message: string) => void, make: () => Worker) {
    this.trouble = trouble;
    this.make = make;
  }

  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.starting = { resolve, reject };
      this.start();
    });
  }

  compile(text: string): Promise<CompileOutcome> {
    return new Promise((resolve, reject) => {
      this.lastSerial += 1;
      this.owed.set(this.lastSerial, { text, tries: 0, resolve, reject });
      this.ask(this.lastSerial);
    });
  }

  close(): void {
    this.end();
    for (const { reject } of this.owed.values()) reject(new Error('The compiler was closed.'));
    this.owed.clear();
  }

  private ask(serial: number): void {
    const owed = this.owed.get(serial)!;
    owed.tries += 1;
    if (!this.worker) this.start();
    this.worker!.postMessage({ serial, text: owed.text } satisfies CompileRequest);
    this.timer ??= setTimeout(() => this.died('The compiler did not answer within 10 seconds.'), LIMIT_MS);
  }

  private start(): void {
    const worker = this.make();
    this.worker = worker;
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.worker)
        this.died(`The compiler could not be loaded: ${event.message || 'its script failed'}.`);
    };
    worker.onmessage = (event: MessageEvent<CompileAnswer>) => {
      if (worker === this.worker) this.hear(event.data);
    };
  }

  private hear(answer: CompileAnswer): void {
    if (answer.type === 'dead') {
      this.died(`The compiler stopped: ${answer.message}.`);
      return;
    }
    if (answer.type === 'ready') {
      this.starting?.resolve();
      this.starting = null;
      return;
    }
    this.stopTimer();
    this.owed.get(answer.serial)?.resolve(answer.outcome);
    this.owed.delete(answer.serial);
    if (this.owed.size > 0) {
      this.timer = setTimeout(() => this.died('The compiler did not answer within 10 seconds.'), LIMIT_MS);
    }
  }

  private died(message: string): void {
    this.end();
    if (this.starting) {
      this.starting.reject(new Error(message));
      this.starting = null;
      return;
    }
    this.trouble(message);
    for (const [serial, { tries, reject }] of [...this.owed]) {
      if (tries < MOST_TRIES) this.ask(serial);
      else {
        this.owed.delete(serial);
        reject(new Error(message));
      }
    }
  }

  private end(): void {
    this.stopTimer();
    this.worker?.terminate();
    this.worker = null;
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

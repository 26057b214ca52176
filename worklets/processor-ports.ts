/**
 * The ports that were joined to the processor: pattern workers, which may only send batches, and control ports, which may
 * send any command. All get the ticks. Knows nothing of audio. Thread: audio; blocks: no.
 */
import type { Command, Tick } from './wire.ts';

interface Joined {
  readonly port: MessagePort;
  readonly id: number | undefined;
}

/** More than the page ever joins; the oldest goes when it is passed. */
const MOST = 32;

export class ConnectedPorts {
  readonly #obey: (command: Command, port: MessagePort) => void;
  #joined: Joined[] = [];

  constructor(obey: (command: Command, port: MessagePort) => void) {
    this.#obey = obey;
  }

  get size(): number {
    return this.#joined.length;
  }

  /** Joins a port; one of the same id gives way. */
  join(role: 'pattern' | 'control', port: MessagePort, id?: number): void {
    if (id !== undefined) this.part(id);
    port.onmessage = (event: MessageEvent<Command>) => {
      const command = event.data;
      if (role === 'control' || command?.type === 'batch') this.#obey(command, port);
    };
    this.#joined.push({ port, id });
    if (this.#joined.length > MOST) this.#joined.shift()!.port.close();
  }

  /** Lets go of the port joined with this id. */
  part(id: number): void {
    for (const joined of this.#joined) {
      if (joined.id !== id) continue;
      joined.port.onmessage = null;
      joined.port.close();
    }
    this.#joined = this.#joined.filter((joined) => joined.id !== id);
  }

  post(tick: Tick): void {
    for (const { port } of this.#joined) port.postMessage(tick);
  }
}

/** A progress bar on a terminal; nothing anywhere else. */
import type { Io } from '../command.ts';

const WIDTH = 30;
const REDRAW_MS = 80;

export class Progress {
  readonly #stream: Io['stderr'];
  readonly #label: string;
  #drawnAt = 0;
  #isDrawn = false;

  constructor(label: string, io: Io) {
    this.#label = label;
    this.#stream = io.stderr;
  }

  /** `share` of the work is done, 0 to 1. */
  show(share: number): void {
    if (!this.#stream.isTTY || performance.now() - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = performance.now();
    this.#isDrawn = true;
    const full = Math.round(share * WIDTH);
    const bar = '#'.repeat(full).padEnd(WIDTH, '.');
    this.#stream.write(`\r${this.#label} [${bar}] ${String(Math.floor(share * 100)).padStart(3)} %`);
  }

  /** Takes the bar off the terminal. */
  clear(): void {
    if (this.#isDrawn) this.#stream.write('\r\x1b[K');
    this.#isDrawn = false;
  }
}

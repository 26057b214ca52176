/**
 * Sends the output to a port in chunks of [left, right] while something records. Knows nothing of the engine.
 * Thread: audio; blocks: no. Allocates: one pair of arrays per chunk, which go to the receiver.
 */
const CHUNK_FRAMES = 4096;

export class OutputRecorder {
  #port: MessagePort | null = null;
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  #filled = 0;

  /** Records to `port` from now on; null ends it and sends what is left. */
  start(port: MessagePort | null): void {
    this.#send();
    this.#port = port;
    if (port !== null) this.#begin();
  }

  /** Takes in a block. */
  add(left: Float32Array, right: Float32Array): void {
    if (this.#port === null) return;
    this.#left.set(left, this.#filled);
    this.#right.set(right, this.#filled);
    this.#filled += left.length;
    if (this.#filled + left.length <= CHUNK_FRAMES) return;
    this.#send();
    this.#begin();
  }

  #begin(): void {
    this.#left = new Float32Array(CHUNK_FRAMES);
    this.#right = new Float32Array(CHUNK_FRAMES);
    this.#filled = 0;
  }

  #send(): void {
    if (this.#port === null || this.#filled === 0) return;
    const left = this.#filled === CHUNK_FRAMES ? this.#left : this.#left.slice(0, this.#filled);
    const right = this.#filled === CHUNK_FRAMES ? this.#right : this.#right.slice(0, this.#filled);
    this.#filled = 0;
    this.#port.postMessage([left, right], [left.buffer, right.buffer]);
  }
}

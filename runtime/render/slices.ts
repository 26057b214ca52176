/**
 * The blocks of a render become slices of sound: cut to the frame, faded at the longest tail's end, and without the
 * silence that a tail ends in. It stands alone since all of the arithmetic of lengths is here; it knows no engine.
 */
import { BLOCK_FRAMES } from '../../worklets/wire.ts';

/** Where the sound of a render ends. */
export interface Plan {
  /** Frames before this always belong to the result; later ones up to the last that is not silent. */
  readonly keptFrames: number;
  /** Nothing is rendered from here on. */
  readonly lastFrame: number;
  /** The sound is faded out over [fadeFrame, fadeFrame + fadeFrames). */
  readonly fadeFrame: number;
  readonly fadeFrames: number;
}

/** -80 dB: what stays below to the end is no part of the tail. */
const SILENT_PEAK = 1e-4;
/** Frames of one slice, about. */
const SLICE_FRAMES = 64 * BLOCK_FRAMES;

interface Block {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Gets the sound in order, in slices that it may keep. */
export type Hear = (left: Float32Array, right: Float32Array) => void | Promise<void>;

/** Collects blocks into slices; holds back what is silent at the end until something sounds again. */
export class Slices {
  frames = 0;
  readonly #plan: Plan;
  readonly #hear: Hear;
  #pending: Block[] = [];
  #pendingFrames = 0;
  /** Frames at the beginning of `pending` that belong to the result. */
  #heldFrames = 0;

  constructor(plan: Plan, hear: Hear) {
    this.#plan = plan;
    this.#hear = hear;
  }

  /** True where a slice waits to be handed on. */
  get isFull(): boolean {
    return this.#heldFrames >= SLICE_FRAMES;
  }

  /** The block that begins at `begin`; what lies before frame 0 is no part of the result. The arrays are copied. */
  addBlock(begin: number, left: Float32Array, right: Float32Array): void {
    const { keptFrames, lastFrame, fadeFrame, fadeFrames } = this.#plan;
    const frame = Math.max(0, begin);
    const count = Math.min(begin + BLOCK_FRAMES, lastFrame) - frame;
    if (count <= 0) return;
    const from = frame - begin;
    const block = { left: left.slice(from, from + count), right: right.slice(from, from + count) };
    for (let i = Math.max(0, fadeFrame - frame); i < count; i++) {
      const gain = Math.max(0, 1 - (frame + i - fadeFrame) / fadeFrames);
      block.left[i]! *= gain;
      block.right[i]! *= gain;
    }
    this.#pending.push(block);
    this.#pendingFrames += count;
    if (!isSilent(block)) this.#heldFrames = this.#pendingFrames;
    else
      this.#heldFrames = Math.max(
        this.#heldFrames,
        this.#pendingFrames - Math.max(0, frame + count - keptFrames),
      );
  }

  /** Hands on what belongs to the result for sure. */
  async handOn(): Promise<void> {
    const held = this.#heldFrames;
    if (held <= 0) return;
    const left = new Float32Array(held);
    const right = new Float32Array(held);
    let at = 0;
    while (at < held) {
      const block = this.#pending.shift()!;
      const count = Math.min(block.left.length, held - at);
      left.set(block.left.subarray(0, count), at);
      right.set(block.right.subarray(0, count), at);
      at += count;
      if (count < block.left.length) {
        this.#pending.unshift({ left: block.left.subarray(count), right: block.right.subarray(count) });
      }
    }
    this.#pendingFrames -= held;
    this.#heldFrames = 0;
    this.frames += held;
    await this.#hear(left, right);
  }
}

function isSilent({ left, right }: Block): boolean {
  for (let i = 0; i < left.length; i++) {
    if (Math.abs(left[i]!) >= SILENT_PEAK || Math.abs(right[i]!) >= SILENT_PEAK) return false;
  }
  return true;
}

/** Records the master: collects the processor's blocks until it is stopped. Thread: page; blocks: no. */
import type { Command } from '../../worklets/wire.ts';

export interface Recorded {
  readonly sampleRate: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Blocks that are still on their way when stop() is called are waited for this long. */
const LAST_BLOCKS_MS = 100;

/** Begins at once; `command` reaches the processor. */
export function startRecording(
  command: (command: Command, transfer?: Transferable[]) => void,
  sampleRate: () => number,
): { stop(): Promise<Recorded> } {
  const { port1: own, port2: theirs } = new MessageChannel();
  const blocks: [Float32Array, Float32Array][] = [];
  own.onmessage = (event: MessageEvent<[Float32Array, Float32Array]>) => blocks.push(event.data);
  command({ type: 'record', port: theirs }, [theirs]);
  let stopped: Promise<Recorded> | null = null;
  const finish = async (): Promise<Recorded> => {
    command({ type: 'record', port: null });
    await new Promise((resolve) => setTimeout(resolve, LAST_BLOCKS_MS));
    own.close();
    return { sampleRate: sampleRate(), left: joined(blocks, 0), right: joined(blocks, 1) };
  };
  return {
    stop: () => {
      stopped ??= finish();
      return stopped;
    },
  };
}

function joined(blocks: readonly [Float32Array, Float32Array][], channel: 0 | 1): Float32Array {
  const whole = new Float32Array(blocks.reduce((frames, block) => frames + block[channel].length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block[channel], at);
    at += block[channel].length;
  }
  return whole;
}

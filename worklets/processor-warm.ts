/**
 * Lets the browser's compiler see the engine at work before the first note: a second, silent instance plays every source
 * through every effect for a moment, so that no first note pays for compilation. Thread: audio, while the node is made.
 */
import { BatchWriter, Engine, PARAM_ID, SOURCES } from './wire.ts';

const BLOCKS = 48;

export function warmEngine(module: WebAssembly.Module, sampleRate: number): void {
  const engine = new Engine(module, { sampleRate, polyphony: 32 });
  const writer = new BatchWriter((buffer) => engine.push(buffer));
  writer.addStart(0, 1);
  const values = { cutoff: 800, lpenv: 2, room: 0.1, delay: 0.1, delaytime: 0.01 };
  const pairs = Object.entries(values).flatMap(([key, value]) => [PARAM_ID[key]!, value]);
  for (const source of SOURCES) {
    writer.addNote(0, 0.05, 0, source.id, source.id, pairs);
    writer.addNote(0.005, 0.02, 0, source.id, source.id, []);
  }
  writer.flush();
  for (let i = 0; i < BLOCKS; i++) engine.render();
}

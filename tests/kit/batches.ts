/**
 * A small score written straight on the wire, for tests that compare hosts of the engine: every source, filter,
 * effects, a tempo change and a ramp with notes that already wait. Knows only the wire.
 */
import { BatchWriter, PARAM_ID, SOURCES } from '../../worklets/wire.ts';

/** Batches of a score of `cycles` cycles that starts at one cycle a second. */
export function scoreBatches(cycles: number): ArrayBuffer[] {
  const sent: ArrayBuffer[] = [];
  const writer = new BatchWriter((buffer) => sent.push(buffer.slice(0)));
  const id = (key: string): number => PARAM_ID[key]!;
  writer.epoch = 1;
  writer.addStart(0, 1, 0.01);
  writer.addReplace(0);
  writer.addTempo(1.25, 1.5);
  writer.addTempo(2.5, 0.7, 1);
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (let step = 0; step < 8; step++) {
      const serial = cycle * 8 + step;
      const source = SOURCES[serial % SOURCES.length]!;
      writer.addNote(cycle + step / 8 + 0.001 * step, 0.3, 1 + (step % 3), source.id, 977 * serial + 1, [
        ...[id('freq'), 55 * 2 ** ((step * 5) / 12)],
        ...[id('cutoff'), 300 + 500 * step],
        ...[id('lpenv'), 3],
        ...[id('room'), step % 2 === 0 ? 0.3 : 0],
        ...[id('delay'), step % 3 === 0 ? 0.4 : 0],
        ...[id('pan'), step / 7],
      ]);
    }
  }
  writer.addHorizon(cycles);
  writer.flush();
  return sent;
}

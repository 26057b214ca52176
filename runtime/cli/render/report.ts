/** What `talea render` says at its end: the report as JSON, the summary as a line, the counters that mean trouble. */

import type { CounterName } from '../../../worklets/wire.ts';
import type { Rendered } from '../../render/render.ts';
import type { Io } from '../command.ts';
import type { SoundFigures } from './figures.ts';
import type { RenderWish } from './wish.ts';

export interface RenderResults {
  readonly figures: SoundFigures;
  readonly rendered: Rendered;
  readonly wish: RenderWish;
  readonly stems: readonly string[];
}

/** The object of `--report`. `cpuSeconds` is that of the whole process, all threads, set-up included. */
export function reportOf({ figures, rendered, wish, stems }: RenderResults): Record<string, unknown> {
  return {
    seconds: rendered.frames / wish.sampleRate,
    frames: rendered.frames,
    sampleRate: wish.sampleRate,
    cpuSeconds: cpuSeconds(),
    peakVoices: rendered.peakVoices,
    notes: rendered.counters.played,
    ...figures,
    counters: rendered.counters,
    files: [...(wish.out ? [wish.out] : []), ...stems, ...(wish.midi ? [wish.midi] : [])],
  };
}

/** One line for people. */
export function summaryOf({ figures, rendered, wish, stems }: RenderResults): string {
  const seconds = rendered.frames / wish.sampleRate;
  const loudness = figures.lufs === null ? 'silent' : `${figures.lufs} LUFS, peak ${figures.truePeakDb} dBTP`;
  const clipped = figures.clippedSamples > 0 ? `, ${figures.clippedSamples} samples clipped` : '';
  const names = [
    wish.out,
    stems.length > 0 ? `${stems.length} stems in ${wish.stems}` : undefined,
    wish.midi,
  ];
  const written = names.filter((name) => name !== undefined).join(', ');
  return `${written}: ${seconds.toFixed(2)} s, ${loudness}${clipped} (${cpuSeconds().toFixed(1)} s of processor)`;
}

const TROUBLE: readonly (readonly [CounterName, string])[] = [
  ['dropped', 'notes were dropped: too many at once'],
  ['stolen', 'voices were cut off for newer notes: too many at once'],
  ['refused', 'records were refused by the engine'],
  ['reset', 'voices or effects were reset: they left the range of numbers'],
];

/** Counters above 0 that mean that the sound is not what the text says; and silence. To stderr. */
export function tellCounters({ counters }: Rendered, name: string, io: Io): void {
  for (const [counter, words] of TROUBLE) {
    if (counters[counter] > 0) io.stderr.write(`${name}: ${counters[counter]} ${words}\n`);
  }
  if (counters.played === 0) io.stderr.write(`${name}: not one note was played\n`);
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

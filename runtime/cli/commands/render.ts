/**
 * `talea render`: a program becomes a WAV file, stems, a MIDI file and a report. Nothing appears on the disk before
 * all of it is done. Knows files and words; the sound is made in render/performance.ts.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { midiFile } from '../../render/midi-file.ts';
import type { Io } from '../command.ts';
import { InputError } from '../command.ts';
import { compileProgram } from '../open-program.ts';
import { readProgramText } from '../program-file.ts';
import { SoundMeter } from '../render/figures.ts';
import { fileReason, OutputFile } from '../render/output-file.ts';
import { type Performance, Performer } from '../render/performance.ts';
import { Progress } from '../render/progress.ts';
import { reportOf, summaryOf, tellCounters } from '../render/report.ts';
import { WavFile } from '../render/wav-file.ts';
import { type RenderWish, readWish } from '../render/wish.ts';

const BEATS_PER_CYCLE = 4;
/** Exit code of a process that Ctrl-C ended. */
const INTERRUPTED = 130;

/** What can be put in its place or be thrown away. */
interface Output {
  finish(): void;
  discard(): void;
}

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const wish = readWish(argv);
  const outputs: Output[] = [];
  const interrupt = () => {
    for (const output of outputs) output.discard();
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const performer = new Performer(io);
  try {
    return await renderAll(wish, outputs, performer, io);
  } finally {
    for (const output of outputs) output.discard();
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
    await performer.close();
  }
}

async function renderAll(wish: RenderWish, outputs: Output[], performer: Performer, io: Io): Promise<number> {
  const source = await readProgramText(wish.file, io);
  const wav = wish.out === undefined ? null : openWav(wish.out, wish, outputs, io);
  const midi = wish.midi === undefined ? null : new OutputFile(wish.midi, resolve(io.cwd, wish.midi));
  if (midi) outputs.push(midi);
  if (wish.stems !== undefined) prepareFolder(wish.stems, io);
  await io.build(['engine']);
  const program = await compileProgram(source, io);
  const meter = new SoundMeter(wish.sampleRate);
  const progress = new Progress(wish.out ?? wish.file, io);
  const { length, sampleRate } = wish;
  const performance = await performer.perform(program, source, {
    length,
    sampleRate,
    keepNotes: midi !== null,
    hear: async (left, right) => {
      meter.add(left, right);
      wav?.add(left, right);
      // Lets Ctrl-C through.
      await nextTurn();
    },
    onProgress: (share) => progress.show(share),
  });
  progress.clear();
  tellCounters(performance.rendered, source.name, io);
  if (midi) midi.write(midiOf(performance, sampleRate));
  const stemNames: string[] = [];
  if (wish.stems !== undefined) {
    for (const { strip, name } of stemsOf(performance)) {
      const path = join(wish.stems, name);
      const stem = openWav(path, wish, outputs, io);
      const stemProgress = new Progress(path, io);
      await performer.perform(program, source, {
        length: { ...length, frames: performance.rendered.frames },
        sampleRate,
        solo: strip,
        quiet: true,
        hear: async (left, right) => {
          stem.add(left, right);
          await nextTurn();
        },
        onProgress: (share) => stemProgress.show(share),
      });
      stemProgress.clear();
      stemNames.push(path);
    }
  }
  for (const output of outputs) output.finish();
  const figures = meter.figures();
  const results = { figures, rendered: performance.rendered, wish, stems: stemNames };
  io.stdout.write(wish.report ? `${JSON.stringify(reportOf(results))}\n` : `${summaryOf(results)}\n`);
  return 0;
}

function openWav(name: string, wish: RenderWish, outputs: Output[], io: Io): WavFile {
  const wav = new WavFile(name, resolve(io.cwd, name), wish.bits, wish.sampleRate);
  outputs.push(wav);
  return wav;
}

function prepareFolder(name: string, io: Io): void {
  const path = resolve(io.cwd, name);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !there.isDirectory()) throw new InputError(`can't write stems into ${name}: it is no folder.`);
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new InputError(`can't make the folder ${name}: ${fileReason(error)}.`);
  }
}

/** Strips that sound, with the names of their files; what has no strip of its own is `00-rest.wav`. */
function stemsOf({ rendered, strips }: Performance): { strip: number; name: string }[] {
  const own = Object.entries(strips).filter(([, strip]) => strip !== 0);
  const width = Math.max(2, String(own.length).length);
  const stems = own.map(([track, strip]) => ({
    strip,
    name: `${String(strip).padStart(width, '0')}-${track}.wav`,
  }));
  const rest = { strip: 0, name: `${'0'.repeat(width)}-rest.wav` };
  return [...(rendered.stripPeaks[0]! > 0 ? [rest] : []), ...stems].filter(
    ({ strip }) => rendered.stripPeaks[strip]! > 0,
  );
}

function midiOf({ notes, strips, segments }: Performance, sampleRate: number): Uint8Array {
  const trackNames = Object.fromEntries(Object.entries(strips).map(([name, strip]) => [strip, name]));
  return midiFile({ notes, trackNames, segments, sampleRate, beatsPerCycle: BEATS_PER_CYCLE });
}

/** What a call of `talea render` asks for, read from its arguments and checked before any work begins. */
import { extname } from 'node:path';
import type { RenderLength } from '../../render/length.ts';
import type { SampleFormat } from '../../render/wav.ts';
import { parseArguments } from '../arguments.ts';
import { UsageError } from '../command.ts';
import { RENDER_OPTIONS } from '../options.ts';

export interface RenderWish {
  readonly file: string;
  /** Paths as the user wrote them. */
  readonly out: string | undefined;
  readonly stems: string | undefined;
  readonly midi: string | undefined;
  readonly length: RenderLength;
  readonly sampleRate: number;
  readonly bits: SampleFormat;
  readonly report: boolean;
}

const DEFAULT_CYCLES = 16;
const DEFAULT_RATE = 48_000;
const DEFAULT_BITS: SampleFormat = '24';

/** Throws a UsageError. */
export function readWish(argv: readonly string[]): RenderWish {
  const given = parseArguments(argv, RENDER_OPTIONS);
  const [file, second] = given.positionals;
  if (file === undefined) throw new UsageError('render needs a FILE.');
  if (second !== undefined) throw new UsageError(`render takes one file; ${second} is one too many.`);
  const [out, stems, midi] = ['out', 'stems', 'midi'].map((name) => given.text(name));
  const report = given.has('report');
  if (out === undefined && stems === undefined && midi === undefined && !report) {
    throw new UsageError('render needs a file to write: -o OUT.wav.');
  }
  refuseForeign('-o', out, ['.wav', '.wave']);
  refuseForeign('--midi', midi, ['.mid', '.midi', '.smf']);
  const seconds = given.number('seconds');
  const cycles = given.number('cycles');
  if (seconds !== undefined && cycles !== undefined) {
    throw new UsageError('--cycles and --seconds exclude each other.');
  }
  return {
    file,
    out,
    stems,
    midi,
    length: seconds !== undefined ? { seconds } : { cycles: cycles ?? DEFAULT_CYCLES },
    sampleRate: given.number('rate') ?? DEFAULT_RATE,
    bits: (given.text('bits') as SampleFormat | undefined) ?? DEFAULT_BITS,
    report,
  };
}

/** A file named .mp3 that holds WAV would be a lie; a name without ending, or a device, is the user's choice. */
function refuseForeign(option: string, name: string | undefined, endings: readonly string[]): void {
  if (name === '-')
    throw new UsageError(`${option} - is not possible: the file can't go to standard output.`);
  const ending = name === undefined ? '' : extname(name).toLowerCase();
  if (ending !== '' && !endings.includes(ending)) {
    throw new UsageError(`${option} ${name}: only ${endings[0]} files can be written.`);
  }
}

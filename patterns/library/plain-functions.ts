/** Rows of plain functions of numbers and names. */
import { isNoteName, midiOfNoteName, toNumeral } from '../note-names.ts';
import { rational } from '../rational.ts';
import { Span, span } from '../span.ts';
import { log2, pow } from '../transcendental.ts';
import { type LibraryRow, rowsOf } from './row.ts';

const row = rowsOf('plain functions');
const SHARPS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];

function noteToMidi(name: unknown, octave = 3): number {
  const midi = midiOfNoteName(String(name), octave);
  if (midi === null) throw new RangeError(`"${String(name)}" is no note name`);
  return midi;
}

export const plainFunctionRows: readonly LibraryRow[] = [
  row(
    'noteToMidi',
    '(name: string, octave?: number) => number',
    'MIDI number of a note name.',
    'noteToMidi("c4")',
    { free: noteToMidi },
  ),
  row('midi2note', '(midi: number) => string', 'Note name of a MIDI number.', 'midi2note(60)', {
    free: (midi: number) => `${SHARPS[((midi % 12) + 12) % 12]}${Math.floor(midi / 12) - 1}`,
  }),
  row('midiToFreq', '(midi: number) => number', 'Frequency of a MIDI number in Hz.', 'midiToFreq(69)', {
    free: (midi: number) => pow(2, (midi - 69) / 12) * 440,
  }),
  row('freqToMidi', '(hz: number) => number', 'MIDI number of a frequency.', 'freqToMidi(440)', {
    free: (hz: number) => 12 * log2(hz / 440) + 69,
  }),
  row('isNote', '(name: any) => boolean', 'Whether a text is a note name.', 'isNote("eb4")', {
    free: (name: unknown) => typeof name === 'string' && isNoteName(name),
  }),
  row(
    'clamp',
    '(x: number, min: number, max: number) => number',
    'The nearest number within a range.',
    'clamp(5, 0, 3)',
    { free: (x: number, min: number, max: number) => Math.min(Math.max(x, min), max) },
  ),
  row('id', '<T>(x: T) => T', 'Nothing done.', 's("bd").every(2, id)', { free: (x: unknown) => x }),
  row('constant', '<T>(x: T) => () => T', 'A function that always gives x.', '"0 1".fmap(constant(7))', {
    free: (x: unknown) => () => x,
  }),
  row(
    'pipe',
    '(...fs: ((x: any) => any)[]) => (x: any) => any',
    'Functions one after another.',
    's("bd").every(2, pipe(fast(2), rev))',
    {
      free:
        (...fs: ((x: unknown) => unknown)[]) =>
        (x: unknown) =>
          fs.reduce((value, f) => f(value), x),
    },
  ),
  row(
    'compose',
    '(...fs: ((x: any) => any)[]) => (x: any) => any',
    'Functions, the last one first.',
    's("bd").every(2, compose(fast(2), rev))',
    {
      free:
        (...fs: ((x: unknown) => unknown)[]) =>
        (x: unknown) =>
          fs.reduceRight((value, f) => f(value), x),
    },
  ),
  row('Fraction', '(x: any) => any', 'Exact time of a number or text.', 'Fraction("3/4")', {
    free: (x: any) => rational(x),
  }),
  row('span', '(begin: any, end: any) => any', 'A span of exact time.', 'span(0, 0.5)', { free: span }),
  row(
    'TimeSpan',
    'new (begin: any, end: any) => any',
    'As span, with new.',
    'new TimeSpan(Fraction(0), Fraction(1))',
    {
      free: class TimeSpan extends Span {
        constructor(begin: any, end: any) {
          super(rational(begin), rational(end));
        }
      },
    },
  ),
  row('numeral', '(x: any) => number', 'The number that a value stands for in arithmetic.', 'numeral("c3")', {
    free: toNumeral,
  }),
];

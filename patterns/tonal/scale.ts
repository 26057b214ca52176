/**
 * Scales: from a name to notes, from steps to notes and back. It knows spelled notes and the table of scales, no
 * patterns.
 */
import { nearestNames } from './nearest-names.ts';
import { SCALES } from './scale-table.ts';
import {
  type Interval,
  intervalOfDegree,
  intervalOfSemitones,
  midiOf,
  parseNote,
  type SpelledNote,
  showNote,
  transposeNote,
} from './spelled-note.ts';

export interface Scale {
  /** As it was asked for, in one piece: `C4 major`. */
  readonly name: string;
  /** With its octave; 3 where the name gives none. */
  readonly tonic: SpelledNote;
  readonly intervals: readonly Interval[];
}

const DEFAULT_OCTAVE = 3;

const BY_NAME: ReadonlyMap<string, readonly Interval[]> = new Map(
  SCALES.flatMap(([names, degrees]) => {
    const intervals = degrees.split(' ').map(intervalOfDegree);
    return names.split(' / ').map((name) => [name, intervals] as const);
  }),
);

/** Every name of a scale, without tonic. */
export const SCALE_NAMES: readonly string[] = [...BY_NAME.keys()];

const known = new Map<string, Scale>();
const KNOWN_LIMIT = 256;

/**
 * The scale of `C:major`, `["C4", "bebop", "major"]` or `minor` (then on C). Throws a RangeError that names the
 * nearest scale.
 */
export function scaleOf(asked: unknown): Scale {
  const name = (Array.isArray(asked) ? asked.join(' ') : String(asked)).replaceAll(':', ' ').trim();
  const before = known.get(name);
  if (before !== undefined) return before;
  const made = readScale(name);
  if (known.size >= KNOWN_LIMIT) known.clear();
  known.set(name, made);
  return made;
}

function readScale(name: string): Scale {
  const [first = '', ...rest] = name.split(/\s+/);
  const tonic = parseNote(first);
  const kind = (tonic === null ? name : rest.join(' ')).toLowerCase();
  if (kind === '') {
    throw new RangeError(
      `The scale "${name}" has a tonic but no name: write "${name === '' ? 'C' : name}:major", with colons instead of blanks`,
    );
  }
  const intervals = BY_NAME.get(kind);
  if (intervals === undefined) {
    throw new RangeError(`Unknown scale "${kind}"; nearest: ${nearestNames(kind, SCALE_NAMES).join(', ')}`);
  }
  const root = tonic ?? { letter: 0, accidental: 0, octave: null };
  return { name, tonic: { ...root, octave: root.octave ?? DEFAULT_OCTAVE }, intervals };
}

/** The note of a step; 0 is the tonic, steps past the scale go on in the next octaves. Steps are rounded up. */
export function noteOfStep(scale: Scale, step: number): SpelledNote {
  const whole = Math.ceil(step);
  const count = scale.intervals.length;
  const octaves = Math.floor(whole / count);
  const { letters, semitones } = scale.intervals[whole - octaves * count]!;
  return transposeNote(scale.tonic, { letters: letters + 7 * octaves, semitones: semitones + 12 * octaves });
}

/** The step whose note is nearest to a MIDI number; of two equally near the higher one. */
export function stepOfMidi(scale: Scale, midi: number): number {
  const above = midi - midiOf(scale.tonic);
  const octave = Math.floor(above / 12);
  const count = scale.intervals.length;
  let best = octave * count;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = -1; i <= count; i += 1) {
    const step = octave * count + i;
    const off = Math.abs(midiOf(noteOfStep(scale, step)) - midi);
    if (off > distance) continue;
    best = step;
    distance = off;
  }
  return best;
}

/**
 * The name of the note that a step stands for: a number, a number with accidentals (`2b`, `1##`), or a note that
 * moves to the nearest one of the scale. Null where it is none of these.
 */
export function noteInScale(scale: Scale, value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? showNote(noteOfStep(scale, value)) : null;
  if (typeof value !== 'string') return null;
  const note = parseNote(value);
  if (note !== null) return showNote(noteOfStep(scale, stepOfMidi(scale, midiOf(note))));
  const match = /^(-?\d+(?:\.\d+)?)(#+|b+)?$/.exec(value.trim());
  if (match === null) return null;
  const signs = match[2] ?? '';
  const shift = signs[0] === 'b' ? -signs.length : signs.length;
  return showNote(transposeNote(noteOfStep(scale, Number(match[1])), intervalOfSemitones(shift)));
}

/**
 * Chord literals: `c'maj7` is the notes of a chord, `e3'min7'ii'o` its second inversion in open position. It knows
 * names and numbers, no patterns.
 */
import { CHORDS } from './chord-table.ts';
import { parseNote, showNote, transposeNote } from './spelled-note.ts';

const BY_NAME: ReadonlyMap<string, readonly number[]> = new Map(
  CHORDS.flatMap(([names, semitones]) => {
    const list = semitones.split(' ').map(Number);
    return names.split(' / ').map((name) => [name, list] as const);
  }),
);

export const CHORD_NAMES: readonly string[] = [...BY_NAME.keys()];

/** What is wrong with a literal: the part between the marks, and which kind of part it should be. */
export interface LiteralFault {
  readonly fault: 'root' | 'name' | 'modifier';
  readonly part: string;
  /** Offset of the part in the literal. */
  readonly at: number;
}

const DEFAULT_OCTAVE = 3;
/** Notes that a literal may ask for. */
const MOST_NOTES = 64;
/** Letters above the root by which a chord's notes are spelled: 4 semitones are a third, 10 a seventh. */
const CHORD_LETTERS: readonly number[] = [0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6];

/**
 * The notes of `root'name'modifiers…`, lowest first as the chord is built. The root is a note (then the notes are
 * names) or a number. Modifiers from left to right: a number takes so many notes, going on in the octaves above;
 * `i`, `ii`, … inverts; `o` opens (first and third an octave down); `d1`, `d2`, … drops the n-th note from the top.
 */
export function readChordLiteral(literal: string): readonly (string | number)[] | LiteralFault {
  const [root = '', name = '', ...modifiers] = literal.split("'");
  const note = parseNote(root);
  const number = root === '' ? Number.NaN : Number(root);
  if (note === null && !Number.isFinite(number)) return { fault: 'root', part: root, at: 0 };
  let at = root.length + 1;
  let steps = BY_NAME.get(name);
  if (steps === undefined) return { fault: 'name', part: name, at };
  at += name.length + 1;
  for (const part of modifiers) {
    const changed = modify(steps, part);
    if (changed === null) return { fault: 'modifier', part, at };
    steps = changed;
    at += part.length + 1;
  }
  if (note === null) return steps.map((semitones) => number + semitones);
  const tonic = { ...note, octave: note.octave ?? DEFAULT_OCTAVE };
  return steps.map((semitones) => showNote(transposeNote(tonic, spelled(semitones))));
}

/** The interval from the root that a chord's note is written as. */
export function spelled(semitones: number): { readonly letters: number; readonly semitones: number } {
  const octaves = Math.floor(semitones / 12);
  return { letters: CHORD_LETTERS[semitones - 12 * octaves]! + 7 * octaves, semitones };
}

function modify(steps: readonly number[], modifier: string): readonly number[] | null {
  if (/^[1-9]\d*$/.test(modifier))
    return Number(modifier) > MOST_NOTES ? null : extended(steps, Number(modifier));
  if (/^i+$/.test(modifier)) return modifier.length > MOST_NOTES ? null : inverted(steps, modifier.length);
  if (modifier === 'o') return opened(steps);
  const drop = /^d([1-9]\d*)$/.exec(modifier);
  return drop === null || Number(drop[1]) > steps.length ? null : dropped(steps, Number(drop[1]));
}

const extended = (steps: readonly number[], count: number): number[] =>
  Array.from({ length: count }, (_, i) => steps[i % steps.length]! + 12 * Math.floor(i / steps.length));

function inverted(steps: readonly number[], times: number): number[] {
  const notes = [...steps];
  for (let i = 0; i < times; i += 1) notes.push(notes.shift()! + 12);
  return notes;
}

function opened(steps: readonly number[]): readonly number[] {
  const [first, second, third, ...rest] = steps;
  if (first === undefined || second === undefined || third === undefined) return steps;
  return [first - 12, third - 12, second, ...rest];
}

function dropped(steps: readonly number[], fromTop: number): number[] {
  const index = steps.length - fromTop;
  return [steps[index]! - 12, ...steps.slice(0, index), ...steps.slice(index + 1)];
}

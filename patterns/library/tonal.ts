/** Rows of scales and of transposing. */
import { type Context, PatternEvent } from '../event.ts';
import { toNumeral } from '../note-names.ts';
import { noteInScale, noteOfStep, scaleOf, stepOfMidi } from '../tonal/scale.ts';
import {
  type Interval,
  intervalOfSemitones,
  midiOf,
  parseInterval,
  parseNote,
  showNote,
  transposeNote,
} from '../tonal/spelled-note.ts';
import { isControls, midiOfValue, shown, warn } from '../tonal/values.ts';
import { type AnyPattern, type LibraryRow, rowsOf, transform } from './row.ts';

const row = rowsOf('tonal');

/** An event's context also says in which scale it is, so that it can be moved within it. */
interface ScaleContext extends Context {
  readonly scale?: string;
}

// ---- scales ------------------------------------------------------------------------------------------------

/** Steps and notes to the notes of a scale; events that stand for neither are dropped, with a warning. */
function inScale(name: unknown, pattern: AnyPattern): AnyPattern {
  const scale = scaleOf(name);
  return pattern.withEvents((events) => {
    const changed: PatternEvent<any>[] = [];
    for (const event of events) {
      const { value } = event;
      const context: ScaleContext = { ...event.context, scale: scale.name };
      if (isControls(value) && value.note === undefined && value.n === undefined) {
        warn(`.scale needs steps or notes, as in n("0 2 4").scale("C:major"); found ${shown(value)}`);
        changed.push(event);
        continue;
      }
      const note = noteInScale(scale, isControls(value) ? (value.note ?? value.n) : value);
      if (note === null) {
        warn(
          `${shown(isControls(value) ? (value.note ?? value.n) : value)} is neither a step of a scale nor a note`,
        );
        continue;
      }
      changed.push(new PatternEvent(event.whole, event.part, renamed(value, note), context));
    }
    return changed;
  });
}

/** The note in place of what it was made from: `n` of controls goes, the rest stays. */
function renamed(value: unknown, note: string | number): unknown {
  if (!isControls(value)) return note;
  const { n: _step, ...rest } = value;
  return { ...rest, note };
}

function moveInScale(steps: unknown, pattern: AnyPattern): AnyPattern {
  const by = Math.ceil(toNumeral(steps));
  return pattern.withEvent((event) => {
    const { scale: name } = event.context as ScaleContext;
    if (name === undefined)
      throw new RangeError(
        'scaleTranspose needs a scale before it, as in n("0 2").scale("C:major").scaleTranspose(1)',
      );
    const scale = scaleOf(name);
    const { value } = event;
    const midi = midiOfValue(isControls(value) ? value.note : value);
    if (midi === null) return event;
    return event.withValue(() => renamed(value, showNote(noteOfStep(scale, stepOfMidi(scale, midi) + by))));
  });
}

// ---- transposing -------------------------------------------------------------------------------------------

/** Semitones, or an interval such as `5P`; `interval` null is a fraction of a semitone. */
function readAmount(amount: unknown): { readonly semitones: number; readonly interval: Interval | null } {
  const named = typeof amount === 'string' ? parseInterval(amount.trim()) : null;
  if (named !== null) return { semitones: named.semitones, interval: named };
  const semitones = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
  if (typeof semitones !== 'number' || !Number.isFinite(semitones)) {
    throw new RangeError(
      `.transpose takes semitones, or an interval such as "5P" or "-3m"; found ${shown(amount)}`,
    );
  }
  return { semitones, interval: Number.isInteger(semitones) ? intervalOfSemitones(semitones) : null };
}

function transposed(amount: unknown, pattern: AnyPattern): AnyPattern {
  const { semitones, interval } = readAmount(amount);
  const move = (note: unknown): string | number | null => {
    if (typeof note === 'number') return note + semitones;
    if (typeof note !== 'string') return null;
    const spelled = parseNote(note);
    if (spelled !== null)
      return interval === null ? midiOf(spelled) + semitones : showNote(transposeNote(spelled, interval));
    return note.trim() !== '' && Number.isFinite(Number(note)) ? Number(note) + semitones : null;
  };
  return pattern.withValue((value) => {
    if (isControls(value) && value.note === undefined) {
      if (value.n !== undefined)
        warn(`.transpose moves notes; ${shown(value)} has none: use note(…), or .scale(…) before it`);
      return value;
    }
    const note = move(isControls(value) ? value.note : value);
    if (note === null) {
      warn(`.transpose: ${shown(isControls(value) ? value.note : value)} is not a note`);
      return value;
    }
    return isControls(value) ? { ...value, note } : note;
  });
}

export const tonalRows: readonly LibraryRow[] = [
  row(
    'scale',
    '(name: PatternLike<string>) => Pattern<any>',
    'Turns steps into notes of a scale, and moves notes to its nearest ones.',
    'n("0 2 4 <6 7>").scale("C4:minor")',
    transform(1, inScale, { keepsSteps: true }),
  ),
  row(
    ['scaleTranspose', 'scaleTrans', 'strans'],
    '(steps: PatternLike<number>) => Pattern<any>',
    'Moves notes by steps of their scale.',
    'n("0 2 4").scale("C:major").scaleTranspose("<0 -1 2>")',
    transform(1, moveInScale, { keepsSteps: true }),
  ),
  row(
    ['transpose', 'trans'],
    '(amount: PatternLike<number | string>) => Pattern<any>',
    'Moves notes by semitones, or by an interval such as "5P" or "-3m", which keeps their spelling.',
    'note("c e g").transpose("<0 5 7 -3m>")',
    transform(1, transposed, { keepsSteps: true }),
  ),
];

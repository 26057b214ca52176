/**
 * What the tonal functions ask of values: controls or plain, the note in it, words for a warning. It knows events'
 * values and the evaluation that gathers warnings.
 */
import { currentEvaluation } from '../evaluation.ts';
import { midiOfNoteName } from '../note-names.ts';

export const isControls = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const warn = (message: string): void => currentEvaluation().warn({ message });
export const shown = (value: unknown): string =>
  typeof value === 'string' ? `"${value}"` : JSON.stringify(value);

/** MIDI number of a note's name or number, or null. */
export function midiOfValue(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' ? midiOfNoteName(value) : null;
}

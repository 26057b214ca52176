/**
 * Labels: the marks of a track as they travel, names that another engine would solo, words that cannot be labels. How
 * a label is read is the language's (patterns/track-names.ts). Pure facts about words; it knows no syntax tree.
 */
import type { TrackLabel } from './program.ts';

/** Reads a label's name and marks; its name is null where it asks for the next unnamed track. */
export { type TrackName, trackMarks as readLabel } from '../../patterns/track-names.ts';

/** The marks of a track as the hook `t` gets them: any of m(uted), s(olo), b(are: no label at all). */
export function trackMarks(track: Pick<TrackLabel, 'muted' | 'solo'>, bare: boolean): string {
  return `${track.muted ? 'm' : ''}${track.solo ? 's' : ''}${bare ? 'b' : ''}`;
}

/** A name that another engine would solo: `Snare`, `Synth`. */
export function looksLikeSolo(label: string): boolean {
  return /^S[\p{L}\d]/u.test(label);
}

/** Words that cannot be a label in strict TypeScript. */
export const RESERVED_LABELS: ReadonlySet<string> = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/**
 * Labels: how the text in front of a colon names a track and mutes or solos it, and which words cannot be labels.
 * Pure facts about words; it knows no syntax tree.
 */
import type { TrackLabel } from './program.ts';

/** A label's meaning. `name` is null where it asks for the next unnamed track. */
export interface LabelMeaning {
  readonly name: string | null;
  readonly muted: boolean;
  readonly solo: boolean;
}

/**
 * Reads a label: `_x` and `x_` mute, `S_x` and `S$` solo, `$` is unnamed. The marks may meet (`_S_x`); a label of
 * marks alone is unnamed. `Snare` is a plain name.
 */
export function readLabel(label: string): LabelMeaning {
  let name = label;
  let muted = false;
  let solo = false;
  if (name.startsWith('_')) {
    muted = true;
    name = name.slice(1);
  }
  if (name.endsWith('_') && name !== 'S_') {
    muted = true;
    name = name.slice(0, -1);
  }
  if (name === 'S$' || name.startsWith('S_')) {
    solo = true;
    name = name === 'S$' ? '$' : name.slice(2);
  }
  return { name: name === '$' || name === '' ? null : name, muted, solo };
}

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

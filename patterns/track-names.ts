/**
 * What a track's label says: its name and its marks. `_name` and `name_` mute, `S_name` and `S$` solo; `$` alone
 * has no name. It stands alone since labels and `.p(name)` read names alike.
 */

export interface TrackName {
  /** Null where the track shall be numbered. */
  readonly name: string | null;
  readonly muted: boolean;
  readonly solo: boolean;
}

/** Reads a label: `S_drums` is the track drums, alone. `Snare` is a name. */
export function trackMarks(label: string): TrackName {
  let rest = label;
  let muted = false;
  let solo = false;
  if (rest.startsWith('S_') && rest.length > 2) {
    solo = true;
    rest = rest.slice(2);
  } else if (rest.startsWith('S$')) {
    solo = true;
    rest = rest.slice(1);
  }
  if (rest.startsWith('_') && rest.length > 1) {
    muted = true;
    rest = rest.slice(1);
  }
  if (rest.endsWith('_') && rest.length > 1) {
    muted = true;
    rest = rest.slice(0, -1);
  }
  return { name: rest === '$' ? null : rest, muted, solo };
}

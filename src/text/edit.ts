/**
 * One replacement in a text, as plain data: what mute marks, the tempo field and quick fixes produce. The editor
 * turns it into a transaction, tests apply it to a string. Positions are UTF-16 offsets.
 */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The text with the edits made; edits are ascending and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = '';
  let done = 0;
  for (const edit of edits) {
    out += text.slice(done, edit.from) + edit.insert;
    done = edit.to;
  }
  return out + text.slice(done);
}

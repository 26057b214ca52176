/**
 * The block at the cursor, and the last performed text with that block replaced. A block is a labelled statement, or
 * the paragraph around the cursor grown to whole statements. Works on text alone.
 */
import { ChangeSet, type ChangeSpec, Text } from '@codemirror/state';
import { type Statement, topLevel } from './program-tree.ts';

export interface Block {
  readonly from: number;
  readonly to: number;
}

/** A text that was performed, and the changes that lead from it to the editor's text of now. */
export interface Performed {
  readonly text: string;
  readonly changes: ChangeSet;
}

/** The block at `position`, in whole lines without the last line break; null on blank ground. */
export function blockAt(text: string, position: number): Block | null {
  const statements = topLevel(text);
  const line = wholeLines(text, { from: position, to: position });
  const touching = statements.filter((each) => each.from <= line.to && each.to >= line.from);
  const exact = touching.filter((each) => each.from <= position && each.to >= position);
  const chosen = exact.length > 0 ? exact : touching;
  if (chosen.length === 1 && chosen[0]!.track) return wholeLines(text, chosen[0]!);
  return paragraphAt(text, line, statements);
}

function paragraphAt(text: string, line: Block, statements: readonly Statement[]): Block | null {
  const isBlank = (range: Block): boolean => text.slice(range.from, range.to).trim() === '';
  const inside = statements.find((each) => each.from < line.from && each.to > line.to);
  if (isBlank(line) && !inside) return null;
  let { from, to } = inside ? wholeLines(text, inside) : line;
  for (let before = from - 1; before >= 0; before = from - 1) {
    const previous = wholeLines(text, { from: before, to: before });
    if (isBlank(previous)) break;
    from = previous.from;
  }
  for (let after = to + 1; after <= text.length; after = to + 1) {
    const next = wholeLines(text, { from: after, to: after });
    if (isBlank(next)) break;
    to = next.to;
  }
  for (const each of statements) {
    if (each.from > to || each.to < from) continue;
    const whole = wholeLines(text, each);
    from = Math.min(from, whole.from);
    to = Math.max(to, whole.to);
  }
  return { from, to };
}

function wholeLines(text: string, range: Block): Block {
  const from = text.lastIndexOf('\n', range.from - 1) + 1;
  const end = text.indexOf('\n', range.to);
  return { from: range.from === 0 ? 0 : from, to: end < 0 ? text.length : end };
}

/**
 * The performed text with the block of the editor's text put in its place: where a track of the same name stands,
 * else where the block's own text stood, else between what stood around it. `changes` of the result lead from the
 * new text to the editor's text; the block itself maps to itself.
 */
export function withBlock(performed: Performed, text: string, block: Block): Performed {
  const insert = text.slice(block.from, block.to);
  let place = placeOf(performed, text, block);
  let lead = '';
  let trail = '';
  if (place.from === place.to) {
    // New text: it gets lines of its own.
    const before = performed.text.slice(0, place.from);
    const after = performed.text.slice(place.to);
    if (before !== '' && !before.endsWith('\n')) lead = '\n';
    if (after !== '' && !after.startsWith('\n')) trail = '\n';
  } else {
    place = wholeLines(performed.text, place);
  }
  const head = performed.text.slice(0, place.from) + lead;
  const tail = trail + performed.text.slice(place.to);
  const specs = [
    ...difference(head, text.slice(0, block.from), 0),
    ...difference(tail, text.slice(block.to), head.length + insert.length),
  ];
  const next = head + insert + tail;
  return { text: next, changes: ChangeSet.of(specs, next.length) };
}

function placeOf(performed: Performed, text: string, block: Block): Block {
  const names = topLevel(text)
    .filter((each) => each.from >= block.from && each.to <= block.to)
    .map((each) => each.track?.name);
  const name = names.length === 1 ? names[0] : undefined;
  if (name && !name.startsWith('$')) {
    const same = topLevel(performed.text).findLast((each) => each.track?.name === name);
    if (same) return { from: same.from, to: same.to };
  }
  const back = performed.changes.invertedDesc;
  const from = back.mapPos(block.from, 1);
  const to = back.mapPos(block.to, -1);
  if (from <= to) return { from, to };
  const at = back.mapPos(block.from, -1);
  return { from: at, to: at };
}

/** The changes from `before` to `after`, line by line where the same lines come back in order. */
function difference(before: string, after: string, offset: number): ChangeSpec[] {
  if (before === after) return [];
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [
    {
      from: offset + start,
      to: offset + before.length - end,
      insert: after.slice(start, after.length - end),
    },
  ];
}

/**
 * What a block needs when nothing plays yet: the text with every other track blanked out, so that tempo and
 * declarations are there and positions stay.
 */
export function onlyBlock(text: string, block: Block): Performed {
  const blanked = topLevel(text)
    .filter((each) => each.track && (each.to < block.from || each.from > block.to))
    .map((each) => ({ from: each.from, to: each.to, insert: text.slice(each.from, each.to) }));
  let only = text;
  for (const { from, to, insert } of blanked) {
    only = only.slice(0, from) + insert.replace(/[^\n]/g, ' ') + only.slice(to);
  }
  return { text: only, changes: ChangeSet.of(blanked, only.length) };
}

/** The text that the changes lead to; for tests and for checks of what came back. */
export function resultOf(performed: Performed): string {
  return performed.changes.apply(Text.of(performed.text.split('\n'))).toString();
}

/**
 * Positions: from generated code back to the text as typed, and between offsets and lines. It stands alone because
 * compiler, realm and command line all place mistakes by it; it knows nothing of what the text means.
 */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Insertions } from './mark.ts';
import type { Compiled } from './program.ts';

/** A place in lines: both from 1, columns in UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Offset in the typed text of an offset in the marked text; inside an insertion: where it was inserted. */
export function typedOffset(insertions: Insertions, marked: number): number {
  let inserted = 0;
  for (const [at, length] of insertions) {
    const begin = at + inserted;
    if (marked <= begin) break;
    if (marked < begin + length) return at;
    inserted += length;
  }
  return marked - inserted;
}

/** Offset in the marked text of an offset in the typed text, after what was inserted there. Law: typedOffset undoes it. */
export function markedOffset(insertions: Insertions, typed: number): number {
  let inserted = 0;
  for (const [at, length] of insertions) {
    if (at > typed) break;
    inserted += length;
  }
  return typed + inserted;
}

/** Line and column of an offset; lines end with \n, \r\n or \r. Past the end: the end. */
export function lineColumn(text: string, offset: number): LineColumn {
  const starts = lineStarts(text);
  const at = Math.max(0, Math.min(offset, text.length));
  let line = 0;
  while (line + 1 < starts.length && starts[line + 1]! <= at) line += 1;
  return { line: line + 1, column: at - starts[line]! + 1 };
}

/** Offset of a line and column, both from 1; held within the text. */
export function offsetOf(text: string, place: LineColumn): number {
  const starts = lineStarts(text);
  const line = Math.max(1, Math.min(place.line, starts.length));
  return Math.min(text.length, starts[line - 1]! + Math.max(0, place.column - 1));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x2028 || code === 0x2029) starts.push(at + 1);
    else if (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a) starts.push(at + 1);
  }
  return starts;
}

/** Column in UTF-16 units from 1 of a column in UTF-8 bytes from 0, as esbuild counts. */
export function columnOfBytes(lineText: string, bytes: number): number {
  let left = bytes;
  let column = 0;
  for (const char of lineText) {
    if (left <= 0) break;
    const code = char.codePointAt(0)!;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    column += char.length;
  }
  return column + 1;
}

/** Finds places of one compiled text. The map is decoded once, at the first question. */
export class ProgramPlaces {
  private readonly text: string;
  private readonly compiled: Compiled;
  private map: TraceMap | null = null;

  constructor(text: string, compiled: Compiled) {
    this.text = text;
    this.compiled = compiled;
  }

  /** Offset in the typed text of a place in `compiled.code`; null where the code there is not the musician's. */
  offsetOf(place: LineColumn): number | null {
    const line = place.line - this.compiled.headLines;
    if (line < 1) return null;
    this.map ??= new TraceMap(this.compiled.map);
    const found = originalPositionFor(this.map, { line, column: Math.max(0, place.column - 1) });
    if (found.line === null) return null;
    return this.offsetOfMarked({ line: found.line, column: found.column + 1 });
  }

  /** Lines are the same in marked and typed text, since no insertion holds a line break. */
  private offsetOfMarked(place: LineColumn): number {
    const { insertions } = this.compiled;
    const lineStart = offsetOf(this.text, { line: place.line, column: 1 });
    let insertedBefore = 0;
    for (const [at, length] of insertions) {
      if (at >= lineStart) break;
      insertedBefore += length;
    }
    return typedOffset(insertions, lineStart + insertedBefore + place.column - 1);
  }
}

/**
 * The characters of mini-notation: a cursor over the text that skips blanks and comments and reads words and
 * numbers. It stands alone so that the grammar in parse.ts speaks of steps only. Each character is looked at a
 * bounded number of times.
 */
import { NotationError, type NotationMistake } from './mistake.ts';

const WORD = /[\p{L}\p{Nl}\p{M}0-9~\-#.^_]+(?:'[\p{L}\p{M}0-9~\-#.^_]*)*/uy;
const BLANKS = /[ \t\r\n\u00a0]+/y;
const LINE_COMMENT = /\/\/[^\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

export class Scanner {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.position >= this.text.length;
  }

  /** The character at the cursor as the musician sees it (a whole code point), '' at the end. */
  get next(): string {
    const point = this.text.codePointAt(this.position);
    return point === undefined ? '' : String.fromCodePoint(point);
  }

  startsWith(piece: string): boolean {
    return this.text.startsWith(piece, this.position);
  }

  /** Moves past `piece` if it stands at the cursor. */
  take(piece: string): boolean {
    if (!this.startsWith(piece)) return false;
    this.position += piece.length;
    return true;
  }

  /** Blanks, line comments and block comments. */
  skipBlanks(): void {
    for (;;) {
      const before = this.position;
      this.match(BLANKS);
      if (this.startsWith('//')) this.match(LINE_COMMENT);
      else if (this.startsWith('/*')) this.skipBlockComment();
      if (this.position === before) return;
    }
  }

  private skipBlockComment(): void {
    const from = this.position;
    const end = this.text.indexOf('*/', from + 2);
    if (end < 0) {
      const to = this.text.length;
      const fix = { title: 'Close the comment', from: to, to, insert: ' */' };
      this.fail({
        from,
        to: from + 2,
        message: 'The comment `/*` is never closed.',
        expected: ['`*/`'],
        fix,
      });
    }
    this.position = end + 2;
  }

  /** A word of step characters at the cursor, or '' (the cursor stays). A lone `.` or `_` is no word. */
  word(): string {
    const from = this.position;
    const word = this.match(WORD);
    if (word !== '.' && word !== '_') return word;
    this.position = from;
    return '';
  }

  /** A decimal number that begins exactly at the cursor, or null (the cursor stays). */
  number(): number | null {
    const digits = this.match(NUMBER);
    return digits === '' ? null : Number(digits);
  }

  /** True where a `.` stands alone: between blanks, brackets or the ends. */
  atLoneDot(): boolean {
    if (!this.startsWith('.')) return false;
    const from = this.position;
    const word = this.match(WORD);
    this.position = from;
    return word === '.';
  }

  fail(mistake: NotationMistake): never {
    throw new NotationError(mistake);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.position += found.length;
    return found;
  }
}

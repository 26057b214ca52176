/**
 * What esbuild says about a text, as diagnostics at their place in the typed text. It knows esbuild's way to count
 * (lines from 1, columns in bytes) and to word; it does not run it.
 */
import type { Insertions } from './mark.ts';
import { columnOfBytes, offsetOf, typedOffset } from './positions.ts';
import type { Diagnostic } from './program.ts';

interface MessageLocation {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly lineText: string;
}

/** The part of esbuild's message that we read. */
export interface EsbuildMessage {
  readonly text: string;
  readonly location: MessageLocation | null;
  readonly notes: readonly { readonly text: string; readonly location: MessageLocation | null }[];
}

/** Notes about how we call esbuild say nothing to a musician. */
const OUR_SETTINGS = /alwaysStrict|tsconfig|ECMAScript module because/;

/** esbuild's wording -> ours, where ours helps more. The first that matches counts. */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^Unterminated string literal$/, 'This string has no end: its closing quote is missing'],
  [/^Unterminated template literal$/, 'This string has no end: its closing backtick is missing'],
  [/^Unexpected end of file$/, 'The program ends too early: something is still open'],
  [/^Expected (`[^`]+`) but found end of file$/, 'The program ends too early: $1 is missing'],
  [/^Expected (`[)\]]`) but found (`.*`)$/, 'A comma or $1 is missing before $2'],
  [/^Unexpected `[“”„‟]`$/, 'These are not the quotes of code: write "…"'],
  [/^Unexpected `[‘’‚‛]`$/, "These are not the quotes of code: write '…'"],
  [
    /^Top-level return cannot be used inside an ECMAScript module$/,
    '`return` and `await` outside a function do not go together',
  ],
  [/^(.*) cannot be used in strict mode$/, '$1 cannot be used: programs are strict TypeScript'],
  [
    /^This assignment will throw because (`.+`) is a constant$/,
    "$1 is a constant and can't be assigned again; `let` makes it a variable",
  ],
  [/^The symbol (`.+`) has already been declared$/, '$1 is declared twice'],
];

/** `text` is the typed text; `insertions` are those of the text that esbuild saw (none where it saw the typed one). */
export function diagnosticOf(
  message: EsbuildMessage,
  severity: Diagnostic['severity'],
  text: string,
  insertions: Insertions,
  seenText: string,
): Diagnostic {
  const place = rangeOf(message.location, text, insertions, seenText);
  const notes = message.notes.filter((note) => !OUR_SETTINGS.test(note.text)).map((note) => noteOf(note));
  return { severity, ...place, message: reword(message.text), ...(notes.length > 0 ? { notes } : {}) };
}

function rangeOf(
  location: MessageLocation | null,
  text: string,
  insertions: Insertions,
  seenText: string,
): { readonly from: number; readonly to: number } {
  if (location === null) return { from: 0, to: Math.min(1, text.length) };
  const column = columnOfBytes(location.lineText, location.column);
  const endColumn = columnOfBytes(location.lineText, location.column + location.length);
  const begin = offsetOf(seenText, { line: location.line, column });
  const from = typedOffset(insertions, begin);
  const to = typedOffset(insertions, begin + endColumn - column);
  return { from, to: Math.max(to, Math.min(from + 1, text.length)) };
}

function noteOf(note: EsbuildMessage['notes'][number]): string {
  const line = note.location === null ? '' : ` line ${note.location.line}`;
  return `${quoted(note.text)
    .replace(/ is here:$/, ' is on')
    .replace(/ here:$/, ' on')}${line}`;
}

/** esbuild quotes with "…" and escapes within; we quote with backticks. */
function quoted(text: string): string {
  return text.replaceAll(/"((?:\\.|[^"\\])*)"/g, (whole, inner: string) => {
    try {
      const plain = JSON.parse(whole) as string;
      return plain.includes('`') ? whole : `\`${plain}\``;
    } catch {
      return `\`${inner}\``;
    }
  });
}

function reword(text: string): string {
  const plain = quoted(text);
  const row = REWORDED.find(([pattern]) => pattern.test(plain));
  return row === undefined ? plain : plain.replace(row[0], row[1]);
}

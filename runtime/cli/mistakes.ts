/** Mistakes of a program as lines `file:line:col: message`, the form that editors and terminals can jump to. */
import { lineColumn, offsetOf } from '../program/positions.ts';
import type { Diagnostic } from '../program/program.ts';
import type { ProgramText } from './program-file.ts';

/** Longest piece of a line of the program that is shown. */
const SHOWN_CHARACTERS = 100;

/** One line for the mistake, its line of the program with the place marked, its notes and its quick fix. */
export function mistakeLines({ name, text }: ProgramText, mistake: Diagnostic): string[] {
  const { line, column } = lineColumn(text, mistake.from);
  const kind = mistake.severity === 'error' ? '' : `${mistake.severity}: `;
  const message = visible(mistake.message.replaceAll(/\s+/g, ' '));
  return [
    `${name}:${line}:${column}: ${kind}${message}`,
    ...markedLine(text, mistake, line, column),
    ...(mistake.notes ?? []).map((note) => `  ${note}`),
    ...(mistake.fix ? [`  fix: ${mistake.fix.title}`] : []),
  ];
}

/** Without what would steer a terminal; as long as before. */
function visible(text: string): string {
  return text.replaceAll(/(?!\t)\p{Cc}/gu, '\ufffd');
}

/** The line of the text, and carets under the range as far as it lies in this line. */
function markedLine(text: string, { from, to }: Diagnostic, line: number, column: number): string[] {
  const begin = offsetOf(text, { line, column: 1 });
  const whole = /^[^\n\r\u2028\u2029]*/.exec(text.slice(begin))![0];
  if (whole.trim() === '') return [];
  const cut = column > SHOWN_CHARACTERS ? column - 1 - SHOWN_CHARACTERS / 2 : 0;
  const shown = whole.slice(cut, cut + SHOWN_CHARACTERS);
  const before = shown.slice(0, column - 1 - cut).replaceAll(/[^\t]/g, ' ');
  const length = Math.max(1, Math.min(to - from, shown.length - before.length));
  return [`  ${visible(shown)}`, `  ${before}${'^'.repeat(length)}`];
}

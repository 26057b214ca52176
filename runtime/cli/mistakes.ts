/** Mistakes of a program as lines `file:line:col: message`, the form that editors and terminals can jump to. */
import { lineColumn } from '../program/positions.ts';
import type { Diagnostic } from '../program/program.ts';
import type { ProgramText } from './program-file.ts';

/** One line for the mistake, and one for each of its notes and its quick fix. */
export function mistakeLines({ name, text }: ProgramText, mistake: Diagnostic): string[] {
  const { line, column } = lineColumn(text, mistake.from);
  const kind = mistake.severity === 'error' ? '' : `${mistake.severity}: `;
  const message = mistake.message.replaceAll('\n', ' ');
  const fix = mistake.fix ? [`  fix: ${mistake.fix.title}`] : [];
  return [
    `${name}:${line}:${column}: ${kind}${message}`,
    ...(mistake.notes ?? []).map((note) => `  ${note}`),
    ...fix,
  ];
}

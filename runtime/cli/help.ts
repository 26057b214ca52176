/** The help texts, made from the table of commands. Pure text; knows no command. */
import { optionHead } from './arguments.ts';
import type { CommandRow } from './command.ts';

const GAP = 2;

/** `talea`, `talea help`: all commands. */
export function overview(commands: readonly CommandRow[]): string {
  return [
    'Talea turns TypeScript into music.',
    '',
    'talea COMMAND …',
    ...columns(commands.map((row) => [row.name, row.summary])),
    '',
    'talea help COMMAND shows the options of a command, talea --version the version.',
    '',
  ].join('\n');
}

/** `talea help NAME`. */
export function commandHelp(command: CommandRow): string {
  const options = columns(command.options.map((row) => [optionHead(row), row.text]));
  return [
    `talea ${command.name} ${command.usage}`.trim(),
    '',
    command.summary,
    ...(options.length > 0 ? ['', ...options] : []),
    ...(command.details ? ['', command.details] : []),
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + GAP;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}

/**
 * The dispatcher of `talea`: finds the command in the table, shows help, and turns every failure into one plain line
 * and an exit code. Never a stack, unless TALEA_DEBUG is set. Knows no command's inside.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestName } from '../program/nearest-name.ts';
import type { CommandRow, Io } from './command.ts';
import { InputError, ProgramError, UsageError } from './command.ts';
import { COMMANDS } from './commands.ts';
import { commandHelp, overview } from './help.ts';

/** Runs one call of `talea` and resolves to its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // A reader that left (`talea query … | head`) is no failure of ours.
  io.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    io.stderr.write(`talea: can't write to standard output: ${error.message.replace(/, write$/, '')}\n`);
    process.exit(1);
  });
  const name = argv[0];
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h')
      return showHelp(argv[1], io);
    if (name === '--version' || name === '-v' || name === 'version') {
      io.stdout.write(`talea ${versionOf(io.root)}\n`);
      return 0;
    }
    const command = commandNamed(name);
    const rest = argv.slice(1);
    if (asksForHelp(rest)) return showHelp(command.name, io);
    const { run } = await command.load();
    return await run(rest, io);
  } catch (error) {
    return tellFailure(error, name, io);
  }
}

function commandNamed(name: string): CommandRow {
  const command = COMMANDS.find((row) => row.name === name);
  if (command) return command;
  const isOption = name.startsWith('-');
  const names = isOption ? ['--help', '--version'] : [...COMMANDS.map((row) => row.name), 'help', 'version'];
  const near = nearestName(name, names);
  const kind = isOption ? 'option' : 'command';
  throw new UsageError(`unknown ${kind} ${name}.${near ? ` Did you mean ${near}?` : ''}`);
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function showHelp(name: string | undefined, io: Io): number {
  io.stdout.write(
    name === undefined || name.startsWith('-') ? overview(COMMANDS) : commandHelp(commandNamed(name)),
  );
  return 0;
}

function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

function tellFailure(error: unknown, name: string | undefined, io: Io): number {
  if (io.env['TALEA_DEBUG'] && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) {
    const known = COMMANDS.some((row) => row.name === name);
    io.stderr.write(`talea: ${message} Try: talea help${known ? ` ${name}` : ''}\n`);
    return 2;
  }
  if (error instanceof ProgramError) {
    io.stderr.write(`${message}\n`);
    return 1;
  }
  // Errors of the set-up carry their exit code and begin with our name.
  const setUpCode = (error as { exitCode?: unknown } | null)?.exitCode;
  if (error instanceof InputError || typeof setUpCode === 'number') {
    io.stderr.write(message.startsWith('talea:') ? `${message}\n` : `talea: ${message}\n`);
    return typeof setUpCode === 'number' ? setUpCode : 1;
  }
  io.stderr.write(`talea: an internal error: ${message.split('\n')[0]} (TALEA_DEBUG=1 shows where)\n`);
  return 1;
}

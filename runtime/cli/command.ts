/**
 * What a command of `talea` is and what it gets: its row in the table, the streams, and the two kinds of failure that
 * are told to the user in one line. Knows no command.
 */
import type { OptionRow } from './option-row.ts';

/** What a command may touch of the process. Tests pass their own. */
export interface Io {
  /** Absolute path of the project: dist/ lies in it. */
  readonly root: string;
  /** Folder that relative paths of the user mean. */
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Builds what is stale of dist/: 'engine', 'bundles', 'app'. Rejects with a plain-worded error. */
  build(parts: readonly string[]): Promise<unknown>;
}

/** Runs a command; resolves to its exit code: 0 fine, 1 the input is wrong, 2 wrong usage. */
export type Run = (argv: readonly string[], io: Io) => Promise<number>;

export interface CommandRow {
  readonly name: string;
  /** What follows the name, as the help shows it. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: readonly OptionRow[];
  /** More for `talea help NAME`, in plain lines. */
  readonly details?: string;
  /** The code, loaded only when the command is called. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {}

/** The command's input is wrong, or the world is (a file, a port): exit code 1. The message is all the user sees. */
export class InputError extends Error {}

/** Mistakes in a program, as lines that begin with their place instead of our name: exit code 1. */
export class ProgramError extends InputError {}

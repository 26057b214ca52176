/**
 * What a command is. Stands alone so that the table's files, the key listener and the palette need not know one
 * another.
 */
import type { Desk } from '../desk/desk.ts';

export type CommandGroup = 'Play' | 'Tracks' | 'Text' | 'View' | 'Library' | 'Record';

export interface Command {
  /** Stable name, for remapped keys and tests. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Default keys in the notation of keys.ts; the first one is shown. */
  readonly keys: readonly string[];
  /** Returns false where it had nothing to do, so that the key goes on to whoever else wants it. */
  readonly run: (desk: Desk) => unknown;
}

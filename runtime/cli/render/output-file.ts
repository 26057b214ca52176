/**
 * A file that appears whole or not at all: written beside its place under another name, and renamed at the end. It
 * stands alone since every output of the command line is written so; it knows no format.
 */
import {
  closeSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../command.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  ENOTDIR: 'a part of its path is a file',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
};

/** What went wrong with a file, in words. */
export function fileReason(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message.split('\n')[0]!;
}

export class OutputFile {
  /** As the user wrote it. */
  readonly name: string;
  readonly #target: string;
  readonly #temporary: string | null;
  #descriptor: number;
  #position = 0;

  /** Opens it at once, so that a render does not fail at its end. `path` is absolute. Throws an InputError. */
  constructor(name: string, path: string) {
    this.name = name;
    const folder = dirname(path);
    const folderStat = statSync(folder, { throwIfNoEntry: false });
    if (!folderStat) throw new InputError(`can't write ${name}: the folder ${folder} does not exist.`);
    if (!folderStat.isDirectory()) throw new InputError(`can't write ${name}: ${folder} is no folder.`);
    // A link stays a link: what it points to is replaced.
    this.#target = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()
      ? linkTarget(name, path)
      : path;
    const there = statSync(this.#target, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new InputError(`can't write ${name}: it is a folder.`);
    // A device such as /dev/null is written to, never replaced.
    if (there && !there.isFile() && !there.isCharacterDevice()) {
      throw new InputError(`can't write ${name}: it is no ordinary file.`);
    }
    this.#temporary =
      there && !there.isFile()
        ? null
        : join(dirname(this.#target), `.${basename(this.#target)}.${process.pid}.tmp`);
    try {
      this.#descriptor = openSync(this.#temporary ?? this.#target, 'w');
    } catch (error) {
      throw new InputError(`can't write ${name}: ${fileReason(error)}.`);
    }
  }

  /** Adds bytes at the end, or writes over what lies at `position`. Throws an InputError. */
  write(bytes: Uint8Array, position?: number): void {
    const at = position ?? this.#position;
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, at + done);
      }
    } catch (error) {
      throw new InputError(`can't write ${this.name}: ${fileReason(error)}.`);
    }
    if (position === undefined) this.#position += bytes.length;
  }

  /** Puts it in its place. */
  finish(): void {
    this.#close();
    if (this.#temporary === null) return;
    try {
      renameSync(this.#temporary, this.#target);
    } catch (error) {
      rmSync(this.#temporary, { force: true });
      throw new InputError(`can't write ${this.name}: ${fileReason(error)}.`);
    }
  }

  /** Leaves no trace; does nothing after finish. */
  discard(): void {
    if (this.#descriptor < 0) return;
    this.#close();
    if (this.#temporary !== null) rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    if (this.#descriptor >= 0) closeSync(this.#descriptor);
    this.#descriptor = -1;
  }
}

function linkTarget(name: string, path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new InputError(`can't write ${name}: it is a link to nowhere.`);
  }
}

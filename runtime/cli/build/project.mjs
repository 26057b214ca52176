/**
 * Where the project lies and how its built files are replaced. Plain JavaScript, since it runs before anything is
 * installed or built; it knows only Node.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the project's root, without a trailing slash. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');

/** Absolute path of a path inside the project. */
export const inProject = (path) => join(ROOT, path);

/** A name beside `path` that no other process uses. */
export const temporaryName = (path) => `${path}.${process.pid}-${Date.now().toString(36)}.tmp`;

/** Writes a file whole: a reader sees the old text or the new one, never a half. `path` is absolute. */
export function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A failure that is told to the user in its own words, without a stack. */
export class PlainError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

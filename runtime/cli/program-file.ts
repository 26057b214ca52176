/**
 * A program's text from the command line: a file, or `-` for standard input. Whatever is no text of a program is
 * refused in one line. Knows no command.
 */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from './command.ts';
import { InputError } from './command.ts';
import { fileReason } from './render/output-file.ts';

/** No program that a person wrote is longer; it also keeps a video given by mistake out of memory. */
const LARGEST_BYTES = 8 * 2 ** 20;

export interface ProgramText {
  /** As messages show it. */
  readonly name: string;
  readonly text: string;
}

/** Reads a program. Throws an InputError. */
export async function readProgramText(name: string, io: Io): Promise<ProgramText> {
  const bytes = name === '-' ? await readStream(io.stdin) : readFile(name, resolve(io.cwd, name));
  const shown = name === '-' ? '(standard input)' : name;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${shown} is no text: a program is UTF-8 text.`);
  }
  if (text.includes('\0')) throw new InputError(`${shown} is no text: it holds zero bytes.`);
  if (text.trim() === '') throw new InputError(`${shown} is empty: there is no program in it.`);
  return { name: shown, text };
}

function readFile(name: string, path: string): Uint8Array {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new InputError(`${name} does not exist.`);
  if (found.isDirectory()) throw new InputError(`${name} is a folder; a program is a file.`);
  if (found.size > LARGEST_BYTES)
    throw new InputError(`${name} is too large for a program (${found.size} bytes).`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError(`can't read ${name}: ${fileReason(error)}.`);
  }
}

async function readStream(stream: NodeJS.ReadableStream): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > LARGEST_BYTES) throw new InputError('standard input is too large for a program.');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

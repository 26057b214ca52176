/**
 * `talea check`: mistakes of programs without playing them: syntax, types, notation, names, sounds. Each as
 * file:line:col with its line of the text. Knows the command's words; the checks are in program-check.ts.
 */
import { parseArguments } from '../arguments.ts';
import { InputError, type Io, UsageError } from '../command.ts';
import { mistakeLines } from '../mistakes.ts';
import { CHECK_OPTIONS } from '../options.ts';
import { ProgramCheck } from '../program-check.ts';
import { readProgramText } from '../program-file.ts';

/** 0 where no file has a mistake; warnings and hints are told and are none. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals: files } = parseArguments(argv, CHECK_OPTIONS);
  if (files.length === 0) throw new UsageError('check needs a FILE, or - for standard input.');
  const check = new ProgramCheck(io.root);
  let mistakes = 0;
  try {
    for (const file of files) mistakes += await checkFile(file, check, io);
  } finally {
    await check.close();
  }
  if (mistakes > 0) io.stderr.write(`${mistakes} ${mistakes === 1 ? 'mistake' : 'mistakes'}\n`);
  return mistakes > 0 ? 1 : 0;
}

/** Tells what is wrong with a file; the number of mistakes. A file that is no program is one. */
async function checkFile(file: string, check: ProgramCheck, io: Io): Promise<number> {
  try {
    const source = await readProgramText(file, io);
    const found = await check.check(source.text);
    for (const diagnostic of found) io.stdout.write(`${mistakeLines(source, diagnostic).join('\n')}\n`);
    return found.filter(({ severity }) => severity === 'error').length;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    io.stdout.write(`talea: ${error.message}\n`);
    return 1;
  }
}

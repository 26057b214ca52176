/**
 * Reads the arguments of a command by its table of options. It stands alone because every command uses it and a test
 * covers it as a whole; it knows no command. Mistakes are UsageErrors with the nearest name.
 */

import { nearestName } from '../program/nearest-name.ts';
import { UsageError } from './command.ts';
import type { OptionRow } from './option-row.ts';

export interface Arguments {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  /** Value of a text or choice option; '' where its optional value is left out. */
  text(name: string): string | undefined;
  number(name: string): number | undefined;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * `--name value`, `--name=value`, `-n value`, flags, `--` before what is no option, `-` as a positional. An option
 * given twice is a mistake: which of the two was meant?
 */
export function parseArguments(argv: readonly string[], rows: readonly OptionRow[]): Arguments {
  const values = new Map<string, string | number | true>();
  const positionals: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === '--') {
      positionals.push(...argv.slice(index + 1));
      break;
    }
    if (argument === '-' || !argument.startsWith('-')) {
      positionals.push(argument);
      continue;
    }
    const equals = argument.indexOf('=');
    const dashed = equals < 0 ? argument : argument.slice(0, equals);
    const row = rowOf(dashed, rows);
    if (values.has(row.name)) throw new UsageError(`--${row.name} is given twice.`);
    let given = equals < 0 ? undefined : argument.slice(equals + 1);
    if (row.kind !== 'flag' && given === undefined && isValue(argv[index + 1])) given = argv[++index];
    values.set(row.name, readValue(row, given));
  }
  return {
    positionals,
    has: (name) => values.has(name),
    text: (name) => values.get(name) as string | undefined,
    number: (name) => values.get(name) as number | undefined,
  };
}

/** `--cycles -1` and `--from -1/3` mean the number; `--cycles --report` forgot it. */
function isValue(next: string | undefined): boolean {
  return next !== undefined && (next === '-' || !next.startsWith('-') || NUMBER.test(next.split('/', 1)[0]!));
}

function rowOf(dashed: string, rows: readonly OptionRow[]): OptionRow {
  const isLong = dashed.startsWith('--');
  const row = rows.find((each) => (isLong ? `--${each.name}` === dashed : `-${each.short}` === dashed));
  if (row) return row;
  const near = isLong
    ? nearestName(
        dashed.slice(2),
        rows.map((each) => each.name),
      )
    : undefined;
  throw new UsageError(`unknown option ${dashed}.${near ? ` Did you mean --${near}?` : ''}`);
}

function readValue(row: OptionRow, given: string | undefined): string | number | true {
  if (row.kind === 'flag') {
    if (given !== undefined) throw new UsageError(`--${row.name} takes no value.`);
    return true;
  }
  if (given === undefined) {
    if (row.kind === 'text' && row.valueOptional) return '';
    throw new UsageError(`--${row.name} needs a value: ${wanted(row)}.`);
  }
  if (row.kind === 'text') {
    if (given === '' && !row.valueOptional)
      throw new UsageError(`--${row.name} needs a value: ${wanted(row)}.`);
    return given;
  }
  if (row.kind === 'choice') {
    if (!row.choices.includes(given))
      throw new UsageError(`--${row.name} ${given} is not possible; it is ${wanted(row)}.`);
    return given;
  }
  const number = NUMBER.test(given) ? Number(given) : Number.NaN;
  const fits = number >= row.min && number <= row.max && (row.kind === 'number' || Number.isInteger(number));
  if (!fits) throw new UsageError(`--${row.name} ${given} is not possible; it is ${wanted(row)}.`);
  return number;
}

function wanted(row: OptionRow): string {
  if (row.kind === 'choice') return `one of ${row.choices.join(', ')}`;
  if (row.kind === 'integer') return `a whole number from ${row.min} to ${row.max}`;
  if (row.kind === 'number') return `a number from ${row.min} to ${row.max}`;
  return row.kind === 'text' ? row.valueName : '';
}

/** `-o, --out OUT.wav`, as the help shows an option. */
export function optionHead(row: OptionRow): string {
  const name = `${row.short ? `-${row.short}, ` : '    '}--${row.name}`;
  if (row.kind === 'flag') return name;
  if (row.kind === 'choice') return `${name} ${row.choices.join('|')}`;
  return row.kind === 'text' && row.valueOptional ? `${name} [${row.valueName}]` : `${name} ${row.valueName}`;
}

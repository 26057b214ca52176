/** Rows that let programs add functions and controls of their own. */
import { currentEvaluation } from '../evaluation.ts';
import { Pattern } from '../pattern.ts';
import { reify } from '../reify.ts';
import { controlEntry } from './controls.ts';
import { type AnyPattern, curry, type Entry, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('your own');

/** What patterns are made of: a program cannot take these names. */
const RESERVED: ReadonlySet<string> = new Set([
  'query',
  'stepCount',
  'constant',
  ...Object.getOwnPropertyNames(Pattern.prototype),
]);

/** Makes names of the program's own methods of patterns; whoever runs it makes them globals and methods of text. */
function define(names: readonly string[], entry: Required<Pick<Entry, 'free' | 'method'>>): unknown {
  for (const name of names) {
    if (RESERVED.has(name)) throw new TypeError(`"${name}" is part of every pattern; choose another name`);
    Object.defineProperty(Pattern.prototype, name, {
      configurable: true,
      writable: true,
      value: entry.method,
    });
    currentEvaluation().define(name, entry);
  }
  return entry.free;
}

/**
 * Registers f(...args, pattern) under a name or names. Arguments take patterns as those of the library do, unless
 * `patterned` is false.
 */
function register(
  name: string | readonly string[],
  f: (...args: any[]) => unknown,
  patterned = true,
): unknown {
  const names = typeof name === 'string' ? [name] : name;
  if (typeof f !== 'function')
    throw new TypeError(`register("${names[0]}", …) expects a function, found ${typeof f}`);
  const count = Math.max(0, f.length - 1);
  const act = (...args: any[]): AnyPattern => reify(f(...args));
  return define(names, patterned ? transform(count, act) : plain(count, act));
}

const createParam = (...names: string[]): unknown => define([names[0]!], controlEntry(names));

export const userRows: readonly LibraryRow[] = [
  row(
    'register',
    '(name: string | string[], f: (...args: any[]) => any, patterned?: boolean) => any',
    'Adds a function of your own as function and method.',
    'register("twice", (pat) => pat.fast(2))',
    { free: register },
  ),
  row(
    ['createParam', 'registerControl'],
    '(name: string) => any',
    'Adds a control of your own.',
    'createParam("wobble")',
    { free: createParam },
  ),
  row(
    'createParams',
    '(...names: string[]) => Record<string, any>',
    'Adds controls of your own.',
    'createParams("wobble", "wiggle")',
    { free: (...names: string[]) => Object.fromEntries(names.map((name) => [name, createParam(name)])) },
  ),
  row(['isPattern'], '(x: any) => boolean', 'Whether x is a pattern.', 'isPattern(s("bd"))', {
    free: (x: unknown) => x instanceof Pattern,
  }),
  row(
    'curry',
    '(f: (...args: any[]) => any) => any',
    'Takes arguments one by one.',
    'curry((a, b) => a + b)(1)(2)',
    { free: (f: (...args: any[]) => unknown) => curry(f.length, f) },
  ),
];

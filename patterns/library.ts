/**
 * The ONE table of the language: every function, method and value with its signature, text and example. Globals,
 * methods, completion and reference are made from it. It gathers the rows of library/ and refuses double names;
 * methods are put on patterns by `installMethods`, which index.ts calls once.
 */
import { accumulationRows } from './library/accumulation.ts';
import { alignmentRows } from './library/alignment.ts';
import { chanceRows } from './library/chance.ts';
import { chordRows } from './library/chords.ts';
import { conditionalRows } from './library/conditional.ts';
import { constructorRows } from './library/constructors.ts';
import { controlRows } from './library/controls.ts';
import { pickRows } from './library/pick.ts';
import { plainFunctionRows } from './library/plain-functions.ts';
import { rawRows } from './library/raw.ts';
import type { AnyPattern, LibraryRow } from './library/row.ts';
import { sampleRows } from './library/samples.ts';
import { shorthandRows } from './library/shorthands.ts';
import { signalRows } from './library/signals.ts';
import { statementRows } from './library/statements.ts';
import { stepwiseRows } from './library/stepwise.ts';
import { structureRows } from './library/structure.ts';
import { tidalRows } from './library/tidal.ts';
import { changeRows } from './library/tidal-changes.ts';
import { generatedRows } from './library/tidal-generated.ts';
import { shapeRows } from './library/tidal-shapes.ts';
import { timeRows } from './library/time.ts';
import { tonalRows } from './library/tonal.ts';
import { userRows } from './library/user.ts';
import { valueRows } from './library/values.ts';
import { Pattern } from './pattern.ts';
import { reify } from './reify.ts';

export type { LibraryRow } from './library/row.ts';

export const LIBRARY: readonly LibraryRow[] = [
  ...constructorRows,
  ...timeRows,
  ...structureRows,
  ...alignmentRows,
  ...valueRows,
  ...signalRows,
  ...chanceRows,
  ...conditionalRows,
  ...pickRows,
  ...accumulationRows,
  ...stepwiseRows,
  ...sampleRows,
  ...tonalRows,
  ...chordRows,
  ...shorthandRows,
  ...rawRows,
  ...plainFunctionRows,
  ...tidalRows,
  ...changeRows,
  ...shapeRows,
  ...generatedRows,
  ...statementRows,
  ...userRows,
  ...controlRows,
];

/** Methods that patterns have by their class; rows must not take their names. */
const OWN_METHODS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Pattern.prototype));

function collectNames(slot: 'free' | 'member'): ReadonlyMap<string, LibraryRow> {
  const names = new Map<string, LibraryRow>();
  for (const row of LIBRARY) {
    const has =
      slot === 'free' ? row.free !== undefined : row.method !== undefined || row.getter !== undefined;
    if (!has) continue;
    for (const name of [row.name, ...row.aliases]) {
      if (names.has(name)) throw new RangeError(`"${name}" stands twice in the library (${slot})`);
      if (slot === 'member' && OWN_METHODS.has(name))
        throw new RangeError(`"${name}" is a method of Pattern already`);
      names.set(name, row);
    }
  }
  return names;
}

/** Global names. */
export const FREE_NAMES = collectNames('free');
/** Names of methods and properties of patterns that come from rows. */
export const MEMBER_NAMES = collectNames('member');

/** Everything a program sees as a global, by name. A fresh object each time. */
export function globals(): Record<string, unknown> {
  const result: Record<string, unknown> = { Pattern };
  for (const [name, row] of FREE_NAMES) result[name] = row.free;
  return result;
}

/** Puts one row's method or property on a prototype; `toPattern` says what a receiver stands for. */
function installRow(
  target: object,
  name: string,
  row: LibraryRow,
  toPattern: (receiver: unknown) => AnyPattern,
): void {
  const { method, getter } = row;
  const descriptor: PropertyDescriptor =
    getter === undefined
      ? {
          value(this: unknown, ...args: unknown[]) {
            return method!.call(toPattern(this), ...args);
          },
          writable: true,
        }
      : {
          get(this: unknown) {
            return getter(toPattern(this));
          },
        };
  Object.defineProperty(target, name, { configurable: true, enumerable: false, ...descriptor });
}

/**
 * Puts the methods of all rows on Pattern.prototype. Each has a twin with `_` in front, as functions that other
 * people registered call them; it does the same.
 */
export function installMethods(): void {
  const target = Pattern.prototype;
  for (const [name, row] of MEMBER_NAMES) {
    installRow(target, name, row, (receiver) => receiver as AnyPattern);
    if (row.method !== undefined) installRow(target, `_${name}`, row, (receiver) => receiver as AnyPattern);
  }
}

/** Names of methods that text already has with another meaning: they act on literal receivers only. */
export const STRING_EXCLUDED: ReadonlySet<string> = new Set(['anchor', 'slice', 'sub']);
/** What every object has, or what text needs to stay text. */
const STRING_KEPT: ReadonlySet<string> = new Set(['constructor', 'toString', 'valueOf']);

/**
 * Puts the methods of patterns on a realm's String.prototype, so that text is a receiver. Only the sandbox realm
 * calls this. Properties that text has already are left alone.
 */
export function installStringMethods(stringPrototype: object): void {
  for (const [name, row] of MEMBER_NAMES) {
    if (STRING_EXCLUDED.has(name) || Object.hasOwn(stringPrototype, name)) continue;
    installRow(stringPrototype, name, row, (receiver) => reify(String(receiver)));
  }
  for (const name of OWN_METHODS) {
    if (STRING_KEPT.has(name) || STRING_EXCLUDED.has(name) || Object.hasOwn(stringPrototype, name)) continue;
    const own = Object.getOwnPropertyDescriptor(Pattern.prototype, name)!.value as (
      ...args: unknown[]
    ) => unknown;
    Object.defineProperty(stringPrototype, name, {
      configurable: true,
      enumerable: false,
      writable: true,
      value(this: unknown, ...args: unknown[]) {
        return own.apply(reify(String(this)), args);
      },
    });
  }
}

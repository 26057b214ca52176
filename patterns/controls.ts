/**
 * The ONE table of controls: names, key in events, unit, range, where it acts. Functions, methods, completion,
 * reference and checks are made from it. It gathers the rows of controls/ and refuses double names.
 */
import type { ControlRow } from './controls/row.ts';
import { shapingControls } from './controls/shaping.ts';
import { sourceControls } from './controls/source.ts';
import { spaceControls } from './controls/spaces.ts';

export type { ControlRow } from './controls/row.ts';

export const CONTROLS: readonly ControlRow[] = [...sourceControls, ...shapingControls, ...spaceControls];

function byName(rows: readonly ControlRow[]): ReadonlyMap<string, ControlRow> {
  const names = new Map<string, ControlRow>();
  for (const row of rows) {
    for (const name of [row.key, ...row.aliases]) {
      if (names.has(name)) throw new RangeError(`The control "${name}" stands twice in the table`);
      names.set(name, row);
    }
  }
  return names;
}

/** Every name of a control, aliases too. */
export const CONTROL_NAMES: ReadonlyMap<string, ControlRow> = byName(CONTROLS);

/** The control of this name or alias. */
export function controlNamed(name: string): ControlRow | undefined {
  return CONTROL_NAMES.get(name);
}

/**
 * The control object of a value: `{s: 'bd'}`; lists fill the row's keys in order; an object with an unnamed
 * `value` keeps what else it has.
 */
export function controlValue(keys: readonly string[], value: unknown): Record<string, unknown> {
  const key = keys[0]!;
  if (Array.isArray(value)) return listValue(keys, value, {});
  if (
    typeof value === 'object' &&
    value !== null &&
    (value as Record<string, unknown>)['value'] !== undefined
  ) {
    const { value: own, ...rest } = value as Record<string, unknown>;
    return Array.isArray(own) ? listValue(keys, own, rest) : { ...rest, [key]: own };
  }
  return { [key]: value };
}

function listValue(
  keys: readonly string[],
  list: readonly unknown[],
  rest: Record<string, unknown>,
): Record<string, unknown> {
  if (keys.length === 1) return { ...rest, [keys[0]!]: list };
  const result = { ...rest };
  for (let i = 0; i < list.length && i < keys.length; i += 1) result[keys[i]!] = list[i];
  return result;
}

/**
 * Rows made from the controls table: each name is a function and a method. Where a name is a function of the
 * library too, that one holds.
 */
import { CONTROLS, type ControlRow, controlValue } from '../controls.ts';
import { operate } from '../operators.ts';
import { reify } from '../reify.ts';
import { type AnyPattern, type Entry, type LibraryRow, rowsOf } from './row.ts';

const row = rowsOf('controls');

/** Function and method of a control with these keys. */
export function controlEntry(keys: readonly string[]): Required<Pick<Entry, 'free' | 'method'>> {
  const name = (value: unknown): AnyPattern => {
    const pattern = reify(value);
    const named = pattern.withValue((x) => controlValue(keys, x));
    if (pattern.constant === null) return named;
    const constant = { value: controlValue(keys, pattern.constant.value), context: pattern.constant.context };
    return new (named.constructor as typeof import('../pattern.ts').Pattern)(
      named.query,
      named.stepCount,
      constant,
    );
  };
  const set = (value: unknown, pattern: AnyPattern): AnyPattern => operate('set', 'in', pattern, name(value));
  return {
    free: (value: unknown, pattern?: unknown) =>
      pattern === undefined ? name(value) : set(value, reify(pattern)),
    method(...values) {
      return values.length === 0 || values[0] === undefined ? name(this) : set(values[0], this);
    },
  };
}

const rangeText = ({ min, max, unit }: ControlRow): string =>
  min === null && max === null ? unit : `${unit}, ${min ?? ''} to ${max ?? ''}`;

export const controlRows: readonly LibraryRow[] = CONTROLS.map((control) =>
  row(
    [control.key, ...control.aliases],
    `(value?: PatternLike<${control.min === null ? 'string | number' : 'number'}>) => Pattern<any>`,
    `${control.text} (${rangeText(control)})`,
    exampleOf(control),
    controlEntry(control.expands),
  ),
);

function exampleOf({ key, default: fallback, max }: ControlRow): string {
  if (key === 's') return 's("bd hh")';
  if (key === 'note') return 'note("c e g")';
  const value = typeof fallback === 'string' ? JSON.stringify(fallback) : (fallback ?? max ?? 1);
  return `s("saw").${key}(${value})`;
}

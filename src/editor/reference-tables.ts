/**
 * The tables of patterns as entries of the reference. In a file of its own since it brings the whole library with it:
 * it is loaded when completion or hover first asks, never before sound.
 */
import { CONTROL_NAMES, type ControlRow } from '../../patterns/controls.ts';
import { LIBRARY } from '../../patterns/library.ts';
import type { Reference, ReferenceEntry } from './reference-entry.ts';

export function readTables(): Reference {
  const entries = new Map<string, ReferenceEntry>();
  for (const { name, aliases, signature, text, example } of LIBRARY) {
    const control = CONTROL_NAMES.get(name);
    const entry: ReferenceEntry = {
      name,
      aliases,
      kind: control ? 'control' : 'function',
      signature: `${name}: ${signature}`,
      text: control
        ? `${control.text}${control.acts ? '' : ' Not followed yet by any part of Talea.'}`
        : text,
      example: example || null,
      facts: control ? factsOf(control) : null,
    };
    for (const each of [name, ...aliases]) if (!entries.has(each)) entries.set(each, entry);
  }
  return entries;
}

/** Unit, range and default: `Hz, 10 to 24000, default 20000`. */
function factsOf({ unit, min, max, default: fallback }: ControlRow): string {
  const range = min === null || max === null ? '' : `, ${min} to ${max}`;
  return `${unit}${range}${fallback === null ? '' : `, default ${fallback}`}`;
}

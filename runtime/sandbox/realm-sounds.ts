/**
 * Sounds that nobody knows: looks at the values of events and warns once a name, at its place in the text. It knows
 * the engine's sounds by their table; further sounds are the host's to know.
 */
import type { PatternEvent } from '../../patterns/event.ts';
import { nearest } from '../program/nearest.ts';
import type { Diagnostic } from '../program/program.ts';
import { BUILT_IN_SOUNDS } from '../samples/sounds.ts';

const ENGINE_SOUNDS: ReadonlySet<string> = new Set(BUILT_IN_SOUNDS.names());

/** True where the engine itself makes the sound. */
export function isEngineSound(name: string): boolean {
  return BUILT_IN_SOUNDS.find(name) !== null;
}

/** Name of the sound that an event asks for, its bank in front; null where it asks for none. */
export function soundOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { s, bank } = value as { s?: unknown; bank?: unknown };
  if (typeof s !== 'string' || s === '') return null;
  return typeof bank === 'string' && bank !== '' ? `${bank}_${s}` : s;
}

/** What is wrong with the name of a sound, with the nearest name where one is near. `at` is its place. */
export function unknownSound(
  name: string,
  text: string,
  at: { readonly from: number; readonly to: number },
): Diagnostic {
  const plain =
    name.includes('_') && !text.slice(at.from, at.to).includes('_')
      ? name.slice(name.indexOf('_') + 1)
      : name;
  // A known sound in an unknown bank is no misspelling of the sound.
  const near = ENGINE_SOUNDS.has(plain) ? undefined : nearest(plain, [...ENGINE_SOUNDS]);
  const fixable = near !== undefined && text.slice(at.from, at.to) === plain;
  return {
    severity: 'warning',
    ...at,
    message: `The sound \`${name}\` is not known${near === undefined ? '' : `. Did you mean \`${near}\`?`}`,
    ...(fixable ? { fix: { title: `Change it to \`${near}\``, ...at, insert: near } } : {}),
  };
}

/** The place in the text that wrote the name, among an event's locations; else the fallback. */
export function placeOfSound(
  event: PatternEvent,
  name: string,
  text: string,
  fallback: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number } {
  const plain = name.slice(name.lastIndexOf('_') + 1);
  for (const { from, to } of event.context.locations) {
    const written = text.slice(from, to);
    if (written === name || written === plain) return { from, to };
    if (written.startsWith(`${name}:`)) return { from, to: from + name.length };
  }
  return fallback;
}

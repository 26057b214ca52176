/**
 * The names of sounds, for completion inside `s("...")` and the drawer of sounds. Loaded with them, never before
 * sound; what a name means is the runtime's business.
 */
import { BUILT_IN_SOUNDS } from '../../runtime/samples/sounds.ts';

export interface SoundEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: string;
}

let listed: readonly SoundEntry[] | null = null;

/** One entry a sound, in table order; other names of the same sound are its aliases. */
export function listSounds(): readonly SoundEntry[] {
  if (listed) return listed;
  const byRow = new Map<unknown, { name: string; aliases: string[]; kind: string }>();
  for (const name of BUILT_IN_SOUNDS.names()) {
    const row = BUILT_IN_SOUNDS.find(name);
    if (!row) continue;
    const entry = byRow.get(row);
    if (entry) entry.aliases.push(name);
    else byRow.set(row, { name, aliases: [], kind: row.kind });
  }
  listed = [...byRow.values()];
  return listed;
}

/**
 * Names of sounds: which source of the engine a name in `s(...)` means. It stands alone because encoder, page and
 * checks all ask the same question; it knows the wire's table and no patterns. Loaded samples join here later as
 * further rows of a SoundTable.
 */

import { SOURCES, type SourceRow } from '../../worklets/wire.ts';
import { nearestName } from '../cli/nearest-name.ts';

/** What plays where an event names no sound. */
export const DEFAULT_SOUND = SOURCES[0]!;

/** Names and aliases of the engine's own sounds, lower case, to their rows. */
export class SoundTable {
  private readonly rows = new Map<string, SourceRow>();

  constructor(sources: readonly SourceRow[] = SOURCES) {
    for (const row of sources) {
      for (const name of [row.name, ...row.aliases]) {
        const key = name.toLowerCase();
        if (this.rows.has(key)) throw new RangeError(`SoundTable: two sounds are called "${key}"`);
        this.rows.set(key, row);
      }
    }
  }

  /** The source that `name` means, in any letter case; null where there is none. */
  find(name: string): SourceRow | null {
    return this.rows.get(name.toLowerCase()) ?? null;
  }

  /** Every name and alias, in table order. */
  names(): string[] {
    return [...this.rows.keys()];
  }

  /** The known name closest to `name`, or null where none is close. */
  nearest(name: string): string | null {
    return nearestName(name.slice(0, 64), this.names()) ?? null;
  }
}

/** The engine's own sounds. */
export const BUILT_IN_SOUNDS = new SoundTable();

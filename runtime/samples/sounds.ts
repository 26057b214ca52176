/**
 * Names of sounds: which source of the engine a name in `s(...)` means, and the parameters that it brings along (a kit of
 * drums, a patch of a `gm_` name). It stands alone because encoder, page and checks all ask the same question; it knows the
 * wire's table and no patterns. Loaded samples join here later as further rows of a SoundTable.
 */

import { SOURCES, type SourceRow } from '../../worklets/wire.ts';
import { nearestName } from '../program/nearest-name.ts';
import { findBank } from './banks.ts';
import { GM_PATCHES } from './gm-patches.ts';
import type { Patch } from './patch.ts';

/** What a name means: a source by its row, and parameters by event key where the event gives none itself. */
export interface Sound extends SourceRow {
  readonly preset: Readonly<Record<string, number>>;
}

const NOTHING: Sound['preset'] = {};

/** Names and aliases of the engine's own sounds and patches, lower case, to what they mean. */
export class SoundTable {
  private readonly sounds = new Map<string, Sound>();

  constructor(sources: readonly SourceRow[] = SOURCES, patches: readonly Patch[] = GM_PATCHES) {
    for (const row of sources) this.add([row.name, ...row.aliases], { ...row, preset: NOTHING });
    for (const { names, source, preset } of patches) {
      const row = sources.find(({ name }) => name === source);
      if (row !== undefined) this.add(names, { ...row, preset });
    }
  }

  private add(names: readonly string[], sound: Sound): void {
    for (const name of names) {
      const key = name.toLowerCase();
      if (this.sounds.has(key)) throw new RangeError(`SoundTable: two sounds are called "${key}"`);
      this.sounds.set(key, sound);
    }
  }

  /** The sound that `name` means, in any letter case, also with a bank before it; null where there is none. */
  find(name: string): Sound | null {
    return this.sounds.get(name.toLowerCase()) ?? this.findInBank(name);
  }

  private findInBank(name: string): Sound | null {
    const cut = name.indexOf('_');
    const bank = cut < 0 ? null : findBank(name.slice(0, cut));
    const plain = bank === null ? null : (this.sounds.get(name.slice(cut + 1).toLowerCase()) ?? null);
    if (bank === null || plain === null || plain.kind !== 'drum') return null;
    return { ...plain, preset: { ...plain.preset, ...bank.preset } };
  }

  /** Every name and alias, in table order. */
  names(): string[] {
    return [...this.sounds.keys()];
  }

  /** The known name closest to `name`, or null where none is close. */
  nearest(name: string): string | null {
    return nearestName(name.slice(0, 64), this.names()) ?? null;
  }
}

/** The engine's own sounds. */
export const BUILT_IN_SOUNDS = new SoundTable();

/** What plays where an event names no sound. */
export const DEFAULT_SOUND: Sound = { ...SOURCES[0]!, preset: NOTHING };

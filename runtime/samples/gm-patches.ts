import type { Patch } from './patch.ts';

export const GM_PATCHES: readonly Patch[] = [];

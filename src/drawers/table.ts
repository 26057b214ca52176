/** THE table of drawers, in the order of their tabs. Their contents load when first opened: never before sound. */
import type { DrawerRow } from './drawer.ts';

export const DRAWERS: readonly DrawerRow[] = [
  { id: 'pieces', title: 'Pieces', load: async () => (await import('./pieces.ts')).fillPieces },
  { id: 'sounds', title: 'Sounds', load: async () => (await import('./sounds.ts')).fillSounds },
  { id: 'reference', title: 'Reference', load: async () => (await import('./reference.ts')).fillReference },
  { id: 'settings', title: 'Settings', load: async () => (await import('./settings.ts')).fillSettings },
];

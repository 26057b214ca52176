/** What a drawer is, and what its content may ask for. Stands alone so that shell and contents need not know one another. */
import type { Audition } from '../desk/audition.ts';
import type { Desk } from '../desk/desk.ts';
import type { DrawerId } from './drawer-id.ts';

/** What an open drawer can be asked: to look something up. */
export interface DrawerContent {
  /** Shows what is known of the name. */
  show?(name: string): void;
}

export interface DrawerRow {
  readonly id: DrawerId;
  readonly title: string;
  /** Fills the empty box; called once, when the drawer is first opened. */
  readonly load: () => Promise<(box: HTMLElement, desk: Desk, audition: Audition) => DrawerContent>;
}

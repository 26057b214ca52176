/**
 * What a desk is made of: session, state, editor and the face of the panels. Stands alone so that the parts of the
 * desk's work need not know the desk.
 */

import type { Session } from '../../runtime/session-surface.ts';
import type { DrawerId } from '../drawers/drawer-id.ts';
import type { Editor } from '../editor/editor.ts';
import type { State } from '../state.ts';

/** What commands ask of the panels. */
export interface PanelsFace {
  focusTempo(): void;
  openPalette(): void;
  openCounters(): void;
  toggleMessages(): void;
  /** Opens that drawer, or closes it where it is open; a name is looked up in it. */
  toggleDrawer(id: DrawerId, name?: string): void;
  /** False where none was open. */
  closeDrawer(): boolean;
}

export interface DeskParts {
  readonly session: Session;
  readonly state: State;
  readonly editor: Editor;
  readonly panels: PanelsFace;
}

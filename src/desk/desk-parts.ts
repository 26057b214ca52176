/**
 * What a desk is made of: session, state, editor and the face of the panels. Stands alone so that the parts of the
 * desk's work need not know the desk.
 */
import type { Session } from '../../runtime/session-surface.ts';
import type { Editor } from '../editor/editor.ts';
import type { State } from '../state.ts';

/** What commands ask of the panels. */
export interface PanelsFace {
  focusTempo(): void;
  openPalette(): void;
  openCounters(): void;
  toggleMessages(): void;
}

export interface DeskParts {
  readonly session: Session;
  readonly state: State;
  readonly editor: Editor;
  readonly panels: PanelsFace;
}

/**
 * The drawer beside the code: tabs on top, one content below, which loads when first opened. It covers nothing on a
 * wide page and the code on a narrow one; Escape and its button close it and hand the focus back.
 */
import { createAudition } from '../desk/audition.ts';
import type { Desk } from '../desk/desk.ts';
import { button, el } from '../panels/element.ts';
import { icon } from '../panels/icons.ts';
import { say } from '../state.ts';
import type { DrawerContent } from './drawer.ts';
import type { DrawerId } from './drawer-id.ts';
import { DRAWERS } from './table.ts';

export interface DrawerFace {
  /** Opens the drawer, or closes it where it is open already and no name is asked for. */
  toggle(id: DrawerId, name?: string): Promise<void>;
  /** False where none was open. */
  close(): boolean;
}

export function createDrawers(place: HTMLElement, desk: Desk): DrawerFace {
  const audition = createAudition(desk.state);
  const filled = new Map<DrawerId, Promise<DrawerContent>>();
  let open: DrawerId | null = null;

  const close = (): boolean => {
    if (open === null) return false;
    open = null;
    place.hidden = true;
    audition.stop();
    desk.editor.focus();
    return true;
  };
  const panes = new Map(
    DRAWERS.map(({ id, title }) => [
      id,
      el('div.drawer-pane', { id: `drawer-${id}`, role: 'tabpanel', 'aria-label': title, tabindex: '-1' }),
    ]),
  );
  const tabs = new Map(
    DRAWERS.map(({ id, title }) => [
      id,
      el(
        'button.drawer-tab',
        {
          type: 'button',
          role: 'tab',
          id: `drawer-tab-${id}`,
          'aria-controls': `drawer-${id}`,
          onclick: () => void show(id),
        },
        title,
      ),
    ]),
  );
  const list = el('div.drawer-tabs', { role: 'tablist', 'aria-label': 'Drawers' }, ...tabs.values());
  place.append(
    el('div.drawer-head', {}, list, button('.quiet#drawer-close', 'Close (Esc)', close, icon('close'))),
    ...panes.values(),
  );
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || open === null) return;
    event.preventDefault();
    const ids = DRAWERS.map(({ id }) => id);
    const next = ids[(ids.indexOf(open) + step + ids.length) % ids.length]!;
    void show(next).then(() => tabs.get(next)!.focus());
  });
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });

  const fill = (id: DrawerId): Promise<DrawerContent> => {
    const row = DRAWERS.find((each) => each.id === id)!;
    let content = filled.get(id);
    if (!content) {
      content = row.load().then((into) => into(panes.get(id)!, desk, audition));
      filled.set(id, content);
      content.catch(() => {
        filled.delete(id);
        say(desk.state, 'error', `The drawer ${row.title} could not load. The music is not touched by that.`);
      });
    }
    return content;
  };
  const show = async (id: DrawerId, name?: string): Promise<void> => {
    open = id;
    place.hidden = false;
    for (const [each, tab] of tabs) {
      tab.setAttribute('aria-selected', String(each === id));
      tab.setAttribute('tabindex', each === id ? '0' : '-1');
    }
    for (const [each, pane] of panes) pane.hidden = each !== id;
    const content = await fill(id).catch(() => null);
    if (open !== id) return;
    if (name !== undefined) content?.show?.(name);
    const pane = panes.get(id)!;
    (pane.querySelector<HTMLElement>('input, select, button') ?? pane).focus();
  };
  return {
    async toggle(id, name) {
      if (open === id && name === undefined) close();
      else await show(id, name);
    },
    close,
  };
}

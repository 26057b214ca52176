/** The drawer of pieces: what each is about, one click to play it, and a link to what is in the editor now. */
import { PIECES } from '../../patterns/pieces/index.ts';
import type { Desk } from '../desk/desk.ts';
import { button, el } from '../panels/element.ts';
import { icon } from '../panels/icons.ts';
import type { DrawerContent } from './drawer.ts';

export function fillPieces(box: HTMLElement, desk: Desk): DrawerContent {
  const open = (text: string): void => desk.openText(text);
  const rows = PIECES.map(({ id, title, about, text }) =>
    el(
      'li.drawer-row',
      { 'data-piece': id },
      el('h3', {}, title),
      el('p', {}, about),
      el(
        'div.drawer-actions',
        {},
        button(
          '.piece-play',
          `Play ${title}`,
          () => {
            open(text);
            void desk.performAll('boundary');
          },
          icon('play'),
          'Play',
        ),
        button('.quiet.piece-open', `Open ${title} in the editor`, () => open(text), 'Open'),
      ),
    ),
  );
  box.append(
    el('p.drawer-note', {}, 'A piece takes the place of your text. Undo brings your text back.'),
    el('ul.drawer-list', {}, ...rows),
    el(
      'div.drawer-foot',
      {},
      button('#share', 'Copy a link to the program in the editor', () => void desk.copyLink()),
    ),
  );
  return {};
}

/**
 * The drawer of the reference: every function and control, to search; each opens to its text, its facts and an
 * example that can be heard beside the music.
 */
import type { Audition } from '../desk/audition.ts';
import type { Desk } from '../desk/desk.ts';
import { describe } from '../editor/reference.ts';
import type { ReferenceEntry } from '../editor/reference-entry.ts';
import { readTables } from '../editor/reference-tables.ts';
import { button, el, setText } from '../panels/element.ts';
import { icon } from '../panels/icons.ts';
import type { DrawerContent } from './drawer.ts';
import { searchField } from './search-field.ts';

/** Rows drawn at once; a narrower search shows the others. */
const SHOWN_ROWS = 60;
const HEARD_SECONDS = 6;

export function fillReference(box: HTMLElement, _desk: Desk, audition: Audition): DrawerContent {
  const entries = [...new Set(readTables().values())];
  const count = el('p.drawer-note', { role: 'status' });
  const list = el('ul.drawer-list.reference-list');
  const draw = (query: string): void => {
    const found = findEntries(entries, query);
    const rest = found.length > SHOWN_ROWS ? `, the first ${SHOWN_ROWS} shown` : '';
    setText(count, found.length === 0 ? 'Nothing of that name.' : `${found.length} entries${rest}`);
    list.replaceChildren(
      ...found.slice(0, SHOWN_ROWS).map((entry, index) => row(entry, index === 0 && query !== '')),
    );
  };
  const row = (entry: ReferenceEntry, open: boolean): HTMLElement => {
    const details = el(
      'details',
      { open },
      el('summary', {}, el('code', {}, entry.name), el('span.caption', {}, entry.kind)),
    );
    const fill = (): void => {
      if (!details.hasAttribute('open') || details.childElementCount > 1) return;
      const body = describe(entry);
      body.querySelector('pre')?.setAttribute('tabindex', '0');
      details.append(body);
      const { example } = entry;
      if (!example) return;
      const label = `Hear it: the example of ${entry.name}`;
      details.append(
        button(
          '.example-play',
          label,
          () => void audition.play(example, HEARD_SECONDS),
          icon('play'),
          'Hear it',
        ),
      );
    };
    details.addEventListener('toggle', fill);
    fill();
    return el('li', { 'data-name': entry.name }, details);
  };
  const search = searchField('Search functions and controls', draw);
  box.append(search.element, count, list);
  draw('');
  return { show: search.set };
}

/** Entries for a query: the name itself first, then names that begin with it, that hold it, then texts. Pure. */
export function findEntries(entries: readonly ReferenceEntry[], query: string): readonly ReferenceEntry[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return entries;
  const rankOf = (entry: ReferenceEntry): number => {
    const names = [entry.name, ...entry.aliases].map((name) => name.toLowerCase());
    if (names.includes(wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    if (names.some((name) => name.includes(wanted))) return 2;
    return entry.text.toLowerCase().includes(wanted) ? 3 : 4;
  };
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

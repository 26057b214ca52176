/** The drawer of sounds: every name that `s("...")` takes; a click lets it be heard beside the music. */
import type { Audition } from '../desk/audition.ts';
import type { Desk } from '../desk/desk.ts';
import { listSounds, type SoundEntry } from '../editor/sound-names.ts';
import { el, setText } from '../panels/element.ts';
import type { DrawerContent } from './drawer.ts';
import { searchField } from './search-field.ts';

/** A phrase in which the sound can be judged. */
export const auditionText = ({ name, kind }: SoundEntry): string =>
  kind === 'drum'
    ? `setcpm(30)\na: s('${name}').struct("x x x x")`
    : `setcpm(30)\na: note("c3 eb3 g3 c4").s('${name}').room(.2)`;

const HEARD_SECONDS = 2;

export function fillSounds(box: HTMLElement, _desk: Desk, audition: Audition): DrawerContent {
  const sounds = listSounds();
  const count = el('p.drawer-note', { role: 'status' });
  const list = el('ul.drawer-list.sounds');
  const draw = (query: string): void => {
    const found = sounds.filter((sound) => matches(sound, query));
    setText(count, found.length === 0 ? 'No sound of that name.' : `${found.length} sounds`);
    list.replaceChildren(...found.map(row));
  };
  const row = (sound: SoundEntry): HTMLElement =>
    el(
      'li',
      {},
      el(
        'button.sound',
        {
          type: 'button',
          title: `Hear ${sound.name}`,
          onclick: () => void audition.play(auditionText(sound), HEARD_SECONDS),
        },
        el('code', {}, sound.name),
        el('span.caption', {}, [sound.kind, ...sound.aliases].join(', ')),
      ),
    );
  const search = searchField('Search sounds', draw);
  box.append(search.element, count, list);
  draw('');
  return { show: search.set };
}

function matches({ name, aliases, kind }: SoundEntry, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [name, ...aliases, kind].some((each) => each.toLowerCase().includes(wanted));
}

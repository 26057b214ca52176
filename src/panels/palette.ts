/**
 * All commands with their keys, to search and to run: the list of keys and the palette in one, made from the table.
 */

import type { Command } from '../commands/command.ts';
import { IS_MAC } from '../commands/key-listener.ts';
import { showKey } from '../commands/keys.ts';
import { COMMANDS } from '../commands/table.ts';
import type { Desk } from '../desk/desk.ts';
import { el } from './element.ts';

/** Rows for track 2 to 9 say nothing new: the list shows them only where they are asked for. */
const REPETITION = /^(?:mute|solo)-[2-9]$/;

/** Commands whose title, group or keys contain every word of `query`; pure, for tests. */
export function findCommands(query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return COMMANDS.filter((command) => {
    if (words.length === 0) return !REPETITION.test(command.id);
    const text = `${command.title} ${command.group} ${command.id} ${command.keys.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function createPalette(getDesk: () => Desk): { open: () => void } {
  const input = el<HTMLInputElement>('input.palette-query', {
    type: 'text',
    placeholder: 'What do you want to do?',
    'aria-label': 'Search commands',
    autocomplete: 'off',
    spellcheck: 'false',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'palette-list',
  });
  const list = el('ul.palette-list#palette-list', { role: 'listbox', 'aria-label': 'Commands' });
  const dialog = el<HTMLDialogElement>(
    'dialog#palette',
    { 'aria-label': 'All commands and keys' },
    input,
    list,
  );
  let shown: readonly Command[] = [];
  let selected = 0;

  const run = (command: Command | undefined): void => {
    dialog.close();
    if (!command) return;
    getDesk().editor.focus();
    command.run(getDesk());
  };
  const draw = (): void => {
    shown = findCommands(input.value);
    selected = Math.min(selected, Math.max(0, shown.length - 1));
    let group = '';
    list.replaceChildren(
      ...shown.flatMap((command, index) => {
        const heading =
          command.group === group ? [] : [el('li.palette-group', { role: 'presentation' }, command.group)];
        group = command.group;
        return [...heading, option(command, index)];
      }),
    );
    if (shown.length === 0)
      list.append(el('li.palette-group', { role: 'presentation' }, 'Nothing of that name.'));
    const active = list.querySelector<HTMLElement>('[aria-selected=true]');
    input.setAttribute('aria-activedescendant', active?.id ?? '');
    active?.scrollIntoView({ block: 'nearest' });
  };
  const option = (command: Command, index: number): HTMLElement =>
    el(
      'li.palette-row',
      {
        role: 'option',
        id: `palette-${command.id}`,
        'aria-selected': String(index === selected),
        onclick: () => run(command),
      },
      el('span', {}, command.title),
      el('span.palette-keys', {}, ...command.keys.map((key) => el('kbd', {}, showKey(key, IS_MAC)))),
    );

  input.addEventListener('input', () => {
    selected = 0;
    draw();
  });
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      selected = Math.min(shown.length - 1, Math.max(0, selected + step));
      draw();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(shown[selected]);
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);

  return {
    open() {
      if (dialog.open) return;
      input.value = '';
      selected = 0;
      dialog.showModal();
      draw();
      input.focus();
    },
  };
}

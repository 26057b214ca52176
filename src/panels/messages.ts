/**
 * The line at the foot: the newest message, and all of them on demand. A live region, so that results and errors are
 * heard as well as seen.
 */
import { effect } from '@preact/signals-core';
import { IS_MAC } from '../commands/key-listener.ts';
import { showKey } from '../commands/keys.ts';
import type { Desk } from '../desk/desk.ts';
import type { Message, MessageKind } from '../state.ts';
import { el, setText } from './element.ts';

const SHAPES: Readonly<Record<MessageKind, string>> = { error: '✕', warning: '▲', log: '›', note: '·' };
const WORDS: Readonly<Record<MessageKind, string>> = {
  error: 'Error',
  warning: 'Warning',
  log: 'Log',
  note: '',
};

export function fillMessages(foot: HTMLElement, desk: Desk): { toggle: () => void } {
  const { state } = desk;
  const newest = el('div.newest', { role: 'status', 'aria-live': 'polite' });
  const all = el('ol.all-messages', { hidden: true, tabindex: '0', 'aria-label': 'All messages' });
  const count = el('span');
  const more = el<HTMLButtonElement>(
    'button.quiet.more',
    { type: 'button', 'aria-expanded': 'false', onclick: () => toggle() },
    count,
  );
  const toggle = (): void => {
    all.hidden = !all.hidden;
    more.setAttribute('aria-expanded', String(!all.hidden));
    draw(state.messages.peek());
  };
  const hint = `${showKey('Mod-Enter', IS_MAC)} plays · ${showKey('Mod-.', IS_MAC)} stops · F1 shows every key`;
  const draw = (messages: readonly Message[]): void => {
    const last = messages.at(-1);
    newest.replaceChildren(last ? row(desk, last) : el('span.hint', {}, hint));
    more.hidden = messages.length < 2 && !(last && last.notes.length > 0);
    setText(count, all.hidden ? `All (${messages.length})` : 'Close');
    if (!all.hidden) {
      all.replaceChildren(...messages.map((message) => el('li', {}, row(desk, message), ...notes(message))));
      all.scrollTop = all.scrollHeight;
    }
  };
  effect(() => draw(state.messages.value));
  effect(() => {
    if (state.chord.value)
      newest.replaceChildren(el('span.hint', {}, `${showKey('Mod-K', IS_MAC)} … and a key`));
    else draw(state.messages.peek());
  });
  foot.append(all, el('div.foot-line', {}, newest, more));
  return { toggle };
}

function row(desk: Desk, message: Message): HTMLElement {
  const { kind, text, position } = message;
  const where =
    position === null
      ? []
      : [
          el(
            'button.quiet.where',
            { type: 'button', onclick: () => desk.editor.select(position), title: 'Go there' },
            `line ${desk.editor.view.state.doc.lineAt(Math.min(position, desk.editor.text().length)).number}`,
          ),
        ];
  const word = WORDS[kind];
  return el(
    `div.message.message-${kind}`,
    {},
    el('span.message-shape', {}, word ? `${SHAPES[kind]} ${word}` : SHAPES[kind]),
    ...where,
    el('span.message-text', {}, text),
  );
}

function notes(message: Message): HTMLElement[] {
  return message.notes.map((note) => el('div.message-note', {}, note));
}

/**
 * Zen and hidden code: the page's rows follow the state, and a button leads back for those without a keyboard.
 */
import { effect } from '@preact/signals-core';
import type { Editor } from '../editor/editor.ts';
import type { State } from '../state.ts';
import { button } from './element.ts';

/** Presses of a mouse leave the focus where it is, mostly in the code; the keyboard still reaches every button. */
export function keepFocus(panel: HTMLElement): void {
  panel.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
  });
}

export function followView(state: State, editor: Editor): void {
  const leave = button('#leave-view', 'Show everything', () => {
    state.view.value = { zen: false, codeHidden: false };
    editor.focus();
  });
  document.body.append(leave);
  effect(() => {
    const { zen, codeHidden } = state.view.value;
    document.body.dataset['zen'] = String(zen);
    document.body.dataset['codeHidden'] = String(codeHidden);
    leave.hidden = !zen && !codeHidden;
    editor.view.requestMeasure();
  });
  effect(() => editor.showLineNumbers(state.settings.value.lineNumbers));
}

/**
 * Sharing the text by a link: copying one, and taking in what a link brought. Nothing of it is ever evaluated here.
 */
import type { Editor } from '../editor/editor.ts';
import { readFragment, writeFragment } from '../share/share-link.ts';
import { type State, say } from '../state.ts';
import { messageOf } from './evaluating.ts';

/** Copies a link to the text; where the clipboard is refused, the link goes into the address instead. */
export async function copyLink(state: State, text: string): Promise<void> {
  let link: string;
  try {
    link = location.href.replace(/#.*$/, '') + (await writeFragment(text));
  } catch (error) {
    say(state, 'error', `No link: ${messageOf(error)}`);
    return;
  }
  try {
    await navigator.clipboard.writeText(link);
    say(state, 'note', `Copied a link that holds the whole program (${link.length} characters).`);
  } catch {
    history.replaceState(null, '', link);
    say(state, 'note', 'The browser refused the clipboard: copy the address of this page instead.');
  }
}

/**
 * Puts the program of the address into the editor, where there is one; what was there before comes back by undo. The
 * fragment is taken off the address, so that a reload shows what one has made of it.
 */
export async function takeInLink(state: State, editor: Editor): Promise<void> {
  const shared = await readFragment(location.hash);
  if (shared.kind === 'none') return;
  history.replaceState(null, '', location.pathname + location.search);
  if (shared.kind === 'broken') {
    say(state, 'error', shared.message);
    return;
  }
  editor.setText(shared.text);
  say(
    state,
    'note',
    'This program came by a link and nothing of it has run: read it, then press Play. Undo brings your own text back.',
  );
}

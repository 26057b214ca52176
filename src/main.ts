/**
 * The page's start: shows the editor first, then loads the runtime, then is ready to play. `?safe` starts without
 * evaluating anything and without touching what was stored, for a text that brings the page down.
 *
 * `window.talea` is there for tests and for tinkering in the console:
 * `talea.text`, `talea.text = '...'`, `await talea.evaluate('now')`, `talea.session`, `talea.desk`, `talea.state`.
 */
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/page.css';
import './theme/bar.css';
import './theme/tracks.css';
import './theme/messages.css';
import './theme/palette.css';
import './theme/drawer.css';
import './theme/narrow.css';
import { effect } from '@preact/signals-core';
import { makeSession } from './assets.ts';
import { listenForKeys } from './commands/key-listener.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import type { PanelsFace } from './desk/desk-parts.ts';
import { messageOf } from './desk/evaluating.ts';
import { followSession } from './desk/session-events.ts';
import type { DrawerFace } from './drawers/shell.ts';
import { createEditor, type Editor } from './editor/editor.ts';
import { FIRST_PIECE } from './first-piece.ts';
import { fillBar } from './panels/bar.ts';
import { fillMessages } from './panels/messages.ts';
import { createPalette } from './panels/palette.ts';
import { fillTracks } from './panels/tracks.ts';
import { followView, keepFocus } from './panels/view.ts';
import { readSettings } from './settings.ts';
import { guardStage } from './stage-guards.ts';
import { createState, DEFAULT_CYCLES_PER_SECOND, type State, say } from './state.ts';
import { autosave, openShelf } from './storage.ts';
import { statedTempo } from './text/tempo-statement.ts';
import { applyTheme } from './theme/theme.ts';

export interface Talea {
  readonly desk: Desk;
  readonly session: Desk['session'];
  readonly state: State;
  /** The editor's text; setting it replaces the whole text. */
  text: string;
  /** As Mod-Enter: performs the editor's text. Default: at the next bar. */
  evaluate(when?: 'boundary' | 'now'): ReturnType<Desk['performAll']>;
  /** Resolves when the runtime has loaded, rejects where it could not. */
  readonly ready: Promise<void>;
}

declare global {
  interface Window {
    talea: Talea;
  }
}

const TEXT_KEY = 'text';
const SETTINGS_KEY = 'settings';
const SAVE_DELAY_MS = 400;

async function start(): Promise<void> {
  const safe = new URLSearchParams(location.search).has('safe');
  const shelf = await openShelf();
  const [storedText, storedSettings] = await Promise.all([shelf.get(TEXT_KEY), shelf.get(SETTINGS_KEY)]);

  const state = createState(readSettings(storedSettings));
  applyTheme(state);
  const place = (id: string): HTMLElement => document.getElementById(id)!;
  const saveText = autosave(shelf, TEXT_KEY, SAVE_DELAY_MS);
  const editor = createEditor({
    parent: place('code'),
    text: typeof storedText === 'string' ? storedText : FIRST_PIECE,
    onChange(text) {
      saveText(text);
      state.changed.value = desk.differs(text);
      showStatedTempo(state, text);
      void editor.loadExtras();
    },
  });
  showStatedTempo(state, editor.text());
  const session = makeSession();
  const palette = createPalette(() => desk);
  const panels: { -readonly [K in keyof PanelsFace]: PanelsFace[K] } = {
    openPalette: palette.open,
    focusTempo: () => bar.focusTempo(),
    openCounters: () => bar.openCounters(),
    toggleMessages: () => messages.toggle(),
    toggleDrawer: (id, name) => drawers.toggle(id, name),
    closeDrawer: () => drawers.close(),
  };
  const desk = createDesk({ session, state, editor, panels });
  const bar = fillBar(place('bar'), desk, palette.open);
  fillTracks(place('tracks'), desk);
  const messages = fillMessages(place('messages'), desk);
  const drawers = lateDrawers(place('drawer'), () => desk);
  for (const panel of ['bar', 'tracks', 'messages']) keepFocus(place(panel));
  followView(state, editor);
  followSession(session, state, editor, desk);
  listenForKeys(desk);
  guardStage(state);
  saveSettings(state, autosave(shelf, SETTINGS_KEY, SAVE_DELAY_MS));
  effect(() => session.setLookAhead(state.settings.value.lookAheadMs / 1000));
  editor.focus();
  await readAddress(state, editor);
  addEventListener('hashchange', () => void readAddress(state, editor));

  const ready = session.prepare();
  const loadExtras = (): void => void editor.loadExtras();
  ready.then(loadExtras, loadExtras);
  ready.then(
    () => {
      state.ready.value = 'ready';
    },
    (error: unknown) => {
      state.ready.value = 'failed';
      say(state, 'error', `Talea could not load: ${messageOf(error)}`);
    },
  );
  if (safe) say(state, 'note', 'Safe start: nothing plays until you ask for it.');
  window.talea = {
    desk,
    session,
    state,
    ready,
    get text() {
      return editor.text();
    },
    set text(text: string) {
      editor.setText(text);
    },
    evaluate: (when = 'boundary') => desk.performAll(when),
  };
}

/** The drawers, which load when one is first asked for. */
function lateDrawers(
  box: HTMLElement,
  getDesk: () => Desk,
): Pick<DrawerFace, 'close'> & { toggle: PanelsFace['toggleDrawer'] } {
  let loading: Promise<DrawerFace> | null = null;
  let loaded: DrawerFace | null = null;
  return {
    toggle(id, name) {
      loading ??= import('./drawers/shell.ts').then(({ createDrawers }) => createDrawers(box, getDesk()));
      loading.then(
        (drawers) => {
          loaded = drawers;
          return drawers.toggle(id, name);
        },
        () => {
          loading = null;
          say(getDesk().state, 'error', 'The drawers could not load. The music is not touched by that.');
        },
      );
    },
    close: () => loaded?.close() ?? false,
  };
}

/** Takes in the program that a link brought, where the address holds one; it is shown, never evaluated. */
async function readAddress(state: State, editor: Editor): Promise<void> {
  if (!location.hash.includes('code=')) return;
  const { takeInLink } = await import('./desk/sharing.ts');
  await takeInLink(state, editor);
}

/** While nothing plays, the bar shows the tempo that the text would start with. */
function showStatedTempo(state: State, text: string): void {
  if (state.playing.peek()) return;
  const cyclesPerMinute = statedTempo(text);
  state.cyclesPerSecond.value = cyclesPerMinute ? cyclesPerMinute / 60 : DEFAULT_CYCLES_PER_SECOND;
}

function saveSettings(state: State, save: (value: unknown) => void): void {
  const first = state.settings.peek();
  effect(() => {
    if (state.settings.value !== first) save(state.settings.value);
  });
}

void start();

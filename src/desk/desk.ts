/**
 * The desk: what a performer can do, whatever asks for it (a key, a button, the palette, a test). It joins editor,
 * session and state; the parts that do the work lie beside it. It knows no DOM: panels are a small face handed in.
 */
import type { Session } from '../../runtime/session-surface.ts';
import type { Editor } from '../editor/editor.ts';
import { FIRST_PIECE } from '../first-piece.ts';
import { clampStep, type Settings, THEMES } from '../settings.ts';
import { type State, say, type View } from '../state.ts';
import type { DeskParts, PanelsFace } from './desk-parts.ts';
import { createEvaluating, type Evaluating } from './evaluating.ts';
import { toggleMark } from './mixing.ts';
import { createRecording } from './recording.ts';
import { setTempo } from './tempo.ts';

export interface Desk extends Evaluating {
  readonly session: Session;
  readonly state: State;
  readonly editor: Editor;
  readonly panels: PanelsFace;
  hush(): void;
  panic(): void;
  /** False where nothing is pending. */
  cancel(): boolean;
  /** The track at that place of the strip, from 0. False where there is none. */
  toggleMark(index: number, mark: 'muted' | 'solo'): boolean;
  /** Acts at once and writes the tempo into the text. */
  setTempo(cyclesPerSecond: number): void;
  toggleRecording(): Promise<void>;
  changeSettings(change: (settings: Settings) => Partial<Settings>): void;
  nextTheme(): void;
  scaleType(steps: number): void;
  flipView(which: keyof View): void;
  putFirstPiece(): void;
  /** Puts a text into the editor, as one step that undo takes back. */
  openText(text: string): void;
  /** Copies a link that holds the editor's text. */
  copyLink(): Promise<void>;
  /** Opens the reference at the name under the cursor. */
  docsAtCursor(): void;
}

export function createDesk(parts: DeskParts): Desk {
  const { session, state, editor } = parts;
  const evaluating = createEvaluating(parts);
  const recording = createRecording(session, state);

  const changeSettings: Desk['changeSettings'] = (change) => {
    const settings = state.settings.peek();
    state.settings.value = { ...settings, ...change(settings) };
  };
  const stop = (end: () => void): void => {
    end();
    evaluating.forget();
    editor.clearSounding();
  };

  const openText = (text: string): void => {
    editor.setText(text);
    editor.focus();
  };

  return {
    ...parts,
    ...evaluating,
    hush: () => stop(() => session.hush()),
    panic: () => stop(() => session.panic()),
    toggleMark: (index, mark) => toggleMark(parts, evaluating, index, mark),
    setTempo: (cyclesPerSecond) => setTempo(parts, evaluating, cyclesPerSecond),
    toggleRecording: () => recording.toggle(),
    changeSettings,
    nextTheme() {
      changeSettings(({ theme }) => ({ theme: THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] }));
      say(state, 'note', `Theme: ${state.settings.peek().theme}`);
    },
    scaleType: (steps) => changeSettings(({ typeStep }) => ({ typeStep: clampStep(typeStep + steps) })),
    flipView(which) {
      const view = state.view.peek();
      state.view.value = { ...view, [which]: !view[which] };
    },
    putFirstPiece: () => openText(FIRST_PIECE),
    openText,
    async copyLink() {
      const { copyLink } = await import('./sharing.ts');
      await copyLink(state, editor.text());
    },
    docsAtCursor: () => parts.panels.toggleDrawer('reference', editor.nameAtCursor()),
  };
}

/**
 * The code editor of the page: CodeMirror with what a stage needs, behind a small face. It stands between the desk
 * and CodeMirror so that commands and panels never touch the editor's inside; it evaluates nothing.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab, toggleComment } from '@codemirror/commands';

import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { forEachDiagnostic, nextDiagnostic, setDiagnostics } from '@codemirror/lint';
import { ChangeSet, Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import type { Diagnostic } from '../../runtime/program/program.ts';
import type { Sounding } from '../../runtime/session-surface.ts';
import type { Performed } from '../text/blocks.ts';
import type { Edit } from '../text/edit.ts';
import { colours } from './colours.ts';
import {
  evaluationNamed,
  evaluationSent,
  evaluations,
  mapRange,
  performedChanged,
  performedOf,
  recordOf,
} from './evaluations.ts';
import { type FlashKind, flash, flashes } from './flash.ts';
import { language } from './language.ts';
import { mistakeLines, showMistakes } from './mistakes.ts';
import { clearSounding, showSounding, soundingHighlight } from './sounding.ts';
import { stripsKnown, trackLabels } from './track-labels.ts';

export interface Editor {
  readonly view: EditorView;
  text(): string;
  /** Replaces the whole text, as one undoable step. */
  setText(text: string): void;
  cursor(): number;
  /** The word at the cursor; empty where there is none. */
  nameAtCursor(): string;
  select(from: number, to?: number): void;
  focus(): void;
  edit(edits: readonly Edit[]): void;
  /** Notes which text an evaluation sees, before it is sent. */
  sent(key: number, performed: Performed): void;
  named(key: number, evalId: number): void;
  /** What a block evaluation builds on: the text of that evaluation, with later marks. */
  performed(key: number): Performed | null;
  /** Makes the same kind of edit in a performed text that is known by key. */
  editPerformed(key: number, edits: readonly Edit[]): void;
  /** Shows these; with `keep` beside what is shown already. */
  showMistakes(key: number, diagnostics: readonly Diagnostic[], keep?: boolean): void;
  /** Where an offset of that evaluation's text is now; null where it is gone. */
  placeNow(key: number, position: number): number | null;
  clearMistakes(): void;
  nextError(): boolean;
  toggleComment(): boolean;
  openSearch(): void;
  /** Completion, hover and search; what a first sound does not need. */
  loadExtras(): Promise<void>;
  /** True where an open completion or search panel has the first claim on Escape. */
  wantsEscape(): boolean;
  flash(from: number, to: number, kind?: FlashKind): void;
  showSounding(rows: readonly Sounding[]): void;
  clearSounding(): void;
  showStrips(strips: ReadonlyMap<string, number>): void;
  showLineNumbers(shown: boolean): void;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

export function createEditor({ parent, text, onChange }: EditorOptions): Editor {
  const numbers = new Compartment();
  const extrasPlace = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        // First, so that its keys come before those of plain editing.
        extrasPlace.of([]),
        numbers.of(lineNumbers()),
        history(),
        drawSelection(),
        dropCursor(),
        highlightSpecialChars(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        indentUnit.of('  '),
        indentOnInput(),
        bracketMatching(),
        language,
        EditorView.lineWrapping,
        placeholder('Write a track, say  drums: s("bd hh sd hh")  and press Play.'),
        evaluations,
        mistakeLines,
        flashes,
        soundingHighlight,
        trackLabels,
        colours,
        EditorView.contentAttributes.of({
          'aria-label': 'Program',
          tabindex: '0',
          spellcheck: 'false',
          autocorrect: 'off',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        keymap.of([...historyKeymap, ...defaultKeymap, indentWithTab]),
      ],
    }),
  });
  return faceOf(view, numbers, extrasPlace);
}

function faceOf(view: EditorView, numbers: Compartment, extrasPlace: Compartment): Editor {
  let extras: typeof import('./extras.ts') | null = null;
  const loadExtras = async (): Promise<typeof import('./extras.ts')> => {
    const loaded = await import('./extras.ts');
    if (!extras) view.dispatch({ effects: extrasPlace.reconfigure(loaded.extras) });
    extras = loaded;
    return loaded;
  };
  return {
    loadExtras: () => loadExtras().then(() => undefined),
    view,
    text: () => view.state.doc.toString(),
    setText(text) {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
        userEvent: 'input.replace',
      });
    },
    cursor: () => view.state.selection.main.head,
    nameAtCursor() {
      const word = view.state.wordAt(view.state.selection.main.head);
      return word ? view.state.sliceDoc(word.from, word.to) : '';
    },
    select(from, to = from) {
      const length = view.state.doc.length;
      view.dispatch({
        selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
        scrollIntoView: true,
      });
      view.focus();
    },
    focus: () => view.focus(),
    edit: (edits) => view.dispatch({ changes: edits as Edit[], userEvent: 'input.mark' }),
    sent: (key, performed) => view.dispatch({ effects: evaluationSent.of({ key, ...performed }) }),
    named: (key, evalId) => view.dispatch({ effects: evaluationNamed.of({ key, evalId }) }),
    performed: (key) => performedOf(view.state, key),
    editPerformed(key, edits) {
      const performed = performedOf(view.state, key);
      if (!performed || edits.length === 0) return;
      const forth = ChangeSet.of(edits as Edit[], performed.text.length);
      const { doc } = EditorState.create({ doc: performed.text });
      const changes = forth.invert(doc).compose(performed.changes);
      const effect = performedChanged.of({ key, text: forth.apply(doc).toString(), changes });
      view.dispatch({ effects: effect });
    },
    showMistakes: (key, diagnostics, keep) => showMistakes(view, key, diagnostics, keep),
    placeNow(key, position) {
      const record = recordOf(view.state, key);
      return record && (mapRange(record, position, position)?.from ?? null);
    },
    clearMistakes: () => view.dispatch(setDiagnostics(view.state, [])),
    nextError() {
      let any = false;
      forEachDiagnostic(view.state, () => {
        any = true;
      });
      if (!any) return false;
      nextDiagnostic(view);
      view.focus();
      return true;
    },
    toggleComment: () => view.hasFocus && toggleComment(view),
    openSearch() {
      loadExtras().then(({ openSearchPanel }) => openSearchPanel(view));
    },
    wantsEscape() {
      if (!extras) return false;
      const searching = extras.searchPanelOpen(view.state) && view.dom.contains(document.activeElement);
      return searching || extras.completionStatus(view.state) !== null;
    },
    flash: (from, to, kind) => flash(view, from, to, kind),
    showSounding: (rows) => showSounding(view, rows),
    clearSounding: () => clearSounding(view),
    showStrips: (strips) => view.dispatch({ effects: stripsKnown.of(strips) }),
    showLineNumbers: (shown) => view.dispatch({ effects: numbers.reconfigure(shown ? lineNumbers() : []) }),
  };
}

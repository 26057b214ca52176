/**
 * A short light over the lines that were just evaluated. Drawn as line classes for a fixed time; whether it fades or
 * just shows is the theme's business (reduced motion).
 */
import { type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

export type FlashKind = 'sent' | 'refused';

const FLASH_MS = 150;

const flashed = StateEffect.define<{ from: number; to: number; kind: FlashKind } | null>();

const LINES: Readonly<Record<FlashKind, Decoration>> = {
  sent: Decoration.line({ class: 'cm-flash' }),
  refused: Decoration.line({ class: 'cm-flash cm-flash-refused' }),
};

export const flashes = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let next = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(flashed)) continue;
      if (effect.value === null) {
        next = Decoration.none;
        continue;
      }
      const { from, to, kind } = effect.value;
      const lines: Range<Decoration>[] = [];
      const document = transaction.state.doc;
      for (let at = document.lineAt(from).number; at <= document.lineAt(to).number; at++) {
        lines.push(LINES[kind].range(document.line(at).from));
      }
      next = Decoration.set(lines);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const timers = new WeakMap<EditorView, ReturnType<typeof setTimeout>>();

/** Lights the lines from..to of the editor's text. */
export function flash(view: EditorView, from: number, to: number, kind: FlashKind = 'sent'): void {
  clearTimeout(timers.get(view));
  view.dispatch({ effects: flashed.of({ from, to: Math.min(to, view.state.doc.length), kind }) });
  timers.set(
    view,
    setTimeout(() => view.dispatch({ effects: flashed.of(null) }), FLASH_MS),
  );
}

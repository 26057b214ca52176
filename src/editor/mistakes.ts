/**
 * Diagnostics in the text: a squiggle at the place and, below its line, what is wrong, the notes, and a button for
 * the quick fix. The list itself lives in @codemirror/lint, which maps it through edits.
 */
import {
  forEachDiagnostic,
  type Diagnostic as LintDiagnostic,
  setDiagnostics,
  setDiagnosticsEffect,
} from '@codemirror/lint';
import { type Range, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { Diagnostic } from '../../runtime/program/program.ts';
import { mapRange, recordOf } from './evaluations.ts';

/** Widgets below lines; more diagnostics than these only squiggle. */
const WIDGET_LIMIT = 20;

interface Mistake extends LintDiagnostic {
  readonly source: string;
  readonly notes: readonly string[];
}

const SHAPES = { error: '✕', warning: '▲', info: '●', hint: '●' } as const;
const WORDS = { error: 'Error', warning: 'Warning', info: 'Hint', hint: 'Hint' } as const;

class MistakeLine extends WidgetType {
  readonly mistake: Mistake;
  constructor(mistake: Mistake) {
    super();
    this.mistake = mistake;
  }

  override eq(other: MistakeLine): boolean {
    return other.mistake === this.mistake;
  }

  override toDOM(view: EditorView): HTMLElement {
    const { severity, message, notes, actions } = this.mistake;
    // The editor measures blocks without their margins, so the outer one has none.
    const block = document.createElement('div');
    block.className = 'cm-mistake-block';
    const line = document.createElement('div');
    line.className = `cm-mistake cm-mistake-${severity}`;
    block.append(line);
    const shape = document.createElement('span');
    shape.className = 'cm-mistake-shape';
    shape.textContent = `${SHAPES[severity]} ${WORDS[severity]}`;
    const text = document.createElement('span');
    text.className = 'cm-mistake-text';
    text.textContent = message;
    line.append(shape, text);
    for (const note of notes) {
      const row = document.createElement('div');
      row.className = 'cm-mistake-note';
      row.textContent = note;
      line.append(row);
    }
    for (const action of actions ?? []) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = action.name;
      button.addEventListener('click', () => {
        action.apply(view, this.mistake.from, this.mistake.to);
        view.focus();
      });
      line.append(button);
    }
    return block;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

export const mistakeLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    const fresh = transaction.effects.some((effect) => effect.is(setDiagnosticsEffect));
    if (!fresh) return transaction.docChanged ? set.map(transaction.changes) : set;
    const widgets: Range<Decoration>[] = [];
    for (const effect of transaction.effects) {
      if (!effect.is(setDiagnosticsEffect)) continue;
      for (const each of effect.value.slice(0, WIDGET_LIMIT)) {
        const line = transaction.state.doc.lineAt(Math.min(each.to, transaction.state.doc.length));
        const at = each.from >= line.from ? line : transaction.state.doc.lineAt(each.from);
        widgets.push(
          Decoration.widget({ widget: new MistakeLine(each as Mistake), side: 1, block: true }).range(at.to),
        );
      }
    }
    return Decoration.set(widgets, true);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Shows the diagnostics of an evaluation in the text of now. Those whose place is gone are left out. */
export function showMistakes(
  view: EditorView,
  key: number,
  diagnostics: readonly Diagnostic[],
  keep = false,
): void {
  const record = recordOf(view.state, key);
  const mistakes = diagnostics.flatMap((each): Mistake[] => {
    const place = record && mapRange(record, each.from, Math.max(each.from, each.to));
    if (!place) return [];
    const fix = each.fix;
    const mistake: Mistake = {
      ...place,
      severity: each.severity,
      message: each.message,
      notes: each.notes ?? [],
      source: each.track ? `track ${each.track}` : '',
      actions: fix ? [{ name: fix.title, apply: (target) => applyFix(target, key, fix, mistake) }] : [],
    };
    return [mistake];
  });
  const shown: LintDiagnostic[] = keep ? shownNow(view, mistakes) : [];
  view.dispatch(setDiagnostics(view.state, [...shown, ...mistakes]));
}

/** What is shown, at its places of now, without repetitions of what comes. */
function shownNow(view: EditorView, coming: readonly LintDiagnostic[]): LintDiagnostic[] {
  const shown: LintDiagnostic[] = [];
  forEachDiagnostic(view.state, (each, from, to) => {
    const again = coming.some((next) => next.message === each.message && next.from === from);
    if (!again) shown.push({ ...each, from, to });
  });
  return shown;
}

/** Makes the fix where its place is now, and takes its diagnostic away; nothing where the place is gone. */
function applyFix(view: EditorView, key: number, fix: NonNullable<Diagnostic['fix']>, done: Mistake): void {
  const record = recordOf(view.state, key);
  const place = record && mapRange(record, fix.from, Math.max(fix.from, fix.to));
  if (!place) return;
  view.dispatch({ changes: { ...place, insert: fix.insert }, userEvent: 'input.fix' });
  const others = shownNow(view, []).filter((each) => each.actions !== done.actions);
  view.dispatch(setDiagnostics(view.state, others));
}

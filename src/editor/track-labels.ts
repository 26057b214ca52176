/**
 * Labels in the colour of their track: the eye finds in the code what the strip below the bar shows. Recomputed
 * where the text changes; a track that has no strip yet takes its place in the order of the text.
 */
import { syntaxTree } from '@codemirror/language';
import { type EditorState, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { readLabel } from '../../runtime/program/labels.ts';

/** Strip of each track by name, as the mixer has them. */
export const stripsKnown = StateEffect.define<ReadonlyMap<string, number>>();

interface Labels {
  readonly strips: ReadonlyMap<string, number>;
  readonly marks: DecorationSet;
}

export const trackLabels = StateField.define<Labels>({
  create: (state) => ({ strips: new Map(), marks: markLabels(state, new Map()) }),
  update(value, transaction) {
    let { strips } = value;
    for (const effect of transaction.effects) if (effect.is(stripsKnown)) strips = effect.value;
    const treeGrew = syntaxTree(transaction.state) !== syntaxTree(transaction.startState);
    if (!treeGrew && !transaction.docChanged && strips === value.strips) return value;
    return { strips, marks: markLabels(transaction.state, strips) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.marks),
});

function markLabels(state: EditorState, strips: ReadonlyMap<string, number>): DecorationSet {
  const marks: Range<Decoration>[] = [];
  let unnamed = 0;
  let order = 0;
  for (let node = syntaxTree(state).topNode.firstChild; node; node = node.nextSibling) {
    const label = node.name === 'LabeledStatement' ? node.firstChild : null;
    if (label?.name !== 'Label' || label.from === label.to) continue;
    const { name, muted } = readLabel(state.sliceDoc(label.from, label.to));
    order += 1;
    const strip = strips.get(name ?? `$${++unnamed}`) ?? order;
    const decoration = Decoration.mark({
      class: muted ? 'cm-track cm-track-muted' : 'cm-track',
      attributes: { style: `--ring: ${strip}` },
    });
    marks.push(decoration.range(label.from, label.to));
  }
  return Decoration.set(marks);
}

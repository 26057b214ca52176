/**
 * What the name under the pointer means, from the reference. Only for names in code: not in strings, not in comments,
 * not for names that the program declares itself.
 */
import { syntaxTree } from '@codemirror/language';
import { hoverTooltip } from '@codemirror/view';
import { describe, loadReference } from './reference.ts';

export const hoverDocs = hoverTooltip(
  async (view, position, side) => {
    const node = syntaxTree(view.state).resolveInner(position, side);
    if (node.name !== 'VariableName' && node.name !== 'PropertyName') return null;
    const entry = (await loadReference()).get(view.state.sliceDoc(node.from, node.to));
    if (!entry) return null;
    return { pos: node.from, end: node.to, above: true, create: () => ({ dom: describe(entry) }) };
  },
  { hoverTime: 400 },
);

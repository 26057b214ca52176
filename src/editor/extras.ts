/**
 * What the editor can do without for its first seconds: completion, docs on hover, search, closing brackets. Loaded
 * once the runtime is there or when first asked for, so that nothing of it stands between a visit and its first sound.
 */
import {
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import {
  highlightSelectionMatches,
  openSearchPanel,
  search,
  searchKeymap,
  searchPanelOpen,
} from '@codemirror/search';
import { keymap } from '@codemirror/view';
import { completion } from './completion.ts';
import { hoverDocs } from './hover.ts';

export const extras = [
  closeBrackets(),
  highlightSelectionMatches({ minSelectionLength: 2 }),
  search({ top: true }),
  completion,
  hoverDocs,
  keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap]),
];

export { completionStatus, openSearchPanel, searchPanelOpen };

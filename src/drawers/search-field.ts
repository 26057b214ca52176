/** The search field on top of a drawer; tells each change, and can be set from outside. */
import { el } from '../panels/element.ts';

export interface SearchField {
  readonly element: HTMLElement;
  set(query: string): void;
}

export function searchField(label: string, onQuery: (query: string) => void): SearchField {
  const element = el<HTMLInputElement>('input.drawer-search', {
    type: 'search',
    placeholder: label,
    'aria-label': label,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  element.addEventListener('input', () => onQuery(element.value));
  return {
    element,
    set(query) {
      element.value = query;
      onQuery(query);
    },
  };
}

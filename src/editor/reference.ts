/**
 * What completion and hover know: one entry a name, made from the tables of patterns, which are loaded when first
 * asked for. It stands between the tables and the editor so that neither knows the other's shape.
 */
import type { Reference, ReferenceEntry } from './reference-entry.ts';

let loading: Promise<Reference> | null = null;

/** All entries by name and alias. Loaded once; an empty map where loading fails, since it only helps. */
export function loadReference(): Promise<Reference> {
  loading ??= import('./reference-tables.ts').then(
    ({ readTables }) => readTables(),
    () => new Map(),
  );
  return loading;
}

/** The entry as a small piece of page, for the popups of completion and hover. */
export function describe(entry: ReferenceEntry): HTMLElement {
  const box = document.createElement('div');
  box.className = 'reference';
  const add = (tag: string, className: string, text: string | null): void => {
    if (!text) return;
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    box.append(element);
  };
  add('code', 'reference-signature', entry.signature);
  add('p', 'reference-text', entry.text);
  add('p', 'reference-facts', entry.facts);
  add('pre', 'reference-example', entry.example);
  if (entry.aliases.length > 0) add('p', 'reference-facts', `Also: ${entry.aliases.join(', ')}`);
  return box;
}

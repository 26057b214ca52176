/**
 * Making elements: `el('button.quiet', { type: 'button' }, 'Text')`. Panels build their tree once and then set what
 * changes from signals; there is no templating and no diffing.
 */
type Child = Node | string;
type Props = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** `tag.class.class#id`; `onclick` and the like are listeners, all else are attributes (false: none). */
export function el<T extends HTMLElement = HTMLElement>(
  what: string,
  props: Props = {},
  ...children: Child[]
): T {
  const [, tag = 'div', rest = ''] = /^([a-z0-9]*)(.*)$/.exec(what)!;
  const element = document.createElement(tag || 'div');
  for (const [mark] of rest.matchAll(/[.#][\w-]+/g)) {
    if (mark.startsWith('.')) element.classList.add(mark.slice(1));
    else element.id = mark.slice(1);
  }
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element as T;
}

/** A button; `label` is what screen readers and the tooltip say where the button itself shows a picture. */
export function button(
  what: string,
  label: string,
  onClick: () => void,
  ...children: Child[]
): HTMLButtonElement {
  const shown = children.length > 0 ? children : [label];
  const hint: Props = children.length > 0 ? { 'aria-label': label, title: label } : {};
  return el<HTMLButtonElement>(`button${what}`, { type: 'button', onclick: onClick, ...hint }, ...shown);
}

/** Sets text only where it differs: setting it anew would make screen readers and layout work for nothing. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

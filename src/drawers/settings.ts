/** The drawer of settings: each is a field that follows the state and changes it at once. */
import { effect } from '@preact/signals-core';
import type { Desk } from '../desk/desk.ts';
import { button, el, setText } from '../panels/element.ts';
import { BEATS, LOOK_AHEAD_MS, THEMES, type ThemeName } from '../settings.ts';
import type { DrawerContent } from './drawer.ts';

const THEME_TITLES: Readonly<Record<ThemeName, string>> = {
  system: 'As the system',
  dark: 'Dark',
  light: 'Light',
  contrast: 'High contrast',
};

export function fillSettings(box: HTMLElement, desk: Desk): DrawerContent {
  const { settings } = desk.state;
  const theme = el<HTMLSelectElement>(
    'select#setting-theme',
    {},
    ...THEMES.map((name) => el('option', { value: name }, THEME_TITLES[name])),
  );
  theme.addEventListener('change', () => desk.changeSettings(() => ({ theme: theme.value as ThemeName })));

  const size = el('output#setting-size', { 'aria-live': 'polite' });
  const numbers = el<HTMLInputElement>('input#setting-numbers', { type: 'checkbox' });
  numbers.addEventListener('change', () => desk.changeSettings(() => ({ lineNumbers: numbers.checked })));
  const lookAhead = numberField('setting-look-ahead', LOOK_AHEAD_MS, 10, (lookAheadMs) =>
    desk.changeSettings(() => ({ lookAheadMs })),
  );
  const beats = numberField('setting-beats', BEATS, 1, (beatsPerCycle) =>
    desk.changeSettings(() => ({ beatsPerCycle })),
  );

  box.append(
    field('Theme', theme),
    el(
      'div.setting',
      { role: 'group', 'aria-label': 'Size of the code' },
      el('span', {}, 'Size of the code'),
      el(
        'span.setting-steps',
        {},
        button('', 'Smaller', () => desk.scaleType(-1), '−'),
        size,
        button('', 'Larger', () => desk.scaleType(1), '+'),
      ),
    ),
    field('Line numbers', numbers),
    field(
      'Look-ahead in milliseconds',
      lookAhead,
      'How early notes are sent to the engine. More is safer on a busy machine.',
    ),
    field('Beats in a cycle', beats, 'How the bar above counts; the music itself counts in cycles.'),
  );
  effect(() => {
    const now = settings.value;
    theme.value = now.theme;
    setText(size, `${Math.round((1 + now.typeStep / 8) * 100)} %`);
    numbers.checked = now.lineNumbers;
    lookAhead.value = String(now.lookAheadMs);
    beats.value = String(now.beatsPerCycle);
  });
  return {};
}

function field(title: string, input: HTMLElement, note = ''): HTMLElement {
  const parts = [el('label', { for: input.id }, title), input];
  if (note) {
    input.setAttribute('aria-describedby', `${input.id}-note`);
    parts.push(el('p.drawer-note', { id: `${input.id}-note` }, note));
  }
  return el('div.setting', {}, ...parts);
}

/** Takes whole numbers in the range; anything else is clamped, or what was there comes back. */
function numberField(
  id: string,
  range: { readonly min: number; readonly max: number },
  step: number,
  change: (value: number) => void,
): HTMLInputElement {
  const input = el<HTMLInputElement>('input', {
    id,
    type: 'number',
    min: String(range.min),
    max: String(range.max),
    step: String(step),
  });
  let last = '';
  input.addEventListener('focus', () => {
    last = input.value;
  });
  input.addEventListener('change', () => {
    const value = Math.round(input.valueAsNumber);
    if (!Number.isFinite(value)) {
      input.value = last;
      return;
    }
    const clamped = Math.min(range.max, Math.max(range.min, value));
    input.value = String(clamped);
    change(clamped);
  });
  return input;
}

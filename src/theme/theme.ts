/**
 * Which set of tokens holds: the one chosen, or what the system asks for. Also the size of the type. Sets attributes
 * on the root element and nothing else.
 */
import { effect } from '@preact/signals-core';
import type { State } from '../state.ts';

export function applyTheme(state: State): void {
  const root = document.documentElement;
  const light = matchMedia('(prefers-color-scheme: light)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const resolve = (): string => {
    const { theme } = state.settings.peek();
    if (theme !== 'system') return theme;
    if (contrast.matches) return 'contrast';
    return light.matches ? 'light' : 'dark';
  };
  const apply = (): void => {
    root.dataset['theme'] = resolve();
  };
  effect(() => {
    const { typeStep } = state.settings.value;
    root.style.setProperty('--type-step', String(typeStep));
    apply();
  });
  light.addEventListener('change', apply);
  contrast.addEventListener('change', apply);
}

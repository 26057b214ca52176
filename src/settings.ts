/**
 * Settings of the page and what is accepted when they come back from storage: unknown or broken values fall back one
 * by one, so an old or damaged record never keeps the page from starting.
 */
export const THEMES = ['system', 'dark', 'light', 'contrast'] as const;
export type ThemeName = (typeof THEMES)[number];

export interface Settings {
  readonly theme: ThemeName;
  /** Size of the code, in steps of an eighth of the base size. */
  readonly typeStep: number;
  readonly lineNumbers: boolean;
}

export const TYPE_STEPS = { min: -3, max: 24 } as const;

export const DEFAULT_SETTINGS: Settings = { theme: 'system', typeStep: 0, lineNumbers: true };

export function readSettings(stored: unknown): Settings {
  const from = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const theme = THEMES.find((each) => each === from['theme']) ?? DEFAULT_SETTINGS.theme;
  const step = from['typeStep'];
  const typeStep = typeof step === 'number' && Number.isInteger(step) ? clampStep(step) : 0;
  const numbers = from['lineNumbers'];
  return { theme, typeStep, lineNumbers: typeof numbers === 'boolean' ? numbers : true };
}

export function clampStep(step: number): number {
  return Math.min(TYPE_STEPS.max, Math.max(TYPE_STEPS.min, step));
}

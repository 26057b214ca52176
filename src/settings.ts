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
  /** How early notes are sent to the engine. */
  readonly lookAheadMs: number;
  /** How the page counts a cycle; the music itself knows no beats. */
  readonly beatsPerCycle: number;
}

export const TYPE_STEPS = { min: -3, max: 24 } as const;

export const LOOK_AHEAD_MS = { min: 50, max: 2_000 } as const;
export const BEATS = { min: 1, max: 16 } as const;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  typeStep: 0,
  lineNumbers: true,
  lookAheadMs: 150,
  beatsPerCycle: 4,
};

export function readSettings(stored: unknown): Settings {
  const from = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const theme = THEMES.find((each) => each === from['theme']) ?? DEFAULT_SETTINGS.theme;
  const step = from['typeStep'];
  const typeStep = typeof step === 'number' && Number.isInteger(step) ? clampStep(step) : 0;
  const numbers = from['lineNumbers'];
  return {
    theme,
    typeStep,
    lineNumbers: typeof numbers === 'boolean' ? numbers : true,
    lookAheadMs: within(from['lookAheadMs'], LOOK_AHEAD_MS) ?? DEFAULT_SETTINGS.lookAheadMs,
    beatsPerCycle: within(from['beatsPerCycle'], BEATS) ?? DEFAULT_SETTINGS.beatsPerCycle,
  };
}

function within(value: unknown, { min, max }: { min: number; max: number }): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : null;
}

export function clampStep(step: number): number {
  return Math.min(TYPE_STEPS.max, Math.max(TYPE_STEPS.min, step));
}

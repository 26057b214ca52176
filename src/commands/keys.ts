/**
 * Keys as written in the command table (`Mod-Shift-Enter`, `Alt-1`, `Mod-K 1`) and whether a keyboard event is one.
 * Mod is Ctrl, on a Mac Cmd. Knows no commands and no DOM beyond the event's plain fields.
 */

/** The fields of a KeyboardEvent that matter here. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly altGraph: boolean;
}

/** One stroke of a key, parsed. */
export interface Stroke {
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

/** `Mod-K 1` is two strokes, most keys are one. */
export function parseKey(text: string): readonly Stroke[] {
  return text.split(' ').map((stroke) => {
    const parts = stroke.split(/-(?!$)/);
    return {
      mod: parts.includes('Mod'),
      alt: parts.includes('Alt'),
      shift: parts.includes('Shift'),
      key: parts.at(-1)!,
    };
  });
}

/** Physical keys of signs, for layouts on which the sign itself is elsewhere or shifted. */
const SIGN_CODES: Readonly<Record<string, string>> = {
  '.': 'Period',
  '/': 'Slash',
  '+': 'Equal',
  '-': 'Minus',
};

function codeOf(key: string): string {
  if (/^\d$/.test(key)) return `Digit${key}`;
  if (/^[A-Z]$/.test(key)) return `Key${key}`;
  return SIGN_CODES[key] ?? key;
}

/** True if the press would put a character into the text: AltGr everywhere, Option on a Mac. */
export function typesCharacter(press: Press, isMac: boolean): boolean {
  const printable = press.key.length === 1 || press.key === 'Dead';
  if (!printable) return false;
  if (press.altGraph || (press.ctrlKey && press.altKey && !isMac)) return true;
  return press.altKey && isMac;
}

/**
 * Whether the press is the stroke. Alt strokes go by the physical key and never take a press that types a character
 * (German and other layouts type brackets there); others go by the sign, or by the physical key where the layout
 * writes another script. In the second stroke of a chord (`chord`) Mod may still be held.
 */
export function matches(stroke: Stroke, press: Press, isMac: boolean, chord = false): boolean {
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const other = isMac ? press.ctrlKey : press.metaKey;
  if (other || (mod !== stroke.mod && !(chord && !stroke.mod)) || press.altKey !== stroke.alt) return false;
  const digit = /^\d$/.test(stroke.key);
  const sign = stroke.key in SIGN_CODES;
  // A sign may need Shift on one layout and not on another, so Shift counts only where it is asked for or by code.
  const shiftFits = press.shiftKey === stroke.shift || (sign && press.key === stroke.key && !stroke.shift);
  if (!shiftFits) return false;
  if (stroke.alt) return !typesCharacter(press, isMac) && press.code === codeOf(stroke.key);
  if (digit) return press.code === codeOf(stroke.key) || press.code === `Numpad${stroke.key}`;
  if (sign) return press.key === stroke.key || press.code === codeOf(stroke.key);
  if (/^[A-Z]$/.test(stroke.key)) {
    const key = press.key.toUpperCase();
    return /^[A-Z]$/.test(key) ? key === stroke.key : press.code === codeOf(stroke.key);
  }
  return press.key === stroke.key;
}

/** How a key is shown: `Ctrl Shift .`, on a Mac `⌘ ⇧ .`. */
export function showKey(key: string, isMac: boolean): string {
  const names: Readonly<Record<string, string>> = isMac
    ? { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' }
    : { Mod: 'Ctrl' };
  const stroke = (each: string): string =>
    each
      .split(/-(?!$)/)
      .map((part) => names[part] ?? part)
      .join(isMac ? '' : '+');
  return key.split(' ').map(stroke).join(' ');
}

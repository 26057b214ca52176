/**
 * From key presses to commands, for the whole page: listens before the editor does, keeps the first stroke of a
 * chord, and leaves every key alone that no command wants.
 */
import type { Desk } from '../desk/desk.ts';
import type { Command } from './command.ts';
import { matches, type Press, parseKey, type Stroke } from './keys.ts';
import { COMMANDS } from './table.ts';

interface Binding {
  readonly strokes: readonly Stroke[];
  readonly command: Command;
}

const BINDINGS: readonly Binding[] = COMMANDS.flatMap((command) =>
  command.keys.map((key) => ({ strokes: parseKey(key), command })),
);

export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform ?? '');

/** What the presses so far call for. `waiting` is the chord begun, to be handed in with the next press. */
export type Finding =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'chord'; readonly waiting: Stroke }
  | { readonly kind: 'nothing'; readonly endsChord: boolean };

/** Looks one press up; pure, for tests. */
export function look(press: Press, waiting: Stroke | null, isMac: boolean): Finding {
  for (const { strokes, command } of BINDINGS) {
    if (waiting) {
      const [first, second] = strokes;
      if (second && same(first!, waiting) && matches(second, press, isMac, true)) {
        return { kind: 'command', command };
      }
    } else if (matches(strokes[0]!, press, isMac)) {
      return strokes.length === 1 ? { kind: 'command', command } : { kind: 'chord', waiting: strokes[0]! };
    }
  }
  return { kind: 'nothing', endsChord: waiting !== null };
}

const same = (a: Stroke, b: Stroke): boolean =>
  a.key === b.key && a.mod === b.mod && a.alt === b.alt && a.shift === b.shift;

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);

/** Listens on the document until the returned function is called. */
export function listenForKeys(desk: Desk): () => void {
  let waiting: Stroke | null = null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (MODIFIERS.has(event.key) || event.isComposing) return;
    // An open dialog has its own Enter, Escape and arrows.
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    // Plain keys belong to a field of the bar while one types there.
    if (isField(event.target) && !waiting && !hasModifier(event) && !/^F\d/.test(event.key)) return;
    const press: Press = {
      key: event.key,
      code: event.code,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      shiftKey: event.shiftKey,
      altGraph: event.getModifierState('AltGraph'),
    };
    const finding = look(press, waiting, IS_MAC);
    waiting = finding.kind === 'chord' ? finding.waiting : null;
    desk.state.chord.value = waiting !== null;
    if (finding.kind === 'nothing') {
      if (finding.endsChord) take(event);
      return;
    }
    if (finding.kind === 'command') {
      if (event.key === 'Escape' && somethingOpen(desk)) return;
      if (finding.command.run(desk) === false) return;
    }
    take(event);
  };
  document.addEventListener('keydown', onKeyDown, true);
  return () => document.removeEventListener('keydown', onKeyDown, true);
}

function take(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

const hasModifier = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.altKey;

/** Escape closes what is open before it cancels what is pending. */
function somethingOpen(desk: Desk): boolean {
  return desk.editor.wantsEscape() || document.querySelector(':popover-open') !== null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

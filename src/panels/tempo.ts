/**
 * The tempo, as beats and as cycles a minute; one value, two fields. Editing acts at once and rewrites the statement
 * in the text; arrows step by one, with Shift by ten.
 */
import { effect } from '@preact/signals-core';
import type { Desk } from '../desk/desk.ts';
import { TEMPO_RANGE, tidy } from '../text/tempo-statement.ts';
import { el } from './element.ts';

interface Unit {
  readonly name: string;
  readonly label: string;
  /** Units a minute at one cycle a second. */
  readonly perCycle: (beatsPerCycle: number) => number;
  readonly step: number;
}

const UNITS: readonly Unit[] = [
  { name: 'bpm', label: 'Tempo in beats per minute', perCycle: (beats) => 60 * beats, step: 1 },
  { name: 'cpm', label: 'Tempo in cycles per minute', perCycle: () => 60, step: 0.25 },
];

export function tempo(desk: Desk): { element: HTMLElement; focus: () => void } {
  const fields = UNITS.map((unit) => field(desk, unit));
  const element = el(
    'div.tempo',
    { role: 'group', 'aria-label': 'Tempo' },
    ...fields.map((each) => each.box),
  );
  return {
    element,
    focus() {
      fields[0]!.input.focus();
      fields[0]!.input.select();
    },
  };
}

function field(desk: Desk, unit: Unit): { box: HTMLElement; input: HTMLInputElement } {
  const input = el<HTMLInputElement>('input', {
    inputmode: 'decimal',
    autocomplete: 'off',
    'aria-label': unit.label,
    id: `tempo-${unit.name}`,
  });
  const perCycle = (): number => unit.perCycle(desk.state.settings.peek().beatsPerCycle);
  const shown = (): string => tidy(Math.round(desk.state.cyclesPerSecond.peek() * perCycle() * 100) / 100);
  const commit = (value: number): void => {
    if (Number.isFinite(value) && value > 0) desk.setTempo(value / perCycle());
    input.value = shown();
  };
  input.addEventListener('change', () => commit(readNumber(input.value)));
  input.addEventListener('blur', () => {
    input.value = shown();
  });
  input.addEventListener('keydown', (event) => {
    const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (sign !== undefined) {
      event.preventDefault();
      const current = readNumber(input.value);
      const least = TEMPO_RANGE.min * perCycle();
      commit(Math.max(least, current + sign * unit.step * (event.shiftKey ? 10 : 1)));
    } else if (event.key === 'Enter' || event.key === 'Escape') {
      if (event.key === 'Escape') input.value = shown();
      event.preventDefault();
      desk.editor.focus();
    }
  });
  effect(() => {
    void desk.state.cyclesPerSecond.value;
    void desk.state.settings.value;
    if (document.activeElement !== input) input.value = shown();
  });
  return { box: el('label.tempo-field', {}, input, el('span.caption', {}, unit.name)), input };
}

/** Takes a comma for a point; NaN where it is no number. */
export function readNumber(text: string): number {
  const tidied = text.trim().replace(',', '.');
  return /^\d*\.?\d+$|^\d+\.$/.test(tidied) ? Number(tidied) : Number.NaN;
}

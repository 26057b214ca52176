/**
 * What the engine counts: load and voices always, late, dropped and repeated notes as soon as there are any, and a
 * popover that says what each means. Counts are those since the page was opened or last cleared.
 */
import { effect, signal } from '@preact/signals-core';
import type { EngineStatus, State } from '../state.ts';
import { el, setText } from './element.ts';

type CounterName = keyof EngineStatus['counters'];

interface CounterRow {
  readonly name: CounterName;
  readonly title: string;
  readonly text: string;
  /** Shown in the bar as soon as it is not zero. */
  readonly alarm: boolean;
}

const ROWS: readonly CounterRow[] = [
  { name: 'late', title: 'late', text: 'Notes that sounded up to 50 ms late, shortened.', alarm: true },
  { name: 'dropped', title: 'dropped', text: 'Notes that came too late or found a full queue.', alarm: true },
  { name: 'repeated', title: 'repeated', text: 'Notes repeated while no new ones came.', alarm: true },
  {
    name: 'reset',
    title: 'reset',
    text: 'Voices or effects restarted because they went out of bounds.',
    alarm: true,
  },
  { name: 'stolen', title: 'stolen', text: 'Voices taken for newer notes.', alarm: false },
  { name: 'clamped', title: 'clamped', text: 'Values that were out of range.', alarm: false },
  { name: 'refused', title: 'refused', text: 'Records the engine could not read.', alarm: false },
  { name: 'played', title: 'played', text: 'Notes that started.', alarm: false },
];

export function counters(state: State): { element: HTMLElement; open: () => void } {
  const base = signal<Partial<Record<CounterName, number>>>({});
  const since = (row: CounterRow): number =>
    (state.status.value?.counters[row.name] ?? 0) - (base.value[row.name] ?? 0);

  const load = el('b', {}, '–');
  const voices = el('b', {}, '0');
  const alarms = el('span.alarms');
  const element = el<HTMLButtonElement>(
    'button.quiet.counters#counters',
    { type: 'button', popovertarget: 'counters-explained', title: 'What the sound engine counts' },
    el('span.count', {}, voices, el('span.caption', {}, 'voices')),
    el('span.count', {}, load, el('span.caption', {}, 'load')),
    alarms,
  );
  const popover = explained(state, since, () => {
    base.value = { ...state.status.peek()?.counters };
  });
  element.after(popover);

  effect(() => {
    const status = state.status.value;
    setText(voices, String(status?.voices ?? 0));
    setText(load, status?.load == null ? '–' : `${Math.round(status.load * 100)} %`);
    const raised = ROWS.filter((row) => row.alarm && since(row) > 0);
    setText(alarms, raised.map((row) => `▲ ${since(row)} ${row.title}`).join('  '));
  });
  const box = el('div.counters-box', {}, element, popover);
  return { element: box, open: () => popover.togglePopover() };
}

function explained(state: State, since: (row: CounterRow) => number, clear: () => void): HTMLElement {
  const values = new Map(ROWS.map((row) => [row, el('b.count-value', {}, '0')]));
  const rows = ROWS.map((row) =>
    el('div.counter-row', {}, values.get(row)!, el('span', {}, el('b', {}, row.title), ` ${row.text}`)),
  );
  const facts = el('p.caption');
  const popover = el(
    'div.popover#counters-explained',
    { popover: 'auto', role: 'dialog', 'aria-label': 'What the sound engine counts' },
    el('h2', {}, 'Sound engine'),
    facts,
    ...rows,
    el('button', { type: 'button', onclick: clear }, 'Count from here'),
  );
  effect(() => {
    const status = state.status.value;
    for (const [row, value] of values) setText(value, String(since(row)));
    const reduction =
      status && status.reductionDb > 0.05 ? `, limiter −${status.reductionDb.toFixed(1)} dB` : '';
    setText(facts, status ? `${status.sampleRate / 1000} kHz${reduction}` : 'Not running yet: press Play.');
  });
  return popover;
}

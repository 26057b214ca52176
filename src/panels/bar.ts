/**
 * The thin bar on top: transport, tempo, counters, master level, recording, theme, commands.
 */
import { effect } from '@preact/signals-core';
import { commandById } from '../commands/table.ts';
import type { Desk } from '../desk/desk.ts';
import { counters } from './counters.ts';
import { button, el, setText } from './element.ts';
import { icon } from './icons.ts';
import { levelBar } from './levels.ts';
import { tempo } from './tempo.ts';
import { countdown, transport } from './transport.ts';

export interface BarFace {
  focusTempo(): void;
  openCounters(): void;
}

export function fillBar(bar: HTMLElement, desk: Desk, openPalette: () => void): BarFace {
  const tempoPanel = tempo(desk);
  const counterPanel = counters(desk.state);
  bar.append(
    transport(desk),
    tempoPanel.element,
    countdown(desk),
    audioState(desk),
    el('span.spring'),
    counterPanel.element,
    master(desk),
    record(desk),
    button(
      '.quiet#library',
      'Pieces, sounds, reference, settings',
      () => desk.panels.toggleDrawer('pieces'),
      icon('library'),
    ),
    button('.quiet#theme', commandById('theme').title, () => desk.nextTheme(), icon('theme')),
    button('.quiet#palette-open', `${commandById('palette').title} (F1)`, openPalette, icon('keys')),
  );
  return { focusTempo: tempoPanel.focus, openCounters: counterPanel.open };
}

function master({ state }: Desk): HTMLElement {
  const left = levelBar('left');
  const right = levelBar('right');
  const clip = el('span.clip', { hidden: true }, 'clip');
  let clippedSeconds = Number.NEGATIVE_INFINITY;
  effect(() => {
    const status = state.status.value;
    left.show(status?.peak[0] ?? 0);
    right.show(status?.peak[1] ?? 0);
    const now = performance.now() / 1000;
    if (status && Math.max(...status.peak) >= 1) clippedSeconds = now;
    clip.hidden = now - clippedSeconds > 2;
  });
  return el(
    'div.master',
    { role: 'img', 'aria-label': 'Level of the master' },
    left.element,
    right.element,
    clip,
  );
}

function record(desk: Desk): HTMLElement {
  const label = el('span', {}, 'Rec');
  const element = el<HTMLButtonElement>(
    'button.quiet.record#record',
    { type: 'button', title: commandById('record').title, onclick: () => void desk.toggleRecording() },
    icon('record') as unknown as HTMLElement,
    label,
  );
  effect(() => {
    const since = desk.state.recordingSince.value;
    element.setAttribute('aria-pressed', String(since !== null));
    // Counts with the status, which comes while there is anything to record.
    void desk.state.status.value;
    const seconds = since === null ? 0 : Math.max(0, Math.floor(performance.now() / 1000 - since));
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    setText(label, since === null ? 'Rec' : clock);
  });
  return element;
}

const AUDIO_WORDS = { suspended: 'Audio paused: press Play', failed: 'No audio device' } as const;

function audioState({ state }: Desk): HTMLElement {
  const element = el('span.audio-state', { hidden: true, role: 'status' });
  effect(() => {
    const audio = state.audio.value;
    const words = audio === 'suspended' || audio === 'failed' ? `▲ ${AUDIO_WORDS[audio]}` : '';
    setText(element, words);
    element.hidden = words === '';
  });
  return element;
}

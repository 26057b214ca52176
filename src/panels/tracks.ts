/**
 * The strip of tracks: name in the track's colour, level, mute and solo. Rebuilt only where the list of names
 * changes, so that buttons keep their focus; its place in the list is the digit of its key.
 */
import { effect } from '@preact/signals-core';
import { IS_MAC } from '../commands/key-listener.ts';
import { showKey } from '../commands/keys.ts';
import type { Desk } from '../desk/desk.ts';
import type { Track } from '../state.ts';
import { el, setText } from './element.ts';
import { levelBar } from './levels.ts';

interface Chip {
  readonly element: HTMLElement;
  show(track: Track, silenced: boolean): void;
  showLevel(peak: number): void;
}

export function fillTracks(strip: HTMLElement, desk: Desk): void {
  const { state } = desk;
  let chips: Chip[] = [];
  let names = '';
  effect(() => {
    const tracks = state.tracks.value;
    const key = tracks.map((track) => `${track.strip}:${track.name}`).join('\n');
    if (key !== names) {
      names = key;
      chips = tracks.map((track, index) => chip(desk, track, index));
      strip.replaceChildren(...chips.map((each) => each.element));
    }
    strip.hidden = tracks.length === 0;
    const anySolo = state.anySolo.value;
    for (const [index, track] of tracks.entries()) {
      chips[index]?.show(track, track.muted || (anySolo && !track.solo));
    }
  });
  effect(() => {
    const levels = state.status.value?.strips;
    for (const [index, track] of state.tracks.peek().entries()) {
      chips[index]?.showLevel(levels?.[track.strip] ?? 0);
    }
  });
}

function stateWord({ trouble, muted, solo }: Track): string {
  if (trouble) return trouble.silent ? '✕ silent' : '✕ fell back';
  return muted ? 'muted' : solo ? 'solo' : '';
}

function chip(desk: Desk, track: Track, index: number): Chip {
  const level = levelBar('track');
  const state = el('span.track-state');
  const toggle = (mark: 'muted' | 'solo', word: string, letter: string, keys: string): HTMLButtonElement =>
    el<HTMLButtonElement>(
      'button.mark',
      {
        type: 'button',
        title: index < 9 ? `${word} (${showKey(keys, IS_MAC)})` : word,
        'aria-label': `${word} ${track.name}`,
        onclick: () => void desk.toggleMark(index, mark),
      },
      letter,
    );
  const mute = toggle('muted', 'Mute', 'M', IS_MAC ? `Mod-K ${index + 1}` : `Alt-${index + 1}`);
  const solo = toggle('solo', 'Solo', 'S', IS_MAC ? `Mod-K Shift-${index + 1}` : `Shift-Alt-${index + 1}`);
  const element = el(
    'div.chip',
    { role: 'group', 'aria-label': `Track ${track.name}` },
    el('span.chip-digit', {}, index < 9 ? String(index + 1) : ''),
    el('span.chip-name', { title: track.name }, track.name),
    state,
    mute,
    solo,
    level.element,
  );
  element.style.setProperty('--ring', String(track.strip));
  return {
    element,
    show(now, silenced) {
      mute.setAttribute('aria-pressed', String(now.muted));
      solo.setAttribute('aria-pressed', String(now.solo));
      element.dataset['silenced'] = String(silenced);
      element.dataset['trouble'] = String(now.trouble !== null);
      element.title = now.trouble?.message ?? '';
      setText(state, stateWord(now));
    },
    showLevel: level.show,
  };
}

/**
 * Play and stop, the phase wheel with bar and beat, and the countdown to the boundary of what waits. States are told
 * by word and shape, not by colour alone.
 */
import { effect } from '@preact/signals-core';
import { IS_MAC } from '../commands/key-listener.ts';
import { showKey } from '../commands/keys.ts';
import type { Desk } from '../desk/desk.ts';
import { button, el, setText } from './element.ts';
import { whilePlaying } from './frames.ts';
import { icon, ring } from './icons.ts';

export function transport(desk: Desk): HTMLElement {
  const { state } = desk;
  const playLabel = el('span');
  const play = el<HTMLButtonElement>(
    'button.play#play',
    { type: 'button', onclick: () => void desk.performAll('boundary') },
    el('span.play-icon', {}, icon('play')),
    playLabel,
  );
  const stop = button(
    '.stop#stop',
    `Stop: fade out (${showKey('Mod-.', IS_MAC)})`,
    () => desk.hush(),
    icon('stop'),
  );
  effect(() => {
    const playing = state.playing.value;
    setText(playLabel, playing ? 'Update' : 'Play');
    play.dataset['changed'] = String(playing && state.changed.value);
    play.title = `${playing ? 'Take over what changed' : 'Play'} (${showKey('Mod-Enter', IS_MAC)})`;
    play.querySelector('.play-icon')?.replaceChildren(icon(playing ? 'update' : 'play'));
    play.disabled = state.ready.value === 'failed';
    stop.disabled = !playing;
  });
  return el('div.transport', {}, play, stop, wheel(desk));
}

function wheel({ session, state }: Desk): HTMLElement {
  const { svg, arc, setBeats } = ring(13);
  const bar = el('b.position-bar', {}, '–');
  const beats = el('span.beats');
  const box = el(
    'div.position',
    { role: 'img', 'aria-label': 'Position' },
    svg as unknown as HTMLElement,
    el('span.position-text', {}, el('span.caption', {}, 'bar'), bar),
    beats,
  );
  effect(() => {
    const count = state.settings.value.beatsPerCycle;
    setBeats(count);
    beats.replaceChildren(...Array.from({ length: count }, () => el('i')));
  });
  whilePlaying(state, () => {
    const cycle = state.playing.peek() ? session.heardCycle() : null;
    const shown = cycle === null || cycle < 0 ? null : cycle;
    const phase = shown === null ? 0 : shown - Math.floor(shown);
    arc.style.strokeDasharray = `${phase * 100} 100`;
    setText(bar, shown === null ? '–' : String(Math.floor(shown) + 1));
    const beat = shown === null ? -1 : Math.floor(phase * beats.childElementCount);
    for (let index = 0; index < beats.childElementCount; index++) {
      beats.children[index]!.classList.toggle('on', index === beat);
    }
  });
  return box;
}

export function countdown(desk: Desk): HTMLElement {
  const { session, state } = desk;
  const text = el('span');
  const fill = el('span.pending-fill');
  const cancel = button(
    '.quiet.pending-cancel',
    'Cancel what waits (Esc)',
    () => desk.cancel(),
    icon('close'),
  );
  const box = el(
    'div.pending',
    { role: 'timer', 'aria-label': 'Waits for its boundary' },
    fill,
    text,
    cancel,
  );
  const draw = (): void => {
    const pending = state.pending.peek();
    box.dataset['idle'] = String(pending === null);
    if (!pending) return;
    const now = session.heardCycle();
    if (pending.cycle === undefined) setText(text, 'compiling');
    else if (pending.cycle === null || now === null) setText(text, 'starting');
    else {
      const beats = Math.max(0, Math.ceil((pending.cycle - now) * state.settings.peek().beatsPerCycle));
      setText(text, `in ${beats} ${beats === 1 ? 'beat' : 'beats'}`);
      const length = pending.cycle - (pending.sinceCycle ?? now);
      const share = length > 0 ? 1 - (pending.cycle - now) / length : 1;
      fill.style.transform = `scaleX(${Math.min(1, Math.max(0, share))})`;
      return;
    }
    fill.style.transform = 'scaleX(0)';
  };
  effect(() => {
    void state.pending.value;
    draw();
  });
  whilePlaying(state, draw);
  return box;
}

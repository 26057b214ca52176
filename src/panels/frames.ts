/**
 * One frame loop for everything that moves with the music: runs while playing, then once more to show rest. With
 * reduced motion it looks ten times a second, so that numbers go on but nothing glides.
 */
import { effect } from '@preact/signals-core';
import type { State } from '../state.ts';

const CALM_MS = 100;

/** Calls `draw` while the music plays, until the returned function is called. */
export function whilePlaying(state: State, draw: () => void): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let frame = 0;
  let last = 0;
  const step = (now: number): void => {
    frame = 0;
    if (!calm.matches || now - last >= CALM_MS) {
      last = now;
      draw();
    }
    if (state.playing.peek()) frame = requestAnimationFrame(step);
  };
  const end = effect(() => {
    void state.playing.value;
    if (frame === 0) frame = requestAnimationFrame(step);
  });
  return () => {
    end();
    cancelAnimationFrame(frame);
  };
}

/**
 * What protects a set from the browser: asks before the page is closed while it plays, and keeps the screen awake.
 */
import { effect } from '@preact/signals-core';
import type { State } from './state.ts';

export function guardStage(state: State): void {
  addEventListener('beforeunload', (event) => {
    if (state.playing.peek() || state.recordingSince.peek() !== null) event.preventDefault();
  });
  keepAwake(state);
}

/** A browser takes the lock back when the page is hidden; so it is asked for again when it is shown. */
function keepAwake(state: State): void {
  if (!('wakeLock' in navigator)) return;
  let lock: Promise<WakeLockSentinel | null> | null = null;
  const want = (): void => {
    const wanted = state.playing.peek() && !document.hidden;
    if (wanted && !lock) {
      lock = navigator.wakeLock.request('screen').catch(() => null);
      void lock.then((held) => {
        if (!held) lock = null;
        held?.addEventListener('release', () => {
          lock = null;
        });
      });
    } else if (!wanted && lock) {
      void lock.then((held) => held?.release());
      lock = null;
    }
  };
  effect(() => {
    void state.playing.value;
    want();
  });
  document.addEventListener('visibilitychange', want);
}

/**
 * What the session says, as state and messages. One place, so that no panel listens to the session itself.
 */
import type { Session } from '../../runtime/session-surface.ts';
import type { Editor } from '../editor/editor.ts';
import { type State, say, type Trouble } from '../state.ts';
import type { Evaluating } from './evaluating.ts';

/** Connects until the returned function is called. */
export function followSession(
  session: Session,
  state: State,
  editor: Editor,
  evaluating: Pick<Evaluating, 'tookOver' | 'forget' | 'keyOf'>,
): () => void {
  const troubles = new Map<string, Trouble>();
  const ends = [
    session.on('status', (status) => {
      state.status.value = status;
      if (status.playing) state.cyclesPerSecond.value = status.cyclesPerSecond;
    }),
    session.on('swapped', ({ evalId }) => {
      evaluating.tookOver(evalId);
      for (const [name, trouble] of troubles) if (trouble.evalId < evalId) troubles.delete(name);
    }),
    session.on('tracks', (tracks) => {
      state.tracks.value = tracks.map((each) => ({ ...each, trouble: troubles.get(each.name) ?? null }));
      editor.showStrips(new Map(tracks.map((each) => [each.name, each.strip])));
    }),
    session.on('trackFailed', ({ evalId, diagnostic, fellBackTo }) => {
      const key = evaluating.keyOf(evalId);
      if (key !== null) editor.showMistakes(key, [diagnostic], true);
      const name = diagnostic.track ?? '';
      const what = fellBackTo === null ? 'it is silent' : 'its last good version plays';
      say(state, 'error', `${name ? `Track ${name}: ` : ''}${diagnostic.message} (${what})`, {
        notes: diagnostic.notes,
        position: key === null ? null : editor.placeNow(key, diagnostic.from),
      });
      // It may fail before it is heard: then its track is not in the list yet.
      troubles.set(name, { evalId, message: diagnostic.message, silent: fellBackTo === null });
      state.tracks.value = state.tracks
        .peek()
        .map((each) => (each.name === name ? { ...each, trouble: troubles.get(name)! } : each));
    }),
    session.on('warned', ({ evalId, diagnostics }) => {
      const key = evaluating.keyOf(evalId);
      if (key !== null) editor.showMistakes(key, diagnostics, true);
      for (const { message, from, notes } of diagnostics) {
        say(state, 'warning', message, { notes, position: key === null ? null : editor.placeNow(key, from) });
      }
    }),
    session.on('workerEnded', ({ active, reason }) => {
      say(state, active ? 'warning' : 'error', active ? `${reason} A fresh worker plays on.` : reason);
    }),
    session.on('log', ({ lines }) => {
      for (const line of lines) say(state, 'log', line);
    }),
    session.on('sounding', (rows) => {
      const silenced = silencedStrips(state);
      editor.showSounding(rows.filter(({ strip }) => !silenced.has(strip)));
    }),
    session.on('audio', (audio) => {
      state.audio.value = audio;
    }),
    session.on('stopped', () => {
      state.playing.value = false;
      evaluating.forget();
      editor.clearSounding();
    }),
    session.on('trouble', ({ part, message }) => say(state, 'error', `${part}: ${message}`)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Strips that are muted, or not among those that are soloed: their notes go on unheard, so nothing lights up. */
function silencedStrips(state: State): ReadonlySet<number> {
  const anySolo = state.anySolo.peek();
  const silenced = state.tracks.peek().filter(({ muted, solo }) => muted || (anySolo && !solo));
  return new Set(silenced.map(({ strip }) => strip));
}

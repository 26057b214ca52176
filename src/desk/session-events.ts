/**
 * What the session says, as state and messages. One place, so that no panel listens to the session itself.
 */
import type { Session } from '../../runtime/session-surface.ts';
import type { Editor } from '../editor/editor.ts';
import { type State, say } from '../state.ts';
import type { Evaluating } from './evaluating.ts';

/** Connects until the returned function is called. */
export function followSession(
  session: Session,
  state: State,
  editor: Editor,
  evaluating: Pick<Evaluating, 'tookOver' | 'forget' | 'keyOf'>,
): () => void {
  const ends = [
    session.on('status', (status) => {
      state.status.value = status;
      if (status.playing) state.cyclesPerSecond.value = status.cyclesPerSecond;
    }),
    session.on('swapped', ({ evalId }) => {
      evaluating.tookOver(evalId);
      state.tracks.value = state.tracks.peek().map((each) => ({ ...each, trouble: null }));
    }),
    session.on('tracks', (tracks) => {
      const known = new Map(state.tracks.peek().map((each) => [each.name, each.trouble]));
      state.tracks.value = tracks.map((each) => ({ ...each, trouble: known.get(each.name) ?? null }));
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
      state.tracks.value = state.tracks
        .peek()
        .map((each) => (each.name === name ? { ...each, trouble: diagnostic.message } : each));
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
    session.on('sounding', (rows) => editor.showSounding(rows)),
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

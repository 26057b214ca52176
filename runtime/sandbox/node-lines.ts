/**
 * The lines of `talea query`: an answer's events as JSON texts in the order of the contract, of the tracks that are
 * to be heard. It runs inside the context, so that values of user code never leave it but as text.
 */
import { eventsToJson } from '../../patterns/event-json.ts';
import type { QueryAnswer, RealmTrack } from './realm-surface.ts';

/** Muted tracks are silent, and where one is soloed the others are. `track` is told where a track has a label. */
export function answerLines(answer: QueryAnswer, tracks: readonly RealmTrack[]): string[] {
  const isNamed = tracks.some((track) => track.labelled);
  const heard = heardTracks(tracks);
  const events = answer.tracks
    .filter(({ track }) => heard.has(track))
    .flatMap(({ track, events }) => events.map((event) => (isNamed ? { event, track } : { event })));
  return eventsToJson(events).map((event) => JSON.stringify(event));
}

/** Names of the tracks that sound by their marks. */
export function heardTracks(tracks: readonly RealmTrack[]): ReadonlySet<string> {
  const soloed = tracks.filter((track) => track.solo && !track.muted);
  const heard = soloed.length > 0 ? soloed : tracks.filter((track) => !track.muted);
  return new Set(heard.map((track) => track.name));
}

/**
 * Hearing something without touching what plays: a second session with an audio context of its own, made when first
 * asked for. It plays a few seconds of a small program and stops; the newest wish ends the one before.
 */
import type { Session } from '../../runtime/session-surface.ts';
import { makeSession } from '../assets.ts';
import { type State, say } from '../state.ts';
import { messageOf } from './evaluating.ts';

export interface Audition {
  /** Plays the program for so long. Resolves when it has begun, or could not. */
  play(text: string, seconds: number): Promise<boolean>;
  stop(): void;
}

const FADE_SECONDS = 0.2;

export function createAudition(state: State): Audition {
  let session: Session | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Ascending; a play that is not the newest any more does nothing. */
  let turn = 0;
  const stop = (): void => {
    turn++;
    clearTimeout(timer);
    session?.hush(FADE_SECONDS);
  };
  return {
    async play(text, seconds) {
      stop();
      const mine = turn;
      session ??= makeSession();
      const own = session;
      try {
        // Within the gesture, and not awaited: without a gesture a browser never answers.
        own.resumeAudio().catch(() => undefined);
        await own.prepare();
        if (mine !== turn) return false;
        const { ok, diagnostics, superseded } = await own.evaluate(text, 'now');
        if (mine !== turn || superseded) return false;
        if (!ok) {
          say(state, 'note', `That can't be heard by itself: ${diagnostics[0]?.message ?? 'it was refused'}`);
          return false;
        }
        timer = setTimeout(() => mine === turn && stop(), seconds * 1000);
        return true;
      } catch (error) {
        say(state, 'error', `Listening ahead failed: ${messageOf(error)}`);
        return false;
      }
    },
    stop,
  };
}

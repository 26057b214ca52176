/**
 * Recording the master: start, stop, and a WAV file to keep. The samples stay as the engine made them (32-bit float),
 * so nothing clips that did not clip in the air.
 */
import { wavHeader, wavSamples } from '../../runtime/render/wav.ts';
import type { Session } from '../../runtime/session-surface.ts';
import { type State, say } from '../state.ts';
import { messageOf } from './evaluating.ts';

const FORMAT = '32f';

export interface Recording {
  toggle(): Promise<void>;
}

export function createRecording(session: Session, state: State): Recording {
  let running: ReturnType<Session['record']> | null = null;
  return {
    async toggle() {
      try {
        if (!running) {
          running = session.record();
          state.recordingSince.value = performance.now() / 1000;
          return;
        }
        const ending = running;
        running = null;
        state.recordingSince.value = null;
        const { sampleRate, left, right } = await ending.stop();
        if (left.length === 0) {
          say(state, 'note', 'Nothing was recorded: no sound ran meanwhile.');
          return;
        }
        const name = fileName(new Date());
        const parts = [wavHeader(FORMAT, sampleRate, left.length), wavSamples(FORMAT, left, right)];
        download(new Blob(parts as BlobPart[], { type: 'audio/wav' }), name);
        say(state, 'note', `Saved ${name}, ${(left.length / sampleRate).toFixed(1)} s.`);
      } catch (error) {
        running = null;
        state.recordingSince.value = null;
        say(state, 'error', `Recording failed: ${messageOf(error)}`);
      }
    },
  };
}

function fileName(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `talea-${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.wav`;
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

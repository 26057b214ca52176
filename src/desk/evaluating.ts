/**
 * From the editor's text to the session and back: whole text or block, what waits for its boundary, and what came of
 * it. It keeps which evaluation was performed last, since a block evaluation builds on that text.
 */
import { ChangeSet } from '@codemirror/state';
import type { EvaluationOutcome } from '../../runtime/session-surface.ts';
import { type Pending, say } from '../state.ts';
import { blockAt, onlyBlock, type Performed, withBlock } from '../text/blocks.ts';
import type { DeskParts } from './desk-parts.ts';

export type When = 'boundary' | 'now';

export interface Evaluating {
  /** Performs the editor's whole text. Resolves when it is evaluated; null where it could not be sent. */
  performAll(when: When): Promise<EvaluationOutcome | null>;
  /** Performs the last performed text with the block at the cursor replaced. */
  performBlock(): Promise<EvaluationOutcome | null>;
  cancel(): boolean;
  /** Whether a text differs from what was performed last; false while nothing plays. */
  differs(text: string): boolean;
  /** Key of the evaluation that block evaluations and marks build on, or null while nothing plays. */
  performedKey(): number | null;
  /** The page's key of the runtime's evaluation, where it is still known. */
  keyOf(evalId: number): number | null;
  /** The runtime says that an evaluation took over. */
  tookOver(evalId: number): void;
  /** The music was stopped. */
  forget(): void;
}

/** Evaluations wait for the next cycle. */
const BOUNDARY_CYCLES = 1;

/** Older evaluations whose failures are still shown in the text. */
const KEYS_KEPT = 8;

export function createEvaluating({ session, state, editor }: Omit<DeskParts, 'panels'>): Evaluating {
  let lastKey = 0;
  /** Keys by what became of them: `accepted` waits or plays, `playing` plays. */
  let accepted: number | null = null;
  let playing: number | null = null;
  /** It may be told before the outcome has come. */
  let lastTookOver: number | null = null;
  const keys = new Map<number, number>();

  const send = async (
    performed: Performed,
    lit: { from: number; to: number },
    when: When,
  ): Promise<EvaluationOutcome | null> => {
    if (state.ready.peek() === 'failed') {
      say(
        state,
        'error',
        'The sound engine did not load, so nothing can play. Reload the page to try again.',
      );
      return null;
    }
    const key = ++lastKey;
    // Within the gesture, and not awaited: without a gesture a browser never answers.
    session.resumeAudio().catch((error: unknown) => {
      say(state, 'error', `Audio can't start: ${messageOf(error)}`);
    });
    editor.sent(key, performed);
    editor.flash(lit.from, lit.to);
    state.pending.value = { key, cycle: undefined, sinceCycle: session.heardCycle() };
    const boundary = when === 'now' ? 'now' : { cycles: BOUNDARY_CYCLES };
    let outcome: EvaluationOutcome;
    try {
      outcome = await session.evaluate(performed.text, boundary);
    } catch (error) {
      settle(key);
      say(state, 'error', `The program could not be evaluated: ${messageOf(error)}`);
      return null;
    }
    receive(key, outcome, lit);
    return outcome;
  };

  const receive = (key: number, outcome: EvaluationOutcome, lit: { from: number; to: number }): void => {
    if (outcome.superseded) {
      settle(key);
      return;
    }
    keys.set(outcome.evalId, key);
    editor.named(key, outcome.evalId);
    editor.showMistakes(key, outcome.diagnostics);
    if (!outcome.ok) {
      settle(key);
      editor.flash(lit.from, lit.to, 'refused');
      reportMistakes(key, outcome);
      return;
    }
    accepted = key;
    if (lastTookOver === outcome.evalId) {
      playing = key;
      settle(key);
    } else if (state.pending.peek()?.key === key) {
      const sinceCycle = session.heardCycle();
      state.pending.value = { key, cycle: outcome.cycle, sinceCycle } satisfies Pending;
    }
    state.changed.value = editor.text() !== editor.performed(key)?.text;
    for (const each of outcome.diagnostics) {
      if (each.severity === 'warning')
        say(state, 'warning', each.message, { position: editor.placeNow(key, each.from) });
    }
  };

  const reportMistakes = (key: number, outcome: EvaluationOutcome): void => {
    const errors = outcome.diagnostics.filter((each) => each.severity === 'error');
    const first = errors[0];
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    const goesOn = state.playing.peek() ? ' The music goes on as it was.' : '';
    const text = first
      ? `${sentence(`${first.message}${more}`)}${goesOn}`
      : `The program was refused.${goesOn}`;
    say(state, 'error', text, { notes: first?.notes, position: first && editor.placeNow(key, first.from) });
  };

  const settle = (key: number): void => {
    if (state.pending.peek()?.key === key) state.pending.value = null;
  };

  return {
    performAll(when) {
      const text = editor.text();
      return send({ text, changes: ChangeSet.empty(text.length) }, { from: 0, to: text.length }, when);
    },
    async performBlock() {
      const text = editor.text();
      const block = blockAt(text, editor.cursor());
      if (!block) {
        say(state, 'note', 'There is no block at the cursor.');
        return null;
      }
      const base = accepted === null ? null : editor.performed(accepted);
      return send(base ? withBlock(base, text, block) : onlyBlock(text, block), block, 'boundary');
    },
    cancel() {
      const pending = state.pending.peek();
      if (!pending) return false;
      session.cancelPending();
      accepted = playing;
      state.pending.value = null;
      say(state, 'note', 'Cancelled: what plays goes on.');
      return true;
    },
    differs: (text) => accepted !== null && editor.performed(accepted)?.text !== text,
    performedKey: () => accepted,
    keyOf: (evalId) => keys.get(evalId) ?? null,
    tookOver(evalId) {
      state.playing.value = true;
      lastTookOver = evalId;
      const key = keys.get(evalId);
      if (key === undefined) return;
      playing = key;
      for (const [id, each] of keys) if (each < key - KEYS_KEPT) keys.delete(id);
      settle(key);
    },
    forget() {
      accepted = null;
      playing = null;
      state.pending.value = null;
    },
  };
}

/** With a full stop where there is none. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

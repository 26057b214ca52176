/**
 * A Session without sound, for tests of the page's own behaviour: its clock is handed in, it records what it was
 * asked for, and it answers as told. Nothing of the product imports it.
 */
import type { EvaluationOutcome, Session, SessionEvents } from '../../runtime/session-surface.ts';
import { tracksOf } from '../../src/text/program-tree.ts';

export interface FakeSession extends Session {
  /** Calls in order, as `name argument...`. */
  readonly calls: readonly string[];
  /** What the next evaluation answers, laid over a good outcome. */
  answerNext(outcome: Partial<EvaluationOutcome>): void;
  emit<K extends keyof SessionEvents>(name: K, event: SessionEvents[K]): void;
}

export function createFakeSession(heard: () => number | null = () => null): FakeSession {
  const listeners = new Map<string, Set<(event: never) => void>>();
  const calls: string[] = [];
  let next: Partial<EvaluationOutcome> = {};
  let lastId = 100;
  let performed: string | null = null;
  const note = (...words: unknown[]): void =>
    void calls.push(words.map((word) => JSON.stringify(word)).join(' '));
  const emit: FakeSession['emit'] = (name, event) => {
    for (const listener of listeners.get(name) ?? []) (listener as (value: typeof event) => void)(event);
  };
  return {
    calls,
    emit,
    answerNext(outcome) {
      next = outcome;
    },
    prepare: async () => {},
    resumeAudio: async () => note('resumeAudio'),
    async evaluate(text, boundary) {
      note('evaluate', text, boundary);
      const outcome: EvaluationOutcome = {
        evalId: ++lastId,
        ok: true,
        diagnostics: [],
        tracks: tracksOf(text).map(({ name, muted, solo }, index) => ({
          name,
          muted,
          solo,
          strip: index + 1,
        })),
        cycle: performed === null ? null : Math.floor(heard() ?? 0) + 1,
        superseded: false,
        compileMs: 10,
        evaluateMs: 5,
        ...next,
      };
      next = {};
      if (outcome.ok) {
        performed = text;
        emit('tracks', outcome.tracks);
      }
      return outcome;
    },
    cancelPending: () => note('cancelPending'),
    hush: () => {
      note('hush');
      performed = null;
      emit('stopped', undefined);
    },
    panic: () => {
      note('panic');
      performed = null;
      emit('stopped', undefined);
    },
    setTempo: (cyclesPerSecond) => note('setTempo', cyclesPerSecond),
    setStrip: (track, change) => note('setStrip', track, change),
    setLookAhead: (seconds) => note('setLookAhead', seconds),
    get performedText() {
      return performed;
    },
    heardAtSeconds: () => null,
    heardCycle: heard,
    timeline: [],
    record: () => {
      note('record');
      return {
        stop: async () => ({ sampleRate: 48_000, left: new Float32Array(0), right: new Float32Array(0) }),
      };
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (event: never) => void);
      return () => void set.delete(listener as (event: never) => void);
    },
    close: async () => {},
  };
}

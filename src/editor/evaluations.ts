/**
 * Which evaluation saw which text, and how that text has changed since: a field of the editor's state that composes
 * every edit, also those made while an evaluation is under way. So places of diagnostics and of what sounds, given in
 * the evaluated text, find their place in the text of now. Knows no view.
 */
import { type EditorState, MapMode, StateEffect, StateField } from '@codemirror/state';
import type { Performed } from '../text/blocks.ts';

export interface EvaluationRecord extends Performed {
  /** The page's own number, ascending. */
  readonly key: number;
  /** The runtime's number, once it is known. */
  readonly evalId: number | null;
}

/** Records kept: what waits, what plays, what still rings out, and what a cancel falls back to. */
const RECORDS_KEPT = 8;

export const evaluationSent = StateEffect.define<{ readonly key: number } & Performed>();
export const evaluationNamed = StateEffect.define<{ readonly key: number; readonly evalId: number }>();
/** The performed text itself was changed, by a mark or the tempo field; its places stay those of before. */
export const performedChanged = StateEffect.define<{ readonly key: number } & Performed>();

interface Evaluations {
  readonly records: readonly EvaluationRecord[];
  /** Performed texts with later marks, by key; what a block evaluation builds on. */
  readonly performed: ReadonlyMap<number, Performed>;
}

export const evaluations = StateField.define<Evaluations>({
  create: () => ({ records: [], performed: new Map() }),
  update(value, transaction) {
    let { records, performed } = value;
    if (transaction.docChanged) {
      const move = <T extends Performed>(each: T): T => ({
        ...each,
        changes: each.changes.compose(transaction.changes),
      });
      records = records.map(move);
      performed = new Map([...performed].map(([key, each]) => [key, move(each)]));
    }
    for (const effect of transaction.effects) {
      if (effect.is(evaluationSent)) {
        const { key, text, changes } = effect.value;
        records = [...records, { key, evalId: null, text, changes }].slice(-RECORDS_KEPT);
        performed = withPerformed(performed, key, { text, changes }, records);
      } else if (effect.is(evaluationNamed)) {
        const { key, evalId } = effect.value;
        records = records.map((each) => (each.key === key ? { ...each, evalId } : each));
      } else if (effect.is(performedChanged)) {
        const { key, text, changes } = effect.value;
        performed = withPerformed(performed, key, { text, changes }, records);
      }
    }
    return records === value.records && performed === value.performed ? value : { records, performed };
  },
});

function withPerformed(
  performed: ReadonlyMap<number, Performed>,
  key: number,
  value: Performed,
  records: readonly EvaluationRecord[],
): ReadonlyMap<number, Performed> {
  const kept = [...performed].filter(([each]) => records.some((record) => record.key === each));
  return new Map([...kept, [key, value]]);
}

export function recordOf(state: EditorState, key: number): EvaluationRecord | null {
  return state.field(evaluations).records.find((each) => each.key === key) ?? null;
}

export function recordOfEvaluation(state: EditorState, evalId: number): EvaluationRecord | null {
  return state.field(evaluations).records.findLast((each) => each.evalId === evalId) ?? null;
}

export function performedOf(state: EditorState, key: number): Performed | null {
  return state.field(evaluations).performed.get(key) ?? null;
}

/** Where a range of the evaluated text is now; null where it was deleted. */
export function mapRange(record: Performed, from: number, to: number): { from: number; to: number } | null {
  const length = record.changes.length;
  if (from < 0 || to < from || to > length) return null;
  if (from < to) {
    if (record.changes.touchesRange(from, to) === 'cover') return null;
    const mapped = { from: record.changes.mapPos(from, 1), to: record.changes.mapPos(to, -1) };
    return mapped.from < mapped.to ? mapped : null;
  }
  const at = record.changes.mapPos(from, 1, MapMode.TrackDel);
  return at === null ? null : { from: at, to: at };
}

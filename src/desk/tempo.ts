/**
 * The tempo field's act: the engine at once, and the statement in the editor's text and in the performed text, so that
 * text and bar never disagree.
 */
import { TEMPO_RANGE, tempoEdit } from '../text/tempo-statement.ts';
import type { DeskParts } from './desk-parts.ts';
import type { Evaluating } from './evaluating.ts';

export function setTempo(
  { session, state, editor }: DeskParts,
  evaluating: Evaluating,
  cyclesPerSecond: number,
): void {
  const clamped = Math.min(TEMPO_RANGE.max, Math.max(TEMPO_RANGE.min, cyclesPerSecond));
  state.cyclesPerSecond.value = clamped;
  session.setTempo(clamped);
  editor.edit([tempoEdit(editor.text(), clamped * 60)]);
  const key = evaluating.performedKey();
  const performed = key === null ? null : editor.performed(key);
  if (key !== null && performed) editor.editPerformed(key, [tempoEdit(performed.text, clamped * 60)]);
}

/** Every evaluation is answered exactly once. */
import { expect, test } from 'vitest';
import { PendingEvaluations } from '../../../runtime/pending-evaluations.ts';

const outcome = (evalId: number, ok = true) => ({
  evalId,
  ok,
  diagnostics: [],
  tracks: [],
  cycle: null,
  superseded: false,
  compileMs: 0,
  evaluateMs: 0,
});

test('a result answers its own and supersedes the older; a mistake supersedes nobody', async () => {
  const pending = new PendingEvaluations();
  const answers = [1, 2, 3, 4].map((evalId) => pending.add(evalId));
  pending.answer(outcome(2, false));
  pending.answer(outcome(3));
  pending.answer(outcome(3));
  expect((await Promise.all(answers.slice(0, 3))).map(({ ok, superseded }) => [ok, superseded])).toEqual([
    [false, true],
    [false, false],
    [true, false],
  ]);
  expect([1, 2, 3, 4].map((evalId) => pending.has(evalId))).toEqual([false, false, false, true]);
  pending.supersede();
  expect((await answers[3])!.superseded).toBe(true);
  pending.answer(outcome(99));
});

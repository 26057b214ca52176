/**
 * Evaluations that somebody waits for. It stands alone to keep one rule: each promise is answered exactly once, by
 * its own result, or as superseded by a newer result, a cancel or a stop.
 */
import type { EvaluationOutcome } from './session-surface.ts';

type Waiting = (outcome: EvaluationOutcome) => void;

export class PendingEvaluations {
  private readonly waiting = new Map<number, Waiting>();

  add(evalId: number): Promise<EvaluationOutcome> {
    return new Promise((resolve) => this.waiting.set(evalId, resolve));
  }

  has(evalId: number): boolean {
    return this.waiting.has(evalId);
  }

  /** Answers one; where it took over, older ones are superseded. */
  answer(outcome: EvaluationOutcome): void {
    this.take(outcome.evalId)?.(outcome);
    if (outcome.ok) this.supersede(outcome.evalId);
  }

  /** Supersedes all before `evalId`; all of them by default. */
  supersede(evalId = Number.POSITIVE_INFINITY): void {
    for (const id of [...this.waiting.keys()]) if (id < evalId) this.take(id)?.(superseded(id));
  }

  private take(evalId: number): Waiting | undefined {
    const waiting = this.waiting.get(evalId);
    this.waiting.delete(evalId);
    return waiting;
  }
}

function superseded(evalId: number): EvaluationOutcome {
  return {
    evalId,
    ok: false,
    diagnostics: [],
    tracks: [],
    cycle: null,
    superseded: true,
    compileMs: 0,
    evaluateMs: 0,
  };
}

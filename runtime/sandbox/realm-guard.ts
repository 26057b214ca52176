/**
 * The loop guard: ends loops of user code that run too long, naming the loop. It stands alone because evaluation and
 * queries share it; the host's watchdog stands behind it for what holds no loop. Thread: wherever the realm lives.
 */

/** A loop ran past its budget. `from` is where the loop stands in the text. */
export class LoopError extends Error {
  override readonly name = 'LoopError';
  readonly from: number;

  constructor(from: number, budgetMs: number) {
    super(`This loop does not end: it was stopped after ${budgetMs} ms`);
    this.from = from;
  }
}

/** The clock is read once in so many rounds (a power of two). */
const ROUNDS = 256;

/** Budget of one synchronous stretch of user code; time that a program awaits does not count. */
export class LoopGuard {
  private readonly now: () => number;
  private readonly afterStretch: (f: () => void) => void;
  private budgetMs = Number.POSITIVE_INFINITY;
  private began: number | null = null;
  private rounds = 0;

  constructor(now: () => number) {
    this.now = now;
    // Taken before user code can replace it.
    const done = Promise.resolve();
    const then = Promise.prototype.then;
    this.afterStretch = (f) => void Reflect.apply(then, done, [f]);
  }

  /** A stretch begins now and may last `budgetMs`. */
  begin(budgetMs: number): void {
    this.budgetMs = budgetMs;
    this.began = this.now();
    this.rounds = 0;
  }

  /** Called in every round of every loop of user code. */
  loop(from: number): void {
    this.rounds += 1;
    if ((this.rounds & (ROUNDS - 1)) !== 0) return;
    const now = this.now();
    if (this.began === null) {
      this.began = now;
      this.afterStretch(() => {
        this.began = null;
      });
    }
    if (now - this.began > this.budgetMs) throw new LoopError(from, this.budgetMs);
  }

  /** The stretch is over; what comes after an await is a new one. */
  end(): void {
    this.began = null;
  }
}

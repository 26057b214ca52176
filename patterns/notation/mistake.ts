/**
 * What is wrong with a piece of mini-notation, as data: where, what was found, what was expected, the nearest fix.
 * It stands alone because parser, builder and whoever shows the mistake share it; it knows no patterns.
 */

/** Replace from..to by `insert`. */
export interface NotationFix {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export interface NotationMistake {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  /** What could stand there, in words or in back-quotes. */
  readonly expected: readonly string[];
  readonly fix?: NotationFix;
}

/**
 * A performer's mistake in mini-notation. Offsets are those of the notation's own text, or of the program where
 * `placed` says so.
 */
export class NotationError extends Error implements NotationMistake {
  override readonly name = 'NotationError';
  readonly from: number;
  readonly to: number;
  readonly expected: readonly string[];
  readonly fix?: NotationFix;
  readonly placed: boolean;

  constructor(mistake: NotationMistake, placed = false) {
    super(mistake.message);
    this.from = mistake.from;
    this.to = mistake.to;
    this.expected = mistake.expected;
    if (mistake.fix !== undefined) this.fix = mistake.fix;
    this.placed = placed;
  }

  /** The same mistake with its offsets in the program, where `at` maps an offset in the notation to one there. */
  placedBy(at: (offset: number) => number): NotationError {
    if (this.placed) return this;
    const { fix } = this;
    const moved = fix === undefined ? {} : { fix: { ...fix, from: at(fix.from), to: at(fix.to) } };
    return new NotationError(
      { from: at(this.from), to: at(this.to), message: this.message, expected: this.expected, ...moved },
      true,
    );
  }
}

/**
 * The syntax tree of mini-notation: what parse.ts makes and what check.ts, layout.ts and compose.ts read.
 * It stands alone so that parsing knows nothing of patterns. All offsets are UTF-16 positions in the notation's
 * own text, `from` included, `to` excluded.
 */

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A word or number: `bd`, `-1`, `c#4`. `value` is a number exactly where Number(text) is not NaN. */
export interface Atom extends Range {
  readonly kind: 'atom';
  readonly value: string | number;
}

/** A chord literal: `c'maj7`. `notes` sound together, each a name or, where the root is a number, a number. */
export interface ChordLiteral extends Range {
  readonly kind: 'chord';
  readonly notes: readonly (string | number)[];
}

/** `~` or a lone `-`. */
export interface Rest extends Range {
  readonly kind: 'rest';
  readonly sign: '~' | '-';
}

/** How the parts of a group go together: `,` at once, `|` one by chance, ` . ` one after the other. */
export type Joining = 'stack' | 'choice' | 'feet';

/** Sequences side by side. One part alone has the joining `stack`. `salt` is its number among all `?`, `|` and feet. */
export interface Body {
  readonly joining: Joining;
  readonly parts: readonly Sequence[];
  readonly salt: number;
}

/** `[ ]`, and the whole text. */
export interface Group extends Range {
  readonly kind: 'group';
  readonly body: Body;
}

/** `< >`: lanes that move one step a cycle. */
export interface Alternation extends Range {
  readonly kind: 'alternation';
  readonly lanes: readonly Sequence[];
}

/** `{ }` and `{ }%n`: lanes with `steps` steps a cycle, by default the first lane's weight. */
export interface Polymeter extends Range {
  readonly kind: 'polymeter';
  readonly lanes: readonly Sequence[];
  readonly steps: Slice | null;
}

/** `first second ... last`: a range by example, in the space of one step. */
export interface Progression extends Range {
  readonly kind: 'progression';
  readonly first: Slice;
  readonly second: Slice;
  readonly last: Slice;
}

export type Slice = Atom | ChordLiteral | Rest | Group | Alternation | Polymeter | Progression;

/** What stands behind a slice, applied from left to right. */
export type Operator =
  | ({ readonly kind: 'fast' | 'slow' | 'tail' | 'range'; readonly argument: Slice } & Range)
  | ({
      readonly kind: 'euclid';
      readonly onsets: Step;
      readonly steps: Step;
      readonly turn: Step | null;
    } & Range)
  | ({ readonly kind: 'replicate'; readonly times: number } & Range)
  | ({ readonly kind: 'degrade'; readonly chance: number | null; readonly salt: number } & Range);

/** A slice with its operators. `weight` is its share of the sequence, after all `@`, `_` and `!`. */
export interface Step extends Range {
  readonly slice: Slice;
  readonly operators: readonly Operator[];
  readonly weight: number;
}

/** Steps one after the other. `marked`: a `^` before it makes it the source of the step count. */
export interface Sequence extends Range {
  readonly marked: boolean;
  readonly steps: readonly Step[];
}

/** One entry of the reference, as completion and hover show it. Plain data between the tables and the editor. */
export interface ReferenceEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: 'function' | 'control';
  readonly signature: string;
  readonly text: string;
  readonly example: string | null;
  /** Unit and range of a control, in words. */
  readonly facts: string | null;
}

export type Reference = ReadonlyMap<string, ReferenceEntry>;

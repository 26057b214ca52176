/** The form of a patch: names, a source of the engine, and parameters by event key that an event's own override. */
export interface Patch {
  readonly names: readonly string[];
  /** Name of the source in the wire's table. */
  readonly source: string;
  readonly preset: Readonly<Record<string, number>>;
}

/**
 * A straight line between two clocks: anchor and rate. Session time is carried by such lines: each peer has one from its
 * own clock to the shared time. Pure; the two directions are an inverse pair.
 */

export interface ClockLine {
  readonly localSeconds: number;
  readonly sharedSeconds: number;
  /** Shared seconds per local second. */
  readonly rate: number;
}

/** Shared time at a local time. */
export const toShared = (line: ClockLine, localSeconds: number): number =>
  line.sharedSeconds + (localSeconds - line.localSeconds) * line.rate;

/** Local time at a shared time. Inverse of toShared. */
export const toLocal = (line: ClockLine, sharedSeconds: number): number =>
  line.localSeconds + (sharedSeconds - line.sharedSeconds) / line.rate;

/**
 * The line of our clock when another peer's line is known and its clock is `offsetSeconds` ahead of ours at
 * `atSeconds`, gaining `drift` seconds a second.
 */
export function lineThrough(
  theirs: ClockLine,
  atSeconds: number,
  offsetSeconds: number,
  drift: number,
): ClockLine {
  return {
    localSeconds: atSeconds,
    sharedSeconds: toShared(theirs, atSeconds + offsetSeconds),
    rate: theirs.rate * (1 + drift),
  };
}

/** The same line anchored at another local time: nearer anchors keep rounding small. */
export const anchoredAt = (line: ClockLine, localSeconds: number): ClockLine => ({
  localSeconds,
  sharedSeconds: toShared(line, localSeconds),
  rate: line.rate,
});

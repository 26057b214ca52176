/**
 * Phase within a quantum: where a musician stands in the loop that he and others repeat. Positions and quanta are
 * numbers in cycles (or beats, all in one unit). Pure; a quantum of 0 or less means none: every position is in phase.
 */

/** Position within the quantum, in [0, quantum), also for negative positions. */
export function phaseOf(position: number, quantum: number): number {
  if (!(quantum > 0)) return 0;
  const rest = position - Math.floor(position / quantum) * quantum;
  return rest >= quantum ? 0 : Math.max(0, rest);
}

/** The phase as a distance to the nearest boundary, in (-quantum/2, quantum/2]. */
export function signedPhase(position: number, quantum: number): number {
  const phase = phaseOf(position, quantum);
  return phase > quantum / 2 ? phase - quantum : phase;
}

/** The first position at or after `position` whose phase is that of `like`. */
export function nextInPhase(position: number, like: number, quantum: number): number {
  return position + phaseOf(like - position, quantum);
}

/** The position nearest to `position` whose phase is that of `like`: at most half a quantum away. */
export function nearestInPhase(position: number, like: number, quantum: number): number {
  return position + signedPhase(like - position, quantum);
}

/** The first boundary at or after `position`; `slack` forgives rounding just past one. */
export function nextBoundary(position: number, quantum: number, slack = 1e-9): number {
  if (!(quantum > 0)) return position;
  return Math.ceil((position - slack) / quantum) * quantum;
}

/**
 * The count a musician sees whose own count began at `origin`: the value nearest to the shared position whose phase
 * counts from that origin. So counts that began at different places still share bar lines.
 */
export function encodePhase(position: number, origin: number, quantum: number): number {
  return position - signedPhase(origin, quantum);
}

/** Shared position of an encoded count. Inverse of encodePhase for the same origin and quantum. */
export function decodePhase(encoded: number, origin: number, quantum: number): number {
  return encoded + signedPhase(origin, quantum);
}

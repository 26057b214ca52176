/**
 * Whose clock jumped? If one neighbour's offset jumps, it was theirs; if those of most neighbours jump alike at the same
 * time, it was ours. Pure: it reads what the links saw.
 */
export interface SeenReset {
  /** When measuring began anew, in our seconds; -Infinity if never. */
  readonly resetAt: number;
  /** By how much the neighbour's clock minus ours jumped. */
  readonly resetJump: number;
}

/** Resets belong together within this time, and when their jumps differ by no more than this. */
const TOGETHER_SECONDS = 1.5;
const ALIKE_SECONDS = 2e-3;
const ALIKE_SHARE = 0.1;

/**
 * By how much our own clock jumped, judged by `measured` neighbours; null where it did not, or where that cannot be
 * told (with one neighbour it never can).
 */
export function ownJump(neighbours: readonly SeenReset[], nowSeconds: number): number | null {
  if (neighbours.length < 2) return null;
  const recent = neighbours.filter((each) => Math.abs(nowSeconds - each.resetAt) < TOGETHER_SECONDS);
  if (recent.length < 2 || recent.length * 2 <= neighbours.length) return null;
  const jumps = recent.map((each) => each.resetJump).sort((a, b) => a - b);
  const middle = jumps[Math.floor(jumps.length / 2)]!;
  const bearable = Math.max(ALIKE_SECONDS, ALIKE_SHARE * Math.abs(middle));
  const alike = jumps.filter((jump) => Math.abs(jump - middle) <= bearable);
  if (alike.length < 2 || alike.length * 2 <= neighbours.length) return null;
  return -alike.reduce((sum, jump) => sum + jump, 0) / alike.length;
}

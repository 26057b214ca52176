/**
 * Math.random of user code: seeded, so that every peer and every render hears the same (decision: chance depends on
 * seed, track and position alone). Source: mulberry32, Tommy Ettinger 2017, public domain; FNV-1a for the seed.
 */

/** Replaces Math.random on this thread; the result seeds it anew from a text. */
export function seedMathRandom(): (seed: string) => void {
  let state = 0;
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return (seed) => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
    state = hash | 0;
  };
}

/**
 * The seed of a note's own noise: a hash of the piece's seed, the track, the exact place and the note's number among
 * those of its track that begin there. So live, rendered and repeated notes sound alike. It knows numbers only.
 */

const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);

/** One step of the mix. Source: the finalizer of MurmurHash3 (Austin Appleby, public domain). */
function mix(hash: number, word: number): number {
  let h = (hash ^ word) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A u32 of the track's name, the same on every machine. */
export function trackHash(track: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < track.length; i++) hash = mix(hash + i, track.charCodeAt(i));
  return hash;
}

/** u32; `cycle` is the onset as f64, `index` counts the track's notes at that onset from 0. */
export function noteSeed(seed: number, track: number, cycle: number, index: number): number {
  double[0] = cycle === 0 ? 0 : cycle;
  const place = mix(mix(mix(0x9e3779b9, seed >>> 0), track), words[0]!);
  return mix(mix(place, words[1]!), index >>> 0);
}

/**
 * Names that some parameters take in place of numbers: the place in the list is the value on the wire. Stands alone since
 * the encoder reads it and the engine's tables follow its order.
 */

/** Names by event key. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  ftype: ['12db', 'ladder', '24db'],
  distorttype: ['scurve', 'soft', 'hard', 'cubic', 'diode', 'asym', 'fold', 'sinefold', 'chebyshev'],
  tremoloshape: ['tri', 'sine', 'ramp', 'saw', 'square'],
  vowel: ['a', 'e', 'i', 'o', 'u', 'ae', 'aa', 'oe', 'ue', 'y', 'uh', 'un', 'en', 'an', 'on'],
};

/** Other ways to write them. */
export const OTHER_WORDS: Readonly<Record<string, string>> = {
  lp12: '12db',
  lp24: '24db',
  triangle: 'tri',
  sin: 'sine',
  sawtooth: 'saw',
  sqr: 'square',
  æ: 'ae',
  ä: 'ae',
  ø: 'oe',
  ö: 'oe',
  ü: 'ue',
  å: 'aa',
};

/** The number of a name, or null where the parameter knows no such name. */
export function numberOfWord(key: string, word: string): number | null {
  const words = WORDS[key];
  if (words === undefined) return null;
  const name = word.trim().toLowerCase();
  const at = words.indexOf(OTHER_WORDS[name] ?? name);
  return at < 0 ? null : at;
}

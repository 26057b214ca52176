/**
 * The known name that a musician most likely meant, for messages about unknown ones. It ranks what nearestName finds
 * equally near; it knows no names itself.
 */
import { nearestName } from './nearest-name.ts';

/**
 * The nearest of `names`, or undefined. Of equally near ones: swapped letters, then a letter too many or too few, then
 * a wrong one. Two letters are too few to guess by.
 * @example nearest('noet', ['net', 'note']) // 'note'
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name.length < 3) return undefined;
  return nearestName(
    name,
    [...names].sort((a, b) => rank(name, a) - rank(name, b)),
  );
}

function rank(typed: string, known: string): number {
  if (sortedLetters(typed) === sortedLetters(known)) return 0;
  return isWithin(typed, known) || isWithin(known, typed) ? 1 : 2;
}

const sortedLetters = (word: string): string => [...word.toLowerCase()].sort().join('');

/** True where all letters of `short` come in `long` in their order. */
function isWithin(short: string, long: string): boolean {
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** Names that a program declares, by a look at its text. */
export function declaredNames(text: string): string[] {
  return [...text.matchAll(/\b(?:const|let|var|function|class)\s+([\w$\p{L}]+)/gu)].map((match) => match[1]!);
}

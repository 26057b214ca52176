/**
 * Text to pattern, text to mistake: parse, check, compose. It imports only the core, so that the core's reading
 * of strings can import it.
 */
import type { Pattern } from '../pattern.ts';
import { checkTree } from './check.ts';
import { compose } from './compose.ts';
import { NotationError } from './mistake.ts';
import { parse } from './parse.ts';
import type { Group } from './tree.ts';

/** Patterns made lately: a function that is called again for every cycle reads its strings once. */
const recent = new Map<string, Pattern<unknown>>();
const RECENT_LIMIT = 512;

/**
 * The pattern of a text. `from` is where the text's first character stands in the program (one past the opening
 * quote), null where it has no place there. `at` maps an offset in the text to its offset in the program where
 * escapes in the literal make that more than adding `from`. Throws a NotationError, with offsets in the program
 * where the text has a place there, else in the text.
 * @example notation('bd(3,8)', null).firstCycle().length // 3
 */
export function notation(
  text: string,
  from: number | null,
  at?: (offset: number) => number,
): Pattern<unknown> {
  const placing = at ?? (from === null ? null : (offset: number) => from + offset);
  if (at !== undefined) return make(text, placing);
  const key = `${from ?? ''} ${text}`;
  const found = recent.get(key);
  if (found !== undefined) return found;
  const made = make(text, placing);
  if (recent.size >= RECENT_LIMIT) recent.delete(recent.keys().next().value!);
  recent.set(key, made);
  return made;
}

/** The first mistake in a text, with offsets in the text, or null. */
export function checkNotation(text: string): NotationError | null {
  try {
    tree(text);
    return null;
  } catch (error) {
    if (error instanceof NotationError) return error;
    throw error;
  }
}

function make(text: string, placing: ((offset: number) => number) | null): Pattern<unknown> {
  try {
    return compose(tree(text), placing);
  } catch (error) {
    if (placing !== null && error instanceof NotationError) throw error.placedBy(placing);
    throw error;
  }
}

function tree(text: string): Group {
  const parsed = parse(text);
  checkTree(parsed);
  return parsed;
}

/**
 * What becomes a pattern where one is due: patterns themselves, text (notation, or plain where the program quotes
 * it with single quotes), lists as sequences, anything else as a value once per cycle. It joins core, notation and
 * the evaluation's table of literals.
 */
import { fastcat, pure, silence } from './combine.ts';
import { currentEvaluation } from './evaluation.ts';
import { notation } from './notation/index.ts';
import { Pattern } from './pattern.ts';

/** The pattern x stands for. Text is read as the literal noted last with that text says. */
export function reify(x: unknown): Pattern<any> {
  if (x instanceof Pattern) return x;
  if (typeof x === 'string') return patternOfText(x);
  if (x instanceof String) return patternOfText(String(x));
  return pure(x);
}

function patternOfText(text: string): Pattern<any> {
  const literal = currentEvaluation().literals.get(text);
  if (literal === undefined) return notation(text, null);
  return literal.quote === "'" ? pure(text) : notation(text, literal.from, literal.at);
}

/** Items one after another in one cycle; a list within is a group. */
export function sequence(...items: readonly unknown[]): Pattern<any> {
  return fastcat(...items.map(listed));
}

/** As reify, but a list is a sequence. */
export function listed(item: unknown): Pattern<any> {
  if (!Array.isArray(item)) return reify(item);
  return item.length === 0 ? silence : sequence(...item);
}

/**
 * Evaluates expressions of the language for tests: in a vm context of its own, so that the methods of text are
 * installed there and nowhere else. It also writes events in a tiny notation: `0 a | 1/2 b`.
 */
import { createContext, runInContext } from 'node:vm';
import {
  Evaluation,
  type EventJson,
  globals,
  installStringMethods,
  type Pattern,
  type PatternEvent,
  queryToJson,
  reify,
  withEvaluation,
} from '../../patterns/index.ts';

const context = createContext({ ...globals(), console });
installStringMethods(runInContext('String.prototype', context) as object);

/** The names that text keeps for itself: as in a program, a literal receiver of them is a pattern. */
const KEPT = /("(?:[^"\\]|\\.)*")(?=\s*\.(?:anchor|slice|sub)\b)/g;

/** The pattern of an expression, evaluated within `evaluation`. */
export function patternOf(code: string, evaluation: Evaluation = new Evaluation()): Pattern<any> {
  const text = code.replace(KEPT, 'reify($1)');
  return withEvaluation(evaluation, () => reify(runInContext(`(${text}\n)`, context)));
}

/** Runs statements, for what they write into the evaluation. */
export function run(code: string): Evaluation {
  const evaluation = new Evaluation();
  withEvaluation(evaluation, () => runInContext(code, context));
  return evaluation;
}

/** Events of an expression as the command line prints them. */
export function eventsOf(
  code: string,
  from = 0,
  to = 1,
  evaluation: Evaluation = new Evaluation(),
): EventJson[] {
  const pattern = patternOf(code, evaluation);
  return withEvaluation(evaluation, () =>
    queryToJson([{ pattern, controls: evaluation.controlsFor('', 0.5) }], from, to),
  );
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const short = (time: string): string => time.replace(/\/1$/, '');

/** `0-1/2 a | 1/2-1 b`: part and value; fragments say their whole, continuous events have `~`. */
export function line(events: readonly EventJson[]): string {
  return events
    .map(({ whole, part, value }) => {
      const span = `${short(part[0])}-${short(part[1])}`;
      if (whole === null) return `~${span} ${shown(value)}`;
      const cut =
        whole[0] === part[0] && whole[1] === part[1] ? '' : ` of ${short(whole[0])}-${short(whole[1])}`;
      return `${span}${cut} ${shown(value)}`;
    })
    .join(' | ');
}

/** The events of an expression in the tiny notation. */
export const played = (code: string, from = 0, to = 1): string => line(eventsOf(code, from, to));

/** Events as comparable text, in order. */
export function listed(events: readonly PatternEvent<any>[]): string[] {
  return events
    .map((event) => `${event.part.show()} of ${event.whole?.show() ?? '~'} ${JSON.stringify(event.value)}`)
    .sort();
}

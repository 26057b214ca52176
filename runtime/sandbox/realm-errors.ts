/**
 * What user code threw, as a diagnostic at its place in the typed text: unknown names get the nearest known one,
 * mistakes in notation their place inside the string. It knows the words of JavaScript engines, no hosts.
 */
import { NotationError } from '../../patterns/notation/mistake.ts';
import { declaredNames, nearest } from '../program/nearest.ts';
import type { ProgramPlaces } from '../program/positions.ts';
import type { Diagnostic } from '../program/program.ts';
import { programFrames } from '../program/program-frames.ts';
import { LoopError } from './realm-guard.ts';
import { show } from './realm-log.ts';

/** Where and among which names a mistake is explained. */
export interface MistakeContext {
  readonly evalId: number;
  readonly text: string;
  readonly places: ProgramPlaces;
  /** Names a program can use without declaring them, and names of pattern methods. */
  readonly globals: readonly string[];
  readonly methods: readonly string[];
  /** Where no place can be found: the track's label. */
  readonly fallback: { readonly from: number; readonly to: number } | null;
  readonly track?: string;
}

interface Explained {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly notes?: readonly string[];
  readonly fix?: Diagnostic['fix'];
}

/** Never throws, whatever was thrown. */
export function diagnosticOfThrown(thrown: unknown, context: MistakeContext): Diagnostic {
  const track = context.track === undefined ? {} : { track: context.track };
  try {
    return { severity: 'error', ...explain(thrown, context), ...track };
  } catch {
    const at = context.fallback ?? { from: 0, to: 0 };
    return { severity: 'error', ...at, message: 'The program threw something that can’t be shown', ...track };
  }
}

function explain(thrown: unknown, context: MistakeContext): Explained {
  if (thrown instanceof LoopError) {
    return { ...tokenAt(context.text, thrown.from), message: thrown.message };
  }
  if (thrown instanceof NotationError) return explainNotation(thrown, context);
  if (!(thrown instanceof Error))
    return { ...placeOf(null, context), message: `The program threw ${show(thrown)}` };
  const at = frameOffset(thrown, context);
  const message = String(thrown.message);
  for (const [pattern, rule] of RULES) {
    const match = pattern.exec(message);
    if (match !== null) return rule(match, at, context);
  }
  return { ...placeOf(at, context), message: cleaned(message) };
}

type Rule = (match: RegExpExecArray, at: number | null, context: MistakeContext) => Explained;

/** Engines' messages -> explanations; V8 first, then SpiderMonkey and JavaScriptCore. */
const RULES: readonly (readonly [RegExp, Rule])[] = [
  [/^([\w$\p{L}]+) is not defined$/u, (match, at, context) => unknownName(match[1]!, at, context)],
  [/^Can't find variable: ([\w$\p{L}]+)$/u, (match, at, context) => unknownName(match[1]!, at, context)],
  [/\.([\w$\p{L}]+) is not a function\b/u, (match, at, context) => unknownMethod(match[1]!, at, context)],
  [/^([\w$\p{L}]+) is not a function\b/u, (match, at, context) => notAFunction(match[1]!, at, context)],
  [
    /^Maximum call stack size exceeded|^too much recursion/,
    (_match, at, context) => endlessRecursion(at, context),
  ],
  [
    /^Cannot assign to read only property '([\w$\p{L}]+)'|^"([\w$\p{L}]+)" is read-only$/u,
    (match, at, context) => languageName(match[1] ?? match[2]!, at, context),
  ],
  [
    /^Code generation from strings disallowed|^call to (?:eval|Function)\(\) blocked|'unsafe-eval'/,
    (_match, at, context) => ({
      ...placeOf(at, context),
      message: '`eval` and `Function` do not work in a program',
    }),
  ],
  [
    /^Assignment to constant variable\.?$/,
    (_match, at, context) => ({
      ...placeOf(at, context),
      message: "A constant can't be assigned again; `let` makes it a variable",
    }),
  ],
  [
    /^Cannot access '(.+)' before initialization$/,
    (match, at, context) => ({
      ...placeOf(at, context),
      message: `\`${match[1]}\` is used before the line that declares it`,
    }),
  ],
  [
    /^(?:Cannot read propert.* of (undefined|null) \(reading '(.+)'\))$/,
    (match, at, context) => ({
      ...nameNear(match[2]!, at, context),
      message: `What \`.${match[2]}\` is asked of is ${match[1]}`,
    }),
  ],
];

function unknownName(name: string, at: number | null, context: MistakeContext): Explained {
  const place = nameNear(name, at, context);
  const { text } = context;
  const isAssigned = text.slice(place.from, place.to) === name && /^\s*=(?![=>])/.test(text.slice(place.to));
  if (!isAssigned) {
    return withNearest(
      `\`${name}\` is not known`,
      name,
      place,
      [...context.globals, ...declaredNames(text)],
      context,
    );
  }
  const fix = { title: `Declare \`${name}\``, from: place.from, to: place.from, insert: 'const ' };
  return {
    ...place,
    message: `\`${name}\` is not declared: write \`const ${name} = …\` (or \`let\` if it changes later)`,
    notes: ['Names do not become global by assigning them here.'],
    ...(isStatementStart(text, place.from) ? { fix } : {}),
  };
}

function languageName(name: string, at: number | null, context: MistakeContext): Explained {
  const place = nameNear(name, at, context);
  if (!context.globals.includes(name)) return { ...place, message: `\`${name}\` can't be changed` };
  const fixable =
    context.text.slice(place.from, place.to) === name && isStatementStart(context.text, place.from);
  return {
    ...place,
    message: `\`${name}\` is a word of the language: write \`const ${name} = …\` for one of your own`,
    ...(fixable
      ? { fix: { title: `Declare \`${name}\``, from: place.from, to: place.from, insert: 'const ' } }
      : {}),
  };
}

function unknownMethod(name: string, at: number | null, context: MistakeContext): Explained {
  const place = nameNear(name, at, context);
  if (context.methods.includes(name)) {
    return { ...place, message: `\`.${name}\` is a function of patterns, and this is none` };
  }
  return withNearest(`\`.${name}\` is not known`, name, place, context.methods, context);
}

function notAFunction(name: string, at: number | null, context: MistakeContext): Explained {
  const place = nameNear(name, at, context);
  const notes = context.globals.includes(name)
    ? [`This program uses the name \`${name}\` for something else.`]
    : [];
  return { ...place, message: `\`${name}\` is not a function`, ...(notes.length > 0 ? { notes } : {}) };
}

function endlessRecursion(at: number | null, context: MistakeContext): Explained {
  return { ...placeOf(at, context), message: 'This calls itself without end' };
}

function withNearest(
  message: string,
  name: string,
  place: { readonly from: number; readonly to: number },
  names: readonly string[],
  context: MistakeContext,
): Explained {
  const near = nearest(name, names);
  if (near === undefined) return { ...place, message };
  const fixable = context.text.slice(place.from, place.to) === name;
  return {
    ...place,
    message: `${message}. Did you mean \`${near}\`?`,
    ...(fixable ? { fix: { title: `Change it to \`${near}\``, ...place, insert: near } } : {}),
  };
}

function explainNotation(error: NotationError, context: MistakeContext): Explained {
  const isSaid = /expected/i.test(error.message) || error.expected.length === 0;
  const notes = isSaid ? [] : [`Expected ${listed(error.expected)}.`];
  const more = notes.length > 0 ? { notes } : {};
  if (!error.placed) {
    return {
      ...placeOf(frameOffset(error, context), context),
      message: `In a computed string: ${error.message}`,
      ...more,
    };
  }
  const { from, to, message, fix } = error;
  return { from, to: Math.max(to, from), message, ...more, ...(fix === undefined ? {} : { fix }) };
}

function listed(items: readonly string[]): string {
  return items.length === 1 ? items[0]! : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

/** Offset of the innermost frame in the program of this evaluation. */
function frameOffset(error: Error, context: MistakeContext): number | null {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  for (const frame of programFrames(stack)) {
    if (frame.evalId !== context.evalId) continue;
    const offset = context.places.offsetOf(frame.place);
    if (offset !== null) return offset;
  }
  return null;
}

function placeOf(at: number | null, context: MistakeContext): { from: number; to: number } {
  if (at === null) return context.fallback ?? { from: 0, to: 0 };
  return tokenAt(context.text, at);
}

/** The word at an offset, or one character. */
function tokenAt(text: string, from: number): { from: number; to: number } {
  const word = /^[\w$\p{L}]+/u.exec(text.slice(from, from + 200))?.[0] ?? '';
  return { from, to: Math.min(text.length, from + Math.max(1, word.length)) };
}

/** The name itself at or soon after the offset that the engine named (engines differ in what they point at). */
function nameNear(name: string, at: number | null, context: MistakeContext): { from: number; to: number } {
  if (at === null) return placeOf(at, context);
  const pattern = new RegExp(`(?<![\\w$\\p{L}])${name.replaceAll('$', '\\$')}(?![\\w$\\p{L}])`, 'gu');
  pattern.lastIndex = at;
  const found = pattern.exec(context.text);
  return found !== null && found.index - at < 2000
    ? { from: found.index, to: found.index + name.length }
    : placeOf(at, context);
}

function isStatementStart(text: string, from: number): boolean {
  return /(^|[\n;{}])[^\S\n]*$/.test(text.slice(0, from));
}

/** A message without the calls that marking inserted. */
function cleaned(message: string): string {
  return message
    .replaceAll(/\(?__talea\.\w+\((?:\.\.\.)?\)?\)?/g, 'this')
    .replace(/\(intermediate value\)/g, 'this');
}

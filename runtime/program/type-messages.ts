/**
 * TypeScript's diagnostics in our words: which of them say nothing to a musician, and how the others are put, with a
 * quick fix where TypeScript or we know the nearest name.
 */
import type * as TypeScript from 'typescript';
import { FREE_NAMES, MEMBER_NAMES } from '../../patterns/index.ts';
import { declaredNames, nearest } from './nearest.ts';
import type { Diagnostic } from './program.ts';
import type { TypeScriptApi } from './type-api.ts';

/** Codes that are no mistakes here, or that esbuild and the realm tell better. */
const LEFT_OUT: ReadonlySet<number> = new Set([
  1108, // return outside a function
  2300,
  2451, // declared twice
  2588, // assignment to a constant
  2695, // the left side of a comma is unused
  7027,
  7028, // unreachable code, unused labels
]);

type Rule = readonly [pattern: RegExp, words: string, unknown?: 'global' | 'member'];

/** First line of TypeScript's message -> our words. `unknown`: the first group is a name that we look for ourselves. */
const RULES: readonly Rule[] = [
  [/^Cannot find name '(.+?)'\..*$/, '`$1` is not known', 'global'],
  [
    /^Property '(.+?)' does not exist on type '(?:Pattern<.*>|String|".*")'\..*$/,
    '`.$1` is not known',
    'member',
  ],
  [/^Property '(.+?)' does not exist on type '(.+?)'\..*$/, '`.$1` is not there: this is of type `$2`'],
  [/^Argument of type '(.+)' is not assignable to parameter of type '(.+)'\.$/, 'Expected $2, found $1'],
  [/^Type '(.+)' is not assignable to type '(.+)'\.$/, 'Expected $2, found $1'],
  [/^Expected (\S+) arguments?, but got (\d+)\.$/, 'Expected $1 arguments, found $2'],
  [/^Expected at least (\d+) arguments?, but got (\d+)\.$/, 'Expected at least $1 arguments, found $2'],
  [/^No overload matches this call\.$/, 'The arguments do not fit'],
  [/^This expression is not callable\.$/, 'This is not a function'],
];

/** `length` is that of the typed text; what lies behind it is ours. */
export function explainTypes(
  ts: TypeScriptApi,
  found: readonly TypeScript.Diagnostic[],
  source: TypeScript.SourceFile,
  length: number,
): Diagnostic[] {
  return found
    .filter(({ start, code }) => start !== undefined && start < length && !LEFT_OUT.has(code))
    .filter((each) => !isPatternMethodOfText(ts, source, each.start!))
    .map((each) => explain(ts, each, source.text.slice(0, length)));
}

function explain(ts: TypeScriptApi, found: TypeScript.Diagnostic, text: string): Diagnostic {
  const from = found.start ?? 0;
  const to = Math.min(text.length, from + (found.length ?? 1));
  const [first = '', ...rest] = ts.flattenDiagnosticMessageText(found.messageText, '\n').split('\n');
  // Of overloads, the last one's complaint is as good as any.
  const told = /^No overload matches/.test(first) ? (rest.at(-1)?.trim() ?? first) : first;
  for (const [pattern, words, unknown] of RULES) {
    const match = pattern.exec(told);
    if (match === null) continue;
    const message = readable(told.replace(pattern, words));
    const near = unknown === undefined ? undefined : nearest(match[1]!, namesOf(unknown, text));
    if (near === undefined) return { severity: 'error', from, to, message };
    const fix = { title: `Change it to \`${near}\``, from, to, insert: near };
    return { severity: 'error', from, to, message: `${message}. Did you mean \`${near}\`?`, fix };
  }
  return { severity: 'error', from, to, message: readable(told.replace(/\.$/, '')) };
}

function namesOf(kind: 'global' | 'member', text: string): readonly string[] {
  return kind === 'member' ? [...MEMBER_NAMES.keys()] : [...FREE_NAMES.keys(), ...declaredNames(text)];
}

function readable(message: string): string {
  return message
    .replaceAll(/PatternLike<([^<>]+)>/g, '$1 or a pattern')
    .replaceAll('PatternTransform', 'a function such as x => x.fast(2)')
    .replaceAll(/Pattern<(?:any|never)>/g, 'a pattern')
    .replaceAll(/any or a pattern/g, 'a pattern')
    .replaceAll("'", '`');
}

/**
 * True within the arguments of `"…".slice(…)`, `.sub(…)`, `.anchor(…)`: on a literal they are pattern functions, which
 * TypeScript takes for those of text.
 */
function isPatternMethodOfText(ts: TypeScriptApi, source: TypeScript.SourceFile, at: number): boolean {
  let found = false;
  const visit = (node: TypeScript.Node): void => {
    if (at < node.getStart(source) || at >= node.getEnd()) return;
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ts.isStringLiteralLike(node.expression.expression) &&
      /^(?:slice|sub|anchor)$/.test(node.expression.name.text) &&
      at >= node.expression.name.getStart(source)
    ) {
      found = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Controls that the language knows and no sound follows yet: a program may have them, but is told. It reads the table
 * of controls and the types of the places where their names stand.
 */
import type * as TypeScript from 'typescript';
import { CONTROLS } from '../../patterns/index.ts';
import type { Diagnostic } from './program.ts';
import type { TypeScriptApi } from './type-api.ts';

/** Where a control that acts is heard; others are for the eye, or for patterns themselves. */
const HEARD: ReadonlySet<string> = new Set(['voice', 'track', 'orbit']);

const SILENT: ReadonlySet<string> = new Set(
  CONTROLS.filter(({ acts, where }) => !acts && HEARD.has(where)).flatMap(({ key, aliases }) => [
    key,
    ...aliases,
  ]),
);

/** One warning for each place where such a control is called. */
export function silentControls(
  ts: TypeScriptApi,
  source: TypeScript.SourceFile,
  checker: TypeScript.TypeChecker,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      if (ts.isIdentifier(name) && SILENT.has(name.text) && isOurs(name, checker)) {
        const message = `\`${name.text}\` is known, but no sound follows it yet`;
        found.push({ severity: 'warning', from: name.getStart(source), to: name.getEnd(), message });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isOurs(name: TypeScript.Identifier, checker: TypeScript.TypeChecker): boolean {
  const declared = checker.getSymbolAtLocation(name)?.declarations ?? [];
  return declared.some((each) => each.getSourceFile().fileName.endsWith('talea.d.ts'));
}

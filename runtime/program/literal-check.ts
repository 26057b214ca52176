/**
 * Checks of string literals that need types: where a pattern is expected, a double-quoted or backtick literal must be
 * notation; where numbers are expected, its words must be numbers; sounds must be known. It reads the notation's
 * tree and the types of the places where literals stand.
 */
import type * as TypeScript from 'typescript';
import { isNoteName } from '../../patterns/index.ts';
import { checkNotation } from '../../patterns/notation/build.ts';
import { parse } from '../../patterns/notation/parse.ts';
import type { Atom, Slice } from '../../patterns/notation/tree.ts';
import { BANKS } from '../samples/banks.ts';
import { isEngineSound, unknownSound } from '../sandbox/realm-sounds.ts';
import type { Diagnostic } from './program.ts';
import { rawOffsets } from './raw-offsets.ts';
import type { TypeScriptApi } from './type-api.ts';

/** Functions whose notation names sounds. */
const SOUND_FUNCTIONS = new Set(['s', 'sound']);

/** Mistakes inside the literals of a program. */
export function checkLiterals(
  ts: TypeScriptApi,
  source: TypeScript.SourceFile,
  checker: TypeScript.TypeChecker,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  // A bank in front of the sounds makes other names of them.
  const hasBanks = /\bbank\s*\(/.test(source.text);
  const visit = (node: TypeScript.Node): void => {
    if (ts.isStringLiteralLike(node) && source.text[node.getStart(source)] !== "'") {
      const slot = slotOf(ts, node, checker);
      if (slot !== null) found.push(...checkLiteral(node, source, slot, hasBanks));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What is expected where a literal stands; null where it is no notation. */
interface Slot {
  readonly wantsNumbers: boolean;
  /** Name of the function it is given to. */
  readonly callee: string | null;
}

function slotOf(
  ts: TypeScriptApi,
  node: TypeScript.StringLiteralLike,
  checker: TypeScript.TypeChecker,
): Slot | null {
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent)) {
    return ts.isIdentifier(parent.tag) && parent.tag.text === 'm'
      ? { wantsNumbers: false, callee: null }
      : null;
  }
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const member = checker.getSymbolAtLocation(parent.name);
    const isOurs =
      member?.declarations?.some((each) => each.getSourceFile().fileName.endsWith('talea.d.ts')) ?? false;
    return isOurs ? { wantsNumbers: false, callee: null } : null;
  }
  const type = checker.getContextualType(node);
  if (type === undefined || !expectsPattern(type)) return null;
  const wanted = type.aliasSymbol?.name === 'PatternLike' ? type.aliasTypeArguments?.[0] : undefined;
  const wantsNumbers = wanted !== undefined && (wanted.flags & ts.TypeFlags.Number) !== 0;
  return { wantsNumbers, callee: ts.isCallExpression(parent) ? calleeOf(ts, parent) : null };
}

function expectsPattern(type: TypeScript.Type): boolean {
  return type.isUnion() ? type.types.some(expectsPattern) : type.symbol?.name === 'Pattern';
}

function calleeOf(ts: TypeScriptApi, call: TypeScript.CallExpression): string | null {
  const { expression } = call;
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : null;
}

function checkLiteral(
  node: TypeScript.StringLiteralLike,
  source: TypeScript.SourceFile,
  slot: Slot,
  hasBanks: boolean,
): Diagnostic[] {
  const raw = source.text.slice(node.getStart(source) + 1, node.getEnd() - 1);
  const offsets = rawOffsets(raw);
  const at = (offset: number): number => node.getStart(source) + 1 + offsets(offset);
  const mistake = checkNotation(node.text);
  if (mistake !== null) {
    const fix =
      mistake.fix === undefined
        ? {}
        : { fix: { ...mistake.fix, from: at(mistake.fix.from), to: at(mistake.fix.to) } };
    return [
      { severity: 'error', from: at(mistake.from), to: at(mistake.to), message: mistake.message, ...fix },
    ];
  }
  const place = ({ from, to }: Atom) => ({ from: at(from), to: at(to) });
  const words = atomsOf(parse(node.text)).filter((atom) => typeof atom.value === 'string');
  if (slot.wantsNumbers) {
    return words
      .filter(({ value }) => !isNoteName(String(value)))
      .map((atom) => ({
        severity: 'error',
        ...place(atom),
        message: `\`${atom.value}\` is no number${slot.callee === null ? '' : `, and \`${slot.callee}\` takes numbers`}`,
      }));
  }
  if (slot.callee === null || !SOUND_FUNCTIONS.has(slot.callee)) return [];
  return words
    .filter(({ value }) => !isEngineSound(String(value)) && !(hasBanks && isBanked(String(value))))
    .map((atom) => ({ ...unknownSound(String(atom.value), source.text, place(atom)), severity: 'error' }));
}

const BANK_NAMES: readonly string[] = BANKS.flatMap(({ names }) => names.slice(0, 1));

/** True where some bank has a sound of this name. */
const isBanked = (name: string): boolean => BANK_NAMES.some((bank) => isEngineSound(`${bank}_${name}`));

/** The words and numbers that a tree plays; those that only steer it (factors, counts) are left out. */
function atomsOf(tree: Slice): Atom[] {
  if (tree.kind === 'atom') return [tree];
  const parts = tree.kind === 'group' ? tree.body.parts : 'lanes' in tree ? tree.lanes : [];
  return parts.flatMap(({ steps }) => steps.flatMap(({ slice }) => atomsOf(slice)));
}

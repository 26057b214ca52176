/**
 * Which string literals of a program are marked, and how: as receivers of pattern methods, as values, as the text of
 * the tag m. It knows the syntax tree around one literal and nothing else.
 */
import type { SyntaxNode } from '@lezer/common';

/** `receiver` and `tag` become patterns where they stand, `value` stays a string that is noted. */
export type LiteralRole = 'receiver' | 'value' | 'tag';

/**
 * Names of String.prototype that mean JavaScript's own when called on a literal, so that `"a b".split(" ")` works.
 * `anchor`, `slice` and `sub` are left out: on a literal they are pattern functions.
 */
export const STRING_METHODS: ReadonlySet<string> = new Set(
  (
    'at big blink bold charAt charCodeAt codePointAt concat constructor endsWith fixed fontcolor fontsize ' +
    'hasOwnProperty includes indexOf isPrototypeOf isWellFormed italics lastIndexOf length link localeCompare match ' +
    'matchAll normalize padEnd padStart propertyIsEnumerable repeat replace replaceAll search small split startsWith ' +
    'strike substr substring sup toLocaleLowerCase toLocaleString toLocaleUpperCase toLowerCase toString toUpperCase ' +
    'toWellFormed trim trimEnd trimLeft trimRight trimStart valueOf'
  ).split(' '),
);

/** Parents whose string is a name or a module, never a value. */
const NAMING_PARENTS = new Set([
  'LiteralType',
  'ImportDeclaration',
  'ExportDeclaration',
  'DynamicImport',
  'NamespaceDeclaration',
  'EnumBody',
  'CaseLabel',
]);

/** Parents in which a string before the colon (or the parameters, or `=`) is a key. */
const KEYED_PARENTS = new Set([
  'Property',
  'PatternProperty',
  'PropertyDeclaration',
  'MethodDeclaration',
  'EnumMember',
]);

const isComment = (node: SyntaxNode): boolean => /Comment$/.test(node.name);

function before(node: SyntaxNode): SyntaxNode | null {
  let at = node.prevSibling;
  while (at !== null && isComment(at)) at = at.prevSibling;
  return at;
}

function isKey(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (!KEYED_PARENTS.has(parent.name)) return false;
  for (let at = before(node); at !== null; at = before(at))
    if (at.name === ':' || at.name === 'Equals') return false;
  return true;
}

/** Direct operand of a comparison or of `in`: there it is only looked at. */
function isCompared(parent: SyntaxNode): boolean {
  return (
    parent.name === 'BinaryExpression' &&
    ['CompareOp', 'in', 'instanceof'].some((op) => parent.getChild(op) !== null)
  );
}

/** The role of a String or TemplateString node; null where it stays as it is. `text` is the program's. */
export function roleOfLiteral(node: SyntaxNode, text: string): LiteralRole | null {
  const parent = node.parent;
  if (parent === null || NAMING_PARENTS.has(parent.name) || isKey(node, parent)) return null;
  const computed = node.getChild('Interpolation') !== null;
  if (parent.name === 'TaggedTemplateExpression') {
    const tag = parent.firstChild;
    return tag?.name === 'VariableName' && text.slice(tag.from, tag.to) === 'm' ? 'tag' : null;
  }
  if (parent.name === 'MemberExpression') {
    const previous = before(node);
    if (previous?.name === '[') return null;
    const property = previous === null ? parent.getChild('PropertyName') : null;
    const isReceiver = property !== null && text[node.from] !== "'";
    if (isReceiver && !STRING_METHODS.has(text.slice(property.from, property.to))) return 'receiver';
  }
  if (computed || isCompared(parent)) return null;
  return 'value';
}

/**
 * The language as a TypeScript declaration text, generated from the library's table: what `check`, completion and
 * hover see of it. It knows the form of rows and signatures, not what the functions do, and no compiler.
 */
import { LIBRARY, type LibraryRow, Pattern, pure, STRING_EXCLUDED } from '../../patterns/index.ts';
import { STRING_METHODS } from './literals.ts';
import { partsOfSignature, type SignatureParts, signatureOf } from './signatures.ts';

const HEAD = `type PatternLike<T> = T | string | readonly any[] | Pattern<any>;
type PatternTransform = (pattern: Pattern<any>) => PatternLike<any>;
type TimeLike = number | string | bigint | { toFraction(): string };
declare function m(text: PatternLike<any> | TemplateStringsArray, ...values: any[]): Pattern<any>;
declare const console: { readonly [name: string]: (...values: any[]) => void };
`;

/** Groups whose free functions take what the methods take: they make a pattern from the value alone. */
const SAME_WHEN_FREE = new Set(['controls', 'shorthands']);

/** Names that programs add, as decision 13 asks: functions, or controls. */
export interface OwnNames {
  readonly functions: readonly string[];
}

/** Declarations of the whole language and of what one program registers. */
export function declarations(own: OwnNames = { functions: [] }): string {
  const members = new Map<string, string>();
  const free: string[] = [];
  for (const name of Object.getOwnPropertyNames(Pattern.prototype)) {
    if (name !== 'constructor') members.set(name, '(...args: any[]) => any');
  }
  for (const row of LIBRARY) {
    const member = memberType(row);
    const value = freeType(row);
    for (const name of [row.name, ...row.aliases]) {
      if (member !== null) members.set(name, member);
      if (value !== null) free.push(`declare const ${name}: ${value};`);
    }
  }
  for (const name of own.functions) {
    members.set(name, '(...args: any[]) => Pattern<any>');
    if (!free.some((line) => line.startsWith(`declare const ${name}:`)))
      free.push(`declare const ${name}: any;`);
  }
  const lines = [...members].map(([name, type]) => `  readonly ${name}: ${type};`);
  const ofText = [...members]
    .filter(([name]) => !STRING_METHODS.has(name) && !STRING_EXCLUDED.has(name))
    .map(
      ([name, type]) =>
        `  readonly ${name}: ${type.replaceAll('Pattern<T>', 'Pattern<any>').replaceAll(/\bT\b/g, 'any')};`,
    );
  return [
    HEAD,
    'interface Pattern<T> {',
    ...lines,
    '}',
    'declare const Pattern: { new <T = any>(...args: any[]): Pattern<T>; readonly prototype: Pattern<any> };',
    'interface String {',
    ...ofText,
    '}',
    ...free,
    '',
  ].join('\n');
}

/** Type of the method or property; null where patterns have none. */
function memberType(row: LibraryRow): string | null {
  if (row.getter !== undefined) return withProperties(row.signature, row.getter(pure(0)));
  // Rows of methods that the class of patterns has itself carry neither.
  if (row.method === undefined) return row.free === undefined ? row.signature : null;
  const parts = partsOfSignature(row.signature);
  if (parts === null) return row.signature;
  if (isStatedBySelf(parts)) return signatureOf({ ...parts, params: [] });
  return signatureOf({ ...parts, params: withSequence(parts.params) });
}

/** A single pattern argument may be several: they are a sequence. */
function withSequence(params: readonly string[]): readonly string[] {
  const [only, ...others] = params;
  if (only === undefined || others.length > 0 || !/^\w+\??: PatternLike</.test(only)) return params;
  return [only, '...more: PatternLike<any>[]'];
}

/** `d1(pattern)`: as a method it has the pattern already. */
function isStatedBySelf({ params }: SignatureParts): boolean {
  return params.length === 1 && params[0]!.startsWith('pattern:');
}

/** Type of the global; null where there is none. */
function freeType(row: LibraryRow): string | null {
  if (row.free === undefined) return null;
  if (row.getter !== undefined) return 'any';
  const signature = row.signature
    .replaceAll('Pattern<T>', 'Pattern<any>')
    .replaceAll(/\(value: T\)/g, '(value: any)');
  const parts = partsOfSignature(signature);
  if (parts === null) return signature;
  if (SAME_WHEN_FREE.has(row.group)) return signatureOf({ ...parts, params: withSequence(parts.params) });
  const isRest = parts.params.some((param) => param.startsWith('...'));
  if (row.method === undefined || isRest || isStatedBySelf(parts)) return signature;
  return curried(parts);
}

/** All arguments and the pattern at once, all but the pattern, or fewer. */
function curried({ generics, params, result }: SignatureParts): string {
  const plain = params.map((param) => param.replace(/^(\w+)\?:/, '$1:'));
  const forms = [
    `${generics}(${[...plain, 'pattern: PatternLike<any>'].join(', ')}): ${result}`,
    ...(plain.length === 0
      ? []
      : [`${generics}(${plain.join(', ')}): (pattern: PatternLike<any>) => Pattern<any>`]),
    ...plain.slice(1).map((_, index) => `(${plain.slice(0, index + 1).join(', ')}): (...rest: any[]) => any`),
  ];
  return `{ ${forms.join('; ')} }`;
}

/** An operator with its alignments: each is called as the operator is. */
function withProperties(signature: string, value: unknown): string {
  if (typeof value !== 'function') return signature;
  const names = Object.keys(value);
  return names.length === 0
    ? signature
    : `(${signature}) & { ${names.map((name) => `readonly ${name}: ${signature}`).join('; ')} }`;
}

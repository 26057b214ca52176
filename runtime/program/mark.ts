/**
 * Marks a program's text: wraps string literals, tracks and loop bodies in calls of `__talea`, by insertions only, so
 * that every position maps back by subtraction. It decides from the syntax tree alone and evaluates nothing.
 */
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { readLabel, trackMarks } from './labels.ts';
import { type LiteralRole, roleOfLiteral } from './literals.ts';
import type { TrackLabel } from './program.ts';

export type Quote = '"' | "'" | '`';

/** A marked literal of the text. */
export interface MarkedLiteral {
  /** Range with its quotes. */
  readonly from: number;
  readonly to: number;
  readonly quote: Quote;
  readonly role: LiteralRole;
  /** True for a template with `${}`. */
  readonly computed: boolean;
}

/** [offset in the typed text, inserted length], ascending, one entry an offset. */
export type Insertions = readonly (readonly [number, number])[];

export interface Marked {
  readonly text: string;
  readonly insertions: Insertions;
  readonly tracks: readonly TrackLabel[];
  readonly literals: readonly MarkedLiteral[];
}

const typescript = parser.configure({ dialect: 'ts' });

export function parseProgram(text: string): Tree {
  return typescript.parse(text);
}

/** Nodes without values inside: types, modules, names. */
const SKIPPED = new Set([
  'AmbientDeclaration',
  'DynamicImport',
  'EnumBody',
  'ImportDeclaration',
  'InterfaceDeclaration',
  'LineComment',
  'BlockComment',
  'LiteralType',
  'TemplateType',
  'TypeAliasDeclaration',
  'TypeAnnotation',
  'TypeArgList',
  'TypeParamList',
]);

/**
 * Marks `text`, whose tree is `tree`. Law: the marked text without its insertions is the text. Nodes for which
 * `skip` says true stay unmarked. The tree must not be deeper than survey.ts allows.
 */
export function markProgram(
  text: string,
  tree: Tree,
  skip: (node: SyntaxNode) => boolean = () => false,
): Marked {
  const pieces: { readonly at: number; readonly text: string }[] = [];
  const tracks: TrackLabel[] = [];
  const literals: MarkedLiteral[] = [];
  const bare = lastBareStatement(tree.topNode);
  const ownsM = definesM(text, tree);
  let unnamed = 0;

  const insert = (at: number, piece: string): void => {
    pieces.push({ at, text: piece });
  };

  const rules: Readonly<Record<string, (node: SyntaxNode) => void>> = {
    String: literal,
    TemplateString: literal,
    ExpressionStatement: statement,
    WhileStatement: loop,
    ForStatement: loop,
    DoStatement: loop,
  };

  function visit(node: SyntaxNode): void {
    if (SKIPPED.has(node.name) || skip(node)) return;
    const rule = rules[node.name];
    if (rule === undefined) children(node);
    else rule(node);
  }

  function children(node: SyntaxNode): void {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child);
  }

  function literal(node: SyntaxNode): void {
    const role = roleOfLiteral(node, text);
    if (role === null || (role === 'tag' && ownsM)) {
      children(node);
      return;
    }
    const computed = node.getChild('Interpolation') !== null;
    const quote = text[node.from] as Quote;
    literals.push({ from: node.from, to: node.to, quote, role, computed });
    insert(node.from, `${role === 'tag' ? '(' : ''}__talea.${role === 'value' ? 'n' : 's'}(`);
    children(node);
    insert(
      node.to,
      `,${computed ? -1 : node.from + 1},${JSON.stringify(quote)})${role === 'tag' ? ')' : ''}`,
    );
  }

  function statement(node: SyntaxNode): void {
    const expression = expressionOf(node);
    if (expression === null) return;
    const isBare = bare !== null && bare.from === node.from && bare.to === node.to;
    const opened = isBare
      ? [openTrack(null, expression)]
      : labelsOf(node).map((label) => openTrack(label, expression));
    const isDirective = opened.length === 0 && /^(String|TemplateString)$/.test(expression.name);
    if (!isDirective) visit(expression);
    for (const _ of opened) insert(expression.to, '))');
  }

  function openTrack(label: SyntaxNode | null, expression: SyntaxNode): void {
    const meaning =
      label === null
        ? { name: null, muted: false, solo: false }
        : readLabel(text.slice(label.from, label.to));
    if (meaning.name === null) unnamed += 1;
    const { from, to } = label ?? expression;
    const track: TrackLabel = { ...meaning, name: meaning.name ?? `$${unnamed}`, from, to };
    tracks.push(track);
    const marks = trackMarks(track, label === null);
    insert(expression.from, `__talea.t(${JSON.stringify(track.name)},${from},${to},"${marks}",(`);
  }

  function loop(node: SyntaxNode): void {
    const body = loopBody(node);
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      const isBody =
        body !== null && child.from === body.from && child.to === body.to && child.name === body.name;
      if (!isBody) visit(child);
      else if (child.name === 'Block') {
        insert(child.from + 1, `__talea.loop(${node.from});`);
        visit(child);
      } else {
        insert(child.from, `{__talea.loop(${node.from});`);
        visit(child);
        insert(child.to, '}');
      }
    }
  }

  children(tree.topNode);
  return { ...weave(text, pieces), tracks, literals };
}

/** Puts the pieces into the text; pieces at one offset keep the order in which they were noted. */
function weave(
  text: string,
  pieces: { readonly at: number; readonly text: string }[],
): Pick<Marked, 'text' | 'insertions'> {
  pieces.sort((a, b) => a.at - b.at);
  const insertions: [number, number][] = [];
  const out: string[] = [];
  let done = 0;
  for (const piece of pieces) {
    out.push(text.slice(done, piece.at), piece.text);
    done = piece.at;
    const last = insertions.at(-1);
    if (last !== undefined && last[0] === piece.at) last[1] += piece.text.length;
    else insertions.push([piece.at, piece.text.length]);
  }
  out.push(text.slice(done));
  return { text: out.join(''), insertions };
}

/** The labels of a statement, outermost first. */
function labelsOf(statement: SyntaxNode): SyntaxNode[] {
  const labels: SyntaxNode[] = [];
  for (let at = statement.parent; at?.name === 'LabeledStatement'; at = at.parent) {
    const label = at.getChild('Label');
    if (label !== null) labels.unshift(label);
  }
  return labels;
}

/** The last top-level statement where it is a plain expression: it plays as the next unnamed track. */
function lastBareStatement(top: SyntaxNode): SyntaxNode | null {
  for (let at = top.lastChild; at !== null; at = at.prevSibling) {
    if (at.name === 'ExpressionStatement') return at;
    if (at.name !== ';' && !/Comment$/.test(at.name)) return null;
  }
  return null;
}

/** The expression of an expression statement, without comments and the semicolon. */
function expressionOf(statement: SyntaxNode): SyntaxNode | null {
  for (let at = statement.firstChild; at !== null; at = at.nextSibling) {
    if (!/Comment$|^;$|^⚠$/.test(at.name)) return at;
  }
  return null;
}

function loopBody(loop: SyntaxNode): SyntaxNode | null {
  const children: SyntaxNode[] = [];
  for (let at = loop.firstChild; at !== null; at = at.nextSibling)
    if (!/Comment$/.test(at.name)) children.push(at);
  const body = loop.name === 'DoStatement' ? children[1] : children.at(-1);
  return body === undefined || /^⚠$|Spec$|^ParenthesizedExpression$|^while$/.test(body.name) ? null : body;
}

/** True where the program has an `m` of its own; then the tag m is not ours. */
function definesM(text: string, tree: Tree): boolean {
  if (!text.includes('m`')) return false;
  let found = false;
  tree.iterate({
    enter(node) {
      if (node.name === 'VariableDefinition' && text.slice(node.from, node.to) === 'm') found = true;
      return !found;
    },
  });
  return found;
}

/**
 * A look over a program's text before esbuild sees it: what it must not hold (imports, names of ours, nesting without
 * end), and what is legal but hardly meant (labels twice, lines that join the line above). Only the syntax tree.
 */
import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import { looksLikeSolo, RESERVED_LABELS, readLabel } from './labels.ts';
import type { Diagnostic } from './program.ts';

/** Nesting that every parser and engine behind us survives. */
export const MAX_DEPTH = 1000;
/** UTF-16 units of a program. */
export const MAX_LENGTH = 1_000_000;

export interface Survey {
  /** Found without esbuild; they stop the compilation. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** True where the tree holds syntax errors: then esbuild's word on the typed text comes first. */
  readonly doubtful: boolean;
}

const error = (from: number, to: number, message: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'error',
  from,
  to,
  message,
  ...more,
});

type Rule = (node: SyntaxNodeRef, text: string) => Diagnostic | null;

const refuseImport: Rule = (node, text) =>
  error(node.from, node.to, '`import` does not work in a program: all of the language is there without it', {
    fix: { title: 'Remove the import', from: node.from, to: endOfLine(text, node.to), insert: '' },
  });

const refuseExport: Rule = (node, text) => {
  const word = /^export(\s+default)?\s*/.exec(text.slice(node.from, node.to))?.[0] ?? 'export';
  return error(node.from, node.from + 6, '`export` does not work in a program: nothing can import it', {
    fix: { title: 'Remove `export`', from: node.from, to: node.from + word.length, insert: '' },
  });
};

const refuseDynamicImport: Rule = (node) =>
  error(
    node.from,
    node.from + 6,
    '`import(…)` does not work in a program: all of the language is there without it',
  );

const refuseOurNames: Rule = (node, text) => {
  const name = text.slice(node.from, node.to);
  if (!name.startsWith('__talea')) return null;
  return error(
    node.from,
    node.to,
    `Names that begin with \`__talea\` are reserved: choose another one than \`${name}\``,
  );
};

const refuseReservedLabel: Rule = (node, text) => {
  const name = text.slice(node.from, node.to);
  return RESERVED_LABELS.has(name) ? reservedLabel(node.from, name) : null;
};

function reservedLabel(from: number, name: string): Diagnostic {
  const to = from + name.length;
  return error(from, to, `\`${name}\` is a word of TypeScript itself and can't name a track`, {
    fix: { title: `Call it \`${name}1\``, from, to, insert: `${name}1` },
  });
}

/** A template tag on the line above is a forgotten semicolon. */
const warnJoinedTemplate: Rule = (node, text) => {
  const template = node.node.lastChild;
  return template?.name === 'TemplateString' ? joined(template.prevSibling, template.from, '`', text) : null;
};

/** So is an index on the line above. */
const warnJoinedIndex: Rule = (node, text) => {
  const bracket = node.node.getChild('[');
  return bracket === null ? null : joined(bracket.prevSibling, bracket.from, '[', text);
};

function joined(before: SyntaxNode | null, from: number, mark: string, text: string): Diagnostic | null {
  if (before === null || !text.slice(before.to, from).includes('\n')) return null;
  return {
    severity: 'warning',
    from,
    to: from + 1,
    message: `This line begins with ${mark === '`' ? 'a backtick' : '`[`'} and so belongs to the line above`,
    notes: ['A semicolon at the end of the line above keeps them apart.'],
    fix: { title: 'End the line above with `;`', from: before.to, to: before.to, insert: ';' },
  };
}

const ERROR_RULES: Readonly<Record<string, Rule>> = {
  ImportDeclaration: refuseImport,
  DynamicImport: refuseDynamicImport,
  ExportDeclaration: refuseExport,
  VariableDefinition: refuseOurNames,
  VariableName: refuseOurNames,
  Label: refuseReservedLabel,
};

const WARNING_RULES: Readonly<Record<string, Rule>> = {
  TaggedTemplateExpression: warnJoinedTemplate,
  MemberExpression: warnJoinedIndex,
};

/** Looks over `text`, whose tree is `tree`. Linear. */
export function surveyProgram(text: string, tree: Tree): Survey {
  const errors: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  let doubtful = false;
  let depth = 0;
  let tooDeep = false;
  tree.iterate({
    enter(node) {
      depth += 1;
      if (depth > MAX_DEPTH && !tooDeep) {
        tooDeep = true;
        errors.push(error(node.from, node.from + 1, `This is nested deeper than ${MAX_DEPTH} levels`));
      }
      if (node.type.isError) {
        doubtful = true;
        const label = reservedBefore(text, node.from, node.to);
        if (label !== null) errors.push(label);
      }
      const problem = ERROR_RULES[node.name]?.(node, text) ?? null;
      if (problem !== null) errors.push(problem);
      const warning = WARNING_RULES[node.name]?.(node, text) ?? null;
      if (warning !== null) warnings.push(warning);
    },
    leave() {
      depth -= 1;
    },
  });
  warnings.push(...labelWarnings(text, tree.topNode));
  return { errors, warnings, doubtful };
}

/** A reserved word at the beginning of a statement whose colon the parser stumbled over. */
function reservedBefore(text: string, from: number, to: number): Diagnostic | null {
  const colon = text
    .slice(from, Math.max(to, from + 1))
    .trimStart()
    .startsWith(':')
    ? text.indexOf(':', from)
    : -1;
  if (colon < 0 || text[colon + 1] === ':') return null;
  const word = /(?:^|[\n;}])[^\S\n]*([a-z]+)[^\S\n]*$/.exec(text.slice(Math.max(0, colon - 80), colon))?.[1];
  if (word === undefined || !RESERVED_LABELS.has(word)) return null;
  return reservedLabel(text.lastIndexOf(word, colon), word);
}

/** A reserved word that stands as a label on the line of an error that esbuild found; null where none does. */
export function reservedLabelAt(text: string, at: number): Diagnostic | null {
  const lineFrom = text.lastIndexOf('\n', at - 1) + 1;
  const match = /^([^\S\n]*)([a-z]+)[^\S\n]*:(?!:)/.exec(text.slice(lineFrom));
  const word = match?.[2];
  if (match === null || word === undefined || !RESERVED_LABELS.has(word)) return null;
  const from = lineFrom + match[1]!.length;
  return at <= from + match[0].length ? reservedLabel(from, word) : null;
}

/** Labels at the top level: the same name twice, names that another engine would solo. */
function labelWarnings(text: string, top: SyntaxNode): Diagnostic[] {
  const found: Diagnostic[] = [];
  const last = new Map<string, SyntaxNode>();
  for (const statement of top.getChildren('LabeledStatement')) {
    const label = statement.getChild('Label');
    if (label === null || statement.getChild('ExpressionStatement') === null) continue;
    const typed = text.slice(label.from, label.to);
    const { name } = readLabel(typed);
    if (looksLikeSolo(typed)) found.push(soloHint(label, typed));
    if (name === null) continue;
    const earlier = last.get(name);
    if (earlier !== undefined) {
      found.push({
        severity: 'warning',
        from: earlier.from,
        to: earlier.to,
        message: `\`${name}:\` is there twice; only the last one plays`,
        fix: { title: 'Make this one an unnamed track', from: earlier.from, to: earlier.to, insert: '$' },
        track: name,
      });
    }
    last.set(name, label);
  }
  return found;
}

function soloHint(label: SyntaxNode, typed: string): Diagnostic {
  return {
    severity: 'hint',
    from: label.from,
    to: label.to,
    message: `\`${typed}\` is a name here, nothing is soloed; in Strudel a label with a capital S solos`,
    fix: { title: `Solo it: \`S_${typed}\``, from: label.from, to: label.to, insert: `S_${typed}` },
  };
}

function endOfLine(text: string, at: number): number {
  const rest = /^[^\S\n]*\r?\n?/.exec(text.slice(at))?.[0] ?? '';
  return at + rest.length;
}

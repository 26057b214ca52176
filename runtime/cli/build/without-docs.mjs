/**
 * A plugin of the bundles that takes the musician's documentation (signature, text, example) out of the tables of the
 * language: the realm needs what rows do, the page's editor what they say. It reads the sources' syntax: arguments of
 * makers of rows, arguments for parameters of these names, columns of tables typed with these names, and tables
 * called ..._TEXTS. tests/runtime/sandbox/without-docs.test.ts holds every row to it.
 */
import { parseAst } from 'rolldown/parseAst';

/** Sources whose rows carry documentation. */
const TABLES = /\/patterns\/(?:library|controls)\/[\w-]+\.ts$/;
const DOCS = new Set(['signature', 'text', 'example']);
/** Which arguments of the functions that these give are documentation. */
const MAKERS = { rowsOf: [1, 2, 3], controlsOf: [4] };

/** Plugin for rolldown. */
export const withoutDocs = {
  name: 'without-docs',
  transform(code, id) {
    if (!TABLES.test(id.split('?')[0].replaceAll('\\', '/'))) return null;
    return { code: stripDocs(code), map: null };
  },
};

/** The source with an empty text in the place of every piece of documentation of its rows. */
export function stripDocs(code) {
  const program = parseAst(code, { lang: 'ts' });
  const docsOf = new Map();
  visit(program, (node) => {
    for (const [name, places] of documentedParts(node)) docsOf.set(name, places);
  });
  const cuts = [];
  visit(program, (node) => {
    const found = documentation(node, docsOf);
    for (const { start, end } of found) cuts.push([start, end]);
    return found.length === 0 ? undefined : found;
  });
  cuts.sort(([a], [b]) => b - a);
  return cuts.reduce((text, [start, end]) => `${text.slice(0, start)}''${text.slice(end)}`, code);
}

/** Names that a node declares, each with the places of documentation among its arguments. */
function documentedParts(node) {
  if (node.type === 'FunctionDeclaration') return partsOfFunction(node.id, node);
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) return [];
  const maker = node.init.type === 'CallExpression' && MAKERS[node.init.callee.name];
  if (maker) return [[node.id.name, maker]];
  return node.init.type === 'ArrowFunctionExpression' ? partsOfFunction(node.id, node.init) : [];
}

function partsOfFunction(id, { params }) {
  const places = params.flatMap(({ name }, i) => (DOCS.has(name) ? [i] : []));
  return id && places.length > 0 ? [[id.name, places]] : [];
}

/** Expressions of this node that are documentation. */
function documentation(node, docsOf) {
  if (node.type === 'CallExpression' && docsOf.has(node.callee.name)) {
    if (node.arguments.some(({ type }) => type === 'SpreadElement')) return [];
    return docsOf.get(node.callee.name).flatMap((i) => node.arguments[i] ?? []);
  }
  if (node.type !== 'VariableDeclarator' || !node.init || !node.id.typeAnnotation) return [];
  if (/TEXTS$/.test(node.id.name) && node.init.type === 'ObjectExpression') {
    const values = node.init.properties.flatMap(({ value }) => value ?? []);
    if (values.every(({ type }) => type === 'Literal')) return values;
  }
  const columns = documentedColumns(node.id.typeAnnotation);
  if (columns.length === 0) return [];
  const cells = [];
  visit(node.init, (inner) => {
    const isRow = inner.type === 'ArrayExpression' && !inner.elements.every(isList);
    if (isRow) cells.push(...columns.flatMap((i) => inner.elements[i] ?? []));
    return isRow ? inner.elements : undefined;
  });
  return cells;
}

const isList = (element) => element?.type === 'ArrayExpression';

/** Places of documentation in the tuple that a type names: `[name: string, text: string]`. */
function documentedColumns(type) {
  let columns = [];
  visit(type, (node) => {
    if (node.type !== 'TSTupleType') return;
    columns = node.elementTypes.flatMap((member, i) => (DOCS.has(member.label?.name) ? [i] : []));
  });
  return columns;
}

/** Calls back for a node and all within it; nodes that it returns are not entered. */
function visit(node, call) {
  const left = call(node) ?? [];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string' && !left.includes(child)) visit(child, call);
    }
  }
}

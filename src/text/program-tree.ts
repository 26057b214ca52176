/**
 * The top level of a program as the page sees it: its statements, its labels and the track each makes. It stands
 * alone because mute marks, block evaluation, the tempo field and the track colours all ask for it; it works on text
 * alone, knows no editor view, and never judges the program: that is the compiler's business.
 */
import { parser } from '@lezer/javascript';
import { readLabel } from '../../runtime/program/labels.ts';

const typescript = parser.configure({ dialect: 'ts' });

/** A top-level statement; `track` is set where it is a track. Positions are UTF-16 offsets. */
export interface Statement {
  readonly from: number;
  readonly to: number;
  readonly track: StatementTrack | null;
}

export interface StatementTrack {
  /** Without marks; unnamed ones are `$1`, `$2`, ... in text order, muted ones counted. */
  readonly name: string;
  /** The label as typed, without the colon; empty for a bare last expression. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly muted: boolean;
  readonly solo: boolean;
}

/** The label for a name with the marks asked for: the inverse of the compiler's `readLabel`. */
export function writeLabel(name: string, muted: boolean, solo: boolean): string {
  if (!UNNAMED.test(name)) return `${solo ? 'S_' : ''}${muted ? '_' : ''}${name}`;
  if (solo) return muted ? 'S$_' : 'S$';
  return muted ? '_$' : '$';
}

const UNNAMED = /^\$\d*$/;

/**
 * The top-level statements in text order.
 * @example topLevel('bass: note("c2")')[0].track.name === 'bass'
 */
export function topLevel(text: string): Statement[] {
  const statements: Statement[] = [];
  let unnamed = 0;
  const top = typescript.parse(text).topNode;
  for (let node = top.firstChild; node; node = node.nextSibling) {
    if (node.name === 'LineComment' || node.name === 'BlockComment') continue;
    let track: StatementTrack | null = null;
    if (node.name === 'LabeledStatement' && node.lastChild?.name === 'ExpressionStatement') {
      const labelNode = node.firstChild!;
      const label = text.slice(labelNode.from, labelNode.to);
      const read = readLabel(label);
      const name = read.name ?? `$${++unnamed}`;
      track = { ...read, name, label, from: labelNode.from, to: labelNode.to };
    } else if (node.name === 'ExpressionStatement' && !node.nextSibling && isBareTrack(text, node)) {
      track = {
        name: `$${++unnamed}`,
        label: '',
        from: node.from,
        to: node.from,
        muted: false,
        solo: false,
      };
    }
    statements.push({ from: node.from, to: node.to, track });
  }
  return statements;
}

/** Calls that act by themselves: as a last bare expression they make no track. */
const ACTS = /^(?:setcpm|setcps|setbpm|hush|all|each|samples|register|createParam|console\s*\.)/;

function isBareTrack(text: string, node: { from: number; to: number }): boolean {
  return !ACTS.test(text.slice(node.from, node.to).trim());
}

/** The tracks of a text in order. */
export function tracksOf(text: string): StatementTrack[] {
  return topLevel(text).flatMap((statement) => (statement.track ? [statement.track] : []));
}

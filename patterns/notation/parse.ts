/**
 * The grammar of mini-notation, written by hand: text in, tree out, in linear time. It knows characters, chord
 * names and the tree, never patterns. Whatever is wrong is thrown as one NotationError; depth, length and number of steps have
 * limits, so that no text can hang it.
 */
import { CHORD_NAMES, readChordLiteral } from '../tonal/chord-literal.ts';
import { nearestNames } from '../tonal/nearest-names.ts';
import type { NotationMistake } from './mistake.ts';
import { Scanner } from './scanner.ts';
import type { Atom, Body, Group, Joining, Operator, Rest, Sequence, Slice, Step } from './tree.ts';
import * as wording from './wording.ts';

/** Limits that a text can reach; each is tested at the limit and one past. */
export const NOTATION_LIMIT = {
  /** UTF-16 units of one text. */
  characters: 65_536,
  /** Brackets open at once. */
  depth: 128,
  /** Steps of the tree with every `!` and range written out. */
  steps: 65_536,
  /** Brackets and operators around one step. */
  layers: 256,
} as const;

type Bracket = '[' | '<' | '{' | '(';
const SIGNS: Readonly<Record<string, Joining>> = { ',': 'stack', '|': 'choice', '.': 'feet' };
const CLOSERS = new Set([']', '>', '}', ')']);

/** The tree of a text: the group of its steps. Throws a NotationError. */
export function parse(text: string): Group {
  if (text.length > NOTATION_LIMIT.characters) {
    new Scanner(text).fail(wording.tooLong(NOTATION_LIMIT.characters, text.length));
  }
  return new Parser(text).all();
}

class Parser {
  private readonly scan: Scanner;
  /** Brackets open now, with their places. */
  private readonly open: { readonly sign: Bracket; readonly at: number }[] = [];
  /** How many `?` and groups with `|` or lone dots came so far. */
  private salts = 0;

  constructor(text: string) {
    this.scan = new Scanner(text);
  }

  all(): Group {
    const { scan } = this;
    const body = this.body(true);
    if (!scan.ended) this.unexpected();
    return { kind: 'group', from: 0, to: scan.text.length, body };
  }

  /** Sequences joined by `,` or, where `mixed`, by `|` or lone dots instead; up to a closer or the end. */
  private body(mixed: boolean): Body {
    const { scan } = this;
    const parts = [this.sequence()];
    let sign = '';
    for (;;) {
      const found = scan.next;
      const here = found === ',' || found === '|' || (found === '.' && scan.atLoneDot());
      if (!here) break;
      if (!mixed && found !== ',')
        this.fail(wording.joinerNotHere(found, scan.position, 'inside `< >` or `{ }`'));
      if (sign !== '' && found !== sign) {
        this.fail(wording.joinerNotHere(found, scan.position, `beside \`${sign}\``));
      }
      sign = found;
      scan.position += 1;
      parts.push(this.sequence());
    }
    const joining = SIGNS[sign] ?? 'stack';
    // Feet take a number too: so a later `?` draws the published numbers.
    return { joining, parts, salt: joining === 'stack' ? 0 : this.salts++ };
  }

  private sequence(): Sequence {
    const { scan } = this;
    const before = scan.position;
    scan.skipBlanks();
    const from = scan.position;
    const marked = scan.take('^');
    const steps: Step[] = [];
    let to = scan.position;
    for (;;) {
      scan.skipBlanks();
      const slice = this.slice();
      if (slice === null) break;
      steps.push(this.operators(slice, steps));
      to = steps[steps.length - 1]!.to;
    }
    if (steps.length === 0) this.noStep(before, from);
    return { from, to, marked, steps };
  }

  /** A slice at the cursor, or null (the cursor stays). */
  private slice(): Slice | null {
    const { scan } = this;
    const from = scan.position;
    const word = scan.word();
    if (word.includes("'")) return this.chord(word, from);
    if (word !== '') return leaf(word, from, scan.position);
    switch (scan.next) {
      case '[': {
        const body = this.bracket('[', () => this.body(true));
        return { kind: 'group', from, to: scan.position, body };
      }
      case '<': {
        const lanes = this.bracket('<', () => this.body(false).parts);
        return { kind: 'alternation', from, to: scan.position, lanes };
      }
      case '{': {
        const lanes = this.bracket('{', () => this.body(false).parts);
        const closed = scan.position;
        scan.skipBlanks();
        const sign = scan.position;
        const steps = scan.take('%') ? this.numeric('%', sign) : null;
        if (steps === null) scan.position = closed;
        return { kind: 'polymeter', from, to: scan.position, lanes, steps };
      }
      default:
        return null;
    }
  }

  private chord(word: string, from: number): Slice {
    const notes = readChordLiteral(word);
    if ('fault' in notes) {
      const { fault, part, at } = notes;
      const names = fault === 'name' ? nearestNames(part, CHORD_NAMES) : [];
      return this.fail(wording.badChord(fault, part, names, from + at));
    }
    return { kind: 'chord', from, to: this.scan.position, notes };
  }

  private bracket<T>(sign: Bracket, content: () => T): T {
    const { scan } = this;
    const at = scan.position;
    if (this.open.length >= NOTATION_LIMIT.depth) this.fail(wording.tooDeep(NOTATION_LIMIT.depth, at));
    this.open.push({ sign, at });
    scan.position += 1;
    const result = content();
    scan.skipBlanks();
    if (!scan.take(wording.closerOf(sign))) this.unexpected();
    this.open.pop();
    return result;
  }

  /** Everything behind a slice. `before` are the steps of its sequence so far; `...` takes the last of them. */
  private operators(first: Slice, before: Step[]): Step {
    const { scan } = this;
    let slice = first;
    let operators: Operator[] = [];
    let weight: number | null = null;
    let times: number | null = null;
    let to = scan.position;
    for (;;) {
      scan.skipBlanks();
      const from = scan.position;
      if (scan.take('...')) {
        const example = before.pop();
        const plain = operators.length === 0 && weight === null && slice.kind !== 'progression';
        if (example === undefined || !isPlain(example) || !plain) {
          this.fail(wording.noExample(from, from + 3));
        }
        const last = this.numeric('...', from);
        slice = {
          kind: 'progression',
          from: example.from,
          to: last.to,
          first: example.slice,
          second: slice,
          last,
        };
      } else if (scan.take('..')) {
        operators.push({ kind: 'range', argument: this.numeric('..', from), from, to: scan.position });
      } else if (scan.take('*')) {
        operators.push({ kind: 'fast', argument: this.numeric('*', from), from, to: scan.position });
      } else if (scan.take('/')) {
        operators.push({ kind: 'slow', argument: this.numeric('/', from), from, to: scan.position });
      } else if (scan.take(':')) {
        operators.push({ kind: 'tail', argument: this.argument(':', from), from, to: scan.position });
      } else if (scan.take('?')) {
        const chance = scan.number();
        operators.push({ kind: 'degrade', chance, salt: this.salts++, from, to: scan.position });
      } else if (scan.next === '(') {
        operators.push(this.euclid());
      } else if (scan.take('@') || scan.take('_')) {
        const more = scan.number() ?? 2;
        weight = weight === null ? more : weight + more - 1;
        this.checkWeight(weight, from);
      } else if (scan.take('!')) {
        const more = scan.number() ?? 2;
        times = times === null ? more : times + more - 1;
        this.checkWeight(times, from);
        operators = operators.filter((operator) => operator.kind !== 'replicate');
        operators.push({ kind: 'replicate', times, from, to: scan.position });
        weight = times;
      } else break;
      to = scan.position;
    }
    scan.position = to;
    // A weight of 0 counts as 1, as musicians know it: `a!0 b` leaves a rest of one step.
    return { from: slice.from, to, slice, operators, weight: weight === null || weight === 0 ? 1 : weight };
  }

  private euclid(): Operator {
    const { scan } = this;
    const from = scan.position;
    const parts = this.bracket('(', () => {
      const onsets = this.euclidPart();
      if (onsets === null) return this.fail(wording.euclidIncomplete(from, scan.next, from + 1, false));
      const steps = scan.take(',') ? this.euclidPart() : null;
      if (steps === null) {
        if (scan.next !== ')' && !scan.ended) return this.unexpected();
        return this.fail(wording.euclidIncomplete(from, scan.next, onsets.to, true));
      }
      const comma = scan.take(',');
      const turn = comma || /[-.0-9<[{]/.test(scan.next) ? this.euclidPart() : null;
      if (turn !== null) scan.take(',');
      return { onsets, steps, turn };
    });
    return { kind: 'euclid', ...parts, from, to: scan.position };
  }

  private euclidPart(): Step | null {
    this.scan.skipBlanks();
    const slice = this.slice();
    if (slice === null) return null;
    this.mustCount('( )', slice);
    const step = this.operators(slice, []);
    this.scan.skipBlanks();
    return step;
  }

  /** The slice after an operator's sign. */
  private argument(sign: string, signFrom: number): Slice {
    const { scan } = this;
    scan.skipBlanks();
    const slice = this.slice();
    return slice ?? this.fail(wording.noArgument(sign, signFrom, scan.next, scan.position));
  }

  private numeric(sign: string, signFrom: number): Slice {
    const slice = this.argument(sign, signFrom);
    this.mustCount(sign, slice);
    return slice;
  }

  /** Refuses a word where a number is due. Words inside brackets are found when the tree is checked. */
  private mustCount(sign: string, slice: Slice): void {
    if (slice.kind === 'atom' && !Number.isFinite(slice.value)) {
      this.fail(wording.notANumber(sign, `the word \`${slice.value}\``, slice.from, slice.to));
    }
  }

  private checkWeight(weight: number, from: number): void {
    if (weight >= 0 && Number.isFinite(weight)) return;
    const to = this.scan.position;
    this.fail(wording.badWeight(this.scan.text.slice(from, to), weight, from, to));
  }

  /** No step where a sequence is due; it would begin at `from`, behind the blanks after `before`. */
  private noStep(before: number, from: number): never {
    const { scan } = this;
    const found = scan.next;
    const around = this.open[this.open.length - 1];
    if (before === 0 && found === '') {
      return this.fail(wording.emptySequence('The notation is empty', 0, scan.text.length, 0, '~'));
    }
    if (around !== undefined && before === around.at + 1 && found === wording.closerOf(around.sign)) {
      const place = `\`${around.sign}${found}\` is empty`;
      return this.fail(wording.emptySequence(place, around.at, scan.position + 1, before, '~'));
    }
    if (found === ',' || found === '|' || (found === '.' && scan.atLoneDot())) {
      const rest = found === '.' ? '~ ' : '~';
      return this.fail(
        wording.emptySequence(`There is nothing before \`${found}\``, from, from + 1, from, rest),
      );
    }
    const sign = scan.text[before - 1] ?? '';
    const fits = around === undefined ? found === '' : found === wording.closerOf(around.sign);
    if (fits && SIGNS[sign] !== undefined) {
      return this.fail(
        wording.emptySequence(`There is nothing after \`${sign}\``, before - 1, before, before, ' ~'),
      );
    }
    return this.unexpected();
  }

  /** What stands at the cursor cannot: a wrong or missing closer, an operator without a step, or a stranger. */
  private unexpected(): never {
    const { scan } = this;
    const found = scan.next;
    const at = scan.position;
    const around = this.open[this.open.length - 1];
    const afterWords = scan.text.slice(0, at).trimEnd().length;
    if (found === '' && around !== undefined) {
      return this.fail(wording.unclosed(around.sign, around.at, '', afterWords));
    }
    if (CLOSERS.has(found)) {
      if (around === undefined) return this.fail(wording.closesNothing(found, at));
      const fitting = this.open.some(({ sign }) => wording.closerOf(sign) === found);
      return this.fail(
        fitting
          ? wording.unclosed(around.sign, around.at, found, afterWords)
          : wording.closedByOther(around.sign, around.at, found, at),
      );
    }
    if (around?.sign === '(') return this.fail(wording.unclosed('(', around.at, found, afterWords));
    if ('@!*/?:(_.'.includes(found)) {
      scan.position += 1;
      if (found !== '(') scan.number();
      return this.fail(wording.operatorFirst(found, at, scan.position));
    }
    return this.fail(wording.unknownCharacter(found, at));
  }

  private fail(mistake: NotationMistake): never {
    return this.scan.fail(mistake);
  }
}

/** A step without operators and of weight 1. */
function isPlain(step: Step): boolean {
  return step.operators.length === 0 && step.weight === 1 && step.slice.kind !== 'progression';
}

function leaf(word: string, from: number, to: number): Atom | Rest {
  if (word === '~' || word === '-') return { kind: 'rest', sign: word, from, to };
  const number = Number(word);
  return { kind: 'atom', value: Number.isNaN(number) ? word : number, from, to };
}

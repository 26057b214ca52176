/**
 * Which parts of a tree repeat after a few cycles, and their cells. Chance and patterned arguments do not; for
 * these the answer is null and compose.ts takes the core's functions. It knows the tree and cells, no queries.
 */
import { type Context, combineContexts, euclidSteps, rational } from '../core.ts';
import * as cells from './cycles.ts';
import { countRange, rangeValues } from './ranges.ts';
import type { Operator, Range, Sequence, Slice, Step } from './tree.ts';

/** Cells that one text may lay out in all; past it the rest is left to the core. */
const WORK_LIMIT = 65_536;

type Cycles = cells.Cycles;
type Placing = (leaf: Range) => Context;

/** Lays out the slices and steps of one tree; each once. */
export class Layout {
  private readonly context: Placing;
  private readonly known = new Map<Slice | Step, Cycles | null>();
  private work = 0;

  constructor(context: Placing) {
    this.context = context;
  }

  ofSlice(slice: Slice): Cycles | null {
    return this.once(slice, () => this.makeSlice(slice));
  }

  ofStep(step: Step): Cycles | null {
    return this.once(step, () => {
      let cycles = this.ofSlice(step.slice);
      for (const operator of step.operators) {
        if (cycles === null) return null;
        cycles = this.apply(operator, cycles);
      }
      return cycles;
    });
  }

  private once(node: Slice | Step, make: () => Cycles | null): Cycles | null {
    const found = this.known.get(node);
    if (found !== undefined) return found;
    const made = this.work > WORK_LIMIT ? null : make();
    this.work += made === null ? 1 : 1 + cells.countCells(made);
    this.known.set(node, made);
    return made;
  }

  private makeSlice(slice: Slice): Cycles | null {
    switch (slice.kind) {
      case 'atom':
        return cells.oneValue(slice.value, this.context(slice));
      case 'chord':
        return cells.layer(slice.notes.map((note) => cells.oneValue(note, this.context(slice))));
      case 'rest':
        return cells.REST_CYCLES;
      case 'group':
        return this.makeGroup(slice.body.joining, slice.body.parts);
      case 'alternation':
        return this.layered(slice.lanes, (lane) => {
          const cycles = this.ofSequence(lane);
          const weight = weightOf(lane);
          return cycles === null || weight.isZero() ? cycles : cells.retime(cycles, rational(1).div(weight));
        });
      case 'polymeter': {
        const { steps, lanes } = slice;
        if (steps !== null && steps.kind !== 'atom') return null;
        const perCycle = steps === null ? weightOf(lanes[0]!) : rational(Number(steps.value));
        return this.layered(lanes, (lane) => {
          const cycles = this.ofSequence(lane);
          const weight = weightOf(lane);
          return cycles === null || weight.isZero() ? cycles : cells.retime(cycles, perCycle.div(weight));
        });
      }
      case 'progression': {
        const { first, second, last } = slice;
        if (first.kind !== 'atom' || second.kind !== 'atom' || last.kind !== 'atom') return null;
        const numbers = rangeValues(Number(first.value), Number(last.value), Number(second.value));
        const places = combineContexts(
          combineContexts(this.context(first), this.context(second)),
          this.context(last),
        );
        return this.listed(numbers, places);
      }
    }
  }

  private makeGroup(joining: string, parts: readonly Sequence[]): Cycles | null {
    if (joining === 'choice') return null;
    if (joining === 'stack') return this.layered(parts, (part) => this.ofSequence(part));
    const steps = parts.map((part) => this.ofSequence(part));
    const whole = steps.filter((cycles) => cycles !== null);
    return whole.length < steps.length ? null : cells.sequence(whole.map((cycles) => [rational(1), cycles]));
  }

  private layered(parts: readonly Sequence[], lay: (part: Sequence) => Cycles | null): Cycles | null {
    const layers: Cycles[] = [];
    for (const part of parts) {
      const cycles = lay(part);
      if (cycles === null) return null;
      layers.push(cycles);
    }
    return cells.layer(layers);
  }

  private ofSequence(sequence: Sequence): Cycles | null {
    const steps: [ReturnType<typeof rational>, Cycles][] = [];
    for (const step of sequence.steps) {
      const cycles = this.ofStep(step);
      if (cycles === null) return null;
      steps.push([rational(step.weight), cycles]);
    }
    return cells.sequence(steps);
  }

  private apply(operator: Operator, cycles: Cycles): Cycles | null {
    switch (operator.kind) {
      case 'fast':
      case 'slow': {
        const { argument } = operator;
        if (argument.kind !== 'atom') return null;
        const factor = rational(Number(argument.value));
        if (factor.isZero()) return cells.REST_CYCLES;
        return cells.retime(cycles, operator.kind === 'fast' ? factor : rational(1).div(factor));
      }
      case 'replicate':
        return cells.repeat(cycles, operator.times);
      case 'tail': {
        const { argument } = operator;
        if (argument.kind !== 'atom') return null;
        const place = this.context(argument);
        return cells.mapValues(
          cycles,
          (value) => (Array.isArray(value) ? [...value, argument.value] : [value, argument.value]),
          (context) => combineContexts(context, place),
        );
      }
      case 'range': {
        const left = onlyCell(cycles);
        const { argument } = operator;
        if (left === null || typeof left.value !== 'number' || argument.kind !== 'atom') return null;
        if (countRange(left.value, Number(argument.value)) > cells.CYCLES_LIMIT.cells) return null;
        const numbers = rangeValues(left.value, Number(argument.value));
        return this.listed(numbers, combineContexts(left.context, this.context(argument)));
      }
      case 'euclid': {
        const onsets = literal(operator.onsets);
        const steps = literal(operator.steps);
        const turn = operator.turn === null ? 0 : literal(operator.turn);
        if (onsets === null || steps === null || turn === null) return null;
        if (steps > cells.CYCLES_LIMIT.cells) return null;
        return cells.struct(cycles, euclidSteps(onsets, steps, turn));
      }
      case 'degrade':
        return null;
    }
  }

  private listed(numbers: readonly number[], context: Context): Cycles | null {
    if (numbers.length > cells.CYCLES_LIMIT.cells) return null;
    return cells.sequence(numbers.map((value) => [rational(1), cells.oneValue(value, context)]));
  }
}

/** The number a step is, where it is nothing but a number. */
export function literal(step: Step): number | null {
  return step.slice.kind === 'atom' && step.operators.length === 0 ? Number(step.slice.value) : null;
}

/** Sum of a sequence's weights. */
export function weightOf(sequence: Sequence): ReturnType<typeof rational> {
  return sequence.steps.reduce((sum, step) => sum.add(step.weight), rational(0));
}

/** The one cell that fills every cycle, or null. */
export function onlyCell(cycles: Cycles): cells.Cell | null {
  const cell = cycles.length === 1 && cycles[0]!.length === 1 ? cycles[0]![0]! : null;
  if (cell === null || cell.part !== cell.whole) return null;
  return cell.whole.begin.isZero() && cell.whole.end.eq(1) ? cell : null;
}

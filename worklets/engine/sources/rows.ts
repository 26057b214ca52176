/**
 * The engine's table of sources: for each id of the wire's SOURCES three verbs, the size of its state for four voices, and
 * its level. A source is one file that knows this table's types, and one line in sources/table.ts.
 */
import { SOURCE_COUNT } from '../ids';
import { Group } from '../voices/group';

/** Once, at start: tables and constants. */
export type InitVerb = () => void;
/**
 * A lane begins: sets its state from params.ts. Gives the frames after which it has rung out, Infinity where it
 * sounds as long as its gate is open. Chance comes from random.ts, seeded by the event.
 */
export type ResetVerb = (state: usize, lane: i32, group: Group) => f64;
/** Writes the next `frames` (1..128) vectors of four voices to `out`. */
export type RenderVerb = (state: usize, group: Group, out: usize, frames: i32) => void;

const resets = new StaticArray<ResetVerb | null>(SOURCE_COUNT);
const renders = new StaticArray<RenderVerb | null>(SOURCE_COUNT);
const levels = new StaticArray<f32>(SOURCE_COUNT);
/** Bytes of the largest source's state. */
export let sourceStateBytes: usize = 0;

/** One row. `level` is the linear gain that makes the source sit well among the others. */
export function source(id: i32, bytes: usize, level: f32, init: InitVerb, reset: ResetVerb, render: RenderVerb): void {
  resets[id] = reset;
  renders[id] = render;
  levels[id] = level;
  sourceStateBytes = max(sourceStateBytes, (bytes + 15) & ~15);
  init();
}

// @ts-ignore: decorator
@inline
export function resetOf(id: i32): ResetVerb {
  return unchecked(resets[id])!;
}

// @ts-ignore: decorator
@inline
export function renderOf(id: i32): RenderVerb {
  return unchecked(renders[id])!;
}

// @ts-ignore: decorator
@inline
export function levelOf(id: i32): f32 {
  return unchecked(levels[id]);
}

/**
 * How stacks of errors name programs: written by whoever makes the function, read by whoever explains a mistake. It
 * stands alone so that the Node worker needs nothing else of positions.
 */
import type { LineColumn } from './positions.ts';

/** Name under which stacks show the program of an evaluation. */
export function programFileName(evalId: number): string {
  return `talea-program-${evalId}.js`;
}

/** The frames of an Error's stack that lie in programs, innermost first. Both V8's and SpiderMonkey's way to write. */
export function programFrames(stack: string): { readonly evalId: number; readonly place: LineColumn }[] {
  const frames: { evalId: number; place: LineColumn }[] = [];
  for (const [, evalId, line, column] of stack.matchAll(/talea-program-(\d+)\.js:(\d+):(\d+)/g)) {
    frames.push({ evalId: Number(evalId), place: { line: Number(line), column: Number(column) } });
  }
  return frames;
}

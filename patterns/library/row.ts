/**
 * The form of a row of the library and the makers of its functions: a transform becomes a method and a curried
 * free function whose arguments take patterns. It knows patterns and reify, none of the rows.
 */
import { type Context, combineContexts, NO_CONTEXT } from '../event.ts';
import { Pattern } from '../pattern.ts';
import { reify, sequence } from '../reify.ts';

/** A pattern of anything; the library is typed towards the musician by its signatures. */
export type AnyPattern = Pattern<any>;

export interface Entry {
  /** Global function or value. */
  readonly free?: unknown;
  /** Method of patterns; called with the pattern as `this`. */
  readonly method?: (this: AnyPattern, ...args: any[]) => unknown;
  /** Property of patterns that is computed, such as `.add` with its alignments. */
  readonly getter?: (pattern: AnyPattern) => unknown;
  /** The method is one that every pattern has by its class; the row describes it. */
  readonly own?: true;
}

export interface LibraryRow extends Entry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: string;
  /** TypeScript of the method's type where there is one, else of the free function or value. */
  readonly signature: string;
  readonly text: string;
  readonly example: string;
}

export type RowMaker = (
  names: string | readonly string[],
  signature: string,
  text: string,
  example: string,
  entry: Entry,
) => LibraryRow;

/** A maker of rows of one group; the first name is the row's, the others are aliases. */
export function rowsOf(group: string): RowMaker {
  return (names, signature, text, example, entry) => {
    const [name, ...aliases] = typeof names === 'string' ? [names] : names;
    return { name: name!, aliases, group, signature, text, example, ...entry };
  };
}

/** Takes arguments one at a time or several at once until there are `count`. */
export function curry(count: number, f: (...args: any[]) => unknown): (...args: any[]) => any {
  return (...args) =>
    args.length >= count ? f(...args) : curry(count - args.length, (...rest) => f(...args, ...rest));
}

export type Flatten = (patterns: Pattern<AnyPattern>) => AnyPattern;
export const INNER: Flatten = (patterns) => patterns.innerJoin();

const MEMO_LIMIT = 256;

/** Remembers results of plain arguments, so that a join does not build the same pattern for every event. */
function remembering(f: (values: readonly any[]) => AnyPattern): (values: readonly any[]) => AnyPattern {
  const known = new Map<string, AnyPattern>();
  return (values) => {
    let key = '';
    for (const value of values) {
      if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean')
        return f(values);
      key += `${typeof value === 'string' ? `s${value.length}:` : typeof value === 'number' ? 'n' : 'b'}${value},`;
    }
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = f(values);
    if (known.size >= MEMO_LIMIT) known.clear();
    known.set(key, made);
    return made;
  };
}

/** Calls f with the values of the arguments; where any of them varies in time, the results are flattened. */
export function applyPatterned(
  args: readonly unknown[],
  pattern: AnyPattern,
  f: (...args: any[]) => AnyPattern,
  flatten: Flatten = INNER,
): AnyPattern {
  const lifted = args.map((arg) => (arg instanceof Pattern || typeof arg === 'string' ? reify(arg) : null));
  if (lifted.every((arg) => arg === null || arg.constant !== null)) {
    let context: Context = NO_CONTEXT;
    const values = lifted.map((arg, i) => {
      if (arg === null) return args[i];
      context = combineContexts(context, arg.constant!.context);
      return arg.constant!.value;
    });
    const result = reify(f(...values, pattern));
    return context.locations.length === 0
      ? result
      : result.withContext((own) => combineContexts(own, context));
  }
  const build = remembering((values) => reify(f(...values, pattern)));
  let combined: Pattern<any[]> = reify(lifted[0] ?? (args[0] as any)).withValue((value) => [value]);
  for (let i = 1; i < args.length; i += 1) {
    combined = combined.combineLeft(reify(lifted[i] ?? (args[i] as any)), (values, value) => [
      ...values,
      value,
    ]);
  }
  return flatten(combined.withValue(build));
}

export interface TransformOptions {
  readonly flatten?: Flatten;
  /** The result has the step count of the pattern. */
  readonly keepsSteps?: boolean;
}

/** A transform of `count` arguments and a pattern, f(...args, pattern); every argument takes a pattern. */
export function transform(
  count: number,
  f: (...args: any[]) => AnyPattern,
  options: TransformOptions = {},
): Required<Pick<Entry, 'free' | 'method'>> {
  const act = (args: readonly unknown[], pattern: AnyPattern): AnyPattern => {
    const result = applyPatterned(args, pattern, f, options.flatten);
    return options.keepsSteps === true ? result.withSteps(pattern.stepCount) : result;
  };
  return {
    free: curry(count + 1, (...args) => act(args.slice(0, count), reify(args[count]))),
    method(...args) {
      if (count === 1 && args.length > 1) return act([sequence(...args)], this);
      if (args.length !== count) throw new TypeError(wrongCount(count, args.length));
      return act(args, this);
    },
  };
}

function wrongCount(expected: number, found: number): string {
  return `Expected ${expected} ${expected === 1 ? 'argument' : 'arguments'}, found ${found}`;
}

/** As `transform`, but the arguments are passed on as they are. */
export function plain(
  count: number,
  f: (...args: any[]) => unknown,
): Required<Pick<Entry, 'free' | 'method'>> {
  return {
    free: curry(count + 1, (...args) => f(...args.slice(0, count), reify(args[count]))),
    method(...args) {
      return f(...args.slice(0, count), this);
    },
  };
}

/** A function of any number of patterns; as a method the pattern is the first. */
export function gathering(f: (...patterns: any[]) => unknown): Required<Pick<Entry, 'free' | 'method'>> {
  return {
    free: f,
    method(...args) {
      return f(this, ...args);
    },
  };
}

/** A method only. */
export function method(f: (pattern: AnyPattern, ...args: any[]) => unknown): Required<Pick<Entry, 'method'>> {
  return {
    method(...args) {
      return f(this, ...args);
    },
  };
}

/**
 * console.log of user code as lines of text, with a cap. It reads values without trusting them: getters and proxies
 * may throw, lists may be endless. Knows no host.
 */

const LINE_CHARACTERS = 2000;
const LIST_ITEMS = 100;
const DEPTH = 4;

/** One value as a line shows it; never throws. */
export function show(value: unknown, depth = 0): string {
  try {
    return shown(value, depth);
  } catch {
    return '[cannot be shown]';
  }
}

function shown(value: unknown, depth: number): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[function ${String(value.name) || 'without a name'}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return `${String(value.name)}: ${String(value.message)}`;
  const own = (value as { show?: unknown }).show;
  if (typeof own === 'function') return String(own.call(value));
  if (isPattern(value)) return '[pattern]';
  if (depth >= DEPTH) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value)) {
    const items = value.slice(0, LIST_ITEMS).map((item) => show(item, depth + 1));
    if (value.length > LIST_ITEMS) items.push(`… ${value.length - LIST_ITEMS} more`);
    return `[${items.join(', ')}]`;
  }
  const keys = Object.keys(value);
  const pairs = keys.slice(0, LIST_ITEMS).map((key) => `${key}: ${show(Reflect.get(value, key), depth + 1)}`);
  if (keys.length > LIST_ITEMS) pairs.push('…');
  return `{${pairs.join(', ')}}`;
}

function isPattern(value: object): boolean {
  return typeof (value as { queryArc?: unknown }).queryArc === 'function';
}

/** Keeps the first `limit` lines between two calls of `take` and counts the others. */
export class RealmLog {
  private readonly limit: number;
  private lines: string[] = [];
  private lost = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  write(values: readonly unknown[]): void {
    if (this.lines.length >= this.limit) {
      this.lost += 1;
      return;
    }
    const line = values.map((value) => show(value)).join(' ');
    this.lines.push(line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line);
  }

  take(): readonly string[] {
    const { lines, lost } = this;
    this.lines = [];
    this.lost = 0;
    return lost === 0 ? lines : [...lines, `(${lost} more ${lost === 1 ? 'line' : 'lines'} left out)`];
  }

  /** A console for user code; every way to print prints a line. */
  console(): object {
    const print = (...values: unknown[]): void => this.write(values);
    const silent = (): void => {};
    const methods: Record<string, unknown> = {};
    for (const name of ['log', 'info', 'warn', 'error', 'debug', 'table', 'dir', 'trace'])
      methods[name] = print;
    for (const name of [
      'group',
      'groupCollapsed',
      'groupEnd',
      'time',
      'timeEnd',
      'count',
      'clear',
      'assert',
    ]) {
      methods[name] = silent;
    }
    return Object.freeze(methods);
  }
}

/**
 * The language on a realm's globals: its functions as global names, pattern methods on text, what programs register
 * themselves. Installed once a thread; only what programs register changes with the version that is entered.
 */
import type { Definition, Evaluation } from '../../patterns/evaluation.ts';
import { globals, installStringMethods, MEMBER_NAMES, Pattern, reify } from '../../patterns/index.ts';

/** Names for the nearest-name search. */
export interface LanguageNames {
  readonly globals: readonly string[];
  readonly methods: readonly string[];
}

/** Names of JavaScript itself that programs use. */
const JAVASCRIPT_NAMES = (
  'Array Boolean Date Error Infinity JSON Map Math NaN Number Object Promise RegExp Set String Symbol console ' +
  'globalThis isFinite isNaN parseFloat parseInt undefined'
).split(' ');

/** Puts the language on the global scope of this thread. `console` replaces the host's. */
export function installLanguage(console: object): LanguageNames {
  const values: Record<string, unknown> = { m: reify, ...globals(), console };
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, {
      value,
      configurable: true,
      enumerable: false,
      writable: false,
    });
  }
  prepare(String.prototype);
  installStringMethods(String.prototype);
  return {
    globals: [...Object.keys(values), ...JAVASCRIPT_NAMES],
    methods: [...MEMBER_NAMES.keys(), ...Object.getOwnPropertyNames(Pattern.prototype)],
  };
}

/**
 * Makes a prototype ready for hundreds of methods: V8 copies the list of properties at each addition unless the object
 * is in dictionary mode, which deleting a property brings about (measured: half of a realm's start).
 */
function prepare(prototype: object): void {
  for (const name of ['first', 'second']) Reflect.set(prototype, `__talea-${name}`, 0);
  for (const name of ['first', 'second']) Reflect.deleteProperty(prototype, `__talea-${name}`);
}

type Slot = readonly [target: object, name: string, before: PropertyDescriptor | undefined];

/** What programs registered: those of one evaluation are installed at a time, and taken back with the next. */
export class Registered {
  private entered: Evaluation | null = null;
  private slots: Slot[] = [];

  /** Makes this evaluation's own functions the ones that names mean. */
  enter(evaluation: Evaluation): void {
    if (this.entered === evaluation) return;
    this.takeBack();
    this.entered = evaluation;
    for (const [name, definition] of evaluation.defined) this.install(name, definition);
    evaluation.onDefine = (name, definition) => {
      if (this.entered === evaluation) this.install(name, definition);
    };
  }

  private install(name: string, { free, method }: Definition): void {
    const ofText = function (this: unknown, ...args: unknown[]): unknown {
      return method.call(reify(String(this)), ...args);
    };
    for (const [target, value] of [
      [Pattern.prototype, method],
      [String.prototype, ofText],
      [globalThis, free],
    ] as const) {
      this.slots.push([target, name, Object.getOwnPropertyDescriptor(target, name)]);
      Object.defineProperty(target, name, { value, configurable: true, enumerable: false, writable: true });
    }
  }

  private takeBack(): void {
    for (const [target, name, before] of this.slots.reverse()) {
      if (before === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, before);
    }
    this.slots = [];
  }
}

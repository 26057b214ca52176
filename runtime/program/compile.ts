/**
 * The compiler: typed text -> marked text -> one async function expression with its map. The same code runs in the
 * page's compile worker and in Node; esbuild is passed in, since only its host knows where its wasm lies.
 */
import { diagnosticOf, type EsbuildMessage } from './esbuild-messages.ts';
import { type Marked, markProgram, parseProgram } from './mark.ts';
import type { Compiled, CompileOutcome, Diagnostic } from './program.ts';
import { MAX_LENGTH, reservedLabelAt, surveyProgram } from './survey.ts';

/** The one function of esbuild that we use. */
export type Transform = (
  text: string,
  options: Readonly<Record<string, unknown>>,
) => Promise<{ readonly code: string; readonly map: string; readonly warnings: readonly EsbuildMessage[] }>;

export interface Compiler {
  /** Never rejects for what a musician typed; rejects where esbuild itself is dead, then a new one is needed. */
  compile(text: string): Promise<CompileOutcome>;
}

const OPTIONS = {
  loader: 'ts',
  // minifySyntax would drop labels; keep everything as typed.
  minify: false,
  charset: 'utf8',
  target: 'es2022',
  // Our own look refuses import(); should it miss one, none reaches the engine.
  supported: { 'dynamic-import': false },
  sourcemap: 'external',
  sourcesContent: false,
  sourcefile: 'program.ts',
  logLevel: 'silent',
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
} as const;

const HEAD = 'async function (__talea) {\n';

export function makeCompiler(transform: Transform): Compiler {
  return {
    async compile(typed) {
      if (typed.length > MAX_LENGTH) return { ok: false, diagnostics: [tooLong(typed)] };
      // The line that makes a file executable; it would not stand first within a function.
      const text = typed.replace(/^#!/, '//');
      const tree = parseProgram(text);
      const survey = surveyProgram(text, tree);
      if (survey.errors.length > 0) return { ok: false, diagnostics: [...survey.errors, ...survey.warnings] };
      if (survey.doubtful) {
        const plain = await attempt(transform, text);
        if (!plain.ok) return refusal(plain.errors, text, survey.warnings);
      }
      const marked = markProgram(text, tree);
      const first = await attempt(transform, marked.text);
      if (first.ok) return { ok: true, compiled: compiledOf(first, text, marked, survey.warnings) };
      // esbuild's words would quote our marks: ask it about the typed text.
      const plain = await attempt(transform, text);
      if (!plain.ok) return refusal(plain.errors, text, survey.warnings);
      return compileAroundErrors(transform, text, survey.warnings);
    },
  };
}

/** Our parser misread a statement that esbuild understands: that statement stays unmarked. */
async function compileAroundErrors(
  transform: Transform,
  text: string,
  warnings: readonly Diagnostic[],
): Promise<CompileOutcome> {
  const marked = markProgram(
    text,
    parseProgram(text),
    (node) => node.parent?.parent === null && holdsError(node),
  );
  const result = await attempt(transform, marked.text);
  if (result.ok) return { ok: true, compiled: compiledOf(result, text, marked, warnings) };
  const diagnostics = result.errors.map((message) =>
    diagnosticOf(message, 'error', text, marked.insertions, marked.text),
  );
  return { ok: false, diagnostics: [...diagnostics, ...warnings] };
}

function holdsError(node: {
  toTree(): { iterate(spec: { enter(n: { type: { isError: boolean } }): void }): void };
}): boolean {
  let found = false;
  node.toTree().iterate({
    enter(inner) {
      found ||= inner.type.isError;
    },
  });
  return found;
}

type Attempt =
  | {
      readonly ok: true;
      readonly code: string;
      readonly map: string;
      readonly warnings: readonly EsbuildMessage[];
    }
  | { readonly ok: false; readonly errors: readonly EsbuildMessage[] };

async function attempt(transform: Transform, text: string): Promise<Attempt> {
  try {
    return { ok: true, ...(await transform(text, OPTIONS)) };
  } catch (error) {
    const errors = (error as { errors?: readonly EsbuildMessage[] }).errors;
    if (errors === undefined || errors.length === 0) throw error;
    return { ok: false, errors };
  }
}

function compiledOf(
  result: Extract<Attempt, { ok: true }>,
  text: string,
  marked: Marked,
  warnings: readonly Diagnostic[],
): Compiled {
  const fromEsbuild = result.warnings.map((message) =>
    diagnosticOf(message, 'warning', text, marked.insertions, marked.text),
  );
  return {
    code: `${HEAD}${result.code}\n}`,
    map: result.map,
    headLines: 1,
    insertions: marked.insertions,
    tracks: marked.tracks,
    warnings: [...warnings, ...fromEsbuild],
  };
}

function refusal(
  errors: readonly EsbuildMessage[],
  text: string,
  warnings: readonly Diagnostic[],
): CompileOutcome {
  const diagnostics = errors.map((message) => {
    const found = diagnosticOf(message, 'error', text, [], text);
    return reservedLabelAt(text, found.from) ?? found;
  });
  return { ok: false, diagnostics: [...diagnostics, ...warnings] };
}

function tooLong(text: string): Diagnostic {
  const message = `The program is ${text.length} characters long; the limit is ${MAX_LENGTH}`;
  return { severity: 'error', from: MAX_LENGTH, to: text.length, message };
}

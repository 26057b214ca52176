/**
 * Real types: TypeScript's own check of a program against the declarations of the language, and the checks that need
 * types (which literals are notation, which of them must be numbers). The compiler and the texts of its libraries are
 * passed in, since page and command line have them in different places.
 */
import type * as TypeScript from 'typescript';
import { declarations } from './declarations.ts';
import { checkLiterals } from './literal-check.ts';
import type { Diagnostic } from './program.ts';
import { silentControls } from './silent-controls.ts';
import type { TypeScriptApi } from './type-api.ts';
import { explainTypes } from './type-messages.ts';

/** Names of files within the checked world. */
const PROGRAM_FILE = '/program.ts';
const LANGUAGE_FILE = '/talea.d.ts';
/** Makes the text a module, so that its names are its own and it may await; added at the end: positions stay. */
const MODULE_END = '\nexport {};\n';

export interface TypeLibrary {
  /** Text of a library file such as `lib.es2022.d.ts`; undefined where there is none. */
  read(name: string): string | undefined;
}

/** Checks many programs; the libraries are parsed once. */
export class TypeChecker {
  private readonly ts: TypeScriptApi;
  private readonly library: TypeLibrary;
  private readonly sources = new Map<string, TypeScript.SourceFile | undefined>();
  private before: TypeScript.Program | undefined;

  constructor(ts: TypeScriptApi, library: TypeLibrary) {
    this.ts = ts;
    this.library = library;
  }

  /** Mistakes of types and of literals in a program that esbuild accepts. */
  check(text: string): Diagnostic[] {
    const { ts } = this;
    const source = ts.createSourceFile(PROGRAM_FILE, text + MODULE_END, ts.ScriptTarget.ES2022, true);
    const own = ownNames(ts, source);
    const language = declarations({ functions: own });
    const files = new Map([
      [PROGRAM_FILE, source],
      [LANGUAGE_FILE, this.languageSource(language)],
    ]);
    const options = optionsOf(ts);
    const program = ts.createProgram({
      rootNames: [LANGUAGE_FILE, PROGRAM_FILE],
      options,
      host: this.host(files),
      oldProgram: this.before,
    });
    this.before = program;
    const found = program.getSemanticDiagnostics(source);
    const types = explainTypes(ts, found, source, text.length);
    const checker = program.getTypeChecker();
    return [...types, ...checkLiterals(ts, source, checker), ...silentControls(ts, source, checker)];
  }

  private languageSource(text: string): TypeScript.SourceFile {
    const known = this.sources.get(text);
    if (known !== undefined) return known;
    const made = this.ts.createSourceFile(LANGUAGE_FILE, text, this.ts.ScriptTarget.ES2022);
    this.sources.set(text, made);
    return made;
  }

  private host(files: ReadonlyMap<string, TypeScript.SourceFile>): TypeScript.CompilerHost {
    const { ts } = this;
    const source = (path: string): TypeScript.SourceFile | undefined => {
      const own = files.get(path);
      if (own !== undefined) return own;
      if (!this.sources.has(path)) {
        const text = this.library.read(path.slice(path.lastIndexOf('/') + 1));
        const made = text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
        this.sources.set(path, made);
      }
      return this.sources.get(path);
    };
    return {
      getSourceFile: source,
      fileExists: (path) => source(path) !== undefined,
      readFile: (path) => source(path)?.text,
      getDefaultLibFileName: () => '/lib.es2022.d.ts',
      getDefaultLibLocation: () => '/',
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      writeFile: () => {},
    };
  }
}

function optionsOf(ts: TypeScriptApi): TypeScript.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    lib: ['lib.es2022.d.ts'],
    types: [],
    noEmit: true,
    // Sketches are not libraries: what has no type is anything.
    strict: false,
    noImplicitAny: false,
    strictNullChecks: false,
    alwaysStrict: true,
    allowUnusedLabels: true,
    allowUnreachableCode: true,
    skipLibCheck: true,
  };
}

/** Names that the program registers with literals: functions and controls of its own. */
function ownNames(ts: TypeScriptApi, source: TypeScript.SourceFile): string[] {
  const names: string[] = [];
  const makers = new Set(['register', 'createParam', 'createParams', 'registerControl']);
  const visit = (node: TypeScript.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && makers.has(node.expression.text)) {
      const args = node.expression.text === 'register' ? node.arguments.slice(0, 1) : node.arguments;
      for (const arg of args) {
        for (const item of ts.isArrayLiteralExpression(arg) ? arg.elements : [arg]) {
          if (ts.isStringLiteralLike(item) && /^[\p{L}_$][\p{L}\w$]*$/u.test(item.text))
            names.push(item.text);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

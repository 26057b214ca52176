/**
 * Everything that can be found wrong with a program without hearing it: the compiler's word, types and literals, and
 * what evaluating it and asking for its first cycles brings up. It knows no files and prints nothing.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rational } from '../../patterns/rational.ts';
import type { Compiled, Diagnostic } from '../program/program.ts';
import type { TypeScriptApi } from '../program/type-api.ts';
import { TypeChecker } from '../program/type-check.ts';
import { NodeHost, nodeScripts, StoppedError } from '../sandbox/node-host.ts';
import { nodeCompiler } from './node-compiler.ts';

/** Cycles that are asked for: what comes later is seen when it plays. */
const CYCLES = 4;
const LIMIT_MS = 5000;
const RANK: Readonly<Record<Diagnostic['severity'], number>> = { error: 0, warning: 1, hint: 2 };

export class ProgramCheck {
  private readonly root: string;
  private readonly host: NodeHost;
  private types: TypeChecker | null = null;
  private lastEvalId = 0;

  constructor(root: string) {
    this.root = root;
    this.host = new NodeHost({ ...nodeScripts(root), limitMs: LIMIT_MS });
  }

  /** Mistakes, warnings and hints in the order of the text; of several at one place the first and gravest. */
  async check(text: string): Promise<Diagnostic[]> {
    const outcome = await (await nodeCompiler(this.root)).compile(text);
    if (!outcome.ok) return ordered(outcome.diagnostics);
    const types = this.typeChecker().check(text);
    const running = await this.evaluate(text, outcome.compiled);
    return ordered([...outcome.compiled.warnings, ...dateHints(text), ...running, ...types]);
  }

  close(): Promise<void> {
    return this.host.close();
  }

  private typeChecker(): TypeChecker {
    if (this.types === null) {
      const require = createRequire(join(this.root, 'package.json'));
      const ts = require('typescript') as TypeScriptApi;
      const folder = dirname(require.resolve('typescript'));
      this.types = new TypeChecker(ts, { read: (name) => readOrNothing(join(folder, name)) });
    }
    return this.types;
  }

  private async evaluate(text: string, compiled: Compiled): Promise<Diagnostic[]> {
    this.lastEvalId += 1;
    const current = { evalId: this.lastEvalId, text, compiled };
    try {
      const session = await this.host.open({ current, lastGood: {} });
      const { ok, diagnostics, tempo } = session.outcome;
      if (!ok) return [...diagnostics];
      const answer = await session.queryLines(rational(0), rational(CYCLES), tempo?.cyclesPerSecond ?? 0.5);
      session.close();
      // An unknown sound is silence, which nobody means.
      const sounds = answer.warnings.map((warning): Diagnostic => ({ ...warning, severity: 'error' }));
      return [...diagnostics, ...answer.failures.map(({ diagnostic }) => diagnostic), ...sounds];
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
      return [{ severity: 'error', from: 0, to: 0, message: error.message }];
    }
  }
}

/** Chance and time of day make a program sound differently each time. */
function dateHints(text: string): Diagnostic[] {
  return [...text.matchAll(/\bDate\.now\b|\bnew Date\b/g)].map(({ 0: found, index }) => ({
    severity: 'hint',
    from: index,
    to: index + found.length,
    message: 'The time of day makes this sound differently each time, and to each player',
  }));
}

/** Sorted by place; what is told at one place twice is told once, with its fix where one has it. */
function ordered(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort((a, b) => a.from - b.from || RANK[a.severity] - RANK[b.severity]);
  const kept: Diagnostic[] = [];
  for (const each of sorted) {
    const before = kept.findIndex(({ from, severity }) => from === each.from && severity === each.severity);
    if (before < 0) kept.push(each);
    else if (kept[before]!.fix === undefined && each.fix !== undefined) kept[before] = each;
  }
  return kept;
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

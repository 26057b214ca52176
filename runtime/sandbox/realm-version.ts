/**
 * One version of the text, evaluated: its function run once with hooks of its own, its tracks, tempo and warnings.
 * The realm holds several of these; they share the language's globals and nothing else.
 */
import { Evaluation, enterEvaluation, withEvaluation } from '../../patterns/evaluation.ts';
import { Pattern } from '../../patterns/pattern.ts';
import { reify } from '../../patterns/reify.ts';
import { ProgramPlaces } from '../program/positions.ts';
import type { Diagnostic, Version } from '../program/program.ts';
import { programFileName } from '../program/program-frames.ts';
import { literalOffsets } from '../program/raw-offsets.ts';
import { diagnosticOfThrown, type MistakeContext } from './realm-errors.ts';
import type { LoopGuard } from './realm-guard.ts';
import type { LanguageNames, Registered } from './realm-language.ts';
import { show } from './realm-log.ts';
import type { RealmHost } from './realm-surface.ts';

/** A track as it plays. */
export interface PlayingTrack {
  readonly name: string;
  readonly pattern: Pattern;
  readonly muted: boolean;
  readonly solo: boolean;
  readonly labelled: boolean;
  /** Its label, or the expression of a bare one; null where a function stated it. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

export interface EvaluatedVersion {
  readonly version: Version;
  readonly evaluation: Evaluation;
  readonly places: ProgramPlaces;
  readonly tracks: ReadonlyMap<string, PlayingTrack>;
  readonly diagnostics: readonly Diagnostic[];
}

export type VersionOutcome =
  | { readonly ok: true; readonly evaluated: EvaluatedVersion }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Thrown by the hook `t` for a label in front of something that cannot play. */
class TrackError extends Error {
  override readonly name = 'TrackError';
  readonly from: number;
  readonly to: number;

  constructor(message: string, from: number, to: number) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

export interface VersionTools {
  readonly host: RealmHost;
  readonly guard: LoopGuard;
  readonly names: LanguageNames;
  readonly registered: Registered;
  readonly evaluateMs: number;
}

/** Runs a version. Never rejects for what user code does. */
export async function evaluateVersion(version: Version, tools: VersionTools): Promise<VersionOutcome> {
  const evaluation = new Evaluation();
  const places = new ProgramPlaces(version.text, version.compiled);
  const bare = new Set<string>();
  const failed = (thrown: unknown): VersionOutcome => ({
    ok: false,
    diagnostics: [explain(thrown, contextOf(version, places, tools.names)), ...warningsOf(evaluation)],
  });
  const before = enterEvaluation(evaluation);
  tools.registered.enter(evaluation);
  try {
    const code = `${version.compiled.code}\n//# sourceURL=${programFileName(version.evalId)}`;
    const run = await tools.host.toFunction(code);
    tools.guard.begin(tools.evaluateMs);
    const finished = run(hooksOf(version.text, evaluation, tools.guard, bare));
    tools.guard.end();
    await finished;
    // Other versions may have been entered while this one awaited.
    const tracks = withEvaluation(evaluation, () => playingTracks(evaluation, bare));
    const diagnostics = warningsOf(evaluation);
    return { ok: true, evaluated: { version, evaluation, places, tracks, diagnostics } };
  } catch (thrown) {
    enterEvaluation(before);
    return failed(thrown);
  } finally {
    tools.guard.end();
  }
}

/** What a mistake of this version is explained with. */
export function contextOf(
  version: Version,
  places: ProgramPlaces,
  names: LanguageNames,
  track?: PlayingTrack,
): MistakeContext {
  return {
    evalId: version.evalId,
    text: version.text,
    places,
    globals: names.globals,
    methods: names.methods,
    fallback: track?.range ?? null,
    ...(track === undefined ? {} : { track: track.name }),
  };
}

function explain(thrown: unknown, context: MistakeContext): Diagnostic {
  const own = asTrackError(thrown);
  if (own !== null) return { severity: 'error', from: own.from, to: own.to, message: own.message };
  return diagnosticOfThrown(thrown, context);
}

/** What user code throws may be a proxy that throws when it is looked at. */
function asTrackError(thrown: unknown): TrackError | null {
  try {
    return thrown instanceof TrackError ? thrown : null;
  } catch {
    return null;
  }
}

/** The object that the program's function gets as `__talea`. */
function hooksOf(program: string, evaluation: Evaluation, guard: LoopGuard, bare: Set<string>): object {
  const note = (text: string, from: number, quote: '"' | "'" | '`'): string =>
    evaluation.note(text, from, quote, literalOffsets(program, text, from, quote));
  return Object.freeze({
    n: note,
    s: (text: string, from: number, quote: '"' | "'" | '`') => {
      note(text, from, quote);
      return withEvaluation(evaluation, () => reify(text));
    },
    loop: (from: number) => guard.loop(from),
    t: (name: string, from: number, to: number, marks: string, value: unknown) => {
      withEvaluation(evaluation, () => stateTrack(evaluation, bare, { name, from, to, marks, value }));
      return value;
    },
  });
}

interface TrackStatement {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly marks: string;
  readonly value: unknown;
}

function stateTrack(evaluation: Evaluation, bare: Set<string>, statement: TrackStatement): void {
  const { name, from, to, marks, value } = statement;
  const isBare = marks.includes('b');
  if (isBare && (!canPlay(value) || isStated(evaluation, value))) return;
  if (!canPlay(value)) throw new TrackError(notPlayable(name, value), from, to);
  if (isBare) bare.add(name);
  // Two labels of one name: marking has warned, or it is a loop that states a track anew.
  if (evaluation.tracks.get(name)?.from !== null) evaluation.tracks.delete(name);
  evaluation.addTrack({
    name,
    pattern: reify(value),
    muted: marks.includes('m'),
    solo: marks.includes('s'),
    from,
    to,
  });
}

/** Patterns and text; a list or a number is hardly meant, but a list may be a sequence. */
function canPlay(value: unknown): boolean {
  return value instanceof Pattern || typeof value === 'string' || value instanceof String;
}

/** True for the result of `.p("name")` and `d1(…)`, which state their track themselves. */
function isStated(evaluation: Evaluation, value: unknown): boolean {
  for (const track of evaluation.tracks.values()) if (track.pattern === value) return true;
  return false;
}

function notPlayable(name: string, value: unknown): string {
  const label = name.startsWith('$') ? 'This track' : `The track \`${name}\``;
  if (typeof value === 'function') {
    return `${label} needs a pattern and got a function: is an argument or \`()\` missing?`;
  }
  if (value === undefined) return `${label} needs a pattern and got nothing (undefined)`;
  if (typeof (value as { then?: unknown } | null)?.then === 'function') {
    return `${label} needs a pattern and got a promise: write \`await\` in front of it`;
  }
  return `${label} needs a pattern and got ${show(value).slice(0, 80)}`;
}

function playingTracks(evaluation: Evaluation, bare: ReadonlySet<string>): ReadonlyMap<string, PlayingTrack> {
  const tracks = new Map<string, PlayingTrack>();
  for (const { name, pattern, muted, solo, from, to } of evaluation.playingTracks()) {
    const range = from === null || to === null ? null : { from, to };
    tracks.set(name, { name, pattern, muted, solo, labelled: !bare.has(name), range });
  }
  return tracks;
}

function warningsOf(evaluation: Evaluation): Diagnostic[] {
  return evaluation.warnings.map(({ message, from, to }) => ({
    severity: 'warning',
    from: from ?? 0,
    to: to ?? from ?? 0,
    message,
  }));
}

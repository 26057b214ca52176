/**
 * The realm: where user code lives. It evaluates programs and answers queries, track by track, with an older version
 * of a track where the current one fails. The same file runs in the browser's pattern worker and in Node's vm
 * context; what differs comes in as RealmHost. It knows no ports and no sound.
 */
import { withEvaluation } from '../../patterns/evaluation.ts';
import type { PatternEvent } from '../../patterns/event.ts';
import { State } from '../../patterns/query-state.ts';
import { type Rational, ZERO } from '../../patterns/rational.ts';
import { Span } from '../../patterns/span.ts';
import { LIMIT } from '../../worklets/wire.ts';
import type { Diagnostic, Program, TempoStatement, Version } from '../program/program.ts';
import { diagnosticOfThrown } from './realm-errors.ts';
import { LoopGuard } from './realm-guard.ts';
import { installLanguage, Registered } from './realm-language.ts';
import { RealmLog } from './realm-log.ts';
import { seedMathRandom } from './realm-random.ts';
import { isEngineSound, placeOfSound, soundOf, unknownSound } from './realm-sounds.ts';
import type {
  EvaluateOutcome,
  QueryAnswer,
  Realm,
  RealmHost,
  RealmLimits,
  RealmTrack,
  TempoChange,
  TrackEvents,
  TrackFailure,
} from './realm-surface.ts';
import { RealmTempo } from './realm-tempo.ts';
import {
  contextOf,
  type EvaluatedVersion,
  evaluateVersion,
  type PlayingTrack,
  type VersionTools,
} from './realm-version.ts';

export const REALM_LIMITS: RealmLimits = { evaluateMs: 2000, queryMs: 1000, logLines: 200 };

/** A track that plays: where it comes from now and how full its present cycle is. */
interface Voice {
  source: EvaluatedVersion;
  track: PlayingTrack;
  /** Cycle that is counted, up to where, and what began in it so far. */
  cycle: number;
  upTo: Rational;
  count: number;
}

const NO_PLACE = { severity: 'warning', from: 0, to: 0 } as const;
const CROWDED = 'The tempo changes more than 32 times in one cycle: only the first 32 act';

/** Events that went past LIMIT.eventsPerCycle in one cycle. */
class TooManyEvents extends Error {}

/**
 * Makes the realm and installs the language on this thread's globals: call it once a thread, before user code, in a
 * scope that is user code's alone. Thread: pattern worker or vm context; blocks as long as user code runs.
 */
export function makeRealm(host: RealmHost, limits: Partial<RealmLimits> = {}): Realm {
  return new LivingRealm(host, { ...REALM_LIMITS, ...limits });
}

class LivingRealm implements Realm {
  private readonly tools: VersionTools;
  private readonly limits: RealmLimits;
  private readonly log: RealmLog;
  private readonly random = seedMathRandom();
  private program: Program | null = null;
  private current: EvaluatedVersion | null = null;
  private voices: Map<string, Voice | null> = new Map();
  /** Older versions by evalId; null where one did not evaluate. */
  private readonly older = new Map<number, EvaluatedVersion | null>();
  private readonly toldSounds = new Set<string>();
  /** Of the current evaluation's warnings, how many have been told. */
  private toldWarnings = 0;
  /** Where the program states its tempo as a pattern, until that fails. */
  private pattern: RealmTempo | null = null;
  private tempoWarnings: Diagnostic[] = [];

  constructor(host: RealmHost, limits: RealmLimits) {
    this.limits = limits;
    this.log = new RealmLog(limits.logLines);
    const names = installLanguage(this.log.console());
    const guard = new LoopGuard(() => host.now());
    this.tools = { host, guard, names, registered: new Registered(), evaluateMs: limits.evaluateMs };
  }

  async evaluate(program: Program): Promise<EvaluateOutcome> {
    this.random(`evaluate ${program.current.text.length}`);
    const outcome = await evaluateVersion(program.current, this.tools);
    if (!outcome.ok) {
      return { ok: false, diagnostics: outcome.diagnostics, tracks: [], tempo: null, log: this.takeLog() };
    }
    const { evaluated } = outcome;
    this.program = program;
    this.current = evaluated;
    this.older.clear();
    this.toldSounds.clear();
    this.toldWarnings = evaluated.evaluation.warnings.length;
    this.voices = new Map(
      [...evaluated.tracks.values()].map((track) => [
        track.name,
        { source: evaluated, track, cycle: Number.NaN, upTo: ZERO, count: 0 },
      ]),
    );
    const tracks: RealmTrack[] = [...evaluated.tracks.values()].map(({ name, muted, solo, labelled }) => ({
      name,
      muted,
      solo,
      labelled,
    }));
    const { tempoPattern } = evaluated.evaluation;
    this.tempoWarnings = [];
    this.pattern = tempoPattern && new RealmTempo(tempoPattern, evaluated.evaluation);
    const tempo = this.statedTempo(evaluated.evaluation.tempo);
    return { ok: true, diagnostics: evaluated.diagnostics, tracks, tempo, log: this.takeLog() };
  }

  async query(begin: Rational, end: Rational, cyclesPerSecond: number): Promise<QueryAnswer> {
    const tracks: TrackEvents[] = [];
    const failures: TrackFailure[] = [];
    const tempo = this.tempo(begin, end);
    const warnings: Diagnostic[] = this.tempoWarnings.splice(0);
    const cps = tempo[0]?.cyclesPerSecond ?? cyclesPerSecond;
    for (const name of this.voices.keys()) {
      const events = await this.queryVoice(name, new Span(begin, end), cps, failures);
      if (events === null) continue;
      tracks.push(events);
      this.watchSounds(name, events.events, warnings);
      this.takeWarnings(name, warnings);
    }
    return { tracks, failures, warnings, ...(tempo.length > 0 ? { tempo } : {}) };
  }

  tempo(begin: Rational, end: Rational): readonly TempoChange[] {
    return this.askTempo((pattern) => pattern.changes(begin, end)) ?? [];
  }

  /** The constant that the program states, or what its pattern begins with. */
  private statedTempo(constant: TempoStatement | null): TempoStatement | null {
    if (this.pattern === null) return constant;
    const first = this.askTempo((pattern) => pattern.at(ZERO)) ?? constant?.cyclesPerSecond;
    return first === undefined
      ? null
      : { cyclesPerSecond: first, rampCycles: 0, isPatterned: this.pattern !== null };
  }

  /** Asks the tempo's pattern within the limits of a query; one that fails is told once and asked no more. */
  private askTempo<T>(ask: (pattern: RealmTempo) => T): T | null {
    const { pattern, current } = this;
    if (pattern === null || current === null) return null;
    const { guard, registered, names } = this.tools;
    const wasCrowded = pattern.isCrowded;
    registered.enter(current.evaluation);
    guard.begin(this.limits.queryMs);
    try {
      const found = ask(pattern);
      if (pattern.isCrowded && !wasCrowded) this.tempoWarnings.push({ ...NO_PLACE, message: CROWDED });
      return found;
    } catch (thrown) {
      this.pattern = null;
      const { version, places } = current;
      const diagnostic = diagnosticOfThrown(thrown, contextOf(version, places, names));
      this.tempoWarnings.push({ ...diagnostic, severity: 'warning' });
      return null;
    } finally {
      guard.end();
    }
  }

  takeLog(): readonly string[] {
    return this.log.take();
  }

  /** Asks a track; falls back once where it fails. Null where it is silent. */
  private async queryVoice(
    name: string,
    span: Span,
    cyclesPerSecond: number,
    failures: TrackFailure[],
  ): Promise<TrackEvents | null> {
    for (let voice = this.voices.get(name) ?? null; voice !== null; voice = this.voices.get(name) ?? null) {
      try {
        const events = this.ask(voice, span, cyclesPerSecond);
        return { track: name, evalId: voice.source.version.evalId, events };
      } catch (thrown) {
        const diagnostic = this.explain(thrown, voice);
        const next = await this.olderVoice(name, voice);
        this.voices.set(name, next);
        failures.push({ track: name, diagnostic, fellBackTo: next?.source.version.evalId ?? null });
      }
    }
    return null;
  }

  private ask(voice: Voice, span: Span, cyclesPerSecond: number): PatternEvent[] {
    const { evaluation } = voice.source;
    const { guard, registered } = this.tools;
    const found: PatternEvent[] = [];
    registered.enter(evaluation);
    guard.begin(this.limits.queryMs);
    try {
      for (const part of span.cycles()) {
        this.random(`${voice.track.name} ${part.begin.toString()}`);
        const controls = evaluation.controlsFor(voice.track.name, cyclesPerSecond, LIMIT.eventsPerCycle);
        const events = withEvaluation(evaluation, () => voice.track.pattern.query(new State(part, controls)));
        countEvents(voice, part, events);
        for (const event of events) found.push(event);
      }
      return found;
    } finally {
      guard.end();
    }
  }

  private explain(thrown: unknown, voice: Voice): Diagnostic {
    const { version, places } = voice.source;
    const context = contextOf(version, places, this.tools.names, voice.track);
    return diagnosticOfThrown(thrown, context);
  }

  /** The track in its last good version; null where there is none, or it is the one that just failed. */
  private async olderVoice(name: string, failed: Voice): Promise<Voice | null> {
    if (failed.source !== this.current) return null;
    const version = this.program?.lastGood[name];
    if (version === undefined || version.evalId === failed.source.version.evalId) return null;
    const source = await this.olderVersion(version);
    const track = source?.tracks.get(name);
    return source === null || track === undefined
      ? null
      : { source, track, cycle: Number.NaN, upTo: ZERO, count: 0 };
  }

  private async olderVersion(version: Version): Promise<EvaluatedVersion | null> {
    const known = this.older.get(version.evalId);
    if (known !== undefined) return known;
    const outcome = await evaluateVersion(version, this.tools);
    const evaluated = outcome.ok ? outcome.evaluated : null;
    this.older.set(version.evalId, evaluated);
    return evaluated;
  }

  /** What the language's functions warned of while this track was asked. */
  private takeWarnings(name: string, warnings: Diagnostic[]): void {
    const voice = this.voices.get(name);
    if (!voice || voice.source !== this.current) return;
    const { version, evaluation } = voice.source;
    for (const { message, from, to } of evaluation.warnings.slice(this.toldWarnings)) {
      const place =
        from === undefined ? placeOfCall(message, version.text, voice.track.range) : { from, to: to ?? from };
      warnings.push({ severity: 'warning', ...place, message, track: name });
    }
    this.toldWarnings = evaluation.warnings.length;
  }

  private watchSounds(name: string, events: readonly PatternEvent[], warnings: Diagnostic[]): void {
    const source = this.voices.get(name)?.source;
    if (source === undefined) return;
    for (const event of events) {
      const sound = soundOf(event.value);
      if (sound === null || this.toldSounds.has(sound)) continue;
      this.toldSounds.add(sound);
      if (isEngineSound(sound) || this.tools.host.knowsSound?.(sound.toLowerCase()) === true) continue;
      const { text } = source.version;
      const fallback = source.tracks.get(name)?.range ?? { from: 0, to: 0 };
      warnings.push({
        ...unknownSound(sound, text, placeOfSound(event, sound, text, fallback)),
        track: name,
      });
    }
  }
}

/** The call that a warning such as `.add(10) leaves …` speaks of, where the track's text has just one; else its range. */
function placeOfCall(
  message: string,
  text: string,
  range: PlayingTrack['range'],
): { from: number; to: number } {
  const call = /^\.\w+\([^()]*\)/.exec(message)?.[0];
  const from = range?.from ?? 0;
  const at = call === undefined ? -1 : text.indexOf(call, from);
  return at >= 0 ? { from: at, to: at + call!.length } : { from, to: range?.to ?? from };
}

/** Counts what begins in a cycle (continuous events count where they are cut); throws one past the limit. */
function countEvents(voice: Voice, span: Span, events: readonly PatternEvent[]): void {
  const cycle = span.begin.floor().toNumber();
  // A span that was asked before (a rehearsal) counts anew.
  if (cycle !== voice.cycle || span.begin.compare(voice.upTo) < 0) {
    voice.cycle = cycle;
    voice.count = 0;
  }
  voice.upTo = span.end;
  for (const event of events) if (event.whole === null || event.hasOnset()) voice.count += 1;
  if (voice.count <= LIMIT.eventsPerCycle) return;
  const limit = LIMIT.eventsPerCycle.toLocaleString('en-US');
  throw new TooManyEvents(`Cycle ${cycle} of this track has more than ${limit} events`);
}

/**
 * What comes out of a worker is checked here, field by field, and capped. It stands alone because a worker runs
 * strangers' code: nothing of its messages may reach the page or a decision unchecked. Malformed ones become null.
 */
import type { Diagnostic, TempoStatement } from '../program/program.ts';
import type { FromWorker } from './messages.ts';

/** Caps of one message. Longer texts are cut, longer lists lose their ends; longer rows are refused. */
export const CAP = {
  diagnostics: 100,
  notes: 8,
  textLength: 2_000,
  tracks: 256,
  trackNameLength: 120,
  logLines: 300,
  soundingValues: 65_536,
} as const;

type Fields = Readonly<Record<string, unknown>>;
type Check<K extends FromWorker['type']> = (fields: Fields) => Extract<FromWorker, { type: K }> | null;

const CHECKS: { readonly [K in FromWorker['type']]: Check<K> } = {
  warm: () => ({ type: 'warm' }),
  beat: ({ busy }) => (typeof busy === 'boolean' ? { type: 'beat', busy } : null),
  evaluated: (fields) => {
    const { evalId, ok, evaluateMs } = fields;
    const diagnostics = diagnosticList(fields['diagnostics']);
    const tracks = list(fields['tracks'], CAP.tracks, checkTrack);
    const tempo = checkTempo(fields['tempo']);
    if (!isWhole(evalId) || typeof ok !== 'boolean' || !isPositive(evaluateMs)) return null;
    if (!diagnostics || !tracks || tempo === undefined) return null;
    return { type: 'evaluated', evalId, ok, diagnostics, tracks, tempo, evaluateMs };
  },
  'track-failed': (fields) => {
    const diagnostic = checkDiagnostic(fields['diagnostic']);
    const { fellBackTo } = fields;
    if (!diagnostic || !(fellBackTo === null || isWhole(fellBackTo))) return null;
    return { type: 'track-failed', diagnostic, fellBackTo };
  },
  sounding: ({ evalId, epoch, rows }) => {
    if (!isWhole(evalId) || !isWhole(epoch) || !(rows instanceof Float64Array)) return null;
    return rows.length <= CAP.soundingValues ? { type: 'sounding', evalId, epoch, rows } : null;
  },
  log: (fields) => {
    const lines = list(fields['lines'], CAP.logLines, checkText);
    return lines ? { type: 'log', lines } : null;
  },
  warned: (fields) => {
    const diagnostics = diagnosticList(fields['diagnostics']);
    return diagnostics ? { type: 'warned', diagnostics } : null;
  },
};

/** The message as this file vouches for it; null where it is malformed. */
export function checkFromWorker(raw: unknown): FromWorker | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const fields = raw as Fields;
  const { type } = fields;
  if (typeof type !== 'string' || !Object.hasOwn(CHECKS, type)) return null;
  return CHECKS[type as FromWorker['type']](fields);
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositive = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const checkText = (value: unknown): string | null =>
  typeof value === 'string' ? value.slice(0, CAP.textLength) : null;

/** The checked items; null where it is no list or an item is malformed. */
function list<T>(raw: unknown, cap: number, check: (item: unknown) => T | null): T[] | null {
  if (!Array.isArray(raw)) return null;
  const items: T[] = [];
  for (const rawItem of raw.slice(0, cap)) {
    const item = check(rawItem);
    if (item === null) return null;
    items.push(item);
  }
  return items;
}

const diagnosticList = (raw: unknown): Diagnostic[] | null => list(raw, CAP.diagnostics, checkDiagnostic);

const SEVERITIES = ['error', 'warning', 'hint'] as const;

function checkDiagnostic(raw: unknown): Diagnostic | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const fields = raw as Fields;
  const { from, to } = fields;
  const severity = SEVERITIES.find((known) => known === fields['severity']);
  const message = checkText(fields['message']);
  if (!severity || message === null || !isWhole(from) || !isWhole(to)) return null;
  const notes = list(fields['notes'] ?? [], CAP.notes, checkText);
  const track = checkText(fields['track']);
  const fix = checkFix(fields['fix']);
  return {
    severity,
    from,
    to,
    message,
    ...(notes?.length ? { notes } : {}),
    ...(fix ? { fix } : {}),
    ...(track === null ? {} : { track: track.slice(0, CAP.trackNameLength) }),
  };
}

function checkFix(raw: unknown): Diagnostic['fix'] | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { from, to, title, insert } = raw as Fields;
  const [checkedTitle, checkedInsert] = [checkText(title), checkText(insert)];
  if (!isWhole(from) || !isWhole(to) || checkedTitle === null || checkedInsert === null) return null;
  return { title: checkedTitle, from, to, insert: checkedInsert };
}

function checkTrack(raw: unknown): { name: string; muted: boolean; solo: boolean } | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { name, muted, solo } = raw as Fields;
  if (typeof name !== 'string' || typeof muted !== 'boolean' || typeof solo !== 'boolean') return null;
  return { name: name.slice(0, CAP.trackNameLength), muted, solo };
}

/** undefined where malformed; a tempo out of range counts as none. */
function checkTempo(raw: unknown): TempoStatement | null | undefined {
  if (raw === null) return null;
  if (typeof raw !== 'object') return undefined;
  const { cyclesPerSecond, rampCycles, isPatterned } = raw as Fields;
  if (typeof cyclesPerSecond !== 'number' || typeof rampCycles !== 'number') return undefined;
  const fits = cyclesPerSecond > 0 && cyclesPerSecond <= 64 && rampCycles >= 0 && rampCycles <= 4096;
  if (!fits) return null;
  return isPatterned === true
    ? { cyclesPerSecond, rampCycles, isPatterned }
    : { cyclesPerSecond, rampCycles };
}

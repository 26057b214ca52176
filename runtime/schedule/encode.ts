/**
 * An event becomes a note of the wire. Here is the one rounding from exact fractions to f64, and the only place that
 * knows which event keys become which parameters. What cannot be sent is left out with a warning, never the whole
 * stream. It knows the wire's tables, the names of sounds and events; no ports, no clocks.
 */
import type { PatternEvent } from '../../patterns/event.ts';
import { midiOfNoteName } from '../../patterns/note-names.ts';
import { numberOfWord, PARAM_ID, PARAMS, WORDS } from '../../worklets/wire.ts';
import { BUILT_IN_SOUNDS, DEFAULT_SOUND, type SoundTable } from '../samples/sounds.ts';
import { freqOfMidi } from './pitch.ts';

/** A note as it goes to the engine: see RECORD.note. `pairs` is id, value, id, value, ... */
export interface EncodedNote {
  readonly cycle: number;
  readonly length: number;
  readonly source: number;
  readonly pairs: readonly number[];
}

/** Called with a plain-worded mistake; `key` is the control it concerns. The caller tells each once. */
export type Warn = (message: string, key: string) => void;

/** Pitch of a pitched sound where an event names none: MIDI 36, as in Strudel. */
const DEFAULT_MIDI = 36;

/** Keys that are read below and are no parameter of their own. */
const OTHER_KEYS = new Set([
  's',
  'bank',
  'note',
  'duration',
  'color',
  'label',
  'activeLabel',
  'analyze',
  'fft',
]);

/**
 * Parameters that no event sets: those of transport records, what a sound's name brings along, and ids that no source
 * follows yet (told like any other control without effect).
 */
const INNER_PARAMS = new Set([
  'delaySeconds',
  'rampCycles',
  'kit',
  'pluckseconds',
  'pluckbright',
  'spread',
  'noise',
]);

/** Parameters that notes carry, by event key. */
const NOTE_PARAMS: ReadonlyMap<string, number> = new Map(
  PARAMS.filter((row) => !INNER_PARAMS.has(row.key)).map((row) => [row.key, row.id]),
);

/** The note that `event` asks for; null where it has no whole or nothing that could sound. */
export function encodeEvent(
  event: PatternEvent,
  warn: Warn,
  sounds: SoundTable = BUILT_IN_SOUNDS,
): EncodedNote | null {
  const { whole, value } = event;
  if (whole === null) return null;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    warn(`${shown(value)} says neither sound nor note: write s(...), note(...) or n(...)`, '');
    return null;
  }
  const controls = value as Record<string, unknown>;
  const source = findSource(controls, warn, sounds);
  if (source === null) return null;
  const pairs: number[] = [];
  const freq = frequency(controls, source.kind === 'pitched', warn);
  if (freq !== null) pairs.push(PARAM_ID.freq!, freq);
  for (const key of Object.keys(controls)) {
    if (key === 'freq' || OTHER_KEYS.has(key) || key.startsWith('_')) continue;
    const id = NOTE_PARAMS.get(key);
    if (id === undefined) {
      warn(`${key}: no sound follows this control yet`, key);
      continue;
    }
    const number = key in WORDS ? wordOf(controls[key], key, warn) : numberOf(controls[key], key, warn);
    if (number !== null) pairs.push(id, number);
  }
  for (const [key, number] of Object.entries(source.preset)) {
    if (!isStated(controls, key)) pairs.push(PARAM_ID[key]!, number);
  }
  const length = 'duration' in controls ? numberOf(controls['duration'], 'duration', warn) : null;
  return {
    cycle: whole.begin.toNumber(),
    length: length !== null && length >= 0 ? length : whole.end.sub(whole.begin).toNumber(),
    source: source.id,
    pairs,
  };
}

/** True where the event itself gives the parameter a value. */
function isStated(controls: Record<string, unknown>, key: string): boolean {
  const value = controls[key];
  return value !== undefined && value !== null;
}

function findSource(controls: Record<string, unknown>, warn: Warn, sounds: SoundTable) {
  const named = firstOf(controls['s']);
  if (named === undefined || named === null) return DEFAULT_SOUND;
  const name = String(named);
  const bank = firstOf(controls['bank']);
  if (bank !== undefined && bank !== null && bank !== '') {
    const banked = sounds.find(`${String(bank)}_${name}`);
    if (banked) return banked;
    const plain = sounds.find(name);
    if (plain) warn(`bank "${String(bank)}" is not known: "${name}" plays without it`, 'bank');
    if (plain) return plain;
  }
  const found = sounds.find(name);
  if (found) return found;
  const nearest = sounds.nearest(name);
  warn(`"${name}" is not a known sound${nearest ? `; did you mean "${nearest}"?` : ''}`, 's');
  return null;
}

/** Hertz; null where the event states no pitch and the sound has one of its own. */
function frequency(controls: Record<string, unknown>, pitched: boolean, warn: Warn): number | null {
  if ('freq' in controls) {
    const hertz = numberOf(controls['freq'], 'freq', warn);
    if (hertz !== null) return hertz;
  }
  if ('note' in controls) {
    const note = firstOf(controls['note']);
    const named = typeof note === 'string' ? midiOfNoteName(note.trim()) : null;
    const midi = named ?? numberOf(note, 'note', warn);
    if (midi !== null) return freqOfMidi(midi);
  }
  return pitched ? freqOfMidi(DEFAULT_MIDI) : null;
}

/** The first of a list ("0.5:2" where a control takes one value); anything else is itself. */
function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The number of a name such as "ladder"; numbers are taken as they are. */
function wordOf(raw: unknown, key: string, warn: Warn): number | null {
  const value = firstOf(raw);
  const named = typeof value === 'string' ? numberOfWord(key, value) : null;
  if (named !== null) return named;
  if (typeof value !== 'string' || Number.isFinite(Number(value))) return numberOf(value, key, warn);
  warn(`${key}: ${shown(value)} is not one of ${WORDS[key]!.join(', ')}`, key);
  return null;
}

/** Booleans count as 1 and 0, texts that read as numbers as those; null with a warning for what is no finite number. */
function numberOf(raw: unknown, key: string, warn: Warn): number | null {
  const value = firstOf(raw);
  if (value === undefined || value === null) return null;
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : toNumber(value);
  if (Number.isFinite(number)) return number;
  warn(`${key}: ${shown(value)} is not a ${typeof value === 'number' ? 'finite ' : ''}number`, key);
  return null;
}

function toNumber(value: unknown): number {
  try {
    return Number(value);
  } catch {
    return Number.NaN;
  }
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

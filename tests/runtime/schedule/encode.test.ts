/** Tables of the encoder: keys to parameters, names to sources and pitches, what is left out and how that is told. */
import { describe, expect, test } from 'vitest';
import { PatternEvent } from '../../../patterns/event.ts';
import { rational } from '../../../patterns/rational.ts';
import { Span } from '../../../patterns/span.ts';
import { encodeEvent } from '../../../runtime/schedule/encode.ts';
import { freqOfMidi } from '../../../runtime/schedule/pitch.ts';
import { PARAM_ID, PARAMS, SOURCES } from '../../../worklets/wire.ts';

const span = (begin: string, end: string): Span => new Span(rational(begin), rational(end));
const C2 = freqOfMidi(36);

/** Encodes a value at 1/3..2/3: its note in short, and the warnings. */
function encode(value: unknown, whole: Span | null = span('1/3', '2/3')) {
  const warnings: string[] = [];
  const note = encodeEvent(new PatternEvent(whole, whole ?? span('0', '1'), value), (text) =>
    warnings.push(text),
  );
  if (!note) return { note: null, warnings };
  const params: Record<string, number> = {};
  for (let i = 0; i < note.pairs.length; i += 2) params[PARAMS[note.pairs[i]!]!.key] = note.pairs[i + 1]!;
  return { note: { ...note, source: SOURCES[note.source]!.name, params }, warnings };
}

describe('encode', () => {
  test('times are rounded once, to the nearest double', () => {
    expect(encode({ s: 'bd' }).note).toMatchObject({ cycle: 1 / 3, length: 1 / 3 });
    const far = encode({ s: 'bd' }, span('100000000000000001/3', '100000000000000002/3')).note!;
    expect(far.cycle).toBe(33333333333333332);
    expect(far.length).toBe(1 / 3);
  });

  test.each([
    [{ s: 'bd' }, 'bd', {}],
    [{ s: 'BD' }, 'bd', {}],
    [{ s: 'kick' }, 'bd', {}],
    [{ s: 'saw' }, 'sawtooth', { freq: C2 }],
    [{ s: ['hh', 3] }, 'hh', {}],
    [{ s: 'bd', note: 69 }, 'bd', { freq: 440 }],
    [{ note: 69 }, 'triangle', { freq: 440 }],
    [{ note: 'a4' }, 'triangle', { freq: 440 }],
    [{ note: 'c' }, 'triangle', { freq: freqOfMidi(48) }],
    [{ note: 'eb4' }, 'triangle', { freq: freqOfMidi(63) }],
    [{ note: 'F#2' }, 'triangle', { freq: freqOfMidi(42) }],
    [{ note: '60.5' }, 'triangle', { freq: freqOfMidi(60.5) }],
    [{ note: 40, freq: 300 }, 'triangle', { freq: 300 }],
    [{ note: 81 }, 'triangle', { freq: 880 }],
    [{ gain: 0.5 }, 'triangle', { freq: C2, gain: 0.5 }],
    [{ s: 'bd', gain: true, pan: false }, 'bd', { gain: 1, pan: 0 }],
    [{ s: 'bd', cutoff: '800' }, 'bd', { cutoff: 800 }],
    [{ s: 'bd', room: [0.5, 2] }, 'bd', { room: 0.5 }],
    [{ s: 'bd', n: 3, orbit: 2, clip: 0.5 }, 'bd', { n: 3, orbit: 2, clip: 0.5 }],
    [{ s: 'bd', color: 'red', _private: 'x' }, 'bd', {}],
    [{ s: 'bd', gain: undefined, pan: null }, 'bd', {}],
  ])('%j', (value, source, params) => {
    const { note, warnings } = encode(value);
    expect(note).toMatchObject({ source });
    expect(note!.params).toEqual(params);
    expect(warnings).toEqual([]);
  });

  test.each([
    [{ s: 'bd', bank: 'RolandTR808' }, 1],
    [{ s: 'sd', bank: '808' }, 1],
    [{ s: 'bd', bank: 'tr909' }, 2],
    [{ s: 'RolandTR909_bd' }, 2],
    [{ s: 'rolandtr909_RIM' }, 2],
    [{ s: 'cp', bank: 'LoFi' }, 3],
  ])('%j is a drum of kit %i', (value, kit) => {
    const { note, warnings } = encode(value);
    expect(note!.params['kit']).toBe(kit);
    expect(warnings).toEqual([]);
  });

  test('an unknown bank is told, its drum plays without it', () => {
    const { note, warnings } = encode({ s: 'bd', bank: 'Nowhere' });
    expect(note).toMatchObject({ source: 'bd', params: {} });
    expect(warnings).toEqual(['bank "Nowhere" is not known: "bd" plays without it']);
  });

  test('exact numbers count as numbers', () => {
    expect(encode({ s: 'bd', gain: rational('1/4') }).note!.params).toEqual({ gain: 0.25 });
  });

  test('duration sets the length, a broken one does not', () => {
    expect(encode({ s: 'bd', duration: 2 }).note!.length).toBe(2);
    expect(encode({ s: 'bd', duration: Number.NaN }).note!.length).toBe(1 / 3);
    expect(encode({ s: 'bd', duration: -1 }).note!.length).toBe(1 / 3);
  });

  test.each([
    [{ s: 'bd', gain: Number.NaN }, 'gain: NaN is not a finite number'],
    [{ s: 'bd', gain: Number.POSITIVE_INFINITY }, 'gain: Infinity is not a finite number'],
    [{ s: 'bd', gain: 'loud' }, 'gain: "loud" is not a number'],
    [{ s: 'bd', gain: '' }, 'gain: "" is not a number'],
    [{ s: 'bd', gain: () => 1 }, 'gain: a value of type function is not a number'],
    [{ s: 'bd', orbit: 'own' }, 'orbit: "own" is not a number'],
    [{ s: 'bd', somethingElse: 4 }, 'somethingElse: no sound follows this control yet'],
    [{ s: 'bd', delaySeconds: 4 }, 'delaySeconds: no sound follows this control yet'],
    [{ s: 'bd', bank: 'nosuch' }, 'bank "nosuch" is not known: "bd" plays without it'],
  ])('left out with a warning, the note plays: %j', (value, message) => {
    const { note, warnings } = encode(value);
    expect(note).toMatchObject({ source: 'bd', params: {} });
    expect(warnings).toEqual([message]);
  });

  test.each([
    [{ s: 'sawtoth' }, '"sawtoth" is not a known sound; did you mean "sawtooth"?'],
    [{ s: 'qqqqqqqqqqq' }, '"qqqqqqqqqqq" is not a known sound'],
    ['bd', '"bd" says neither sound nor note: write s(...), note(...) or n(...)'],
    [3, '3 says neither sound nor note: write s(...), note(...) or n(...)'],
    [null, 'null says neither sound nor note: write s(...), note(...) or n(...)'],
    [[1, 2], 'a list says neither sound nor note: write s(...), note(...) or n(...)'],
  ])('no note: %j', (value, message) => {
    expect(encode(value)).toEqual({ note: null, warnings: [message] });
  });

  test('a broken pitch falls back to the sound’s own, with a warning', () => {
    const { note, warnings } = encode({ s: 'saw', note: 'hello' });
    expect(note!.params).toEqual({ freq: C2 });
    expect(warnings).toEqual(['note: "hello" is not a number']);
  });

  test('continuous values are no notes', () => {
    expect(encode({ s: 'bd' }, null)).toEqual({ note: null, warnings: [] });
  });

  const INNER = 'delaySeconds rampCycles freq kit pluckseconds pluckbright spread noise'.split(' ');
  test('every parameter of notes has its key in events', () => {
    for (const { key, id } of PARAMS) {
      if (INNER.includes(key)) continue;
      const { pairs } = encode({ s: 'bd', [key]: 0.25 }).note!;
      expect(pairs).toEqual([PARAM_ID[key], 0.25]);
      expect(id).toBe(PARAM_ID[key]);
    }
  });

  test('pitch: octaves are exact doubles, a4 is 440', () => {
    for (let midi = -24; midi <= 140; midi++) expect(freqOfMidi(midi + 12)).toBe(2 * freqOfMidi(midi));
    expect(freqOfMidi(69)).toBe(440);
    expect(Math.abs(freqOfMidi(60) - 261.6255653005986)).toBeLessThan(1e-10);
  });
});

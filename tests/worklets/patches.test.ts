/**
 * The patches of the `gm_` names: every one of the General MIDI programs has one, each sounds at a sensible level in several
 * octaves, plucked ones fade and held ones last, and what an event says itself goes before.
 */
import { describe, expect, it } from 'vitest';
import { PatternEvent } from '../../patterns/event.ts';
import { rational } from '../../patterns/rational.ts';
import { Span } from '../../patterns/span.ts';
import { GM_PATCHES } from '../../runtime/samples/gm-patches.ts';
import { BUILT_IN_SOUNDS } from '../../runtime/samples/sounds.ts';
import { encodeEvent } from '../../runtime/schedule/encode.ts';
import { PARAM_ID, SOURCES } from '../../worklets/wire.ts';
import { decibels, makeEngine, peakOf, RATE, record, send } from './engine-rig.ts';

const whole = new Span(rational('0'), rational('1/2'));
const encode = (value: Record<string, unknown>) => {
  const warnings: string[] = [];
  const note = encodeEvent(new PatternEvent(whole, whole, value), (text) => warnings.push(text))!;
  return { note, warnings };
};

function play(value: Record<string, unknown>, frames = RATE): Float32Array {
  const { note } = encode(value);
  const engine = makeEngine(16);
  send(engine, 1, (writer) => {
    writer.addStart(0, 1);
    writer.addNote(note.cycle, note.length, 1, note.source, 1, note.pairs);
  });
  const { left } = record(engine, frames);
  expect(engine.counters().clamped + engine.counters().refused + engine.counters().reset).toBe(0);
  return left;
}

const rms = (signal: Float32Array) => Math.sqrt(signal.reduce((sum, x) => sum + x * x, 0) / signal.length);

/** One name of each family, and names that players use most. */
const NAMES =
  'gm_piano gm_epiano1 gm_epiano2 gm_harpsichord gm_celesta gm_vibraphone gm_marimba gm_drawbar_organ gm_church_organ ' +
  'gm_accordion gm_harmonica gm_acoustic_guitar_nylon gm_acoustic_guitar_steel gm_electric_guitar_clean ' +
  'gm_distortion_guitar gm_acoustic_bass gm_electric_bass_finger gm_fretless_bass gm_slap_bass_1 gm_synth_bass_1 ' +
  'gm_violin gm_cello gm_pizzicato_strings gm_orchestral_harp gm_timpani gm_string_ensemble_1 gm_choir_aahs ' +
  'gm_voice_oohs gm_synth_choir gm_orchestra_hit gm_trumpet gm_french_horn gm_brass_section gm_alto_sax gm_oboe ' +
  'gm_clarinet gm_flute gm_pan_flute gm_shakuhachi gm_lead_1_square gm_lead_2_sawtooth gm_lead_8_bass_lead ' +
  'gm_pad_new_age gm_pad_warm gm_pad_sweep gm_fx_rain gm_fx_sci_fi gm_sitar gm_koto gm_kalimba gm_bagpipe gm_fiddle ' +
  'gm_tinkle_bell gm_steel_drums gm_taiko_drum gm_reverse_cymbal gm_seashore gm_gunshot piano';

describe('patches', () => {
  it('are 128, and the known names are among them', () => {
    expect(GM_PATCHES.length).toBe(128);
    for (const name of NAMES.split(' ')) expect(BUILT_IN_SOUNDS.find(name), name).not.toBeNull();
  });
  it('name sources and parameters that exist', () => {
    for (const { names, source, preset } of GM_PATCHES) {
      expect(
        SOURCES.map(({ name }) => name),
        names[0],
      ).toContain(source);
      for (const key of Object.keys(preset)) expect(PARAM_ID, names[0]).toHaveProperty(key);
    }
  });
  it.each(GM_PATCHES.map(({ names }) => names[0]!))(
    '%s sounds, low and high, neither faint nor too loud',
    (s) => {
      for (const note of [40, 64]) {
        const signal = play({ s, note });
        const peak = decibels(peakOf(signal));
        expect(peak, `note ${note}`).toBeGreaterThan(-32);
        expect(peak, `note ${note}`).toBeLessThan(-2);
        expect(signal.every(Number.isFinite)).toBe(true);
      }
    },
  );
  it('plucked ones fade while held ones last', () => {
    const change = (s: string) => {
      const signal = play({ s, note: 60, clip: 2 });
      return decibels(rms(signal.subarray(40_000, 46_000)) / rms(signal.subarray(9000, 15_000)));
    };
    for (const s of ['gm_marimba', 'gm_acoustic_bass', 'gm_pizzicato_strings'])
      expect(change(s)).toBeLessThan(-12);
    for (const s of ['gm_violin', 'gm_church_organ', 'gm_flute', 'gm_pad_warm'])
      expect(Math.abs(change(s))).toBeLessThan(6);
  });
  it('an event goes before its patch', () => {
    const of = (value: Record<string, unknown>) => {
      const { note, warnings } = encode(value);
      expect(warnings).toEqual([]);
      const at = note.pairs.findIndex((id, i) => i % 2 === 0 && id === PARAM_ID['attack']);
      expect(note.pairs.filter((id, i) => i % 2 === 0 && id === PARAM_ID['attack']).length).toBe(1);
      return note.pairs[at + 1];
    };
    expect(of({ s: 'gm_violin' })).toBe(0.07);
    expect(of({ s: 'gm_violin', attack: 0.5 })).toBe(0.5);
    expect(of({ s: 'GM_Violin', attack: null })).toBe(0.07);
  });
});

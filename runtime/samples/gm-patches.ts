/**
 * A patch for each of the `gm_` names: the General MIDI instruments, made of the engine's own sources and recognisable in kind.
 * Families come first (what all organs or strings have in common), then one row for each instrument with what is its own.
 */
import type { Patch } from './patch.ts';

type Preset = Readonly<Record<string, number>>;

/** Struck and plucked: a quick attack and a long decay to silence. */
const struck = (decay: number, release: number, more: Preset = {}): Preset => ({
  attack: 0.001,
  decay,
  sustain: 0,
  release,
  ...more,
});
/** Blown, bowed and held: it sounds as long as the note. */
const held = (attack: number, release: number, more: Preset = {}): Preset => ({
  attack,
  decay: 0.1,
  sustain: 0.85,
  release,
  ...more,
});
/** FM whose brightness decays with the stroke. */
const fm = (fmi: number, fmh: number, fmdecay: number, fmsustain = 0): Preset => ({
  fmi,
  fmh,
  fmdecay,
  fmsustain,
});
/** Low-pass that opens with the note by `lpenv` octaves. */
const filter = (cutoff: number, lpenv = 0, lpdecay = 0.2, lpsustain = 0.3): Preset =>
  lpenv === 0 ? { cutoff } : { cutoff, lpenv, lpdecay, lpsustain };
const vibrato = (vib: number, vibmod: number): Preset => ({ vib, vibmod });
/** A blown note that begins a little flat. */
const scoop = (penv: number, pattack: number): Preset => ({ penv, pattack });

const STRINGS = held(0.12, 0.25, { unison: 5, detune: 0.22, ...filter(3200) });
const BOWED = held(0.07, 0.12, { ...filter(3600), ...vibrato(5.4, 0.16) });
const BRASS = held(0.035, 0.08, { ...filter(700, 2.6, 0.25, 0.65), lpattack: 0.05, ...scoop(0.6, 0.04) });
const REED = held(0.03, 0.06, { ...filter(3000), ...vibrato(4.8, 0.09) });
const FLUTE = held(0.05, 0.08, { ...fm(0.45, 1, 0.12, 0.6), ...vibrato(4.9, 0.12) });
const CHOIR = held(0.16, 0.35, { unison: 5, detune: 0.24, ...filter(1250), ...vibrato(4.6, 0.1) });
const PAD = held(0.4, 0.8, { unison: 5, detune: 0.25, ...filter(1800) });
const ORGAN = held(0.004, 0.03, { sustain: 1 });
const PIANO = struck(1.9, 0.14, fm(1.35, 1, 0.35, 0.12));
const GUITAR = struck(1.6, 0.12, { ...filter(1500, 2.2, 0.3, 0) });
const BASS = struck(1.1, 0.06, { ...filter(420, 2.4, 0.18, 0) });
const LEAD = held(0.004, 0.08, { sustain: 0.9 });

const patch = (names: string, source: string, ...presets: Preset[]): Patch => ({
  names: names.split(' '),
  source,
  preset: Object.assign({}, ...presets),
});

export const GM_PATCHES: readonly Patch[] = [
  // Pianos
  patch('gm_piano gm_acoustic_grand_piano piano', 'sine', PIANO),
  patch('gm_bright_acoustic_piano', 'sine', PIANO, fm(2.2, 1, 0.5, 0.2)),
  patch('gm_electric_grand_piano', 'triangle', PIANO, fm(1.1, 2, 0.6, 0.1)),
  patch(
    'gm_honky_tonk_piano',
    'supersaw',
    struck(1.4, 0.1),
    { unison: 2, detune: 0.3 },
    filter(900, 2, 0.4, 0),
  ),
  patch('gm_epiano1 gm_electric_piano_1', 'sine', struck(2.2, 0.2), fm(1.1, 1, 0.9, 0.15)),
  patch('gm_epiano2 gm_electric_piano_2', 'sine', struck(2.4, 0.25), fm(0.9, 14, 0.18, 0.05)),
  patch('gm_harpsichord', 'pulse', struck(1.1, 0.06), { pw: 0.12 }, filter(7000)),
  patch('gm_clavinet gm_clavi', 'pulse', struck(0.7, 0.04), { pw: 0.2 }, filter(1800, 1.8, 0.12, 0)),
  // Chromatic percussion
  patch('gm_celesta', 'sine', struck(1.2, 0.4), fm(0.7, 4, 0.3)),
  patch('gm_glockenspiel', 'sine', struck(1.4, 0.7), fm(1.1, 3.93, 0.4)),
  patch('gm_music_box', 'sine', struck(1.1, 0.6), fm(0.9, 5.4, 0.15)),
  patch('gm_vibraphone', 'sine', struck(2.6, 0.9), fm(0.5, 4, 0.35), vibrato(5.5, 0.06)),
  patch('gm_marimba', 'sine', struck(0.45, 0.2), fm(1.1, 3.9, 0.05)),
  patch('gm_xylophone', 'sine', struck(0.28, 0.15), fm(1.6, 3, 0.05)),
  patch('gm_tubular_bells', 'sine', struck(3.5, 1.6), fm(1.7, 1.41, 2.5, 0.2)),
  patch('gm_dulcimer', 'sawtooth', struck(1.2, 0.4), filter(1600, 2, 0.2, 0)),
  // Organs
  patch('gm_drawbar_organ', 'sine', ORGAN, { fmi: 1.1, fmh: 2 }),
  patch('gm_percussive_organ', 'sine', ORGAN, fm(2, 3, 0.2, 0.35)),
  patch('gm_rock_organ', 'sine', ORGAN, { fmi: 1.6, fmh: 1 }, vibrato(6.4, 0.14)),
  patch('gm_church_organ', 'triangle', held(0.05, 0.35, { sustain: 1 }), { fmi: 0.8, fmh: 2 }),
  patch('gm_reed_organ', 'pulse', held(0.05, 0.08), { pw: 0.3 }, filter(2200)),
  patch('gm_accordion', 'supersaw', held(0.05, 0.07), { unison: 3, detune: 0.25 }, filter(2600)),
  patch('gm_harmonica', 'pulse', REED, { pw: 0.25 }, filter(2600), scoop(0.4, 0.06)),
  patch(
    'gm_bandoneon gm_tango_accordion',
    'supersaw',
    held(0.04, 0.06),
    { unison: 2, detune: 0.16 },
    filter(3000),
  ),
  // Guitars
  patch('gm_acoustic_guitar_nylon', 'triangle', GUITAR, filter(1300, 2, 0.25, 0)),
  patch('gm_acoustic_guitar_steel', 'sawtooth', GUITAR, filter(1100, 2.6, 0.35, 0)),
  patch('gm_electric_guitar_jazz', 'triangle', GUITAR, filter(1400)),
  patch('gm_electric_guitar_clean', 'pulse', GUITAR, { pw: 0.3 }, filter(1200, 1.8, 0.4, 0)),
  patch('gm_electric_guitar_muted', 'pulse', struck(0.16, 0.04), { pw: 0.3 }, filter(900, 1.6, 0.08, 0)),
  patch('gm_overdriven_guitar', 'sawtooth', held(0.004, 0.12), { fmi: 0.8, fmh: 1 }, filter(2800)),
  patch('gm_distortion_guitar', 'sawtooth', held(0.003, 0.12), { fmi: 1.8, fmh: 1 }, filter(3600)),
  patch('gm_guitar_harmonics', 'sine', struck(1.8, 0.4), fm(0.5, 2, 0.25)),
  // Basses
  patch('gm_acoustic_bass', 'triangle', BASS, filter(520, 1.8, 0.12, 0), { decay: 0.9 }),
  patch('gm_electric_bass_finger', 'triangle', BASS, filter(650, 1.6, 0.2, 0), { decay: 1.6 }),
  patch('gm_electric_bass_pick', 'sawtooth', BASS),
  patch('gm_fretless_bass', 'triangle', held(0.02, 0.08), filter(800), scoop(0.7, 0.07), vibrato(4.5, 0.1)),
  patch('gm_slap_bass_1', 'sawtooth', BASS, filter(480, 3.6, 0.09, 0)),
  patch('gm_slap_bass_2', 'pulse', BASS, { pw: 0.35 }, filter(520, 3.8, 0.07, 0)),
  patch('gm_synth_bass_1', 'sawtooth', held(0.003, 0.06, { sustain: 0.7 }), filter(320, 2.8, 0.22, 0.1), {
    resonance: 8,
  }),
  patch('gm_synth_bass_2', 'square', held(0.003, 0.06, { sustain: 0.7 }), filter(420, 2.2, 0.14, 0.1)),
  // Strings
  patch('gm_violin', 'sawtooth', BOWED),
  patch('gm_viola', 'sawtooth', BOWED, filter(2700)),
  patch('gm_cello', 'sawtooth', BOWED, filter(2000)),
  patch('gm_contrabass', 'sawtooth', BOWED, filter(1200)),
  patch('gm_tremolo_strings', 'supersaw', STRINGS, vibrato(8.5, 0.3)),
  patch('gm_pizzicato_strings', 'triangle', struck(0.28, 0.12), filter(1200, 2, 0.08, 0)),
  patch('gm_orchestral_harp', 'triangle', struck(1.5, 0.6), filter(1800, 1.8, 0.3, 0)),
  patch('gm_timpani', 'lt', { release: 0.4 }),
  patch('gm_string_ensemble_1', 'supersaw', STRINGS),
  patch('gm_string_ensemble_2', 'supersaw', STRINGS, { attack: 0.25, release: 0.4 }, filter(2400)),
  patch('gm_synth_strings_1', 'supersaw', STRINGS, { unison: 7, detune: 0.32 }, filter(4200)),
  patch('gm_synth_strings_2', 'supersaw', STRINGS, { attack: 0.3, unison: 7, detune: 0.28 }, filter(2000)),
  // Voices
  patch('gm_choir_aahs', 'supersaw', CHOIR),
  patch('gm_voice_oohs', 'supersaw', CHOIR, filter(620)),
  patch('gm_synth_choir gm_synth_voice', 'supersaw', CHOIR, { unison: 7 }, filter(1600)),
  patch('gm_orchestra_hit', 'supersaw', struck(0.45, 0.15), { unison: 9, detune: 0.4 }, filter(3500)),
  // Brass
  patch('gm_trumpet', 'sawtooth', BRASS, filter(1100, 2.4, 0.25, 0.7), vibrato(5, 0.06)),
  patch('gm_trombone', 'sawtooth', BRASS),
  patch('gm_tuba', 'sawtooth', BRASS, filter(420, 1.8, 0.25, 0.6)),
  patch('gm_muted_trumpet', 'pulse', BRASS, { pw: 0.12 }, filter(2400)),
  patch('gm_french_horn', 'triangle', BRASS, { attack: 0.06, fmi: 0.8, fmh: 1 }, filter(750, 1.4, 0.3, 0.7)),
  patch('gm_brass_section', 'supersaw', BRASS, { unison: 4, detune: 0.2 }),
  patch('gm_synth_brass_1', 'supersaw', BRASS, { unison: 3, detune: 0.22 }, filter(600, 3, 0.4, 0.5)),
  patch(
    'gm_synth_brass_2',
    'supersaw',
    BRASS,
    { unison: 3, detune: 0.18, attack: 0.06 },
    filter(500, 2.4, 0.6, 0.5),
  ),
  // Reeds
  patch('gm_soprano_sax', 'pulse', REED, { pw: 0.28 }, filter(3400), scoop(0.5, 0.05)),
  patch('gm_alto_sax', 'pulse', REED, { pw: 0.24 }, filter(2600), scoop(0.5, 0.05)),
  patch('gm_tenor_sax', 'pulse', REED, { pw: 0.2 }, filter(2000), scoop(0.5, 0.06)),
  patch('gm_baritone_sax', 'pulse', REED, { pw: 0.16 }, filter(1500), scoop(0.5, 0.06)),
  patch('gm_oboe', 'pulse', REED, { pw: 0.14 }, filter(3200)),
  patch('gm_english_horn', 'pulse', REED, { pw: 0.17 }, filter(2300)),
  patch('gm_bassoon', 'pulse', REED, { pw: 0.22 }, filter(1300)),
  patch('gm_clarinet', 'square', REED, filter(2000), vibrato(4.5, 0.03)),
  // Pipes
  patch('gm_piccolo', 'sine', FLUTE, { attack: 0.03 }),
  patch('gm_flute', 'sine', FLUTE),
  patch('gm_recorder', 'triangle', FLUTE, fm(0.2, 1, 0.1, 0.5)),
  patch('gm_pan_flute', 'triangle', FLUTE, fm(1.2, 1, 0.08, 0.2)),
  patch('gm_blown_bottle', 'sine', FLUTE, fm(1, 1, 0.1, 0.1), { attack: 0.08 }),
  patch('gm_shakuhachi', 'triangle', FLUTE, scoop(1.2, 0.09), vibrato(5, 0.3)),
  patch('gm_whistle', 'sine', held(0.04, 0.06), vibrato(5.5, 0.2)),
  patch('gm_ocarina', 'sine', held(0.04, 0.06), vibrato(5, 0.08)),
  // Leads
  patch('gm_lead_1_square', 'square', LEAD, filter(6000)),
  patch('gm_lead_2_sawtooth', 'sawtooth', LEAD, filter(7000)),
  patch('gm_lead_3_calliope', 'triangle', LEAD, { fmi: 0.5, fmh: 2 }, vibrato(5.5, 0.12)),
  patch('gm_lead_4_chiff', 'square', LEAD, fm(3, 1, 0.04), filter(3000)),
  patch('gm_lead_5_charang', 'sawtooth', LEAD, { fmi: 1.4, fmh: 2 }, filter(5000)),
  patch('gm_lead_6_voice', 'supersaw', LEAD, { attack: 0.05, unison: 3 }, filter(1300), vibrato(5, 0.12)),
  patch('gm_lead_7_fifths', 'sawtooth', LEAD, { fmi: 1.2, fmh: 1.5 }, filter(4000)),
  patch('gm_lead_8_bass_lead', 'sawtooth', LEAD, filter(900, 2.2, 0.3, 0.2)),
  // Pads
  patch('gm_pad_new_age', 'sine', PAD, fm(1.6, 3, 1.4, 0.3)),
  patch('gm_pad_warm', 'supersaw', PAD, filter(1100)),
  patch('gm_pad_poly', 'supersaw', PAD, { attack: 0.12 }, filter(2600)),
  patch('gm_pad_choir', 'supersaw', PAD, filter(900), vibrato(4.6, 0.1)),
  patch('gm_pad_bowed', 'sine', PAD, { fmi: 1.2, fmh: 2.76 }),
  patch('gm_pad_metallic', 'sine', PAD, { fmi: 2, fmh: 1.41 }),
  patch('gm_pad_halo', 'supersaw', PAD, { attack: 0.7, detune: 0.35 }, filter(1500)),
  patch('gm_pad_sweep', 'supersaw', PAD, filter(400, 3, 3, 0.2), { lpattack: 1.5 }),
  // Effects
  patch('gm_fx_rain', 'sine', struck(1.4, 0.8), fm(3, 2.8, 0.6)),
  patch('gm_fx_soundtrack', 'supersaw', PAD, { detune: 0.5, attack: 0.7 }, filter(1500)),
  patch('gm_fx_crystal', 'sine', struck(1.8, 1), fm(1.8, 5.2, 0.5)),
  patch('gm_fx_atmosphere', 'triangle', struck(2.4, 1.2), fm(1, 2, 0.6, 0.3)),
  patch('gm_fx_brightness', 'supersaw', PAD, { attack: 0.05 }, filter(6000)),
  patch('gm_fx_goblins', 'triangle', PAD, { fmi: 3, fmh: 0.51 }, vibrato(0.8, 1)),
  patch('gm_fx_echoes', 'sine', struck(1.5, 1.5), fm(1.2, 2, 0.4)),
  patch('gm_fx_sci_fi', 'sawtooth', PAD, { fmi: 2, fmh: 0.25 }, filter(2400), vibrato(3, 0.5)),
  // From everywhere
  patch('gm_sitar', 'sawtooth', struck(1.6, 0.3), { fmi: 0.7, fmh: 3 }, filter(2600), scoop(0.5, 0.06)),
  patch('gm_banjo', 'pulse', struck(0.5, 0.08), { pw: 0.2 }, filter(1800, 2, 0.1, 0)),
  patch('gm_shamisen', 'pulse', struck(0.45, 0.08), { pw: 0.12 }, filter(1400, 2.4, 0.08, 0)),
  patch('gm_koto', 'triangle', struck(1.3, 0.3), fm(1.4, 2, 0.12)),
  patch('gm_kalimba', 'sine', struck(0.8, 0.3), fm(1, 5.8, 0.06)),
  patch('gm_bagpipe', 'pulse', held(0.03, 0.04, { sustain: 1 }), { pw: 0.1 }, filter(3600)),
  patch('gm_fiddle', 'sawtooth', BOWED, { attack: 0.03 }, vibrato(6, 0.2)),
  patch('gm_shanai', 'pulse', REED, { pw: 0.1 }, filter(4200), vibrato(5.6, 0.25)),
  // Percussion
  patch('gm_tinkle_bell', 'sine', struck(0.9, 0.6), fm(1.6, 6.7, 0.5)),
  patch('gm_agogo', 'sine', struck(0.5, 0.2), fm(2, 2.3, 0.2)),
  patch('gm_steel_drums', 'sine', struck(0.9, 0.3), fm(1.4, 2.02, 0.3, 0.1)),
  patch('gm_woodblock', 'sine', struck(0.09, 0.05), fm(1.6, 2.6, 0.02)),
  patch('gm_taiko_drum', 'lt', { n: 1 }),
  patch('gm_melodic_tom', 'mt', {}),
  patch('gm_synth_drum', 'ht', { kit: 1, n: 1 }),
  patch('gm_reverse_cymbal', 'white', { attack: 1, decay: 0.02, sustain: 0, release: 0.05, cutoff: 9000 }),
  // Noises
  patch('gm_guitar_fret_noise', 'pink', struck(0.12, 0.05), filter(1800, 2, 0.08, 0)),
  patch('gm_breath_noise', 'pink', held(0.1, 0.2), filter(2600)),
  patch('gm_seashore', 'pink', held(0.9, 1.2), filter(900, 2, 1.5, 0.2), { lpattack: 1 }),
  patch('gm_bird_tweet', 'sine', struck(0.25, 0.1), vibrato(18, 5), { penv: 12, pdecay: 0.2 }),
  patch('gm_telephone', 'square', ORGAN, vibrato(20, 1.5), filter(2400)),
  patch('gm_helicopter', 'brown', held(0.2, 0.4), filter(500)),
  patch('gm_applause', 'pink', held(0.3, 0.6), filter(5000)),
  patch('gm_gunshot', 'white', struck(0.5, 0.2), filter(600, 4, 0.1, 0)),
];

/** Controls of level, envelopes, filters, FM, distortion and modulation of a voice. */
import { ACTS, ANY, type ControlRow, controlsOf, SECONDS, UNIT } from './row.ts';

const level = controlsOf('level', 'voice');
const envelope = controlsOf('amplitude envelope', 'voice');
const filter = controlsOf('filters', 'voice');
const fm = controlsOf('FM', 'voice');
const distortion = controlsOf('distortion', 'voice');
const modulation = controlsOf('modulation', 'voice');
const dynamics = controlsOf('dynamics', 'voice');

/** Envelope and LFO of a filter; `acts` says whether the envelope is followed now. */
const filterParts = (prefix: string, name: string, acts: boolean): ControlRow[] => [
  filter(`${prefix}env`, `${prefix}e`, 'octaves', [-8, 8, 0], `Depth of the envelope of the ${name}.`, {
    acts,
  }),
  filter(`${prefix}attack`, `${prefix}a`, 's', [0, 60, 0.005], `Attack of the envelope of the ${name}.`, {
    acts,
  }),
  filter(`${prefix}decay`, `${prefix}d`, 's', [0, 60, 0.14], `Decay of the envelope of the ${name}.`, {
    acts,
  }),
  filter(`${prefix}sustain`, `${prefix}s`, 'level', [0, 1, 0], `Sustain of the envelope of the ${name}.`, {
    acts,
  }),
  filter(`${prefix}release`, `${prefix}r`, 's', [0, 60, 0.1], `Release of the envelope of the ${name}.`, {
    acts,
  }),
  filter(`${prefix}rate`, '', 'Hz', [0, 100, 0], `Rate of the LFO of the ${name}.`),
  filter(`${prefix}sync`, '', 'cycles', [0, 64, 0], `Rate of the LFO of the ${name} in cycles.`),
  filter(`${prefix}depth`, '', 'factor', ANY, `Depth of the LFO of the ${name}.`),
  filter(
    `${prefix}depthfrequency`,
    `${prefix}depthfreq`,
    'Hz',
    ANY,
    `Depth of the LFO of the ${name} in Hz.`,
  ),
  filter(`${prefix}shape`, '', 'name', ANY, `Shape of the LFO of the ${name}.`),
  filter(`${prefix}dc`, '', 'offset', [-1, 1, 0], `Offset of the LFO of the ${name}.`),
  filter(`${prefix}skew`, '', '0..1', [0, 1, 0.5], `Skew of the LFO of the ${name}.`),
];

/** The controls of one FM operator; the first has names without a number too. */
function operator(number: number): ControlRow[] {
  const first = number === 1;
  const key = (name: string): string => (first ? name : `${name}${number}`);
  const names = (...list: string[]): string =>
    list
      .flatMap((name) => (first ? [name, `${name}1`] : [`${name}${number}`]))
      .filter((name) => name !== key(list[0]!))
      .join(' ');
  const of = `of FM operator ${number}`;
  return [
    fm(key('fmi'), names('fmi', 'fm'), 'index', [0, 1000, 0], `Index ${of}.`, {
      expands: key('fmh'),
      acts: first,
    }),
    fm(key('fmh'), first ? 'fmh1' : '', 'ratio', [0, 1000, 1], `Ratio ${of}.`, {
      expands: key('fmi'),
      acts: first,
    }),
    fm(key('fmwave'), names('fmwave'), 'name', [null, null, 'sine'], `Wave ${of}.`),
    fm(key('fmenv'), names('fmenv'), 'name', [null, null, 'exp'], `Curve of the envelope ${of}.`),
    fm(key('fmattack'), names('fmattack', 'fmatt'), 's', SECONDS, `Attack ${of}.`, { acts: first }),
    fm(key('fmdecay'), names('fmdecay', 'fmdec'), 's', SECONDS, `Decay ${of}.`, { acts: first }),
    fm(key('fmsustain'), names('fmsustain', 'fmsus'), 'level', UNIT, `Sustain ${of}.`, { acts: first }),
    fm(key('fmrelease'), names('fmrelease', 'fmrel'), 's', SECONDS, `Release ${of}.`, { acts: first }),
  ];
}

const OPERATORS = [1, 2, 3, 4, 5, 6, 7, 8];
const matrix: ControlRow[] = [0, ...OPERATORS].flatMap((from) =>
  [0, ...OPERATORS]
    .filter((to) => from + to > 0 || from === to)
    .map((to) =>
      fm(
        `fmi${from}${to}`,
        `fm${from}${to}`,
        'index',
        [0, 1000, 0],
        `Index from FM operator ${from} to ${to}.`,
      ),
    ),
);

export const shapingControls: readonly ControlRow[] = [
  level('gain', '', 'factor', [0, 4, 0.8], 'Level.', ACTS),
  level('velocity', 'vel', 'factor', [0, 4, 1], 'Level of the note; multiplies gain.', ACTS),
  level('postgain', '', 'factor', [0, 4, 1], 'Level behind the effects of the voice.', ACTS),
  level('amp', '', 'factor', [0, 4, null], 'Linear level, for OSC.'),
  level('pan', '', '0..1', [0, 1, 0.5], 'From left (0) to right (1).', ACTS),
  level('overgain', '', 'factor', ANY, 'Level above 1.'),
  level('overshape', '', '0..1', ANY, 'Distortion of the overgain.'),
  level('busgain', 'bgain', 'factor', [0, 4, 1], 'Level into the bus.'),
  level('channels', 'ch', 'list', ANY, 'Output channels.'),
  level('channel', '', 'number', ANY, 'Output channel.'),
  level('panspan', '', 'factor', ANY, 'Width of the pan, for OSC.'),
  level('pansplay', '', 'factor', ANY, 'Splay of the pan, for OSC.'),
  level('panwidth', '', 'factor', ANY, 'Width of the pan, for OSC.'),
  level('panorient', '', 'factor', ANY, 'Orientation of the pan, for OSC.'),
  envelope('attack', 'att', 's', [0, 60, 0.001], 'Time to full level.', ACTS),
  envelope('decay', 'dec', 's', [0, 60, 0.05], 'Time from full level to the sustain.', ACTS),
  envelope('sustain', 'sus', 'level', [0, 1, 0.6], 'Level while the note lasts.', ACTS),
  envelope('release', 'rel', 's', [0, 60, 0.01], 'Time from the end of the note to silence.', ACTS),
  envelope('hold', '', 's', SECONDS, 'Time at full level.'),
  filter('cutoff', 'ctf lpf lp', 'Hz', [10, 24000, null], 'Cutoff of the low-pass filter.', {
    expands: 'resonance lpenv',
    acts: true,
  }),
  filter('resonance', 'lpq', 'dB', [-20, 60, 0], 'Resonance of the low-pass filter.', ACTS),
  ...filterParts('lp', 'low-pass filter', true),
  filter('hcutoff', 'hpf hp', 'Hz', [10, 24000, null], 'Cutoff of the high-pass filter.', {
    expands: 'hresonance hpenv',
    acts: true,
  }),
  filter('hresonance', 'hpq', 'dB', [-20, 60, 0], 'Resonance of the high-pass filter.', ACTS),
  ...filterParts('hp', 'high-pass filter', true),
  filter('bandf', 'bpf bp', 'Hz', [10, 24000, null], 'Centre of the band-pass filter.', {
    expands: 'bandq bpenv',
    acts: true,
  }),
  filter('bandq', 'bpq', 'Q', [0.01, 1000, 1], 'Q of the band-pass filter.', ACTS),
  ...filterParts('bp', 'band-pass filter', true),
  filter('ftype', '', 'name', ANY, 'Kind of filter: 12db, ladder, 24db.', ACTS),
  filter('fanchor', '', '0..1', UNIT, 'Which point of the filter envelope is the cutoff.', ACTS),
  filter('drive', '', 'factor', [0, 10, 0.69], 'Drive of the ladder filter.', ACTS),
  filter('vowel', '', 'name', ANY, 'Formants of a vowel.', ACTS),
  filter('djf', '', '0..1', [0, 1, 0.5], 'Below 0.5 a low-pass, above a high-pass filter of the orbit.', {
    where: 'orbit',
  }),
  ...OPERATORS.flatMap(operator),
  ...matrix,
  distortion('distort', 'dist', 'amount', [0, 100, 0], 'Distortion: amount, level, kind.', {
    expands: 'distortvol distorttype',
    acts: true,
  }),
  distortion('distortvol', 'distvol', 'factor', [0, 4, 1], 'Level behind the distortion.', ACTS),
  distortion('distorttype', 'disttype', 'name', ANY, 'Kind of distortion.', ACTS),
  distortion('shape', '', 'amount', UNIT, 'Soft distortion.', { expands: 'shapevol', acts: true }),
  distortion('shapevol', '', 'factor', [0, 4, 1], 'Level behind the shape.', ACTS),
  distortion('crush', '', 'bits', [1, 16, 16], 'Bits per sample.', ACTS),
  distortion('coarse', '', 'factor', [1, 256, 1], 'Divides the sample rate.', ACTS),
  distortion('transient', '', 'amount', [-1, 1, 0], 'Sharper or softer attacks.', {
    expands: 'transsustain',
  }),
  distortion('transsustain', '', 'amount', [-1, 1, 0], 'More or less of what follows the attack.'),
  modulation('phaserrate', 'ph phaser', 'Hz', [0, 100, 0], 'Rate of the phaser.', {
    expands: 'phaserdepth phasercenter phasersweep',
    acts: true,
  }),
  modulation('phaserdepth', 'phd phasdp', '0..1', [0, 1, 0.75], 'Depth of the phaser.', ACTS),
  modulation('phasercenter', 'phc', 'Hz', [10, 20000, 1000], 'Centre of the phaser.', ACTS),
  modulation('phasersweep', 'phs', 'Hz', [0, 20000, 2000], 'Sweep of the phaser.', ACTS),
  modulation('tremolo', 'trem', 'Hz', [0, 100, 0], 'Rate of the tremolo.', {
    expands: 'tremolodepth tremoloskew tremolophase',
    acts: true,
  }),
  modulation('tremolosync', 'tremsync', 'cycles', [0, 64, 0], 'Rate of the tremolo in cycles.', {
    expands: 'tremolodepth tremoloskew tremolophase',
    acts: true,
  }),
  modulation('tremolodepth', 'tremdepth', '0..1', [0, 1, 1], 'Depth of the tremolo.', ACTS),
  modulation('tremoloskew', 'tremskew', '0..1', [0, 1, 1], 'Skew of the tremolo.', ACTS),
  modulation('tremolophase', 'tremphase', 'cycles', [0, 1, 0], 'Phase of the tremolo.', ACTS),
  modulation('tremoloshape', 'tremshape', 'name', ANY, 'Shape of the tremolo.', ACTS),
  dynamics('compressor', '', 'dB', [-100, 0, -3], 'Compressor: threshold, ratio, knee, attack, release.', {
    expands: 'compressorRatio compressorKnee compressorAttack compressorRelease',
    acts: true,
  }),
  dynamics('compressorRatio', '', 'ratio', [1, 20, 10], 'Ratio of the compressor.', ACTS),
  dynamics('compressorKnee', '', 'dB', [0, 40, 10], 'Knee of the compressor.', ACTS),
  dynamics('compressorAttack', '', 's', [0, 1, 0.005], 'Attack of the compressor.', ACTS),
  dynamics('compressorRelease', '', 's', [0, 1, 0.05], 'Release of the compressor.', ACTS),
];

/**
 * The wire's tables: parameters, sources, counters. A parameter or a source is added by one row here; the engine's
 * copy of the ids is generated from this file, which therefore imports nothing.
 */

/** One parameter of a note: its id on the wire, the event key it comes from, its clamp. */
export interface ParamRow {
  readonly id: number;
  readonly key: string;
  readonly min: number;
  readonly max: number;
  /** Value where neither the event nor the source gives one. */
  readonly fallback: number;
}

const param = (id: number, key: string, min: number, max: number, fallback: number): ParamRow => ({
  id,
  key,
  min,
  max,
  fallback,
});

/** Every parameter the engine knows. Ids are dense and never reused. Units are those of the controls table. */
export const PARAMS: readonly ParamRow[] = [
  param(0, 'delaySeconds', 0, 10, 0),
  param(1, 'rampCycles', 0, 4096, 0),
  param(2, 'freq', 0.1, 20_000, 220),
  param(3, 'n', -65_536, 65_536, 0),
  param(4, 'gain', 0, 4, 0.8),
  param(5, 'velocity', 0, 4, 1),
  param(6, 'pan', 0, 1, 0.5),
  param(7, 'cutoff', 10, 24_000, 20_000),
  param(8, 'resonance', -20, 60, 0),
  param(9, 'attack', 0, 60, 0.001),
  param(10, 'decay', 0, 60, 0.05),
  param(11, 'sustain', 0, 1, 0.6),
  param(12, 'release', 0, 60, 0.01),
  param(13, 'clip', 0, 64, 1),
  param(14, 'orbit', 0, 15, 1),
  param(15, 'room', 0, 1, 0),
  param(16, 'roomsize', 0.1, 30, 2),
  param(17, 'delay', 0, 1, 0),
  param(18, 'delaytime', 0, 8, 0.25),
  param(19, 'delayfeedback', 0, 0.98, 0.5),
  param(20, 'lpenv', -8, 8, 0),
  param(21, 'lpattack', 0, 60, 0.005),
  param(22, 'lpdecay', 0, 60, 0.14),
  param(23, 'lpsustain', 0, 1, 0),
  param(24, 'lprelease', 0, 60, 0.1),
  param(25, 'postgain', 0, 4, 1),
  param(26, 'detune', -4800, 4800, 0),
  param(27, 'kit', 0, 3, 0),
  param(28, 'fmi', 0, 1000, 0),
  param(29, 'fmh', 0, 1000, 1),
  param(30, 'fmattack', 0, 60, 0.001),
  param(31, 'fmdecay', 0, 60, 0.05),
  param(32, 'fmsustain', 0, 1, 1),
  param(33, 'fmrelease', 0, 60, 0.01),
  param(34, 'vib', 0, 100, 0),
  param(35, 'vibmod', 0, 48, 0.5),
  param(36, 'pattack', 0, 60, 0.2),
  param(37, 'pdecay', 0, 60, 0.05),
  param(38, 'psustain', 0, 1, 1),
  param(39, 'prelease', 0, 60, 0.01),
  param(40, 'penv', -96, 96, 0),
  param(41, 'panchor', 0, 1, 0),
  param(42, 'unison', 1, 100, 5),
  param(43, 'spread', 0, 1, 0.6),
  param(44, 'pw', 0, 1, 0.5),
  param(45, 'pwrate', 0, 100, 1),
  param(46, 'pwsweep', 0, 1, 0),
  param(47, 'crackledensity', 0, 1, 0.03),
  param(48, 'noise', 0, 1, 0),
  param(49, 'pluckseconds', 0.05, 30, 4),
  param(50, 'pluckbright', 0, 1, 0.5),
  param(51, 'hcutoff', 10, 24_000, 1000),
  param(52, 'hresonance', -20, 60, 0),
  param(53, 'hpenv', -8, 8, 0),
  param(54, 'hpattack', 0, 60, 0.005),
  param(55, 'hpdecay', 0, 60, 0.14),
  param(56, 'hpsustain', 0, 1, 0),
  param(57, 'hprelease', 0, 60, 0.1),
  param(58, 'bandf', 10, 24_000, 1000),
  param(59, 'bandq', 0.01, 1000, 1),
  param(60, 'bpenv', -8, 8, 0),
  param(61, 'bpattack', 0, 60, 0.005),
  param(62, 'bpdecay', 0, 60, 0.14),
  param(63, 'bpsustain', 0, 1, 0),
  param(64, 'bprelease', 0, 60, 0.1),
  param(65, 'ftype', 0, 2, 0),
  param(66, 'fanchor', 0, 1, 0),
  param(67, 'drive', 0, 10, 0.69),
  param(68, 'distort', 0, 100, 0),
  param(69, 'distortvol', 0, 4, 1),
  param(70, 'distorttype', 0, 8, 0),
  param(71, 'shape', 0, 1, 0),
  param(72, 'shapevol', 0, 4, 1),
  param(73, 'crush', 1, 16, 16),
  param(74, 'coarse', 1, 256, 1),
  param(75, 'phaserrate', 0, 100, 0),
  param(76, 'phaserdepth', 0, 1, 0.75),
  param(77, 'phasercenter', 10, 20_000, 1000),
  param(78, 'phasersweep', 0, 20_000, 2000),
  param(79, 'tremolo', 0, 100, 0),
  param(80, 'tremolosync', 0, 64, 0),
  param(81, 'tremolodepth', 0, 1, 1),
  param(82, 'tremoloskew', 0, 1, 1),
  param(83, 'tremolophase', 0, 1, 0),
  param(84, 'tremoloshape', 0, 4, 0),
  param(85, 'vowel', 0, 14, 0),
  param(86, 'compressor', -100, 0, -3),
  param(87, 'compressorRatio', 1, 20, 10),
  param(88, 'compressorKnee', 0, 40, 10),
  param(89, 'compressorAttack', 0, 1, 0.005),
  param(90, 'compressorRelease', 0, 1, 0.05),
  param(91, 'cut', 0, 65_536, 0),
  param(92, 'delaysync', 0, 64, 0.1875),
];

/** Parameter ids by key: PARAM_ID.cutoff is 7. */
export const PARAM_ID: Readonly<Record<string, number>> = Object.fromEntries(
  PARAMS.map((row) => [row.key, row.id]),
);

/** A sound source. `defaults` override the fallbacks of PARAMS for its notes. */
export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
  /** `pitched` follows `freq` and the envelope; `drum` is a one-shot that rings out unless `clip` cuts it. */
  readonly kind: 'pitched' | 'drum';
  readonly defaults: Readonly<Record<string, number>>;
}

/** A drum sounds as it decays by itself: its envelope only opens. */
const RINGS = { attack: 0, decay: 0, sustain: 1 } as const;

/** Every source of the engine. Ids are dense; 0 is the source of a note without `s`. */
export const SOURCES: readonly SourceRow[] = [
  { id: 0, name: 'triangle', aliases: ['tri'], kind: 'pitched', defaults: {} },
  { id: 1, name: 'sawtooth', aliases: ['saw'], kind: 'pitched', defaults: {} },
  { id: 2, name: 'square', aliases: ['sqr'], kind: 'pitched', defaults: {} },
  { id: 3, name: 'sine', aliases: ['sin'], kind: 'pitched', defaults: {} },
  { id: 4, name: 'bd', aliases: ['kick'], kind: 'drum', defaults: RINGS },
  { id: 5, name: 'sd', aliases: ['snare'], kind: 'drum', defaults: RINGS },
  { id: 6, name: 'hh', aliases: ['hat', 'ch'], kind: 'drum', defaults: RINGS },
  { id: 7, name: 'oh', aliases: ['openhat'], kind: 'drum', defaults: RINGS },
  { id: 8, name: 'cp', aliases: ['clap'], kind: 'drum', defaults: RINGS },
  { id: 9, name: 'rim', aliases: ['rs', 'rimshot'], kind: 'drum', defaults: RINGS },
  { id: 10, name: 'cb', aliases: ['cowbell'], kind: 'drum', defaults: RINGS },
  { id: 11, name: 'lt', aliases: ['lowtom'], kind: 'drum', defaults: RINGS },
  { id: 12, name: 'mt', aliases: ['midtom'], kind: 'drum', defaults: RINGS },
  { id: 13, name: 'ht', aliases: ['hightom'], kind: 'drum', defaults: RINGS },
  { id: 14, name: 'cr', aliases: ['crash'], kind: 'drum', defaults: RINGS },
  { id: 15, name: 'rd', aliases: ['ride'], kind: 'drum', defaults: RINGS },
  { id: 16, name: 'sh', aliases: ['shaker'], kind: 'drum', defaults: { ...RINGS, attack: 0.014 } },
  { id: 17, name: 'tb', aliases: ['tambourine'], kind: 'drum', defaults: RINGS },
  { id: 18, name: 'perc', aliases: ['conga'], kind: 'drum', defaults: RINGS },
  { id: 19, name: 'supersaw', aliases: [], kind: 'pitched', defaults: { detune: 0.18 } },
  { id: 20, name: 'pulse', aliases: [], kind: 'pitched', defaults: {} },
  { id: 21, name: 'white', aliases: [], kind: 'pitched', defaults: {} },
  { id: 22, name: 'pink', aliases: [], kind: 'pitched', defaults: {} },
  { id: 23, name: 'brown', aliases: [], kind: 'pitched', defaults: {} },
  { id: 24, name: 'crackle', aliases: [], kind: 'pitched', defaults: {} },
];

/** Counters of the engine, in the order in which they lie in its memory (u32 each). */
export const COUNTERS = [
  'late', // sounded late, by less than 50 ms
  'dropped', // came too late or found a full queue
  'repeated', // notes repeated over a silent worker
  'stolen', // voices taken for newer notes
  'reset', // voices or effects that produced NaN or |x| > 1e4
  'refused', // records that the wire refuses: unknown, reserved, malformed
  'clamped', // values outside their range or not finite
  'played', // notes that started
] as const;
export type CounterName = (typeof COUNTERS)[number];
export type Counters = Record<CounterName, number>;

/**
 * What the engine reports, in the order in which it lies in its memory (f64 each). `cycle` is NaN while stopped. Those
 * from `peakLeft` on speak of the time since meters were read last; levels are linear, `reductionDb` is >= 0.
 */
export const REPORT = [
  'frame',
  'cycle',
  'cyclesPerSecond',
  'horizon',
  'epoch',
  'playing',
  'repeating',
  'voices',
  'queued',
  'segmentCount',
  'segmentVersion',
  'peakLeft',
  'peakRight',
  'rmsLeft',
  'rmsRight',
  'truePeak',
  'reductionDb',
] as const;
export type ReportName = (typeof REPORT)[number];

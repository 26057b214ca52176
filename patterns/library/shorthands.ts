/** Rows that set several controls at once: envelopes, kinds of distortion, colours, controllers. */
import { pure } from '../combine.ts';
import { controlNamed } from '../controls.ts';
import { toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('shorthands');
const TEXT = '(values: PatternLike<string | number>) => Pattern<any>';

const listOf = (value: unknown): readonly any[] => (Array.isArray(value) ? value : [value]);
const set = (controls: Record<string, unknown>, pattern: AnyPattern): AnyPattern =>
  operate('set', 'in', pattern, pure(controls));

/** A row whose list sets controls; what the list lacks `fill` gives. */
const envelope = (
  name: string,
  keys: readonly string[],
  fill: (list: readonly any[]) => readonly any[],
  text: string,
  example: string,
): LibraryRow =>
  row(name, TEXT, text, example, {
    ...transform(1, (given, pattern) => {
      const values = fill(listOf(given));
      return set(
        Object.fromEntries(keys.flatMap((key, i) => (values[i] === undefined ? [] : [[key, values[i]]]))),
        pattern,
      );
    }),
  });

const DISTORTIONS = ['scurve', 'soft', 'hard', 'cubic', 'diode', 'asym', 'fold', 'sinefold', 'chebyshev'];

const distortions: readonly LibraryRow[] = DISTORTIONS.map((kind) =>
  row(
    kind,
    '(amount: PatternLike<string | number>) => Pattern<any>',
    `Distortion of the kind ${kind}: amount, level.`,
    `s("saw").${kind}("3:.5")`,
    {
      ...transform(1, (given, pattern) => {
        const [distort, distortvol = 1] = listOf(given);
        return set({ distort, distortvol, distorttype: kind }, pattern);
      }),
    },
  ),
);

/** Names the entries of lists: "c:.5" as note and clip. */
function as(names: unknown, pattern: AnyPattern): AnyPattern {
  const keys = listOf(names).map((name) => controlNamed(String(name))?.key ?? String(name));
  return pattern.withValue((value) =>
    Object.fromEntries(listOf(value).flatMap((entry, i) => (i < keys.length ? [[keys[i]!, entry]] : []))),
  );
}

const PERCENT = 100;
const colour = (h: unknown, s: unknown, l: unknown, a: number | null, pattern: AnyPattern): AnyPattern => {
  const [hue, saturation, lightness] = [toNumeral(h) * 360, toNumeral(s) * PERCENT, toNumeral(l) * PERCENT];
  const text =
    a === null
      ? `hsl(${hue},${saturation}%,${lightness}%)`
      : `hsla(${hue},${saturation}%,${lightness}%,${a})`;
  return set({ color: text }, pattern);
};

export const shorthandRows: readonly LibraryRow[] = [
  envelope(
    'adsr',
    ['attack', 'decay', 'sustain', 'release'],
    (list) => list,
    'Attack, decay, sustain, release.',
    'note("c3").adsr(".1:.1:.5:.2")',
  ),
  envelope(
    'ad',
    ['attack', 'decay'],
    ([attack, decay = attack]) => [attack, decay],
    'Attack and decay.',
    'note("c3").ad(".1:.2")',
  ),
  envelope(
    'ds',
    ['decay', 'sustain'],
    ([decay, sustain = 0]) => [decay, sustain],
    'Decay and sustain.',
    'note("c3").ds(".2:.1")',
  ),
  envelope(
    'ar',
    ['attack', 'release'],
    ([attack, release = attack]) => [attack, release],
    'Attack and release.',
    'note("c3").ar(".1:.4")',
  ),
  ...distortions,
  row(
    'as',
    '(names: PatternLike<string> | string[]) => Pattern<any>',
    'Names the entries of lists as controls.',
    '"c:.5 a:1".as("note:clip")',
    transform(1, as),
  ),
  envelope(
    'control',
    ['ccn', 'ccv'],
    (list) => list,
    'Number and value of a MIDI controller.',
    'note("c3").control([74, 0.5])',
  ),
  row(
    'sysex',
    '(message: [string | number, string | number[]]) => Pattern<any>',
    'A system exclusive message: maker and data.',
    'note("c3").sysex(["0x77", "0x01:0x02"])',
    plain(1, (message, pattern) => set(systemExclusive(message), pattern)),
  ),
  row(
    'hsl',
    '(h: PatternLike<number>, s: PatternLike<number>, l: PatternLike<number>) => Pattern<any>',
    'Colour by hue, saturation, lightness, each 0 to 1.',
    's("bd").hsl(0.1, 0.5, 0.5)',
    transform(3, (h, s, l, pattern) => colour(h, s, l, null, pattern)),
  ),
  row(
    'hsla',
    '(h: PatternLike<number>, s: PatternLike<number>, l: PatternLike<number>, a: PatternLike<number>) => Pattern<any>',
    'As hsl with opacity.',
    's("bd").hsla(0.1, 0.5, 0.5, 1)',
    transform(4, (h, s, l, a, pattern) => colour(h, s, l, toNumeral(a), pattern)),
  ),
];

function systemExclusive(message: unknown): Record<string, unknown> {
  const [maker, data] = listOf(message);
  const bytes = typeof data === 'string' ? data.split(':').map(Number) : listOf(data).map(Number);
  return { sysexid: Number(maker), sysexdata: bytes };
}

/** Rows of the continuous patterns. */
import { signal } from '../combine.ts';
import { PatternEvent } from '../event.ts';
import { Pattern } from '../pattern.ts';
import { rational } from '../rational.ts';
import { reify } from '../reify.ts';
import * as waves from '../waves.ts';
import { type LibraryRow, rowsOf } from './row.ts';

const row = rowsOf('signals');

/** Read by name below. */
const BY_NAME: Readonly<Record<string, Pattern<number>>> = { ...waves };

const VALUES: readonly (readonly [name: keyof typeof waves, text: string])[] = [
  ['saw', 'Rises from 0 to 1 each cycle.'],
  ['saw2', 'Rises from -1 to 1 each cycle.'],
  ['isaw', 'Falls from 1 to 0 each cycle.'],
  ['isaw2', 'Falls from 1 to -1 each cycle.'],
  ['sine', 'A sine from 0 to 1.'],
  ['sine2', 'A sine from -1 to 1.'],
  ['cosine', 'A cosine from 0 to 1.'],
  ['cosine2', 'A cosine from -1 to 1.'],
  ['tri', 'Rises to 1, then falls to 0.'],
  ['tri2', 'Rises from -1 to 1, then falls.'],
  ['itri', 'Falls to 0, then rises to 1.'],
  ['itri2', 'Falls from 1 to -1, then rises.'],
  ['square', '0 in the first half of the cycle, 1 in the second.'],
  ['square2', '-1 in the first half of the cycle, 1 in the second.'],
  ['time', 'The time in cycles.'],
  ['rand', 'Chance from 0 to 1.'],
  ['rand2', 'Chance from -1 to 1.'],
  ['perlin', 'Chance per cycle, smoothly joined.'],
  ['berlin', 'Chance per cycle, joined by ramps.'],
];

const eventLength = (map: (cycles: number) => number): Pattern<number> =>
  new Pattern((state) => [new PatternEvent(null, state.span, map(state.span.duration.toNumber()))]);

export const signalRows: readonly LibraryRow[] = [
  ...VALUES.map(([name, text]) =>
    row(name, 'Pattern<number>', text, `note(${name}.range(40, 60).segment(8))`, { free: BY_NAME[name] }),
  ),
  row(
    'signal',
    '(value: (time: number) => any) => Pattern<any>',
    'A continuous pattern of a function of time.',
    'signal(t => t % 1)',
    {
      free: (value: (time: unknown, controls: unknown) => unknown) =>
        signal((at, controls) => value(at, controls)),
    },
  ),
  row('per', 'Pattern<number>', 'The length of the event in cycles.', '"a b".note(per)', {
    free: eventLength((cycles) => cycles),
  }),
  row(
    ['perCycle', 'cyclesPer'],
    'Pattern<number>',
    'How many events of this length make a cycle.',
    'n(perCycle)',
    { free: eventLength((cycles) => 1 / cycles) },
  ),
  row('perx', 'Pattern<number>', 'How many octaves of length below a cycle.', 'n(perx)', {
    free: eventLength((cycles) => rational(cycles).toNumber()),
  }),
  row(
    ['mousex', 'mouseX'],
    'Pattern<number>',
    'Where the pointer is, 0 (left) to 1; 0.5 where there is no pointer.',
    'note(mousex.range(40, 60).segment(8))',
    { free: reify(0.5) },
  ),
  row(
    ['mousey', 'mouseY'],
    'Pattern<number>',
    'Where the pointer is, 0 (top) to 1; 0.5 where there is no pointer.',
    'note(mousey.range(40, 60).segment(8))',
    { free: reify(0.5) },
  ),
];

/** Rows of statements: they act on the evaluation, tracks, tempo, all tracks at once. */
import { silence } from '../combine.ts';
import { currentEvaluation, type PatternTransform } from '../evaluation.ts';
import { toNumeral } from '../note-names.ts';
import type { Pattern } from '../pattern.ts';
import { reify } from '../reify.ts';
import { trackMarks } from '../track-names.ts';
import { type AnyPattern, type LibraryRow, method, rowsOf } from './row.ts';

const row = rowsOf('statements');

/** Makes a pattern a track of the evaluation and yields it. */
function play(pattern: AnyPattern, name: unknown): AnyPattern {
  const evaluation = currentEvaluation();
  const { name: plainName, muted, solo } = trackMarks(String(name ?? '$'));
  const finalName = plainName === null ? evaluation.nextUnnamed() : plainName;
  evaluation.addTrack({ name: finalName, pattern, muted, solo, from: null, to: null });
  return pattern;
}

/** States the tempo: `perSecond` is what one unit means in cycles a second. */
function setTempo(value: unknown, perSecond: number, name: string): void {
  const pattern = reify(value).withValue((x) => checked(toNumeral(x) * perSecond, name, x));
  const evaluation = currentEvaluation();
  const first = pattern.constant?.value ?? reify(value).constant?.value;
  if (first !== undefined) {
    const cyclesPerSecond = checked(toNumeral(first) * perSecond, name, first);
    evaluation.tempo = { cyclesPerSecond, rampCycles: 0 };
    evaluation.tempoPattern = null;
    return;
  }
  evaluation.tempoPattern = pattern;
  const [event] = pattern.queryArc(0, 1);
  if (event !== undefined) evaluation.tempo = { cyclesPerSecond: event.value, rampCycles: 0 };
}

function checked(cyclesPerSecond: number, name: string, given: unknown): number {
  if (!Number.isFinite(cyclesPerSecond) || cyclesPerSecond <= 0) {
    throw new RangeError(`${name} expects a tempo above 0, found ${String(given)}`);
  }
  return cyclesPerSecond;
}

const setbpm = (bpm: unknown, beatsPerCycle: unknown = 4): void =>
  setTempo(bpm, 1 / 60 / toNumeral(beatsPerCycle), 'setbpm');

const tempo = {
  /** From now on linearly to a tempo in beats a minute (four to a cycle), within so many cycles. */
  ramp(bpm: unknown, cycles: unknown, beatsPerCycle: unknown = 4): void {
    const cyclesPerSecond = checked(toNumeral(bpm) / 60 / toNumeral(beatsPerCycle), 'tempo.ramp', bpm);
    const rampCycles = toNumeral(cycles);
    if (!(rampCycles >= 0 && rampCycles <= 4096))
      throw new RangeError(`tempo.ramp expects 0 to 4,096 cycles, found ${String(cycles)}`);
    const evaluation = currentEvaluation();
    evaluation.tempo = { cyclesPerSecond, rampCycles };
    evaluation.tempoPattern = null;
  },
};

const dRows: readonly LibraryRow[] = Array.from({ length: 16 }, (_, i) => {
  const name = `d${i + 1}`;
  return row(
    name,
    '(pattern: PatternLike<any>) => Pattern<any>',
    `Plays the pattern on the track ${name}.`,
    `${name}(s("bd*4"))`,
    {
      free: (pattern: unknown) => play(reify(pattern), name),
      method() {
        return play(this, name);
      },
    },
  );
});

const F = '(f: PatternTransform) => void';
const SPEED = '(value: PatternLike<number>) => void';

export const statementRows: readonly LibraryRow[] = [
  ...dRows,
  row(
    'p',
    '(name: string | number) => Pattern<any>',
    'Plays the pattern on a track.',
    's("bd*4").p("drums")',
    method((pattern, name) => play(pattern, name)),
  ),
  row('setcps', SPEED, 'Tempo in cycles a second.', 'setcps(0.5)', {
    free: (value: unknown) => setTempo(value, 1, 'setcps'),
  }),
  row('setcpm', SPEED, 'Tempo in cycles a minute.', 'setcpm(30)', {
    free: (value: unknown) => setTempo(value, 1 / 60, 'setcpm'),
  }),
  row(
    'setbpm',
    '(bpm: PatternLike<number>, beatsPerCycle?: number) => void',
    'Tempo in beats a minute.',
    'setbpm(120)',
    { free: setbpm },
  ),
  row(
    'tempo',
    '{ ramp(bpm: number, cycles: number, beatsPerCycle?: number): void }',
    'Tempo that changes by and by.',
    'tempo.ramp(140, 8)',
    { free: tempo },
  ),
  row('all', F, 'f on all tracks.', 'all(x => x.room(0.5))', {
    free: (f: (pattern: Pattern) => unknown) => {
      currentEvaluation().allTransforms.push(asTransform(f, 'all'));
    },
  }),
  row('each', F, 'f on every track alone.', 'each(x => x.fast(2))', {
    free: (f: (pattern: Pattern) => unknown) => {
      currentEvaluation().eachTransforms.push(asTransform(f, 'each'));
    },
  }),
  row('hush', '() => Pattern<never>', 'Silences all tracks.', 'hush()', {
    free: () => {
      currentEvaluation().hushed = true;
      return silence;
    },
  }),
];

function asTransform(f: unknown, name: string): PatternTransform {
  if (typeof f !== 'function') throw new TypeError(`${name} expects a function, found ${typeof f}`);
  return (pattern) => reify(f(pattern));
}

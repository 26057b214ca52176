/** Rows that change only what matches, or choose what to do, as players of Tidal know them. */
import { chooseByCycle } from '../chance.ts';
import { pure, silence, slowcat, stack } from '../combine.ts';
import type { PatternEvent } from '../event.ts';
import { isTrue, toNumeral } from '../note-names.ts';
import { operate } from '../operators.ts';
import { Pattern } from '../pattern.ts';
import { reify } from '../reify.ts';
import { fast } from '../time.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf } from './row.ts';

const row = rowsOf('tidal');
type Change = (pattern: AnyPattern) => unknown;
type Matches = (wanted: any, found: any) => boolean;

const doesNothing: Change = (pattern) => pattern;

/** f on the events for which the test holds, g on the others. */
function split(
  test: (event: PatternEvent<any>) => boolean,
  f: Change,
  g: Change,
  given: AnyPattern,
): AnyPattern {
  const yes = given.filterEvents(test);
  const no = given.filterEvents((event) => !test(event));
  return stack(reify(f(yes)), reify(g(no)));
}

const equals: Matches = (wanted, found) =>
  typeof wanted === 'number' || typeof found === 'number'
    ? Number(wanted) === Number(found)
    : wanted === found;
const liesIn: Matches = (wanted, found) =>
  Array.isArray(wanted)
    ? Number(found) >= Number(wanted[0]) && Number(found) <= Number(wanted[1])
    : equals(wanted, found);

/** True where every control of `wanted` is in the value and matches there; a plain value matches as a whole. */
function isMatch(matches: Matches, wanted: unknown, found: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return matches(wanted, found);
  if (typeof found !== 'object' || found === null) return false;
  const record = found as Record<string, unknown>;
  return Object.entries(wanted).every(([key, value]) => key in record && matches(value, record[key]));
}

/** f on events that carry the controls, g on all others. */
function contrastBy(
  matches: Matches,
  f: Change,
  g: Change,
  controls: unknown,
  pattern: AnyPattern,
): AnyPattern {
  const wanted: AnyPattern =
    typeof controls === 'object' && controls !== null && !(controls instanceof Pattern)
      ? pure(controls)
      : reify(controls);
  return new Pattern<any>((state) => {
    const test = (event: PatternEvent<any>): boolean => {
      const { begin, end } = event.wholeOrPart();
      const asked = wanted.query(state.withSpan(event.part.withTime((time) => time.max(begin).min(end))));
      return asked.some(({ value }) => isMatch(matches, value, event.value));
    };
    return split(test, f, g, pattern).query(state);
  }, pattern.stepCount);
}

const conditional = (booleans: unknown, f: Change, pattern: AnyPattern): AnyPattern =>
  stack(
    operate('keepif', 'in', reify(f(pattern)), reify(booleans)),
    operate(
      'keepif',
      'in',
      pattern,
      reify(booleans).withValue((value) => !isTrue(value)),
    ),
  );

const whenT = (test: (position: number) => boolean, f: Change, pattern: AnyPattern): AnyPattern =>
  split(({ whole, part }) => test((whole ?? part).begin.cyclePos().toNumber()), f, doesNothing, pattern);

// ---- choosing ----------------------------------------------------------------------------------------------

/** The item that a number from 0 to 1 points at. */
function pointed<T>(items: readonly T[], amount: unknown): T {
  const index = Math.floor(toNumeral(amount) * items.length);
  return items[Math.min(Math.max(index, 0), items.length - 1)]!;
}

const select = (amount: unknown, items: readonly unknown[]): AnyPattern =>
  items.length === 0
    ? silence
    : reify(amount)
        .withValue((x) => reify(pointed(items, x)))
        .innerJoin();
const selectF = (amount: unknown, fs: readonly Change[], pattern: AnyPattern): AnyPattern =>
  fs.length === 0
    ? pattern
    : reify(amount)
        .withValue((x) => reify(pointed(fs, x)(pattern)))
        .innerJoin();

type With = (value: any, pattern: AnyPattern) => unknown;
const applied = (f: With, values: readonly unknown[], pattern: AnyPattern): AnyPattern[] =>
  values.map((value) => reify(f(value, pattern)));
const spreadWith = (f: With, values: readonly unknown[], pattern: AnyPattern): AnyPattern =>
  slowcat(...applied(f, values, pattern));
const fastspread = (f: With, values: readonly unknown[], pattern: AnyPattern): AnyPattern =>
  fast(Math.max(1, values.length), spreadWith(f, values, pattern));
const spreadChoose = (f: With, values: readonly unknown[], pattern: AnyPattern): AnyPattern =>
  values.length === 0 ? silence : chooseByCycle(applied(f, values, pattern));

/** Values looked up in an object; what is not there stays away. */
function swap(things: Readonly<Record<string, unknown>>, pattern: AnyPattern): AnyPattern {
  const known = new Map(Object.entries(things).map(([name, thing]) => [name, reify(thing)]));
  return pattern.withValue((value) => known.get(String(value)) ?? silence).outerJoin();
}

const FIX = '(f: PatternTransform, controls: Record<string, unknown> | PatternLike<any>) => Pattern<any>';
const CONTRAST =
  '(f: PatternTransform, g: PatternTransform, controls: Record<string, unknown> | PatternLike<any>) => Pattern<any>';
const SPREAD = '(f: (value: any, pattern: Pattern<any>) => Pattern<any>, values: any[]) => Pattern<any>';
const WHILE = plain(2, conditional);

export const changeRows: readonly LibraryRow[] = [
  row(
    'while',
    '(booleans: PatternLike<any>, f: PatternTransform) => Pattern<any>',
    'f while the booleans are true; the pattern as it is otherwise.',
    's("bd*4").while("1 0", fast(2))',
    { method: WHILE.method },
  ),
  row(
    'while_',
    '(booleans: PatternLike<any>, f: PatternTransform, pattern: PatternLike<any>) => Pattern<any>',
    'As the method while.',
    'while_("1 0", fast(2), s("bd*4"))',
    { free: WHILE.free },
  ),
  row(
    'whenT',
    '(test: (position: number) => boolean, f: PatternTransform) => Pattern<any>',
    'f on events whose place in the cycle (0 to 1) passes the test.',
    's("bd sd hh cp").whenT(t => t >= 0.5, x => x.speed(2))',
    plain(2, whenT),
  ),
  row(
    'fix',
    FIX,
    'f only on events that carry the given controls.',
    's("bd sd").fix(x => x.crush(4), { s: "sd" })',
    plain(2, (f, controls, pattern) => contrastBy(equals, f, doesNothing, controls, pattern)),
  ),
  row(
    'unfix',
    FIX,
    'f only on events that do not carry the given controls.',
    's("bd sd").unfix(x => x.crush(4), { s: "sd" })',
    plain(2, (f, controls, pattern) => contrastBy(equals, doesNothing, f, controls, pattern)),
  ),
  row(
    'fixRange',
    FIX,
    'As fix; a control may be a range [from, to].',
    'n("0 .. 7").fixRange(x => x.crush(4), { n: [2, 5] })',
    plain(2, (f, controls, pattern) => contrastBy(liesIn, f, doesNothing, controls, pattern)),
  ),
  row(
    'contrast',
    CONTRAST,
    'f on events that carry the controls, g on the others.',
    's("bd sd").contrast(x => x.crush(4), x => x.speed(2), { s: "bd" })',
    plain(3, (f, g, controls, pattern) => contrastBy(equals, f, g, controls, pattern)),
  ),
  row(
    'contrastRange',
    CONTRAST,
    'As contrast; a control may be a range [from, to].',
    'n("0 .. 7").contrastRange(x => x.crush(4), x => x.speed(2), { n: [2, 5] })',
    plain(3, (f, g, controls, pattern) => contrastBy(liesIn, f, g, controls, pattern)),
  ),
  row(
    'contrastBy',
    '(matches: (wanted: any, found: any) => boolean, f: PatternTransform, g: PatternTransform, controls: any) => Pattern<any>',
    'As contrast, with a comparison of your own.',
    'n("0 .. 3").contrastBy((wanted, found) => found > wanted, x => x.crush(4), x => x, { n: 1 })',
    plain(4, contrastBy),
  ),
  row(
    'select',
    '(amount: PatternLike<number>, patterns: PatternLike<any>[]) => Pattern<any>',
    'The pattern of a list that a number from 0 to 1 points at.',
    'select("<0 .5>", [s("bd*2"), s("cp*3")])',
    { free: (amount: unknown, items: readonly unknown[]) => select(amount, items) },
  ),
  row(
    'selectF',
    '(amount: PatternLike<number>, fs: PatternTransform[]) => Pattern<any>',
    'Applies the function of a list that a number from 0 to 1 points at.',
    's("bd sd").selectF("<0 .5>", [rev, fast(2)])',
    plain(2, selectF),
  ),
  row(
    'spreadWith',
    SPREAD,
    'f with one value of a list per cycle, in turn.',
    's("bd sd").spreadWith(fast, [1, 2])',
    plain(2, spreadWith),
  ),
  row(
    'fastspread',
    SPREAD,
    'As spreadWith, all values in one cycle.',
    's("bd sd").fastspread(fast, [1, 2])',
    plain(2, fastspread),
  ),
  row(
    ['spreadChoose', 'spreadr'],
    SPREAD,
    'As spreadWith, chance chooses the value of each cycle.',
    's("bd sd").spreadChoose(fast, [1, 2, 4])',
    plain(2, spreadChoose),
  ),
  row(
    'spreadf',
    '(fs: PatternTransform[]) => Pattern<any>',
    'One function of a list per cycle, in turn.',
    's("bd sd").spreadf([fast(2), rev])',
    plain(1, (fs: readonly Change[], pattern) => slowcat(...fs.map((f) => reify(f(pattern))))),
  ),
  row(
    'swap',
    '(things: Record<string, PatternLike<any>>) => Pattern<any>',
    'Replaces values by what an object holds for them; others fall silent.',
    '"a b a".swap({ a: "bd", b: "sd*2" }).s()',
    plain(1, swap),
  ),
];

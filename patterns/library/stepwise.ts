/** Rows of functions that count in steps. */
import { nothing, timecat } from '../combine.ts';
import { pace } from '../joins.ts';
import type { Pattern } from '../pattern.ts';
import { ONE, type Rational, rational, ZERO } from '../rational.ts';
import { listed, reify } from '../reify.ts';
import { repeatCycles } from '../structure.ts';
import { fast, zoom } from '../time.ts';
import { type AnyPattern, type LibraryRow, plain, rowsOf, transform } from './row.ts';

const row = rowsOf('stepwise');
const N = '(n: PatternLike<number>) => Pattern<any>';

const hasSteps = (pattern: AnyPattern): boolean => pattern.stepCount !== null && pattern.stepCount.sign() > 0;

/** Joins events of a pattern of patterns one after another by their step counts. */
function stepJoin(patterns: Pattern<AnyPattern>): AnyPattern {
  const joined = (cycle: Rational): AnyPattern => {
    const inners = patterns
      .queryArc(cycle, cycle.add(ONE))
      .sort((a, b) => a.part.begin.compare(b.part.begin));
    return timecat(...inners.map(({ value }) => [value.stepCount ?? ONE, value] as const));
  };
  const ask: AnyPattern['query'] = (state) => joined(state.span.begin.floor()).query(state);
  const first = joined(ZERO);
  return first
    .withState((state) => state)
    .withEvents((_events, state) => ask(state))
    .splitQueries()
    .withSteps(first.stepCount);
}

function take(count: any, pattern: AnyPattern): AnyPattern {
  const steps = pattern.stepCount;
  if (steps === null || steps.isZero()) return nothing;
  const wanted = rational(count);
  if (wanted.isZero()) return nothing;
  const share = wanted.abs().div(steps);
  if (share.gte(ONE)) return pattern;
  return wanted.sign() < 0 ? zoom(ONE.sub(share), ONE, pattern) : zoom(ZERO, share, pattern);
}

function drop(count: any, pattern: AnyPattern): AnyPattern {
  const steps = pattern.stepCount;
  if (steps === null || steps.isZero()) return nothing;
  const given = rational(count);
  return given.sign() < 0 ? take(steps.add(given), pattern) : take(steps.sub(given).neg(), pattern);
}

const expand = (factor: any, pattern: AnyPattern): AnyPattern =>
  pattern.withSteps(pattern.stepCount?.mul(factor) ?? null);
const contract = (factor: any, pattern: AnyPattern): AnyPattern =>
  pattern.withSteps(pattern.stepCount?.div(factor) ?? null);

/** Each cycle n times in its place. */
const replicate = (factor: any, pattern: AnyPattern): AnyPattern =>
  fast(factor, repeatCycles(factor, pattern)).withSteps(pattern.stepCount?.mul(factor) ?? null);

/** The shorter and shorter versions of a pattern, `times` of them; `amount` steps go each time. */
function shrinkList(given: any, pattern: AnyPattern): AnyPattern[] {
  if (!hasSteps(pattern)) return [pattern];
  const [amountGiven, timesGiven] = Array.isArray(given) ? given : [given, undefined];
  const amount = rational(amountGiven);
  if (amount.isZero() || timesGiven === 0) return [pattern];
  const steps = pattern.stepCount!;
  const times = timesGiven === undefined ? steps.div(amount.abs()).ceil().toNumber() : Number(timesGiven);
  const list: AnyPattern[] = [];
  for (let i = 0; i < times; i += 1) {
    const gone = amount.abs().mul(i).div(steps);
    if (gone.gte(ONE)) break;
    list.push(amount.sign() > 0 ? zoomSteps(gone, ONE, pattern) : zoomSteps(ZERO, ONE.sub(gone), pattern));
  }
  return list;
}

function zoomSteps(begin: Rational, end: Rational, pattern: AnyPattern): AnyPattern {
  return begin.isZero() && end.eq(ONE) ? pattern : zoom(begin, end, pattern);
}

const joinSteps = (patterns: readonly AnyPattern[]): AnyPattern =>
  timecat(...patterns.map((pattern) => [pattern.stepCount ?? ONE, pattern] as const));

const shrink = (amount: any, pattern: AnyPattern): AnyPattern =>
  hasSteps(pattern) ? joinSteps(shrinkList(amount, pattern)) : nothing;

function grow(amount: any, pattern: AnyPattern): AnyPattern {
  if (!hasSteps(pattern)) return nothing;
  const [first, times] = Array.isArray(amount) ? amount : [amount];
  const mirrored = rational(first).neg();
  return joinSteps(shrinkList(times === undefined ? mirrored : [mirrored, times], pattern).reverse());
}

/** The pattern moves through a list of others, from the end to the beginning. */
function tour(pattern: AnyPattern, others: readonly unknown[]): AnyPattern {
  const rest = others.map(listed);
  const rounds = [...rest.keys(), rest.length].map((_, i) => {
    const at = rest.length - i;
    return [...rest.slice(0, at), pattern, ...rest.slice(at)];
  });
  return joinSteps(rounds.flat());
}

export const stepwiseRows: readonly LibraryRow[] = [
  row(['pace', 'steps'], N, 'Plays so many steps per cycle.', 's("bd sd cp").pace(4)', transform(1, pace)),
  row(
    'take',
    N,
    'The first n steps; negative: the last.',
    '"a b c d".take(2)',
    transform(1, take, { flatten: stepJoin }),
  ),
  row(
    'drop',
    N,
    'All but the first n steps; negative: the last.',
    '"a b c d".drop(1)',
    transform(1, drop, { flatten: stepJoin }),
  ),
  row(
    ['expand', 's_expand'],
    N,
    'Steps n times as long.',
    '"a b".expand(2)',
    transform(1, expand, { flatten: stepJoin }),
  ),
  row(
    ['contract', 's_contract'],
    N,
    'Steps n times as short.',
    '"a b".contract(2)',
    transform(1, contract, { flatten: stepJoin }),
  ),
  row(
    ['replicate', 's_extend'],
    N,
    'The steps of each cycle n times in a row.',
    'stepcat("a b".replicate(2), "c")',
    transform(1, replicate, { flatten: stepJoin }),
  ),
  row(
    'shrink',
    N,
    'The pattern again and again, each time with n steps fewer at its beginning (negative: at its end); "n:times" says how often.',
    '"a b c d".shrink(1)',
    transform(1, shrink, { flatten: stepJoin }),
  ),
  row(
    'grow',
    N,
    'The pattern again and again, each time with n steps more; negative: from its end. "n:times" says how often.',
    '"a b c d".grow(1)',
    transform(1, grow, { flatten: stepJoin }),
  ),
  row(
    ['shrinklist', 's_taperlist'],
    '(amount: number) => Pattern<any>[]',
    'The list of patterns that shrink joins.',
    '"a b c".shrinklist(1)',
    plain(1, shrinkList),
  ),
  row(
    ['tour', 's_tour'],
    '(...patterns: PatternLike<any>[]) => Pattern<any>',
    'Moves through a list of patterns.',
    '"a b".tour("c", "d e")',
    {
      free: (pattern: unknown, ...others: unknown[]) => tour(reify(pattern), others),
      method(...others) {
        return tour(this, others);
      },
    },
  ),
  row(
    'stepJoin',
    '() => Pattern<any>',
    'Joins patterns one after another by step count.',
    '"0 1".fmap(() => reify("a b c")).stepJoin()',
    {
      method() {
        return stepJoin(this);
      },
    },
  ),
  row(
    'stepBind',
    '(f: (value: any) => Pattern<any>) => Pattern<any>',
    'As stepJoin of what the function gives.',
    '"0 1".stepBind(x => pure(x))',
    {
      method(f) {
        return stepJoin(this.withValue(f));
      },
    },
  ),
];

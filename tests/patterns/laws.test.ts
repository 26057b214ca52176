/** Laws of patterns: what holds for every pattern and every time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as core from '../../patterns/core.ts';
import { polyJoin, squeezeJoin } from '../../patterns/joins.ts';
import { iter, ply, repeatCycles, rev, revv, segment } from '../../patterns/structure.ts';
import { listed } from './playing.ts';
import { pattern, positive, span, time } from './random-patterns.ts';

type P = core.Pattern<any>;
const events = (p: P, within: core.Span): core.PatternEvent<any>[] => p.queryArc(within.begin, within.end);

/** Fragments of one event that touch, joined: what two patterns have in common however they are asked. */
function joined(p: P, within: core.Span): string[] {
  const rest = events(p, within).sort((a, b) => a.part.begin.compare(b.part.begin));
  const whole: core.PatternEvent<any>[] = [];
  for (const event of rest) {
    const i = whole.findIndex(
      (known) =>
        known.value === event.value && known.spanEquals(event) && known.part.end.eq(event.part.begin),
    );
    if (i < 0) whole.push(event);
    else
      whole[i] = new core.PatternEvent(
        event.whole,
        new core.Span(whole[i]!.part.begin, event.part.end),
        event.value,
      );
  }
  return listed(whole);
}

function same(a: P, b: P, within: core.Span): void {
  expect(joined(a, within)).toEqual(joined(b, within));
}

describe('time', () => {
  it('early(t) and late(t) cancel', () =>
    fc.assert(fc.property(pattern, time, span, (p, t, s) => same(core.early(t, core.late(t, p)), p, s))));

  it('fast(n) and slow(n) cancel', () =>
    fc.assert(fc.property(pattern, positive, span, (p, n, s) => same(core.fast(n, core.slow(n, p)), p, s))));

  it('fast(a) of fast(b) is fast(a * b)', () =>
    fc.assert(
      fc.property(pattern, positive, positive, span, (p, a, b, s) =>
        same(core.fast(a, core.fast(b, p)), core.fast(a.mul(b), p), s),
      ),
    ));

  it('rev twice is nothing done', () =>
    fc.assert(fc.property(pattern, span, (p, s) => same(rev(rev(p)), p, s))));

  it('revv twice is nothing done', () =>
    fc.assert(fc.property(pattern, span, (p, s) => same(revv(revv(p)), p, s))));

  it('zoom undoes compress for what stays in its cycle', () =>
    fc.assert(
      fc.property(pattern, span, (given, s) => {
        const p = segment(4, given).splitQueries();
        same(core.zoom('1/4', '3/4', core.compress('1/4', '3/4', p)).splitQueries(), p, s);
      }),
    ));

  it('focus(0, 1), ply(1), iter(1) and repeatCycles(1) do nothing', () =>
    fc.assert(
      fc.property(pattern, span, (p, s) => {
        same(core.focus(0, 1, p), p, s);
        same(iter(1, 1, p), p, s);
        same(repeatCycles(1, p), p, s);
        expect(joined(ply(1, core.pure('a')), s)).toEqual(joined(core.pure('a'), s));
      }),
    ));
});

describe('queries', () => {
  it('a query in two parts gives the same as one', () =>
    fc.assert(
      fc.property(pattern, span, fc.integer({ min: 1, max: 7 }), (p, s, eighths) => {
        const cut = s.begin.add(s.duration.mul(core.ratio(eighths, 8)));
        const halves = [...events(p, new core.Span(s.begin, cut)), ...events(p, new core.Span(cut, s.end))];
        same(new core.Pattern(() => halves), p, s);
      }),
    ));

  it('the part lies within the whole and within the query', () =>
    fc.assert(
      fc.property(pattern, span, (p, s) => {
        for (const { whole, part } of events(p, s)) {
          expect(part.begin.gte(s.begin) && part.end.lte(s.end) && part.begin.lt(part.end)).toBe(true);
          expect(whole!.begin.lte(part.begin) && whole!.end.gte(part.end)).toBe(true);
        }
      }),
    ));

  it('splitQueries changes nothing but fragments', () =>
    fc.assert(fc.property(pattern, span, (p, s) => same(p.splitQueries(), p, s))));
});

describe('values and joins', () => {
  const f = (x: string): string => `${x}!`;
  const toPattern = (x: string): P => core.fastcat(core.pure(x), core.pure(`${x}${x}`));
  const toOther = (x: string): P => core.slowcat(core.pure(x), core.fast(2, core.pure(`<${x}>`)));

  it('withValue keeps identity and composition', () =>
    fc.assert(
      fc.property(pattern, span, (p, s) => {
        same(
          p.withValue((x) => x),
          p,
          s,
        );
        same(
          p.withValue(f).withValue(f),
          p.withValue((x) => f(f(x))),
          s,
        );
      }),
    ));

  it('pure is the identity of bind', () =>
    fc.assert(
      fc.property(pattern, span, (p, s) => {
        same(
          p.bind((x) => core.pure(x)),
          p.bind((x) => core.pure(x)).withValue((x) => x),
          s,
        );
        same(
          p.outerBind((x) => core.pure(x)),
          p,
          s,
        );
        same(core.pure('a').innerBind(toPattern), toPattern('a'), s);
      }),
    ));

  it('binds are associative', () =>
    fc.assert(
      fc.property(pattern, span, (p, s) => {
        same(
          p.innerBind(toPattern).innerBind(toOther),
          p.innerBind((x) => toPattern(x).innerBind(toOther)),
          s,
        );
        same(
          p.bind(toPattern).bind(toOther),
          p.bind((x) => toPattern(x).bind(toOther)),
          s,
        );
      }),
    ));

  it('appLeft of pure is withValue', () =>
    fc.assert(fc.property(pattern, span, (p, s) => same(core.pure(f).appRight(p), p.withValue(f), s))));

  it('squeezing one value into each event does nothing to events within a cycle', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 }),
        span,
        (letters, s) => {
          const p = core.fastcat(...letters.map((x) => core.pure(x)));
          same(squeezeJoin(p.withValue((x) => core.pure(x))), p, s);
          same(polyJoin(p.withValue((x) => core.pure(x))), p, s);
        },
      ),
    ));
});

describe('together and in turn', () => {
  it('stack keeps every event once', () =>
    fc.assert(
      fc.property(pattern, pattern, span, (a, b, s) => {
        expect(listed(events(core.stack(a, b), s))).toEqual(listed([...events(a, s), ...events(b, s)]));
      }),
    ));

  it('slowcat sped up is fastcat', () =>
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), span, (items, s) =>
        same(core.fast(items.length, core.slowcat(...items)), core.fastcat(...items), s),
      ),
    ));

  it('a sequence of equal weights is fastcat', () =>
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 2, maxLength: 4 }), positive, span, (items, weight, s) =>
        same(core.timecat(...items.map((item) => [weight, item] as const)), core.fastcat(...items), s),
      ),
    ));
});

import { describe, expect, test } from 'vitest';
import { notation } from '../../patterns/notation/index.ts';

/** What each event of cycle 0 points at, in order of onset. */
function places(text: string, cycle = 0): string[] {
  const from = 100;
  return notation(text, from)
    .queryArc(cycle, cycle + 1)
    .map(({ context }) =>
      context.locations.map((place) => text.slice(place.from - from, place.to - from)).join('+'),
    );
}

describe('every leaf carries its place in the program', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['bd', ['bd']],
    ['a bb  [ccc dd]', ['a', 'bb', 'ccc', 'dd']],
    ['a*2 b', ['a', 'a', 'b']],
    ['<a b> c', ['a', 'c']],
    ['{a b}%3', ['a', 'b', 'a']],
    ['a*<2 3>', ['a+2', 'a+2'].map((pair) => pair.split('+').reverse().join('+'))],
    ['bd:3', ['bd+3']],
    ['a(3,8)', ['a', 'a', 'a']],
    ["c'five a", ["c'five", "c'five", 'a']],
    ['0 .. 1', ['0+1', '0+1']],
    ['a!2 // c\n b', ['a', 'a', 'b']],
    ['a@3 ~ -1', ['a', '-1']],
    ['é 日本', ['é', '日本']],
  ];
  for (const [text, expected] of rows) test(text, () => expect(places(text)).toEqual(expected));

  test('the place moves with the alternative', () => expect(places('<a b> c', 1)).toEqual(['b', 'c']));

  test('equal words have places of their own', () => {
    const events = notation('a a', 7).queryArc(0, 1);
    expect(events.map(({ context }) => context.locations)).toEqual([
      [{ from: 7, to: 8 }],
      [{ from: 9, to: 10 }],
    ]);
  });

  test('a map of offsets stands in where escapes shift the text', () => {
    // As typed: "a\tb" with a two-character escape between a and b, opening quote at 20.
    const typed = (offset: number): number => 21 + (offset > 1 ? offset + 1 : offset);
    const events = notation('a\tb', 21, typed).queryArc(0, 1);
    expect(events.map(({ context }) => context.locations[0])).toEqual([
      { from: 21, to: 22 },
      { from: 24, to: 25 },
    ]);
  });

  test('without a place there are no locations', () => {
    for (const text of ['a', 'a b*<2 3> [c?|d] bd:2']) {
      for (const { context } of notation(text, null).queryArc(0, 4)) expect(context.locations).toEqual([]);
    }
  });

  test('the same text at another place is not mixed up', () => {
    expect(notation('x', 1).queryArc(0, 1)[0]!.context.locations).toEqual([{ from: 1, to: 2 }]);
    expect(notation('x', 5).queryArc(0, 1)[0]!.context.locations).toEqual([{ from: 5, to: 6 }]);
    expect(notation('x', null).queryArc(0, 1)[0]!.context.locations).toEqual([]);
  });
});

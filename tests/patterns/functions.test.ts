/** Every function of the table plays exactly the events that stand there. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventsOf, played } from './playing.ts';

const text = readFileSync(new URL('./played-events.txt', import.meta.url), 'utf8');
const cases = text
  .split('\n\n')
  .slice(1)
  .map((block) => block.trimEnd().split('\n') as [code: string, events: string]);

/** Doubles of sine and exponential may differ in the last places; times are compared as they are. */
const rounded = (line: string): string =>
  line.replaceAll(/-?\d+\.\d{10,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toPrecision(12))));

describe('functions', () => {
  it('has a full table', () => expect(cases.length).toBeGreaterThan(250));

  for (const [code, expected] of cases) {
    it(code, () => {
      const cycles = Number(expected.slice(0, expected.indexOf(':')));
      expect(rounded(played(code, 0, cycles))).toBe(rounded(expected.slice(expected.indexOf(':') + 2)));
    });
  }
});

/** Functions that other players know: [expression, cycles, events]. */
const KNOWN: readonly (readonly [string, number, string])[] = [
  ['"a".whenmod(4, 3, x => x.fast(2))', 4, '0-1 a | 1-2 a | 2-3 a | 3-7/2 a | 7/2-4 a'],
  ['"a b".ifp(c => c % 2 === 0, rev, x => x)', 2, '0-1/2 b | 1/2-1 a | 1-3/2 a | 3/2-2 b'],
  ['"1 0".sew("a*2", "b*4")', 1, '0-1/2 a | 1/2-3/4 b | 3/4-1 b'],
  ['"1 0 1 f".stitch("a", "b")', 1, '0-1/4 a | 1/4-1/2 b | 1/2-3/4 a | 3/4-1 b'],
  ['"a".euclidInv(1, 2)', 1, '1/2-1 a'],
  ['"a".euclidFull(1, 2, "b")', 1, '0-1/2 a | 1/2-1 b'],
  ['"a".euclidOff(1, 4, 1)', 1, '3/4-1 a'],
  ['"a b".wedge(1/4, "c")', 1, '0-1/8 a | 1/8-1/4 b | 1/4-1 c'],
  ['"a b c d".trunc(0.5)', 1, '0-1/4 a | 1/4-1/2 b'],
  ['"a".stutter(2, 1/4)', 1, '0-1/4 of -3/4-1/4 a | 0-1 a | 1/4-1 of 1/4-5/4 a'],
  ['"a ~ b c".rot(1)', 1, '0-1/4 b | 1/2-3/4 c | 3/4-1 a'],
  ['"a".soak(2, x => x.fast(2))', 2, '0-1 a | 1-3/2 a | 3/2-2 a'],
  ['"<3 5>".replicate(2)', 2, '0-1/2 3 | 1/2-1 3 | 1-3/2 5 | 3/2-2 5'],
  ['seqPLoop([0, 1, "x"], [1, 3, "<a b c>"])', 5, '0-1 x | 1-2 b | 2-3 c | 3-4 x | 4-5 b'],
  ['seqPLoop([1, 2, "a/4"])', 2, '1-2 of 0-4 a'],
  ['"a b".late(1/4).zoom(0, 1/2)', 1, '0-1/2 of 1/2-3/2 b | 1/2-1 of 1/2-3/2 a'],
  ['"a b c d".linger(.5).take(1)', 1, '0-1 a'],
  ['s("a").slice([0, .5], "1").fmap(({ end }) => String(end))', 1, '0-1 undefined'],
  ['s("a b").fix(x => x.crush(4), { s: "b" })', 1, '0-1/2 {"s":"a"} | 1/2-1 {"crush":4,"s":"b"}'],
  ['s("a b").unfix(x => x.crush(4), { s: "b" })', 1, '0-1/2 {"crush":4,"s":"a"} | 1/2-1 {"s":"b"}'],
  ['s("a b").fix(x => x.crush(4), s("b"))', 1, '0-1/2 {"s":"a"} | 1/2-1 {"crush":4,"s":"b"}'],
  [
    'n("0 1").contrast(x => x.crush(4), x => x.pan(1), { n: 1 })',
    1,
    '0-1/2 {"n":0,"pan":1} | 1/2-1 {"crush":4,"n":1}',
  ],
  [
    'n("0 1 2").contrastRange(x => x.pan(1), x => x.pan(0), { n: [1, 2] }).fmap(x => x.pan)',
    1,
    '0-1/3 0 | 1/3-2/3 1 | 2/3-1 1',
  ],
  ['"0 1".substruct("1 [0 1]")', 1, '0-1/4 0 | 1/4-1/2 1 | 3/4-7/8 0 | 7/8-1 1'],
  ['"<0 1 2>".substructPrime("1 1")', 2, '0-1/2 0 | 1/2-1 1 | 1-3/2 2 | 3/2-2 0'],
  ['"a".struct(necklace(6, [4, 2]))', 1, '0-1/6 a | 2/3-5/6 a'],
  [
    'ur(2, "a [b a:up]", { a: "0 1", b: "2*4" }, { up: x => x.add(12) })',
    2,
    '0-1/2 0 | 1/2-1 1 | 1-5/4 2 | 5/4-3/2 2 | 3/2-2 13',
  ],
  ['"<0 1 2 3>".timeLoop(2)', 4, '0-1 0 | 1-2 1 | 2-3 0 | 3-4 1'],
  ['"a b".spaceOut([2, 1])', 3, '0-1 a | 1-2 b | 2-5/2 a | 5/2-3 b'],
  ['"[a,b]".rolledBy("<.5 -.5>")', 2, '0-1 a | 1/4-1 b | 1-2 b | 5/4-2 a'],
  ['"48 60".smooth().segment(4)', 1, '0-1/4 48 | 1/4-1/2 54 | 1/2-3/4 60 | 3/4-1 54'],
  ['"0 1 2 3".toScale([0, 2, 7])', 1, '0-1/4 0 | 1/4-1/2 2 | 1/2-3/4 7 | 3/4-1 12'],
  ['"0 -1".toScalePrime(10, [0, 2])', 1, '0-1/2 0 | 1/2-1 -8'],
  ['"a b c".swap({ a: "x", b: "y" })', 1, '0-1/3 x | 1/3-2/3 y'],
  ['"a b".spreadWith(fast, [1, 2])', 2, '0-1/2 a | 1/2-1 b | 1-5/4 a | 5/4-3/2 b | 3/2-7/4 a | 7/4-2 b'],
  ['"a b".fastspread(fast, [1, 2])', 1, '0-1/4 a | 1/4-1/2 b | 1/2-5/8 a | 5/8-3/4 b | 3/4-7/8 a | 7/8-1 b'],
  ['"a b".spreadf([rev, x => x])', 2, '0-1/2 b | 1/2-1 a | 1-3/2 a | 3/2-2 b'],
  ['"0 1".while("1 0", x => x.add(5))', 1, '0-1/2 5 | 1/2-1 1'],
  ['while_("1 0", x => x.add(5), "0 1")', 1, '0-1/2 5 | 1/2-1 1'],
  ['"0 1".whenT(t => t >= .5, x => x.add(5))', 1, '0-1/2 0 | 1/2-1 6'],
  ['select("<0 .5>", ["a", "b"])', 2, '0-1 a | 1-2 b'],
  ['"a b".selectF("<0 .5>", [rev, x => x])', 2, '0-1/2 b | 1/2-1 a | 1-3/2 a | 3/2-2 b'],
  ['pure(lindenmayer(3, "a:b,b:ab", "a"))', 1, '0-1 bab'],
  ['sequence(...lindenmayerI(2, { 0: "1", 1: "01" }, 0))', 1, '0-1/2 0 | 1/2-1 1'],
  ['markovPat(4, 0, [[0, 1], [1, 0]])', 1, '0-1/4 0 | 1/4-1/2 1 | 1/2-3/4 0 | 3/4-1 1'],
  ['sequence(...runMarkov(3, [[0, 1], [1, 0]], 1, 5))', 1, '0-1/3 1 | 1/3-2/3 0 | 2/3-1 1'],
  ['wchooseBy("0 .8", [["a", 3], ["b", 1]])', 1, '0-1/2 of 0-1 a | 1/2-1 of 0-1 b'],
  [
    's("a").striateBy(2, 1/4)',
    1,
    '0-1/2 {"begin":0,"end":0.25,"s":"a"} | 1/2-1 {"begin":0.75,"end":1,"s":"a"}',
  ],
  ['"[a,b] c".arpeggiate()', 1, '0-1/4 a | 1/4-1/2 b | 1/2-1 c'],
  ['seqP([0, 1, "a"], [1, 2, "<b c>"])', 3, '0-1 a | 1-2 b'],
  ['"a b".fastSqueeze("1 2")', 1, '0-1/4 a | 1/4-1/2 b | 1/2-5/8 a | 5/8-3/4 b | 3/4-7/8 a | 7/8-1 b'],
  ['s("a").grain(.25, .5)', 1, '0-1 {"begin":0.25,"end":0.75,"s":"a"}'],
  ['".3 .6".quantise(4)', 1, '0-1/2 0.25 | 1/2-1 0.5'],
  ['pure(reify("a [b c]").deconstruct(4))', 1, '0-1 a ~ b c'],
  ['"[0,4,7]".arp("<up down>")', 2, '0-1/3 0 | 1/3-2/3 4 | 2/3-1 7 | 1-4/3 7 | 4/3-5/3 4 | 5/3-2 0'],
  [
    '"[0,4,7]".arp("<updown pinkyup>")',
    2,
    '0-1/4 0 | 1/4-1/2 4 | 1/2-3/4 7 | 3/4-1 4 | 1-5/4 0 | 5/4-3/2 7 | 3/2-7/4 4 | 7/4-2 7',
  ],
  ['"[0,4,7]".arp("converge")', 1, '0-1/3 0 | 1/3-2/3 7 | 2/3-1 4'],
  ['"5".arp("thumbup")', 1, '0-1 5'],
  ['"0".snowball(2, stack, x => x.add(7))', 2, '0-1 0 | 1-2 0 | 1-2 7'],
  ['"<0 1 2>".loopFirst()', 2, '0-1 0 | 1-2 0'],
  ['"a*2".playFor(1, 2)', 3, '1-3/2 a | 3/2-2 a'],
];

describe('functions of chance', () => {
  const onsets = (code: string, cycle: number): number => eventsOf(code, cycle, cycle + 1).length;

  it('fade to silence, or from it', () => {
    expect(onsets('"a*64".fadeOut(4)', 0)).toBeGreaterThan(onsets('"a*64".fadeOut(4)', 3));
    expect(onsets('"a*64".fadeOut(4)', 4)).toBe(0);
    expect(onsets('"a*64".fadeInFrom(2, 4)', 1)).toBe(0);
    expect(onsets('"a*64".fadeInFrom(2, 4)', 6)).toBe(64);
  });

  it('draw whole cycles in parts', () => {
    for (const cycle of [0, 3, 7]) {
      const parts = eventsOf('randStruct(5)', cycle, cycle + 1);
      expect(parts).toHaveLength(5);
      expect(parts[0]!.part[0]).toBe(`${cycle}/1`);
      expect(parts[4]!.part[1]).toBe(`${cycle + 1}/1`);
      expect(onsets('"a b".stripe(3)', cycle)).toBe(6);
    }
  });

  it('degradeOverBy drops the same for so many cycles', () => {
    const kept = (cycle: number): string[] =>
      eventsOf('"0 .. 31".degradeOverBy(2, .5)', cycle, cycle + 1).map(({ value }) => String(value));
    expect(kept(1)).toEqual(kept(0));
    expect(kept(3)).toEqual(kept(2));
    expect(kept(2)).not.toEqual(kept(0));
  });

  it('normal keeps to the middle', () => {
    const drawn = eventsOf('normal.segment(512)').map(({ value }) => value as number);
    const middle = drawn.filter((x) => x > 0.25 && x < 0.75).length;
    expect(middle).toBeGreaterThan(400);
    for (const x of drawn) expect(Math.abs(x - 0.5)).toBeLessThanOrEqual(0.5);
  });
});

describe('known functions', () => {
  for (const [code, cycles, events] of KNOWN) it(code, () => expect(played(code, 0, cycles)).toBe(events));
});

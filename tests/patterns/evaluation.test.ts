/** What a program's statements write, how text is read, where the limits are. */
import { describe, expect, it } from 'vitest';
import {
  controls,
  Evaluation,
  fast,
  LimitError,
  pure,
  queryCapped,
  reify,
  span,
  withEvaluation,
} from '../../patterns/index.ts';
import { eventsOf, line, listed, patternOf, played, run } from './playing.ts';

const values = (pattern: { queryArc(b: number, e: number): { value: unknown }[] }): unknown[] =>
  pattern.queryArc(0, 1).map(({ value }) => value);

describe('text', () => {
  it('is notation, or plain between single quotes, as the literal noted last says', () => {
    const evaluation = new Evaluation();
    withEvaluation(evaluation, () => {
      expect(values(reify('a b'))).toEqual(['a', 'b']);
      evaluation.note('a b', 5, "'");
      expect(values(reify('a b'))).toEqual(['a b']);
      evaluation.note('a b', 5, '"');
      expect(values(reify('a b'))).toEqual(['a', 'b']);
    });
  });

  it('gives events their places in the program', () => {
    const evaluation = new Evaluation();
    withEvaluation(evaluation, () => {
      evaluation.note('bd hh', 11, '"');
      const places = reify('bd hh')
        .queryArc(0, 1)
        .map(({ context }) => context.locations[0]);
      expect(places).toEqual([
        { from: 11, to: 13 },
        { from: 14, to: 16 },
      ]);
      evaluation.note('bd hh', -1, '"');
      expect(reify('bd hh').queryArc(0, 1)[0]?.context.locations).toEqual([]);
    });
  });

  it('keeps the places of all arguments', () => {
    const evaluation = new Evaluation();
    withEvaluation(evaluation, () => {
      evaluation.note('a', 1, '"');
      evaluation.note('<2 3>', 20, '"');
      const places = patternOf('s("a").fast("<2 3>")', evaluation).queryArc(0, 1)[0]?.context.locations;
      expect(places?.map(({ from }) => from).sort()).toEqual([1, 21]);
    });
  });

  it('does not touch the text of this realm', () => {
    expect('fast' in String.prototype).toBe(false);
  });
});

describe('statements', () => {
  it('name tracks, mute and solo them', () => {
    const { tracks } = run(
      's("bd").p("drums"); s("hh").p("_hats"); s("cp").p("S_claps"); d1(s("sd")); s("x").p("$")',
    );
    expect([...tracks.values()].map(({ name, muted, solo }) => [name, muted, solo])).toEqual([
      ['drums', false, false],
      ['hats', true, false],
      ['claps', false, true],
      ['d1', false, false],
      ['$1', false, false],
    ]);
  });

  it('warn where a name is stated twice, the last one holds', () => {
    const evaluation = run('s("bd").p("a"); s("hh").p("a")');
    expect(evaluation.warnings).toEqual([{ message: 'The track "a" is stated twice; the last one plays' }]);
    expect(values(evaluation.tracks.get('a')!.pattern)).toEqual([{ s: 'hh' }]);
  });

  const tempos: readonly (readonly [string, { cyclesPerSecond: number; rampCycles: number }])[] = [
    ['setcps(0.7)', { cyclesPerSecond: 0.7, rampCycles: 0 }],
    ['setcpm(30)', { cyclesPerSecond: 0.5, rampCycles: 0 }],
    ['setcpm(120/4)', { cyclesPerSecond: 0.5, rampCycles: 0 }],
    ['setbpm(120)', { cyclesPerSecond: 0.5, rampCycles: 0 }],
    ['setbpm(90, 3)', { cyclesPerSecond: 0.5, rampCycles: 0 }],
    ['setcpm("<30 60>")', { cyclesPerSecond: 0.5, rampCycles: 0 }],
    ['tempo.ramp(240, 8)', { cyclesPerSecond: 1, rampCycles: 8 }],
  ];
  for (const [code, tempo] of tempos) it(code, () => expect(run(code).tempo).toEqual(tempo));

  it('keep a tempo that is a pattern', () => {
    expect(run('setcpm("<30 60>")').tempoPattern?.queryArc(1, 2)[0]?.value).toBe(1);
  });

  for (const code of ['setcps(0)', 'setcpm(-1)', 'setbpm(NaN)', 'setcps("x")', 'tempo.ramp(100, -1)']) {
    it(`${code} is refused`, () => expect(() => run(code)).toThrow(/expects|Cannot read/));
  }

  it('each acts on every track, all keeps tracks apart and plays what it adds once', () => {
    const evaluation = run(
      's("bd").p("a"); s("hh").p("b"); each(x => x.fast(2)); all(x => x.gain(0.5).stack(s("cp")))',
    );
    const playing = withEvaluation(evaluation, () =>
      evaluation
        .playingTracks()
        .map(({ name, pattern }) => [name, pattern.queryArc(0, 1).map((e) => e.value)]),
    );
    expect(playing).toEqual([
      [
        'a',
        [
          { s: 'bd', gain: 0.5 },
          { s: 'bd', gain: 0.5 },
        ],
      ],
      [
        'b',
        [
          { s: 'hh', gain: 0.5 },
          { s: 'hh', gain: 0.5 },
        ],
      ],
      ['all', [{ s: 'cp' }]],
    ]);
  });

  it('hush silences every track', () => {
    const evaluation = run('s("bd").p("a"); hush()');
    expect(evaluation.hushed && evaluation.playingTracks()).toEqual([]);
  });

  it('seed and useRNG change chance, and only with them', () => {
    const drawn = (code: string): string => {
      const evaluation = run(code);
      return line(eventsOf('rand.segment(2)', 0, 1, evaluation));
    };
    expect(drawn('seed(1)')).not.toBe(drawn('seed(2)'));
    expect(drawn('seed(1)')).toBe(drawn('seed(1)'));
    expect(drawn('useRNG("legacy")')).toBe('0-1/2 0 | 1/2-1 0.2604806162416935');
    expect(() => run('useRNG("x")')).toThrow('useRNG expects');
  });
});

describe('what programs add', () => {
  it('register gives a method and a curried function whose arguments take patterns', () => {
    run('register("twist", (n, x, pat) => pat.fast(n).add(x))');
    expect(patternOf('"0 1".fmap(x => x).twist("<2 1>", 5)').queryArc(0, 2)).toHaveLength(6);
    const evaluation = run('register("bump", (n, pat) => pat.add(n))');
    const free = evaluation.defined.get('bump')?.free as (n: number) => (p: unknown) => any;
    expect(values(free(3)(reify('1')))).toEqual([4]);
  });

  it('refuses names that patterns are made of, and what is no function', () => {
    expect(() => run('register("query", (pat) => pat)')).toThrow('"query" is part of every pattern');
    expect(() => run('register("x", 3)')).toThrow('register("x", …) expects a function, found number');
  });

  it('createParam gives a control', () => {
    run('createParam("wobble")');
    expect(line(eventsOf('s("a").fmap(x => x).wobble("1 2")'))).toBe(
      '0-1/2 of 0-1 {"s":"a","wobble":1} | 1/2-1 of 0-1 {"s":"a","wobble":2}',
    );
  });
});

describe('ours', () => {
  it('a number added to a control pattern leaves it and warns', () => {
    const evaluation = new Evaluation();
    expect(line(eventsOf('n("0 1").add(10)', 0, 1, evaluation))).toBe('0-1/2 {"n":0} | 1/2-1 {"n":1}');
    expect(evaluation.warnings).toHaveLength(1);
    expect(evaluation.warnings[0]?.message).toContain('leaves a control pattern as it is');
  });

  it('f, false, 0 and ~ are false where a boolean is due, and text elsewhere', () => {
    expect(played('"a*6".struct("t f 1 0 false ~")')).toBe('0-1/6 a | 1/3-1/2 a');
    expect(played('"0 1 2 3".mask("f x f 1")')).toBe('1/4-1/2 1 | 3/4-1 3');
    expect(played('"0 1".when("f t", x => x.add(10))')).toBe('0-1/2 0 | 1/2-1 11');
    expect(played('"t f".invert()')).toBe('0-1/2 false | 1/2-1 true');
    expect(played('note("f")')).toBe('0-1 {"note":"f"}');
  });

  it('an impossible Euclid is an error with words', () => {
    expect(() => played('s("a").euclid(9, 8)')).toThrow(
      'A Euclidean rhythm of 9 onsets in 8 steps is impossible',
    );
  });

  it('degradeBy and undegradeBy are complements in one track', () => {
    const all = patternOf('"0*16"').queryArc(0, 8);
    const kept = patternOf('"0*16".degradeBy(0.3)').queryArc(0, 8);
    const rest = patternOf('"0*16".undegradeBy(0.7)').queryArc(0, 8);
    expect(listed([...kept, ...rest])).toEqual(listed(all));
    expect(kept.length).toBeGreaterThan(rest.length);
  });

  it('chance differs by track and by seed, repeats exactly, and has no short period', () => {
    const draw = (track: string, seed: number, from: number): string =>
      patternOf('rand.segment(8)')
        .queryArc(from, from + 1, { track, seed })
        .map(({ value }) => value)
        .join();
    expect(draw('a', 0, 0)).toBe(draw('a', 0, 0));
    expect(new Set([draw('a', 0, 0), draw('b', 0, 0), draw('a', 1, 0), draw('a', 0, 300)]).size).toBe(4);
  });

  it('chance is spread evenly', () => {
    const drawn = patternOf('rand.segment(4096)')
      .queryArc(0, 1)
      .map(({ value }) => value as number);
    const tenths = Array.from({ length: 10 }, (_, i) => drawn.filter((x) => Math.floor(x * 10) === i).length);
    for (const count of tenths) expect(Math.abs(count - 409.6)).toBeLessThan(100);
  });
});

describe('limits', () => {
  const query = (code: string, limit?: number) => queryCapped(patternOf(code), span(0, 1), controls(), limit);

  it('lets 4,096 events pass and stops at 4,097', () => {
    expect(query('"bd*4096"')).toHaveLength(4096);
    expect(() => query('"bd*4097"')).toThrow(LimitError);
    expect(() => query('"bd*4097"')).toThrow('More than 4,096 events in cycle 0');
  });

  it('thins out as many as four cycles of a leaf for an event, and refuses one more before it is made', () => {
    expect(query('"bd*16384".degradeBy(.9)').length).toBeGreaterThan(1000);
    expect(() => query('"bd*16385".degradeBy(.9)')).toThrow(/more than 4,096 events a cycle.*factor/);
  });

  it('asks a leaf of a flood for nothing', () => {
    let asked = 0;
    const leaf = pure(0).withValue((value) => {
      asked += 1;
      return value;
    });
    const flood = fast(1e6, leaf);
    expect(() => queryCapped(flood, span(0, 1), controls())).toThrow('more than 4,096 events a cycle');
    expect(asked).toBe(0);
  });

  for (const code of [
    '"bd*1000000"',
    '"bd*1e12"',
    's("bd").fast(1e9)',
    '"bd".ply(1e8)',
    '"[bd*1000]*1000"',
    '"bd*1000".ply(1000)',
    'silence.fast(1e12)',
    'cat("a", "b").fast(1e10)',
    'sine.segment(1e9)',
    '"0*2000".add.mix("0*2000")',
    '"a*100".echoWith(100, 0.01, x => x.fast(100))',
  ]) {
    it(`stops ${code} before it is built in memory`, () => {
      const before = process.memoryUsage().heapUsed;
      if (code.startsWith('silence')) expect(query(code)).toEqual([]);
      else expect(() => query(code)).toThrow(LimitError);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(400e6);
    });
  }
});

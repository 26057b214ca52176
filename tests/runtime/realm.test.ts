/** The realm in its vm context: isolation, mistakes with place and wording, two versions of a track, limits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rational } from '../../patterns/rational.ts';
import type { Diagnostic, Program, Version } from '../../runtime/program/program.ts';
import { NodeHost, type NodeSession, nodeScripts, StoppedError } from '../../runtime/sandbox/node-host.ts';
import { testCompiler } from '../kit/compiler.ts';

const root = new URL('../..', import.meta.url).pathname;
let host: NodeHost;
let lastEvalId = 0;

beforeAll(() => {
  host = new NodeHost({ ...nodeScripts(root), limitMs: 10_000 });
});
afterAll(() => host.close());

async function version(text: string): Promise<Version> {
  const outcome = await (await testCompiler()).compile(text);
  if (!outcome.ok) throw new Error(outcome.diagnostics[0]!.message);
  lastEvalId += 1;
  return { evalId: lastEvalId, text, compiled: outcome.compiled };
}

async function open(text: string, lastGood: Program['lastGood'] = {}): Promise<NodeSession> {
  return host.open({ current: await version(text), lastGood });
}

const cycle = (session: NodeSession, begin = 0, end = begin + 1) =>
  session.query(rational(begin), rational(end), 0.5);

/** The values of the first cycle's lines. */
async function values(text: string): Promise<unknown[]> {
  const session = await open(text);
  expect(session.outcome.diagnostics).toEqual([]);
  const { lines, failures } = await session.queryLines(rational(0), rational(1), 0.5);
  expect(failures).toEqual([]);
  session.close();
  return lines!.map((line) => (JSON.parse(line) as { value: unknown }).value);
}

describe('places within literals that escapes shift', () => {
  test.each([
    ['$: s("bd\\n ‹hh›")', 'hh'],
    ['$: s("\\x62d ‹hh›")', 'hh'],
    ['$: "bd\\u0020‹hh›".s()', 'hh'],
    ['$: s(`bd\r\n ‹hh›`)', 'hh'],
    ['// \r\n$: s(`bd\r\n~\r\n ‹hh›`)', 'hh'],
  ])('%j', async (marked, word) => {
    const text = marked.replace(/[‹›]/g, '');
    const session = await open(text);
    const { tracks } = await session.query(rational(0), rational(1), 0.5);
    const places = tracks[0]!.events.map(({ context }) => context.locations[0]!);
    expect(places.map(({ from, to }) => text.slice(from, to))).toContain(word);
    expect(places.map(({ from }) => from)).toContain(marked.indexOf('‹'));
  });

  test('a mistake behind an escape is told at its place', async () => {
    const text = 's("bd\\n hh ]")';
    const { outcome } = await open(text);
    expect(outcome.diagnostics[0]).toMatchObject({ from: text.indexOf(']') });
  });
});

test('what a function warns of while it plays is told once, at its place', async () => {
  const text = '$: note("c e").add(10)';
  const session = await open(text);
  const query = async () => (await session.query(rational(0), rational(1), 0.5)).warnings;
  expect(await query()).toEqual([
    {
      severity: 'warning',
      from: 14,
      to: 22,
      message: '.add(10) leaves a control pattern as it is; name the control, as in .add(note(10))',
      track: '$1',
    },
  ]);
  expect(await query()).toEqual([]);
});

describe('isolation', () => {
  test('no name of the host is there', async () => {
    const names = [
      'process',
      'require',
      'module',
      'fetch',
      'setTimeout',
      'Buffer',
      'eval',
      'WebAssembly',
      'Atomics',
    ];
    const session = await open(`console.log(${names.map((name) => `typeof ${name}`).join(', ')})`);
    expect(session.outcome.log).toEqual([names.map(() => 'undefined').join(' ')]);
  });

  test.each([
    'fast.constructor("return process")()',
    '(() => {}).constructor("return process")()',
    'globalThis.constructor.constructor("return process")()',
    'console.log.constructor("return process")()',
    'Object.getPrototypeOf(async () => {}).constructor("return process")()',
    'try { null.x } catch (e) { e.constructor.constructor("return process")() }',
    'try { (function f() { f() })() } catch (e) { e.constructor.constructor("return process")() }',
  ])('%s', async (text) => {
    const { outcome } = await open(text);
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome.diagnostics[0]!.message).toBe('`eval` and `Function` do not work in a program');
  });

  test('programs share nothing', async () => {
    await open(
      'globalThis.left = 1; Array.prototype.own = 1; Object.prototype.x = 2; register("mine", x => x)',
    );
    const { outcome } = await open(
      'console.log(typeof left, typeof [].own, ({}).x, typeof mine, typeof "a".mine); s("bd").fast(2)',
    );
    expect(outcome.log).toEqual(['undefined undefined undefined undefined undefined']);
  });

  test("a program that breaks the language's own ground breaks only itself", async () => {
    const breaking =
      'Promise.prototype.then = () => {}; JSON.stringify = () => "x"; Map.prototype.get = null; s("bd")';
    await open(breaking).catch((error: unknown) => expect(error).toBeInstanceOf(StoppedError));
    expect(await values('s("bd")')).toEqual([{ s: 'bd' }]);
  });

  test('chance is seeded: two evaluations draw the same numbers', async () => {
    const text = 'console.log(Math.random(), Math.random())';
    const [first, second] = [await open(text), await open(text)];
    expect(first.outcome.log).toEqual(second.outcome.log);
    expect(first.outcome.log[0]).toMatch(/^0\.\d+ 0\.\d+$/);
  });
});

/** Text with ‹ › around the place, message, fixed text or null. */
const MISTAKES: readonly (readonly [string, string, string | null])[] = [
  ['s("bd").‹fst›(2)', '`.fst` is not known. Did you mean `fast`?', 's("bd").fast(2)'],
  ['"bd".‹fsat›(2)', '`.fsat` is not known. Did you mean `fast`?', '"bd".fast(2)'],
  ['‹noet›("c")', '`noet` is not known. Did you mean `note`?', 'note("c")'],
  [
    '$: note("c")\n  .lpf(‹cutof›)',
    '`cutof` is not known. Did you mean `cutoff`?',
    '$: note("c")\n  .lpf(cutoff)',
  ],
  [
    '‹kick› = s("bd")',
    '`kick` is not declared: write `const kick = …` (or `let` if it changes later)',
    'const kick = s("bd")',
  ],
  ['‹s› = "x"', '`s` is a word of the language: write `const s = …` for one of your own', 'const s = "x"'],
  ['note("c ‹[›e g")', '`[` is never closed: expected `]` before the end.', 'note("c [e g]")'],
  ['const x = 1; x.‹fast›(2)', '`.fast` is a function of patterns, and this is none', null],
  ['const note = 3; ‹note›("c")', '`note` is not a function', null],
  ['let y; y.‹foo›', 'What `.foo` is asked of is undefined', null],
  [
    'x.a; ‹›const x = 1'.replace('x.a', '‹x›.a').replace(' ‹›', ' '),
    '`x` is used before the line that declares it',
    null,
  ],
  ['const f = () => ‹f›(); f()', 'This calls itself without end', null],
  [
    '‹drums›: fast(2)',
    'The track `drums` needs a pattern and got a function: is an argument or `()` missing?',
    null,
  ],
  ['‹drums›: undefined', 'The track `drums` needs a pattern and got nothing (undefined)', null],
  [
    '‹$›: Promise.resolve(1)',
    'This track needs a pattern and got a promise: write `await` in front of it',
    null,
  ],
];

test.each(MISTAKES)('%s', async (text, message, fixed) => {
  const from = text.indexOf('‹');
  const to = text.indexOf('›') - 1;
  const plain = text.replace('‹', '').replace('›', '');
  const { outcome } = await open(plain);
  expect(outcome.ok).toBe(false);
  const [diagnostic] = outcome.diagnostics as [Diagnostic];
  expect(diagnostic).toMatchObject({ severity: 'error', message, from, to });
  const { fix } = diagnostic;
  expect(fix === undefined ? null : plain.slice(0, fix.from) + fix.insert + plain.slice(fix.to)).toBe(fixed);
});

describe('whatever is thrown is told', () => {
  test.each([
    ['throw "a word"', 'The program threw a word'],
    ['throw new Error("own words")', 'own words'],
    ['throw { get message() { throw 1 } }', 'The program threw [cannot be shown]'],
    ['throw null', 'The program threw null'],
    ['throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })', null],
  ])('%s', async (text, message) => {
    const { outcome } = await open(text);
    expect(outcome.ok).toBe(false);
    if (message !== null) expect(outcome.diagnostics[0]!.message).toBe(message);
  });
});

describe('tracks', () => {
  test('names, marks and order', async () => {
    const { outcome } = await open('drums: s("bd")\n_$: s("hh")\nS_bass: note("c")\nnote("e")');
    expect(outcome.tracks).toEqual([
      { name: 'drums', muted: false, solo: false, labelled: true },
      { name: '$1', muted: true, solo: false, labelled: true },
      { name: 'bass', muted: false, solo: true, labelled: true },
      { name: '$2', muted: false, solo: false, labelled: false },
    ]);
  });

  test.each([
    ['of two with one name the last plays', 'a: "1"\na: "2"', [2]],
    ['muted ones are silent', '_a: "1"\nb: "2"', [2]],
    ['a soloed one plays alone', 'a: "1"\nS_b: "2"', [2]],
    ['.p() at the end is no second track', '"1".p("a")', [1]],
    ['a last statement without a pattern is none', 'a: "1"\nsetcpm(60)', [1]],
    ['a branch', 'if (true) a: "1"; else a: "2"', [1]],
    ['a template as notation', 'const n = 2; `1 $' + '{n}`.fast(1)', [1, 2]],
    ['single quotes are plain', "pure(1).fmap(() => 'a b')", ['a b']],
    ['a string of JavaScript stays one', '"1 2".split(" ").length.toString()', [2]],
    ['await at the top', 'const x = await Promise.resolve("3"); a: x', [3]],
    ['own functions', 'register("plus", (n, p) => p.add(n)); "1".plus(2)', [3]],
  ])('%s', async (_, text, expected) => {
    expect(await values(text)).toEqual(expected);
  });
});

describe('a track that fails', () => {
  test('falls back to its last good version, and the others do not notice', async () => {
    const good = await version('a: "1"\nb: "2"');
    const session = await open('a: pure(1).fmap(() => { throw new Error("boo") })\nb: "3"', {
      a: good,
      b: good,
    });
    const answer = await cycle(session);
    expect(answer.failures).toMatchObject([
      { track: 'a', fellBackTo: good.evalId, diagnostic: { message: 'boo' } },
    ]);
    expect(answer.tracks.map(({ track, evalId, events }) => [track, evalId, events[0]!.value])).toEqual([
      ['a', good.evalId, 1],
      ['b', lastEvalId, 3],
    ]);
    // Told once; the older version stays in.
    const next = await cycle(session, 1);
    expect(next.failures).toEqual([]);
    expect(next.tracks.map(({ events }) => events[0]!.value)).toEqual([1, 3]);
  });

  test('uses what its own version registered', async () => {
    const good = await version(
      'register("mine", (p) => p.fmap(() => 10)); a: "1".outside(2, (x) => x.mine())',
    );
    const session = await open(
      'register("mine", (p) => p.fmap(() => { throw new Error("new") })); a: "1".mine()\nb: "2".fmap((x) => x)',
      { a: good },
    );
    const { tracks, failures } = await cycle(session);
    expect(failures).toHaveLength(1);
    expect(tracks.map(({ events }) => events[0]!.value)).toEqual([10, 2]);
  });

  test.each([
    ['without an older version', {}],
    ['where the older one fails too', { a: 'a: pure(1).fmap(() => { throw 1 })' }],
    ['where the older one has no such track', { a: 'b: "1"' }],
    ['where the older one does not evaluate', { a: 'throw 1' }],
  ])('is silent %s', async (_, older) => {
    const lastGood: Record<string, Version> = {};
    for (const [name, text] of Object.entries(older)) lastGood[name] = await version(text);
    const session = await open('a: pure(1).fmap(() => { throw 1 })\nc: "5"', lastGood);
    const { tracks, failures } = await cycle(session);
    expect(failures.at(-1)).toMatchObject({ track: 'a', fellBackTo: null });
    expect(tracks.map(({ track }) => track)).toEqual(['c']);
  });

  test('4,096 events a cycle are played, one more is not', async () => {
    const { failures, tracks } = await cycle(await open('a: "1".fast(4096)'));
    expect(failures).toEqual([]);
    expect(tracks[0]!.events).toHaveLength(4096);
    const over = await cycle(await open('a: "1".fast(4097)'));
    expect(over.failures[0]!.diagnostic.message).toBe('Cycle 0 of this track has more than 4,096 events');
  });

  test('the limit holds over windows of one cycle, and a repeated window counts anew', async () => {
    const session = await open('a: "1".fast(4000)');
    for (let round = 0; round < 3; round += 1) {
      for (let part = 0; part < 4; part += 1) {
        const { failures } = await session.query(rational(part / 4), rational((part + 1) / 4), 0.5);
        expect(failures).toEqual([]);
      }
    }
    const over = await open('a: "1".fast(5000)');
    const failures: unknown[] = [];
    for (let part = 0; part < 4; part += 1) {
      failures.push(...(await over.query(rational(part / 4), rational((part + 1) / 4), 0.5)).failures);
    }
    expect(failures).toHaveLength(1);
  });

  test('a flood is ended before it is built', async () => {
    const { failures } = await cycle(await open('a: s("bd").fast(1e9)'));
    expect(failures[0]!.diagnostic).toMatchObject({ track: 'a', from: 0, to: 1 });
    expect(failures[0]!.diagnostic.message).toMatch(/more than 4,096 events a cycle.*factor/);
  });
});

describe('what does not end', () => {
  test.each([
    ['while (true) {}', 0, 5],
    ['for (const x of [1]) { for (;;) x }', 23, 26],
    ['[1].forEach(() => { do { } while (true) })', 20, 22],
  ])('%s names its loop', async (text, from, to) => {
    const { outcome } = await open(text);
    expect(outcome.diagnostics[0]).toMatchObject({
      from,
      to,
      message: expect.stringMatching(/^This loop does not end/),
    });
  });

  test('a loop in a query names its loop and costs its track only', async () => {
    const session = await open('a: pure(1).fmap(() => { while (true) {} })\nb: "2"');
    const { failures, tracks } = await cycle(session);
    expect(failures[0]!.diagnostic).toMatchObject({ from: 24, to: 29 });
    expect(tracks.map(({ track }) => track)).toEqual(['b']);
  });

  test('waiting for nothing', async () => {
    await expect(open('await new Promise(() => {})')).rejects.toThrow('waits for something that never comes');
  });

  test('what holds no loop is killed, and the next program runs', async () => {
    const quick = new NodeHost({ ...nodeScripts(root), limitMs: 500 });
    const stop = async (text: string) => quick.open({ current: await version(text), lastGood: {} });
    await expect(stop('Array(1e9).fill(0)')).rejects.toThrow(StoppedError);
    await expect(stop('/(a+)+$/.test("a".repeat(50) + "b")')).rejects.toThrow(StoppedError);
    await expect(stop('await (async () => { while (true) await 0 })()')).rejects.toThrow(StoppedError);
    expect((await quick.open({ current: await version('s("bd")'), lastGood: {} })).outcome.ok).toBe(true);
    await quick.close();
  });
});

test('unknown sounds are told once, at their place, with a fix', async () => {
  const session = await open('$: s("bdd [hh bdd]").gain(1)');
  const { warnings } = await cycle(session);
  expect(warnings).toMatchObject([
    {
      severity: 'warning',
      from: 6,
      to: 9,
      message: 'The sound `bdd` is not known. Did you mean `bd`?',
      fix: { insert: 'bd' },
    },
  ]);
  expect((await cycle(session, 1)).warnings).toEqual([]);
});

test('the log is capped: 200 lines are kept, further ones counted', async () => {
  const kept = await open('for (let i = 0; i < 200; i++) console.log(i)');
  expect(kept.outcome.log).toHaveLength(200);
  const { outcome } = await open('for (let i = 0; i < 203; i++) console.log(i, [i], { a: "x" })');
  expect(outcome.log).toHaveLength(201);
  expect(outcome.log[1]).toBe('1 [1] {a: "x"}');
  expect(outcome.log.at(-1)).toBe('(3 more lines left out)');
});

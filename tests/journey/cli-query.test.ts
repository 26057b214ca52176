/** `talea query` as its users call it: recorded events, batches that survive anything, wrong files and words. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { Desk } from '../kit/talea-process.ts';

const desk = new Desk();
afterAll(() => desk.clear());

interface Case {
  readonly code: string;
  readonly from: number;
  readonly to: number;
  readonly events: readonly unknown[];
}

/** Programs with the events that another engine gave for them. */
const CASES: readonly Case[] = readFileSync(new URL('./cli-query-cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

const lines = (stdout: string): unknown[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
const asked = (requests: readonly unknown[]): string =>
  requests.map((each) => `${JSON.stringify(each)}\n`).join('');

describe('--batch', () => {
  test('gives the recorded events, to the letter', async () => {
    const requests = CASES.map(({ code, from, to }, id) => ({ id, code, from, to }));
    const { code, stdout } = await desk.run(['query', '--batch'], asked(requests));
    expect(code).toBe(0);
    const expected = CASES.map(({ events }, id) => JSON.stringify({ id, events }));
    expect(stdout.trim().split('\n')).toEqual(expected);
  });

  test('200 programs, each told in its line and in order, share nothing', async () => {
    const requests = Array.from({ length: 200 }, (_, id) => ({
      id: `p${id}`,
      code: `globalThis.seen = (globalThis.seen ?? 0) + 1; pure(seen * 1000 + ${id})`,
      to: 1,
    }));
    const { stdout } = await desk.run(['query', '--batch'], asked(requests));
    const event = (id: number) => ({ whole: ['0/1', '1/1'], part: ['0/1', '1/1'], value: 1000 + id });
    expect(lines(stdout)).toEqual(requests.map(({ id }, index) => ({ id, events: [event(index)] })));
  });

  test('a promise that nobody awaits, a first line for the shell: the tracks play', async () => {
    const codes = ['Promise.reject(3); "x"', '(async () => { throw 1 })(); "x"', '#!/usr/bin/env talea\n"x"'];
    const { stdout } = await desk.run(['query', '--batch'], asked(codes.map((code) => ({ code, to: 1 }))));
    const events = [{ whole: ['0/1', '1/1'], part: ['0/1', '1/1'], value: 'x' }];
    expect(lines(stdout)).toEqual(codes.map(() => ({ id: null, events })));
  });

  test('whatever a program does, the next one plays', async () => {
    const programs: readonly (readonly [string, RegExp])[] = [
      ['while (true) {}', /^This loop does not end/],
      ['Array(1e9).fill(0)', /^The program was stopped/],
      ['(function f() { f() })()', /^This calls itself without end$/],
      ['await new Promise(() => {})', /waits for something that never comes/],
      ['s("bd', /^This string has no end/],
      ['s("bd").fst(2)', /^`\.fst` is not known\. Did you mean `fast`\?$/],
      ['s("bd [hh")', /^`\[` is never closed/],
      ['process.exit(1)', /^`process` is not known/],
      ['"a".fast(1e9)', /./],
      ['pure(1/0)', /not finite/],
      ['pure(() => 1)', /is a function/],
      ['throw new Error("own")', /^own$/],
      ['while (true) await 0', /^The program was stopped: it ran longer than/],
    ];
    const requests = programs.flatMap(([code], id) => [
      { id, code },
      { id: `after ${id}`, code: '"x"', to: 1 },
    ]);
    const { code, stdout } = await desk.run(['query', '--batch'], asked(requests));
    expect(code).toBe(0);
    const answers = lines(stdout) as { id: unknown; error?: { message: string; from: number; to: number } }[];
    expect(answers).toHaveLength(requests.length);
    programs.forEach(([text, message], id) => {
      const { error } = answers[2 * id]!;
      expect(Object.keys(error ?? {}), text).toEqual(['message', 'from', 'to']);
      expect(error!.message).toMatch(message);
      expect(answers[2 * id + 1]).toEqual({
        id: `after ${id}`,
        events: [{ whole: ['0/1', '1/1'], part: ['0/1', '1/1'], value: 'x' }],
      });
    });
    expect(answers[10]!.error).toMatchObject({ from: 8, to: 11 });
  });

  test('lines that are no request are told by number; the exit code says so', async () => {
    const stdin =
      '{"id":1,"code":"\\"a\\"","to":1}\n\ngarbage\n[1]\n{"id":2}\n{"id":3,"code":"1","from":3,"to":1}\n';
    const { code, stdout } = await desk.run(['query', '--batch'], stdin);
    expect(code).toBe(1);
    const [first, ...others] = lines(stdout) as { id: unknown; error: { message: string } }[];
    expect(first).toMatchObject({ id: 1 });
    expect(others.map(({ id, error }) => [id, error.message])).toEqual([
      [null, 'Line 3 is no JSON'],
      [null, 'Line 4 is no object such as {"id":1,"code":"…"}'],
      [2, 'Line 5 has no text "code"'],
      [3, 'Line 6: "to" 1 is not after "from" 3'],
    ]);
  });
});

describe('track', () => {
  const events = async (text: string) => {
    const { stdout } = await desk.run(['query', '-', '--json', '--to', '1'], text);
    return (lines(stdout) as { value: unknown; track?: string }[]).map(({ value, track }) => [value, track]);
  };
  test.each([
    ['a bare program has none', '"1"', [[1, undefined]]],
    ['a label', 'a: "1"', [[1, 'a']]],
    ['an unnamed label', '$: "1"', [[1, '$1']]],
    [
      'bare beside labelled',
      'a: "1"\n"2"',
      [
        [1, 'a'],
        [2, '$1'],
      ],
    ],
    ['muted and soloed', '_a: "1"\nS_b: "2"\nc: "3"', [[2, 'b']]],
  ])('%s', async (_, text, expected) => {
    expect(await events(text)).toEqual(expected);
  });
});

describe('one program', () => {
  test('one line an event, for people', async () => {
    const file = desk.write('a.ts', '$: s("bd [hh sd]").gain(.5)\n_b: "x"\nc: sine.range(0, 2)');
    const { code, stdout, stderr } = await desk.run(['query', file, '--from', '1/4', '--to', '0.75']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      '1/4 1/2 $1 gain:0.5 s:bd (of 0 to 1/2)',
      '~1/4 3/4 c 2',
      '1/2 3/4 $1 gain:0.5 s:hh',
      '',
    ]);
  });

  test('what a program prints and warns goes to stderr', async () => {
    const { code, stdout, stderr } = await desk.run(
      ['query', '-', '--to', '1'],
      'console.log("hello")\ns("bdd")',
    );
    expect([code, stdout.trim().split('\n').length]).toEqual([0, 1]);
    expect(stderr).toContain('hello\n');
    expect(stderr).toContain(
      '(standard input):2:4: warning: The sound `bdd` is not known. Did you mean `bd`?',
    );
  });

  test('a mistake is shown in its line', async () => {
    const file = desk.write('wrong.ts', '// song\n$: s("bd")\n  .fst(2)\n');
    const { code, stdout, stderr } = await desk.run(['query', file]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'wrong.ts:3:4: `.fst` is not known. Did you mean `fast`?\n' +
        '    .fst(2)\n     ^^^\n  fix: Change it to `fast`\n',
    );
  });

  test.each([
    ['a missing file', ['query', 'none.ts'], 1, 'talea: none.ts does not exist.\n'],
    ['a folder', ['query', '.'], 1, 'talea: . is a folder; a program is a file.\n'],
    ['no file', ['query'], 2, 'talea: query needs a FILE, or - for standard input. Try: talea help query\n'],
    [
      'an end before the beginning',
      ['query', 'a.ts', '--from', '4', '--to', '0'],
      2,
      'talea: --to 0 is not after --from 4. Try: talea help query\n',
    ],
    [
      'an option of another command',
      ['query', 'a.ts', '--cycles', '-1'],
      2,
      'talea: unknown option --cycles. Try: talea help query\n',
    ],
    [
      'no number',
      ['query', 'a.ts', '--to', 'NaN'],
      2,
      'talea: --to NaN is no cycle: write a number or a fraction such as 3/4. Try: talea help query\n',
    ],
    [
      'endless',
      ['query', 'a.ts', '--to', '1e300'],
      2,
      'talea: --to 1e300 is too far away. Try: talea help query\n',
    ],
    [
      'a division by zero',
      ['query', 'a.ts', '--from', '1/0'],
      2,
      'talea: --from 1/0 is no cycle: write a number or a fraction such as 3/4. Try: talea help query\n',
    ],
    [
      'a span that ends before it begins',
      ['query', 'a.ts', '--from', '-1/3', '--to', '-1'],
      2,
      expect.stringMatching(/^talea: --to .*\n$/),
    ],
    [
      'a batch with a file',
      ['query', '--batch', 'a.ts'],
      2,
      'talea: --batch reads everything from standard input; it takes no a.ts. Try: talea help query\n',
    ],
  ])('%s', async (_, args, exitCode, message) => {
    desk.write('a.ts', 's("bd")');
    expect(await desk.run(args)).toEqual({ code: exitCode, stdout: '', stderr: message });
  });

  test.each([
    ['empty', ''],
    ['blank', ' \n\t\n'],
    ['binary', new Uint8Array([0, 255, 128, 1, 2])],
    ['zeros', new Uint8Array(10)],
  ])('a file that is %s', async (name, content) => {
    const { code, stdout, stderr } = await desk.run(['query', desk.write(`${name}.ts`, content)]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^talea: .*\.\n$/);
  });
});

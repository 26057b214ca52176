/** `talea check` as its users call it. */
import { afterAll, expect, test } from 'vitest';
import { Desk } from '../kit/talea-process.ts';

const desk = new Desk();
afterAll(() => desk.clear());

test('a program without mistakes is silent', async () => {
  const file = desk.write(
    'song.ts',
    'setcpm(120 / 4)\nregister("twice", (x) => x.fast(2))\nconst kick = s("bd*4").gain(0.9)\n$: kick.twice()\n' +
      'bass: note("<c2 [eb2 g2]>").s("sawtooth").lpf(sine.range(200, 2000).slow(4)).every(4, x => x.rev())\n',
  );
  expect(await desk.run(['check', file])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('all mistakes of all files, in the order of the text, each once', async () => {
  const types = desk.write(
    'types.ts',
    '$: s("bd").fst(2)\n$: note("c").fast({})\nconst later = () => s("bd [hh")\n$: note("c").gain("loud")\n$: s("bdd")\n',
  );
  const syntax = desk.write('syntax.ts', '\n$: note("c" "e")\n');
  const { code, stdout, stderr } = await desk.run(['check', types, 'none.ts', syntax]);
  expect(code).toBe(1);
  expect(stdout).toBe(
    [
      'types.ts:1:12: `.fst` is not known. Did you mean `fast`?',
      '  $: s("bd").fst(2)',
      '             ^^^',
      '  fix: Change it to `fast`',
      'types.ts:2:19: Expected number or a pattern, found {}',
      '  $: note("c").fast({})',
      '                    ^^',
      'types.ts:3:27: `[` is never closed: expected `]` before the end.',
      '  const later = () => s("bd [hh")',
      '                            ^',
      '  fix: Insert `]`',
      'types.ts:4:20: `loud` is no number, and `gain` takes numbers',
      '  $: note("c").gain("loud")',
      '                     ^^^^',
      'types.ts:5:7: The sound `bdd` is not known. Did you mean `bd`?',
      '  $: s("bdd")',
      '        ^^^',
      '  fix: Change it to `bd`',
      'talea: none.ts does not exist.',
      'syntax.ts:2:13: A comma or `)` is missing before `"e"`',
      '  $: note("c" "e")',
      '              ^^^',
      '',
    ].join('\n'),
  );
  expect(stderr).toBe('7 mistakes\n');
});

test('hints and warnings are told and are no mistakes', async () => {
  const { code, stdout } = await desk.run(
    ['check', '-'],
    'Snare: s("sd")\nSnare: s("bd").late(Date.now() % 1)',
  );
  expect(code).toBe(0);
  expect(stdout).toContain('warning: `Snare:` is there twice; only the last one plays');
  expect(stdout).toContain('hint: `Snare` is a name here');
  expect(stdout).toContain('hint: The time of day makes this sound differently each time');
});

test('a program that does not end is a mistake at its loop', async () => {
  const { code, stdout } = await desk.run(['check', '-'], 's("bd")\nwhile (true) {}');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^\(standard input\):2:1: This loop does not end/);
});

test('wrong usage', async () => {
  const { code, stderr } = await desk.run(['check']);
  expect([code, stderr]).toEqual([
    2,
    'talea: check needs a FILE, or - for standard input. Try: talea help check\n',
  ]);
});

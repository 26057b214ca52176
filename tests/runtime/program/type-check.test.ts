/** Types: nothing that the library shows as an example is a mistake, and each kind of mistake has its words. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { LIBRARY } from '../../../patterns/index.ts';
import { partsOfSignature, signatureOf } from '../../../runtime/program/signatures.ts';
import { TypeChecker } from '../../../runtime/program/type-check.ts';

const folder = dirname(createRequire(import.meta.url).resolve('typescript'));
const checker = new TypeChecker(ts, {
  read(name) {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return undefined;
    }
  },
});

test('the examples of the library have no mistakes but sounds that are not there', () => {
  // One program: checking them one by one takes a minute.
  const examples = LIBRARY.map(({ example }) => `(async () => { ${example}\n})();\n`);
  const mistakes = checker
    .check(examples.join(''))
    .filter(({ message, severity }) => severity === 'error' && !message.startsWith('The sound'));
  expect(mistakes).toEqual([]);
});

const FINE: readonly string[] = [
  '$: s("bd*4").gain(0.9)',
  '$: note("<c2 [eb2 g2]>").s("sawtooth").lpf(sine.range(200, 2000).slow(4)).every(4, x => x.rev())',
  '$: note("c").off(1/8, add(note(7))).sometimesBy(.3, fast(2)).jux(rev)',
  'register("twice", (x) => x.fast(2)); $: s("bd").twice().fast(2)',
  'register(["a1", "b1"], (n, x) => x.fast(n)); $: "1".a1(2).b1(3)',
  'createParam("wobble"); $: s("bd").wobble("1 2")',
  '$: "c e".slice(4, "0 1").note()',
  '$: "7 8".sub("<1 2>").note()',
  '$: "0 2 4".add("<0 1>").add.mix(2).scale("C:minor").note()',
  '$: s("hh*8").struct("t f t t").mask("1 0").pan(rand)',
  'x: arrange([2, s("bd")], [1, "hh".s()])',
  'y: note(["c", "e"]).fast(2, 3)',
  'const n: number = 2; $: `bd*${n}`.s()',
  '$: m`bd*2`.s()',
  'const words = "a b".split(" "); $: s("bd").fast(words.length)',
  'const s = 3; $: note("c").fast(s)',
  'const x = await Promise.resolve(s("bd")); $: x',
  'enum A { x = "bd" } $: s(A.x)',
  '$: note("c e g".split(" ").join(" "))',
  "console.log('[ not notation'); $: s('bd')",
  'all(x => x.gain(.5)); each(x => x.fast(2)); setcpm("<120 90>"); tempo.ramp(140, 8)',
  'd1(s("bd")); s("hh").p("x"); s("sd").d2()',
  '$: stack(s("bd"), "hh*2".s(), pure({ s: "sd" }))',
  '$: s("bd").when("1 0", x => x.fast(2)).within(0, .5, fast(2)).chunk(4, hurry(2))',
  '$: note("c3 e3").transpose("<0 2>").freq(220)',
];

test.each(FINE)('fine: %s', (text) => {
  expect(checker.check(text)).toEqual([]);
});

/** Text with ‹ › around the place, message, text of the fix or null. */
const MISTAKES: readonly (readonly [string, string, string | null])[] = [
  ['s("bd").‹fst›(2)', '`.fst` is not known. Did you mean `fast`?', 'fast'],
  ['"c e".‹fsat›(2)', '`.fsat` is not known. Did you mean `fast`?', 'fast'],
  ['const later = () => ‹noet›("c")', '`noet` is not known. Did you mean `note`?', 'note'],
  ['s("bd").every(2, x => x.rev().‹gian›(1))', '`.gian` is not known. Did you mean `gain`?', 'gain'],
  ['s("bd").fast(‹{}›)', 'Expected number or a pattern, found {}', null],
  ['s("bd").fast(‹x => x›)', 'Expected number or a pattern, found (x: any) => any', null],
  ['s("bd").every(2, ‹3›)', 'Expected a function such as x => x.fast(2), found number', null],
  [
    'const n: number = 1; const t: string = n; 0'.replace('const t', 'const ‹t›'),
    'Expected string, found number',
    null,
  ],
  ['note("c").gain("0.5 ‹loud›")', '`loud` is no number, and `gain` takes numbers', null],
  ['s("bd ‹bdd›*2")', 'The sound `bdd` is not known. Did you mean `bd`?', 'bd'],
  ['const later = () => s("bd ‹[›hh")', '`[` is never closed: expected `]` before the end.', ']'],
  [
    'const later = () => s("bd \\u0041 ‹[›hh")'.replace('\\u0041', '\\x62d'),
    '`[` is never closed: expected `]` before the end.',
    ']',
  ],
  ['const later = () => "bd ‹[›hh".fast(2)', '`[` is never closed: expected `]` before the end.', ']'],
  ['const f = (x: number) => x; f(‹"a [b"›)', 'Expected number, found string', null],
  ['$: s("bd ‹nosuch› perc").bank("909")', 'The sound `nosuch` is not known', null],
  ['const x = 1; ‹x›()', 'This is not a function', null],
];

describe('mistakes', () => {
  test.each(MISTAKES)('%s', (text, message, insert) => {
    const from = text.indexOf('‹');
    const to = text.indexOf('›') - 1;
    const plain = text.replace('‹', '').replace('›', '');
    const [first] = checker.check(plain);
    expect(first).toMatchObject({ severity: 'error', message, from, to });
    expect(first!.fix?.insert ?? null).toBe(insert);
  });
});

test('every signature that is a function is put together again as it was', () => {
  const functions = LIBRARY.map(({ signature }) => signature).filter((signature) => /=> /.test(signature));
  for (const signature of functions) {
    const parts = partsOfSignature(signature);
    if (parts !== null) expect(signatureOf(parts)).toBe(signature);
  }
  expect(functions.filter((signature) => partsOfSignature(signature) === null)).toEqual(
    functions.filter((signature) => signature.startsWith('new ')),
  );
});

/** Marking: what is inserted where, in the notation "typed -> marked", and the law that it only inserts. */
import { describe, expect, test } from 'vitest';
import { STRING_METHODS } from '../../../runtime/program/literals.ts';
import { markProgram, parseProgram } from '../../../runtime/program/mark.ts';

/** Marked text with the calls written short: n<…> s<…> t<…> loop<…>. */
function mark(text: string): string {
  return markProgram(text, parseProgram(text)).text.replaceAll('__talea.', '_');
}

/** [what, typed, marked] */
const LITERALS: readonly (readonly [string, string, string])[] = [
  ['an argument is noted', 'f("a b");0', 'f(_n("a b",3,"\\""));_t("$1",9,10,"b",(0))'],
  ['single quotes are noted too', "x = f('a');;{}", `x = f(_n('a',7,"'"));;{}`],
  ['a receiver becomes a pattern', 'x = "a b".fast(2);{}', 'x = _s("a b",5,"\\"").fast(2);{}'],
  ['a backtick receiver too', 'x = `a b`?.fast(2);{}', 'x = _s(`a b`,5,"`")?.fast(2);{}'],
  ['a single-quoted receiver is plain', "x = 'a'.fast(2);{}", `x = _n('a',5,"'").fast(2);{}`],
  ['slice on a literal is the pattern function', 'x = "a".slice(2);{}', 'x = _s("a",5,"\\"").slice(2);{}'],
  ["split is JavaScript's", 'x = "a b".split(" ");{}', 'x = _n("a b",5,"\\"").split(_n(" ",17,"\\""));{}'],
  ['keys stay', 'x = {"k": "v", "m"(){}, ["c"]: 1};{}', 'x = {"k": _n("v",11,"\\""), "m"(){}, ["c"]: 1};{}'],
  ['types stay', 'let x: "a" | `b` = "c" as "c";{}', 'let x: "a" | `b` = _n("c",20,"\\"") as "c";{}'],
  ['type arguments stay', 'f<"t">("u");{}', 'f<"t">(_n("u",8,"\\""));{}'],
  ['enums stay', 'enum E { A = "a" }', 'enum E { A = "a" }'],
  ['directives stay', '"use strict"\nx("a");{}', '"use strict"\nx(_n("a",16,"\\""));{}'],
  ['computed members stay', 'x = y["k"];{}', 'x = y["k"];{}'],
  ['cases and comparisons stay', 'switch (a) { case "q": a === "b" }', 'switch (a) { case "q": a === "b" }'],
  ['class keys stay', 'class A { "p" = "q" }', 'class A { "p" = _n("q",17,"\\"") }'],
  ['defaults of patterns are values', 'let {"k": k = "d"} = o;{}', 'let {"k": k = _n("d",15,"\\"")} = o;{}'],
  ['a computed template is left alone', 'f(`a ${"b"}`);{}', 'f(`a ${_n("b",8,"\\"")}`);{}'],
  ['but as a receiver it has no place', 'x = `a ${b}`.fast(2);{}', 'x = _s(`a ${b}`,-1,"`").fast(2);{}'],
  ['the tag m', 'x = m`a*2`;{}', 'x = m(_s(`a*2`,6,"`"));{}'],
  ['the tag m on ${}', 'x = m`a*${n}`;{}', 'x = m(_s(`a*${n}`,-1,"`"));{}'],
  ['an m of their own', 'const m = f; x = m`a`;{}', 'const m = f; x = m`a`;{}'],
  ['other tags', 'x = String.raw`a`;{}', 'x = String.raw`a`;{}'],
  ['escapes are no ends', 'f("a\\"b");{}', 'f(_n("a\\"b",3,"\\""));{}'],
];

const TRACKS: readonly (readonly [string, string, string])[] = [
  ['a label', 'drums: s(x);', 'drums: _t("drums",0,5,"",(s(x)));'],
  [
    'unnamed ones count',
    '$: a\n_$: b\n$: c',
    '$: _t("$1",0,1,"",(a))\n_$: _t("$2",5,7,"m",(b))\n$: _t("$3",11,12,"",(c))',
  ],
  [
    'a last bare one is the next',
    '$: a\nb // end\n;',
    '$: _t("$1",0,1,"",(a))\n_t("$2",5,6,"b",(b)) // end\n;',
  ],
  ['a whole program of one string', '"a b"', '_t("$1",0,5,"b",(_n("a b",1,"\\"")))'],
  ['only the last one', 'a\nb', 'a\n_t("$1",2,3,"b",(b))'],
  ['not a last declaration', 'a; let b', 'a; let b'],
  ['mute before', '_x: a', '_x: _t("x",0,2,"m",(a))'],
  ['mute after', 'x_: a', 'x_: _t("x",0,2,"m",(a))'],
  ['solo', 'S$: a; S_x: b', 'S$: _t("$1",0,2,"s",(a)); S_x: _t("x",7,10,"s",(b))'],
  ['a sequence', 'x: a, b', 'x: _t("x",0,1,"",(a, b))'],
  ['two labels', 'x: y: a', 'x: y: _t("x",0,1,"",(_t("y",3,4,"",(a))))'],
  [
    'in branches',
    'if (a) x: b; else { y: c }',
    'if (a) x: _t("x",7,8,"",(b)); else { y: _t("y",20,21,"",(c)) }',
  ],
  ['not on a loop', 'out: for (;;) break out', 'out: for (;;) {_loop(5);break out}'],
  ['not on a function', 'f: function g() {}', 'f: function g() {}'],
  ['across lines and comments', '$: a\n// c\n  .b()\n', '$: _t("$1",0,1,"",(a\n// c\n  .b()))\n'],
];

const LOOPS: readonly (readonly [string, string, string])[] = [
  ['while', 'while (a) { b }', 'while (a) {_loop(0); b }'],
  ['single statement', 'while (a) b;{}', 'while (a) {_loop(0);b;}{}'],
  ['empty statement', 'while (a);', 'while (a){_loop(0);;}'],
  ['do', 'do a(); while (b)', 'do {_loop(0);a();} while (b)'],
  ['do with a block', 'do { a } while (b)', 'do {_loop(0); a } while (b)'],
  ['for of', 'for (const x of y) z\n{}', 'for (const x of y) {_loop(0);z}\n{}'],
  [
    'for in in for',
    'for (;;) for (const k in y) z(k)',
    'for (;;) {_loop(0);for (const k in y) {_loop(9);z(k)}}',
  ],
  ['for await', 'for await (const a of b) { c }', 'for await (const a of b) {_loop(0); c }'],
  ['a track as body', 'for (;;) x: "a"', 'for (;;) {_loop(0);x: _t("x",9,10,"",(_n("a",13,"\\"")))}'],
  ['in a function', 'const f = () => { while (1) {} }', 'const f = () => { while (1) {_loop(18);} }'],
  ['strings in the head', 'for (const x of ["a"]) {}', 'for (const x of [_n("a",18,"\\"")]) {_loop(0);}'],
];

describe.each([
  ['literals', LITERALS],
  ['tracks', TRACKS],
  ['loops', LOOPS],
] as const)('%s', (_, rows) => {
  test.each(rows)('%s', (_what, typed, marked) => {
    expect(mark(typed)).toBe(marked);
  });
});

test("JavaScript's own names of strings are all known, but for the three that patterns take", () => {
  const own = [
    ...Object.getOwnPropertyNames(String.prototype),
    ...Object.getOwnPropertyNames(Object.prototype),
  ];
  const missing = own.filter((name) => !name.startsWith('__') && !STRING_METHODS.has(name));
  expect(missing.sort()).toEqual(['anchor', 'slice', 'sub']);
});

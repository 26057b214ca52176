/**
 * The realm's scripts carry the language without its documentation: no text, signature or example of any row, in
 * whatever form rows come to be written, and yet every name. What is documented must not weigh on the first sound.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { CONTROLS } from '../../../patterns/controls.ts';
import { FREE_NAMES, LIBRARY, MEMBER_NAMES } from '../../../patterns/library.ts';
import { stripDocs } from '../../../runtime/cli/build/without-docs.mjs';
import { NodeHost, nodeScripts } from '../../../runtime/sandbox/node-host.ts';
import { testCompiler } from '../../kit/compiler.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const host = new NodeHost(nodeScripts(ROOT));
afterAll(() => host.close());

/** How a text is written in a script (quotes, escapes) does not count. */
const bare = (source: string): string => source.replace(/["'`\\]/g, '');
/** Sentences; names and single calls may well stand in code. */
const sentences = (texts: readonly string[]): string[] =>
  [...new Set(texts.map(bare))].filter((text) => text.length >= 12 && text.includes(' '));
/** An example that the warm-up program plays as well. */
const PLAYED = 'sine.range(200, 2000)';

describe('documentation of rows', () => {
  for (const script of ['worker', 'node-realm']) {
    test(`is not in ${script}.js`, () => {
      const source = bare(readFileSync(`${ROOT}/dist/sandbox/${script}.js`, 'utf8'));
      const docs = sentences([
        ...LIBRARY.flatMap(({ text, signature, example }) => [text, signature, example]),
        ...CONTROLS.map(({ text }) => text),
      ]);
      expect(docs.length).toBeGreaterThan(400);
      expect(docs.filter((text) => text !== PLAYED && source.includes(text))).toEqual([]);
    });
  }

  test.each([
    ["const row = rowsOf('time');\nrow('a', S, 'says', `a`, f);", "row('a', '', '', '', f);"],
    ["const pitch = controlsOf('p', 'voice');\npitch('n', 'b', 'Hz', ANY, 'says', ACTS);", "ANY, '', ACTS)"],
    ["const of = (name: string, text: string) => row(name, text);\nof('a', 'says');", "of('a', '')"],
    ["function of(text: string, n: number) {}\nof('says', 2);", "of('', 2)"],
    ["const T: readonly (readonly [n: string, text: string])[] = [['a', 'says']];", "[['a', '']]"],
    ["const T: Record<string, [text: string, example: string]> = { a: ['b', 'c'] };", "{ a: ['', ''] }"],
  ])('goes from %s', (source, rest) => {
    expect(stripDocs(source)).toContain(rest);
    expect(stripDocs(source)).not.toContain('says');
  });

  test('what is no documentation stays', () => {
    const source = "const row = make('time');\nrow('a', 'b', 'c', 'd');\nconst T: string[][] = [['a', 'b']];";
    expect(stripDocs(source)).toBe(source);
  });
});

test('every name of the language is in the realm', async () => {
  const text = [
    `console.log(${JSON.stringify([...FREE_NAMES.keys()])}.filter((name) => globalThis[name] === undefined).join(' ') + ';')`,
    `console.log(${JSON.stringify([...MEMBER_NAMES.keys()])}.filter((name) => !(name in s("bd"))).join(' ') + ';')`,
    'a: s("bd*2")',
  ].join('\n');
  const outcome = await (await testCompiler()).compile(text);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
  const session = await host.open({ current: { evalId: 1, text, compiled: outcome.compiled }, lastGood: {} });
  expect(session.outcome).toMatchObject({ ok: true, log: [';', ';'] });
});

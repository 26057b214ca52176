/** The README keeps its word: its programs play without a mistake, its commands and options exist. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../runtime/cli/commands.ts';
import { Desk } from '../kit/talea-process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${ROOT}/README.md`, 'utf8');
const programs = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]!);

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

describe('the programs', () => {
  test('there are some', () => expect(programs.length).toBeGreaterThan(2));

  test.each(programs)('%s', async (program) => {
    const args = ['render', '-', '-o', '/dev/null', '--cycles', '4', '--report'];
    const { code, stdout, stderr } = await desk.run(args, program);
    expect([code, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout);
    expect(report.notes).toBeGreaterThan(10);
    expect(report.clippedSamples).toBe(0);
  });
});

describe('the commands', () => {
  test.each([...readme.matchAll(/^\| `talea (\S+)([^`]*)`/gm)].map((match) => [match[1]!, match[2]!]))(
    'talea %s%s',
    (name, usage) => {
      const options = COMMANDS.find((row) => row.name === name)!.options;
      for (const [, option] of usage.matchAll(/--([a-z]+)/g)) {
        expect(options.map((row) => row.name)).toContain(option);
      }
    },
  );

  test('every command is named', () => {
    for (const { name } of COMMANDS) expect(readme).toContain(`\`talea ${name} `);
  });

  test('npm scripts exist', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'));
    for (const [, script] of readme.matchAll(/npm run (?:-s )?([a-z]+)/g))
      expect(scripts).toHaveProperty(script!);
  });
});

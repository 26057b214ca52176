/**
 * ARCHITECTURE.md, held by machine: who may know whom, no import cycles, no overlong files, no foreign packages, a
 * tidy top folder. The checker is tested first, with breaches planted in strings.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type Files,
  importBreaches,
  importCycles,
  lengthBreaches,
  topLevelBreaches,
} from './kit/architecture-rules.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'runtime', 'patterns', 'worklets', 'tests'];

/** The engine is AssemblyScript: outside of Node's resolution, inside of the rule on length. */
const isEngine = (path: string): boolean => path.startsWith('worklets/engine/');

function projectFiles(): Files {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  ).filter((path) => /\.m?[jt]s$/.test(path));
  const all = [...paths, 'vite.config.ts'].sort();
  return new Map(all.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

describe('the checker finds planted breaches', () => {
  const planted: readonly (readonly [string, Record<string, string>, string])[] = [
    [
      'patterns know no runtime',
      { 'patterns/a.ts': "import { b } from '../runtime/b.ts';", 'runtime/b.ts': '' },
      'may not import runtime/b.ts',
    ],
    [
      'patterns know no worklets',
      { 'patterns/a.ts': "import '../worklets/wire.ts';", 'worklets/wire.ts': '' },
      'may not import worklets/wire.ts',
    ],
    [
      'worklets know no patterns',
      { 'worklets/a.ts': "export * from '../patterns/b.ts';", 'patterns/b.ts': '' },
      'may not import patterns/b.ts',
    ],
    [
      'types count',
      { 'runtime/a.ts': "import type { D } from '../src/d.ts';", 'src/d.ts': '' },
      'may not import src/d.ts',
    ],
    [
      'dynamic imports count',
      { 'runtime/a.ts': "const d = () => import('../src/d.ts');", 'src/d.ts': '' },
      'may not import src/d.ts',
    ],
    [
      'of worklets only the wire',
      { 'runtime/a.ts': "import '../worklets/wire/layout.ts';", 'worklets/wire/layout.ts': '' },
      'may not import worklets/wire/layout.ts',
    ],
    [
      'the processor only by address',
      { 'runtime/a.ts': "import url from '../worklets/processor.ts';", 'worklets/processor.ts': '' },
      'may not import worklets/processor.ts',
    ],
    [
      'src knows no command line',
      { 'src/a.ts': "import '../runtime/cli/main.ts';", 'runtime/cli/main.ts': '' },
      'may not import runtime/cli/main.ts',
    ],
    [
      'nobody imports tests',
      { 'src/a.ts': "import '../tests/kit/x.ts';", 'tests/kit/x.ts': '' },
      'may not import tests/kit/x.ts',
    ],
    [
      'the umbrella of CodeMirror',
      { 'src/a.ts': "import { basicSetup } from 'codemirror';" },
      'codemirror may not be imported',
    ],
    ['tone outside its pack', { 'src/a.ts': "await import('tone');" }, 'tone may not be imported here'],
    ['an unknown package', { 'runtime/a.ts': "import x from 'left-pad';" }, 'left-pad may not be imported'],
    [
      'express in the page',
      { 'src/a.ts': "import express from 'express';" },
      'express may not be imported here',
    ],
    ['Node in the page', { 'src/a.ts': "import { join } from 'node:path';" }, "node:path is Node's"],
    ['Node without its name', { 'runtime/cli/a.ts': "import fs from 'fs';" }, 'write node:fs'],
    [
      'a package in patterns',
      { 'patterns/a.ts': "import fc from 'fast-check';" },
      'fast-check may not be imported',
    ],
    ['a file that is not there', { 'runtime/a.ts': "import './b.ts';" }, './b.ts does not exist'],
    ['out of the project', { 'src/a.ts': "import '../../elsewhere/b.ts';" }, 'leaves the project'],
  ];
  test.each(planted)('%s', (_name, files, expected) => {
    expect(importBreaches(new Map(Object.entries(files))).join('\n')).toContain(expected);
  });

  test('what is allowed, and what only looks like an import, is no breach', () => {
    const fine: Record<string, string> = {
      'src/a.ts': "import { x } from '../runtime/s.ts'; import '@codemirror/view'; // import '../tests/b.ts'",
      'src/t.ts': "import { CONTROLS } from '../patterns/controls.ts'; const s = \"import 'codemirror'\";",
      'runtime/s.ts':
        "import '../patterns/controls.ts'; import u from '../worklets/processor.ts?worker&url';",
      'runtime/w.ts': "import type { Tick } from '../worklets/wire.ts'; /* import 'tone' */",
      'runtime/sandbox/node-host.ts': "import { Worker } from 'node:worker_threads';",
      'runtime/cli/x.ts': "import express from 'express'; import { join } from 'node:path';",
      'patterns/controls.ts': '',
      'worklets/wire.ts': '',
      'tests/a.test.ts':
        "import { test } from 'vitest'; import { x } from '../src/a.ts'; import 'playwright-core';",
    };
    expect(importBreaches(new Map(Object.entries(fine)))).toEqual([]);
  });

  test('cycles, also through types and over three files', () => {
    const ring: Files = new Map([
      ['runtime/a.ts', "import './b.ts';"],
      ['runtime/b.ts', "import type { C } from './c.ts';"],
      ['runtime/c.ts', "export * from './a.ts';"],
      ['runtime/d.ts', "import './a.ts';"],
    ]);
    expect(importCycles(ring)).toEqual(['runtime/a.ts -> runtime/b.ts -> runtime/c.ts -> runtime/a.ts']);
    expect(importCycles(new Map([['src/a.ts', "import './a.ts';"]]))).toEqual(['src/a.ts -> src/a.ts']);
    expect(
      importCycles(
        new Map([
          ['src/a.ts', "import './b.ts';"],
          ['src/b.ts', ''],
        ]),
      ),
    ).toEqual([]);
  });

  test('files at 500 lines and one past', () => {
    const lines = (count: number, header = '/** A file. */\n') => header + 'x;\n'.repeat(count - 1);
    expect(lengthBreaches(new Map([['src/a.ts', lines(500)]]))).toEqual([]);
    expect(lengthBreaches(new Map([['src/a.ts', lines(501)]]))).toHaveLength(1);
    const reason = '/** A table. Over 500 lines because it is one table. */\n';
    expect(lengthBreaches(new Map([['src/a.ts', lines(501, reason)]]))).toEqual([]);
    expect(lengthBreaches(new Map([['src/a.ts', lines(501) + reason]]))).toHaveLength(1);
  });

  test('a stray entry at the top', () => {
    expect(topLevelBreaches(['src', '.ci', '.gitignore', 'LICENSE', 'node_modules', 'dist'])).toEqual([]);
    expect(topLevelBreaches(['docs', 'src'])).toEqual(['docs: not one of the top-level entries']);
  });
});

describe('the project', () => {
  const files = projectFiles();
  const modules: Files = new Map([...files].filter(([path]) => !isEngine(path)));

  test('imports go in the right direction', () => {
    expect(importBreaches(modules)).toEqual([]);
  });
  test('has no import cycles', () => {
    expect(importCycles(modules)).toEqual([]);
  });
  test('has no overlong file without a reason', () => {
    expect(lengthBreaches(files)).toEqual([]);
  });
  test('has a tidy top folder', () => {
    expect(topLevelBreaches(readdirSync(ROOT))).toEqual([]);
  });
});

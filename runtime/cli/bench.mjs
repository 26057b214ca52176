/**
 * `npm run bench -- [FILTER] [--json] [--save]`: runs tests/bench/*.bench-case.ts, each in a process of its own, and
 * prints their figures beside budget and peer. Only --save writes: tests/bench/results.json and BENCHMARKS.md.
 * A case exports `name` and `async run()`, which resolves to rows {name, value, unit, goal?, peer?}.
 */
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { saveResults } from './build/bench-results.mjs';
import { buildBundles } from './build/bundles.mjs';
import { ensureInstalled } from './build/install.mjs';
import { inProject, PlainError } from './build/project.mjs';
import { buildParts, runPlainly } from './build.mjs';

const SUFFIX = '.bench-case.ts';
const OPTIONS = ['--json', '--save'];
const tell = (line) => console.error(line);

if (process.argv[2] === '--case' && process.send) {
  const { name, run } = await import(pathToFileURL(process.argv[3]).href);
  const rows = await run();
  process.send({ name, rows }, () => process.exit(0));
} else {
  await runPlainly(benchAll);
}

async function benchAll() {
  const wishes = process.argv.slice(2);
  const unknown = wishes.find((wish) => wish.startsWith('-') && !OPTIONS.includes(wish));
  if (unknown)
    throw new PlainError(`talea: unknown option ${unknown}; there are ${OPTIONS.join(' and ')}.`, 2);
  const filter = wishes.find((wish) => !wish.startsWith('-'));
  const files = readdirSync(inProject('tests/bench'))
    .filter((file) => file.endsWith(SUFFIX))
    .sort();
  const chosen = files.filter((file) => !filter || file.includes(filter));
  if (chosen.length === 0) {
    throw new PlainError(
      `talea: no bench is called ${filter ?? 'anything'}; there are: ${files.join(', ')}`,
      2,
    );
  }
  await ensureInstalled({ dev: true, tell });
  await buildParts(['engine', 'bundles'], { tell });
  const rows = chosen.map((file) => {
    const stem = basename(file, SUFFIX);
    return {
      name: `bench-${stem}`,
      format: 'esm',
      entries: { [stem]: `tests/bench/${file}` },
      out: 'dist/bench',
    };
  });
  await buildBundles({ rows });
  const cases = [];
  for (const file of chosen) cases.push(await runCase(basename(file, SUFFIX)));
  if (wishes.includes('--json')) console.log(JSON.stringify({ cases }, null, 2));
  else for (const each of cases) printCase(each);
  if (wishes.includes('--save')) saveResults(cases);
  return cases.some((each) => each.error) ? 1 : 0;
}

/** One case in a fresh process, so that no case warms or burdens the next. */
function runCase(stem) {
  tell(`${stem} …`);
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), ['--case', inProject(`dist/bench/${stem}.js`)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let result;
    child.on('message', (message) => {
      result = message;
    });
    child.on('close', (code) =>
      resolve(result ?? { name: stem, rows: [], error: `ended with code ${code}` }),
    );
  });
}

function printCase({ name, rows, error }) {
  console.log(`\n${name}${error ? `: ${error}` : ''}`);
  if (rows.length === 0) return;
  const cells = rows.map((row) => [
    row.name,
    figure(row.value),
    row.unit,
    figure(row.goal),
    figure(row.peer),
  ]);
  const table = [['', 'value', 'unit', 'goal', 'peer'], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) {
    const padded = row.map((cell, column) =>
      column === 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
    );
    console.log(`  ${padded.join('  ').trimEnd()}`);
  }
}

function figure(value) {
  if (value === undefined || value === null) return '';
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

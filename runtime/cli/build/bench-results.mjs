/** Keeps the figures of a bench run: tests/bench/results.json, and the table of BENCHMARKS.md made from it. */
import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { inProject, writeWhole } from './project.mjs';

const RESULTS = 'tests/bench/results.json';
const PAGE = 'BENCHMARKS.md';
const BEGIN = '<!-- results: written by npm run bench -- --save -->';
const HEAD =
  '# Benchmarks\nRun them with `npm run bench`; `npm run bench -- --save` renews the tables below.\n\n';

/** Puts the cases in place of older ones of the same name; each keeps machine and date of its own run. */
export function saveResults(cases) {
  const older = existsSync(inProject(RESULTS))
    ? JSON.parse(readFileSync(inProject(RESULTS), 'utf8')).cases
    : [];
  const date = new Date().toISOString().slice(0, 10);
  const fresh = cases.filter((each) => !each.error).map((each) => ({ ...each, date, machine: machine() }));
  const merged = [...older.filter(({ name }) => !fresh.some((each) => each.name === name)), ...fresh];
  merged.sort((a, b) => (a.name < b.name ? -1 : 1));
  writeWhole(inProject(RESULTS), `${JSON.stringify({ cases: merged }, null, 2)}\n`);
  const page = existsSync(inProject(PAGE)) ? readFileSync(inProject(PAGE), 'utf8') : HEAD;
  const kept = page.includes(BEGIN) ? page.slice(0, page.indexOf(BEGIN)) : `${page.trimEnd()}\n\n`;
  writeWhole(inProject(PAGE), `${kept}${BEGIN}\n${merged.map(section).join('\n')}`);
}

function machine() {
  const [first, ...rest] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return `${first?.model.trim() ?? 'unknown processor'}, ${rest.length + 1} cores, ${gib} GiB, Node ${process.versions.node}, ${process.platform}`;
}

function section({ name, rows, date, machine: place }) {
  const lines = rows.map(
    (row) => `| ${[row.name, shown(row.value), row.unit, shown(row.goal), shown(row.peer)].join(' | ')} |`,
  );
  return [
    `## ${name}`,
    `${date}, ${place}`,
    '',
    '| | value | unit | goal | peer |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

const shown = (value) => {
  if (value === undefined || value === null) return '';
  return typeof value === 'number'
    ? String(Number(value.toPrecision(4)))
    : String(value).replaceAll('|', '\\|');
};

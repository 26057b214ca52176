/**
 * The page in a real Chromium, production build: from Mod-Enter to swapped with 200 lines while they play, what is
 * dropped or doubled over many evaluations, and what the page loads before the first sound.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launchChromium, openPage, serveApp } from '../kit/chromium.ts';

export const name = 'Page in Chromium';

const APP = join(process.cwd(), 'dist/app');
const EVALUATIONS = 60;

/** A program of 200 lines: tracks, constants, functions; `variant` alters what plays. */
export function longProgram(variant: number): string {
  const lines = ['setcps(1)', 'const up = (n: number) => note(n)'];
  for (let i = 0; lines.length < 170; i++) {
    lines.push(
      `// part ${i}`,
      `const p${i} = "c${2 + (i % 4)} [e${2 + (i % 4)} g${2 + (i % 4)}]*2 <b3 d4>/2".early(${i}/16)`,
    );
  }
  for (let i = 0; i < 15; i++) {
    lines.push(`t${i}: p${i}.note().s("sine").gain(${(0.02 + 0.001 * variant).toFixed(3)})`);
  }
  lines.push('drums: s("bd*4, [~ sd]*2, hh*8").gain(.6)');
  while (lines.length < 200) lines.push(`// line ${lines.length}`);
  return lines.join('\n');
}

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;

export async function run(): Promise<Row[]> {
  if (!existsSync(join(APP, 'index.html'))) throw new Error('dist/app is missing: npm run build');
  const served = await serveApp(APP);
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, `${served.url}?safe`);
    await page.waitForFunction(() => (window as any).talea?.session);
    const programs = Array.from({ length: EVALUATIONS }, (_, i) => longProgram(i % 10));
    const measured = await page.evaluate(async (texts) => {
      const { session } = (window as any).talea;
      await session.prepare();
      await session.resumeAudio();
      let counters: Record<string, number> = {};
      session.on('status', (status: any) => {
        counters = status.counters;
      });
      await session.evaluate(texts[0], { cycles: 1 });
      const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
      await pause(1500);
      for (let i = 0; i < 5; i++) {
        await session.evaluate(texts[i], 'now');
        await pause(700);
      }
      const before = { ...counters };
      const times: { ready: number; compile: number; evaluate: number; swap: number }[] = [];
      for (const text of texts) {
        const began = performance.now();
        const swapped = new Promise<number>((done) => {
          const off = session.on('swapped', () => {
            off();
            done(performance.now());
          });
        });
        const outcome = await session.evaluate(text, 'now');
        const ready = performance.now() - began;
        const swap = (await swapped) - began;
        times.push({ ready, compile: outcome.compileMs, evaluate: outcome.evaluateMs, swap });
        await pause(500);
      }
      const lost: Record<string, number> = {};
      for (const key of Object.keys(before)) lost[key] = counters[key]! - before[key]!;
      return { times, lost };
    }, programs);
    const rows: Row[] = [];
    for (const key of ['swap', 'ready', 'compile', 'evaluate'] as const) {
      const sorted = measured.times.map((t) => t[key]).sort((a, b) => a - b);
      const goal = key === 'ready' ? '<= 120 p95' : undefined;
      const what = {
        swap: 'evaluate to swapped, 200 lines, boundary "now"',
        ready: 'evaluate to accepted: all but the wait for the boundary',
        compile: 'of that, marking and esbuild',
        evaluate: 'of that, evaluating and dry run',
      }[key];
      rows.push({ name: `${what}, p50`, value: quantile(sorted, 0.5), unit: 'ms' });
      rows.push({ name: `${what}, p95`, value: quantile(sorted, 0.95), unit: 'ms', ...(goal && { goal }) });
    }
    for (const key of ['late', 'dropped', 'repeated', 'refused', 'reset']) {
      rows.push({
        name: `notes ${key} over ${EVALUATIONS} evaluations while playing`,
        value: measured.lost[key] ?? 0,
        unit: '',
        goal: '0',
      });
    }
    rows.push(...sizes());
    return rows;
  } finally {
    await browser.close();
    await served.close();
  }
}

/** What is loaded before the first sound, gzip, without esbuild.wasm. */
function sizes(): Row[] {
  const assets = join(APP, 'assets');
  const kilobytes = (file: string): number =>
    gzipSync(readFileSync(join(assets, file)), { level: 9 }).length / 1000;
  const first = readdirSync(assets).filter((file) =>
    /^(index|compile-worker|worker|supervisor|processor|engine)-.*\.(js|wasm)$/.test(file),
  );
  const rows = first.map((file) => ({
    name: `size of ${file.replace(/-[^-]*\./, '.')}`,
    value: kilobytes(file),
    unit: 'kB gzip',
  }));
  const sum = rows.reduce((total, row) => total + row.value, 0);
  return [...rows, { name: 'page code before the first sound', value: sum, unit: 'kB gzip', goal: '<= 350' }];
}

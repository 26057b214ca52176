/**
 * Minutes of jittery performing in a real Chromium, production build: what is dropped, doubled or missing over many
 * evaluations of good and bad texts. TALEA_SOAK_EVALUATIONS sets how many, TALEA_SOAK_SEED repeats a run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium, openPage, serveApp } from '../kit/chromium.ts';
import { soak } from '../kit/soak.ts';

export const name = 'Soak in Chromium';

const APP = process.env['TALEA_APP'] ?? join(process.cwd(), 'dist/app');
/** Two minutes, about. */
const EVALUATIONS = Number(process.env['TALEA_SOAK_EVALUATIONS'] ?? 250);
const SEED = Number(process.env['TALEA_SOAK_SEED'] ?? Date.now() % 2 ** 31);

export async function run() {
  if (!existsSync(join(APP, 'index.html'))) throw new Error('dist/app is missing: npm run build');
  const served = await serveApp(APP);
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, `${served.url}?safe`);
    await page.waitForFunction(() => (window as any).talea?.session);
    await page.evaluate(() => (window as any).talea.session.prepare());
    const began = performance.now();
    const { evaluations, accepted, steps, holes, doubles, unanswered, counted } = await soak(page, {
      evaluations: EVALUATIONS,
      seed: SEED,
      tell: (line) => console.error(line),
    });
    for (const line of [...holes, ...doubles, ...unanswered]) console.error(line);
    const per = `over ${evaluations} evaluations`;
    return [
      { name: `lasted (seed ${SEED})`, value: (performance.now() - began) / 60_000, unit: 'minutes' },
      { name: `accepted ${per}`, value: accepted, unit: '' },
      { name: 'steps of the grid heard', value: steps, unit: '' },
      { name: `holes in the grid ${per}`, value: holes.length, unit: '', goal: '0' },
      { name: `doubles in the grid ${per}`, value: doubles.length, unit: '', goal: '0' },
      { name: `evaluations without an answer`, value: unanswered.length, unit: '', goal: '0' },
      ...['late', 'dropped', 'repeated', 'refused', 'reset'].map((key) => ({
        name: `notes ${key} ${per}`,
        value: counted[key] ?? 0,
        unit: '',
        goal: '0',
      })),
    ];
  } finally {
    await browser.close();
    await served.close();
  }
}

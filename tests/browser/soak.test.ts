/**
 * A short soak: jittery performing over good and bad texts, and not one step of the grid is missing or doubled. The
 * bench `soak` is the long one. Before that, the listener itself is put to the test: it must hear what went wrong.
 */
import { expect, test } from 'vitest';
import { launchChromium, openPage, serveApp } from '../kit/chromium.ts';
import { listenToGrid, soak } from '../kit/soak.ts';

const RATE = 48_000;
const STEP = 6_000;

/** Hats of noise each step; `louder` and `missing` are numbers of steps. */
function hats(steps: number, missing: number, louder: number): Float32Array {
  const samples = new Float32Array(steps * STEP);
  let state = 1;
  for (let step = 0; step < steps; step++) {
    if (step === missing) continue;
    for (let i = 0; i < 1400; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const noise = i === 0 ? 1 : state / 2 ** 31 - 1;
      samples[step * STEP + i] = 0.3 * noise * Math.exp(-i / 300) * (step === louder ? 2 : 1);
    }
  }
  return samples;
}

test.each([
  ['a whole grid', -1, -1, 0, 0],
  ['a missing step', 9, -1, 1, 0],
  ['a doubled step', -1, 12, 0, 1],
])('the listener hears %s', (_, missing, louder, holes, doubles) => {
  const heard = listenToGrid(hats(24, missing, louder), RATE);
  expect([heard.holes.length, heard.doubles.length]).toEqual([holes, doubles]);
});

test('every evaluation is answered, also one that is overtaken by a bad one', async () => {
  const served = await serveApp();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, `${served.url}?safe`);
    await page.waitForFunction(() => (window as any).talea?.session);
    const outcomes = await page.evaluate(async () => {
      const { session } = (window as any).talea;
      await session.prepare();
      const texts = ['a: s("bd").nosuch(1)', 'a: s("bd").nosuch(2)', 'a: s("bd").nosuch(3)'];
      return Promise.all(texts.map((text) => session.evaluate(text, 'now')));
    });
    expect(outcomes.map(({ ok, superseded }: any) => [ok, superseded])).toContainEqual([false, true]);
    expect(outcomes.at(-1)).toMatchObject({ ok: false, superseded: false });
    expect(outcomes.at(-1).diagnostics[0].message).toMatch(/nosuch/);
  } finally {
    await browser.close();
    await served.close();
  }
});

test('40 evaluations while playing: no hole, no double, nobody without an answer', async () => {
  const seed = Date.now() % 2 ** 31;
  const served = await serveApp();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, `${served.url}?safe`);
    await page.waitForFunction(() => (window as any).talea?.session);
    await page.evaluate(() => (window as any).talea.session.prepare());
    const result = await soak(page, { evaluations: 40, seed });
    const told = `seed ${seed}: ${JSON.stringify(result)}`;
    expect(result.accepted, told).toBeGreaterThan(8);
    expect(result.steps, told).toBeGreaterThan(80);
    expect([...result.holes, ...result.doubles, ...result.unanswered], told).toEqual([]);
    // A starved machine bridges by repeats and then drops what comes late: the ear above decides, the bench counts.
    console.log(`seed ${seed}: ${JSON.stringify(result.counted)}`);
    const { refused, reset } = result.counted;
    expect({ refused, reset }, told).toEqual({ refused: 0, reset: 0 });
  } finally {
    await browser.close();
    await served.close();
  }
});

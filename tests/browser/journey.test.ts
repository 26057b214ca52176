/**
 * From typed text to sound in a real Chromium on the production build: keys into the editor, Mod-Enter, and the
 * captured output has the expected onsets and pitch. No breach of the content security policy on the way.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, openPage, type ServedApp, serveApp } from '../kit/chromium.ts';
import { levelAt } from '../kit/onsets.ts';
import { capture, expectGrid, GRID } from '../kit/stage.ts';

let browser: Browser;
let served: ServedApp;
beforeAll(async () => {
  served = await serveApp();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

test('type, Mod-Enter, hear; edit while it plays; break it, and it plays on', async () => {
  const { page, complaints } = await openPage(browser, served.url);
  const editor = page.locator('.cm-content');
  await editor.click();
  const type = async (text: string) => {
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Control+Enter');
  };
  await type(GRID);
  await page.waitForFunction(() => (window as any).talea.session.heardCycle() > 0.5, undefined, {
    timeout: 20_000,
  });
  expectGrid(await capture(page, async () => undefined, 2));

  // Edited while it plays: a sine of 440 Hz joins at the next boundary.
  const withTone = `${GRID}tone: note("a4").s("sine").sustain(1).gain(.5)`;
  const swapped = page.evaluate(
    () => new Promise((done) => (window as any).talea.session.on('swapped', done)),
  );
  await type(withTone);
  await swapped;
  await page.waitForTimeout(400);
  const heard = await capture(page, async () => undefined, 2);
  const rate = heard.sampleRate;
  expect(levelAt(heard.left, rate, 440, 0, rate)).toBeGreaterThan(0.02);
  expect(levelAt(heard.left, rate, 470, 0, rate)).toBeLessThan(levelAt(heard.left, rate, 440, 0, rate) / 20);

  // Broken: the error is shown at its place, the music goes on.
  const broken = await capture(page, () => type(`${withTone}\nbad: s("bd [hh")`), 2);
  expect(levelAt(broken.left, rate, 440, rate, 2 * rate)).toBeGreaterThan(0.02);
  await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0);

  // Hush: silence.
  await page.keyboard.press('Control+.');
  await page.waitForTimeout(1500);
  const hushed = await capture(page, async () => undefined, 1);
  expect(hushed.left.every((sample) => Math.abs(sample) < 1e-4)).toBe(true);
  expect(complaints.policy).toEqual([]);
  expect(complaints.errors).toEqual([]);
  await page.context().close();
});

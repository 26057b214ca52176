/**
 * Accessibility of the page by axe-core: nothing serious, in each theme, on each panel, with an error shown.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, openPage, type ServedApp, serveApp } from '../kit/chromium.ts';

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

/** What axe finds that is serious or worse, as lines. The sandbox iframe is empty by design. */
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}

const broken = 'setcpm(30)\n\ndrums: s("bd*4")\n\nbass: note("c2 [e2").s("sawtooth") // oops\n';

for (const theme of ['dark', 'light', 'contrast']) {
  test(`nothing serious while it plays, with an error and all messages shown: ${theme}`, async () => {
    const { page } = await openPage(browser, served.url);
    await page.waitForFunction(() => window.talea);
    await page.evaluate((name) => {
      window.talea.desk.changeSettings(() => ({ theme: name as never }));
      document.body.style.setProperty('--fade', '0ms');
    }, theme);
    expect(await seriousFindings(page), 'at the start').toEqual([]);

    await page.click('#play');
    await page.waitForFunction(() => window.talea.state.playing.value);
    await page.keyboard.press('Alt+2');
    await page.evaluate(async (text) => {
      window.talea.text = text;
      await window.talea.evaluate();
    }, broken);
    await page.locator('.cm-mistake').first().waitFor();
    await page.evaluate(() => window.talea.desk.panels.toggleMessages());
    expect(await seriousFindings(page), 'with an error').toEqual([]);

    await page.keyboard.press('F1');
    await page.locator('#palette[open]').waitFor();
    expect(await seriousFindings(page), 'with the palette').toEqual([]);
    await page.keyboard.press('Escape');
    await page.click('#counters');
    await page.locator('#counters-explained:popover-open').waitFor();
    expect(await seriousFindings(page), 'with the counters').toEqual([]);
    await page.context().close();
  });
}

test('nothing serious at 360 pixels', async () => {
  const { page } = await openPage(browser, served.url, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  await page.waitForFunction(() => window.talea);
  await page.tap('#play');
  await page.waitForFunction(() => window.talea.state.playing.value);
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.context().close();
});

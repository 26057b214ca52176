/**
 * The drawers in a real Chromium on the production build: pieces, sounds, reference, settings, and links that hold a
 * program. By keyboard and by mouse, wide and narrow, in each theme, with axe looking on.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFragment } from '../../src/share/share-link.ts';
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

const DRAWERS = [
  ['pieces', 'p', '.piece-play'],
  ['sounds', 's', 'button.sound'],
  ['reference', 'd', 'details'],
  ['settings', 'e', '#setting-theme'],
] as const;

async function chord(page: Page, key: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.press(key);
}

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}

for (const [theme, width, height] of [
  ['dark', 1280, 800],
  ['light', 1280, 800],
  ['contrast', 1280, 800],
  ['dark', 360, 740],
] as const) {
  test(`nothing serious in any drawer: ${theme}, ${width} pixels`, async () => {
    const { page, complaints } = await openPage(browser, served.url, {
      viewport: { width, height },
      reducedMotion: 'reduce',
    });
    await page.waitForFunction(() => window.talea);
    await page.evaluate((name) => window.talea.desk.changeSettings(() => ({ theme: name as never })), theme);
    for (const [id, key, inside] of DRAWERS) {
      await chord(page, key);
      await page.locator(`#drawer-${id} ${inside}`).first().waitFor();
      if (id === 'reference') {
        await page.locator('#drawer-reference input').fill('lpf');
        await page.locator('#drawer-reference .example-play').first().waitFor();
      }
      expect(await seriousFindings(page), id).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), id).toBeLessThanOrEqual(width);
    }
    await page.keyboard.press('Escape');
    await page.locator('#drawer').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.classList.contains('cm-content'))).toBe(true);
    expect(complaints).toEqual({ errors: [], policy: [] });
    await page.context().close();
  });
}

test('a piece plays on one click, and undo brings the text back', async () => {
  const { page, complaints } = await openPage(browser, served.url);
  await page.waitForFunction(() => window.talea);
  await page.evaluate(() => {
    window.talea.text = 'mine: s("bd")';
  });
  await page.click('#library');
  await page.locator('[data-piece=techno] .piece-play').click();
  await page.waitForFunction(() => (window.talea.state.status.value?.counters.played ?? 0) > 0);
  expect(await page.evaluate(() => window.talea.session.performedText)).toContain('Night line');
  await page.keyboard.press('Control+z');
  expect(await page.evaluate(() => window.talea.text)).toBe('mine: s("bd")');
  expect(complaints).toEqual({ errors: [], policy: [] });
  await page.context().close();
});

test('listening to a sound leaves what plays alone', async () => {
  const { page, complaints } = await openPage(browser, served.url);
  await page.waitForFunction(() => window.talea);
  await page.evaluate(async () => {
    window.talea.text = 'mine: s("bd*4")';
  });
  await page.click('#play');
  await page.waitForFunction(() => window.talea.state.playing.value);
  await chord(page, 's');
  await page.locator('#drawer-sounds input').fill('saw');
  expect(await page.locator('button.sound code').allTextContents()).toContain('sawtooth');
  await page.locator('button.sound').first().click();
  // A second audio context: its sandbox is a second iframe.
  await page.waitForFunction(() => document.querySelectorAll('iframe').length === 2);
  await page.waitForTimeout(3_000);
  expect(await page.evaluate(() => window.talea.session.performedText)).toBe('mine: s("bd*4")');
  expect(await page.evaluate(() => window.talea.state.playing.value)).toBe(true);
  expect(await page.evaluate(() => window.talea.state.messages.value.map(({ text }) => text))).toEqual([]);
  expect(complaints).toEqual({ errors: [], policy: [] });
  await page.context().close();
});

test('docs at the cursor open the reference there; sounds complete inside s("...")', async () => {
  const { page } = await openPage(browser, served.url);
  await page.waitForFunction(() => window.talea);
  await page.evaluate(() => {
    window.talea.text = 'a: s("bd").jux(rev)';
    window.talea.desk.editor.select(12);
  });
  await page.keyboard.press('Control+i');
  await page.locator('#drawer-reference li').first().waitFor();
  expect(await page.locator('#drawer-reference li').first().getAttribute('data-name')).toBe('jux');
  await page.locator('#drawer-reference details[open] .reference-text').first().waitFor();
  await page.keyboard.press('Escape');
  await page.evaluate(async () => {
    await window.talea.desk.editor.loadExtras();
    window.talea.text = 'a: s("bd  hh")';
    window.talea.desk.editor.select(9);
  });
  await page.keyboard.type('sawt');
  await page.locator('.cm-tooltip-autocomplete', { hasText: 'sawtooth' }).waitFor();
  await page.context().close();
});

test('settings change at once and come back after a reload', async () => {
  const { page } = await openPage(browser, served.url);
  await page.waitForFunction(() => window.talea);
  await chord(page, 'e');
  await page.locator('#setting-theme').selectOption('light');
  await page.locator('#setting-beats').fill('99');
  await page.locator('#setting-beats').press('Enter');
  await page.locator('#setting-look-ahead').fill('300');
  await page.locator('#setting-look-ahead').press('Enter');
  const settings = { theme: 'light', beatsPerCycle: 16, lookAheadMs: 300 };
  expect(await page.evaluate(() => window.talea.state.settings.value)).toMatchObject(settings);
  expect(await page.locator('.beats i').count()).toBe(16);
  await page.reload();
  await page.waitForFunction(() => window.talea);
  expect(await page.evaluate(() => window.talea.state.settings.value)).toMatchObject(settings);
  await page.context().close();
});

test('a link opens its program, says so, and evaluates nothing', async () => {
  const text = 'shared: s("bd*4")\n// ünïcödé\n';
  const { page } = await openPage(browser, `${served.url}${await writeFragment(text)}`);
  await page.waitForFunction(() => window.talea);
  await page.evaluate(() => window.talea.ready);
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => window.talea.text)).toBe(text);
  expect(await page.evaluate(() => window.talea.state.playing.value)).toBe(false);
  expect(await page.evaluate(() => window.talea.session.performedText)).toBe(null);
  expect(await page.locator('#messages').textContent()).toContain('came by a link');
  expect(await page.evaluate(() => location.hash)).toBe('');
  await page.keyboard.press('Control+z');
  expect(await page.evaluate(() => window.talea.text)).toContain('Play starts it');
  await page.context().close();
});

test('a broken link leaves the text and is told; the button copies one that works', async () => {
  const { page } = await openPage(browser, `${served.url}#code=%25broken`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.waitForFunction(() => window.talea);
  expect(await page.evaluate(() => window.talea.text)).toContain('Play starts it');
  expect(await page.locator('#messages').textContent()).toContain('no program that can be read');
  await page.click('#library');
  await page.click('#share');
  await page.waitForFunction(() =>
    window.talea.state.messages.value.at(-1)?.text.startsWith('Copied a link'),
  );
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await page.waitForFunction(() => window.talea);
  expect(await page.evaluate(() => window.talea.text)).toContain('Play starts it');
  await page.context().close();
});

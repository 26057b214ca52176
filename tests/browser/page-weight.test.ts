/**
 * What a first visit loads before its first sound: JavaScript of page, workers and audio thread, as it travels
 * (gzip), without the compiler's WebAssembly. The budget stands in the design; the figure is printed.
 */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { launchChromium, openPage, serveApp } from '../kit/chromium.ts';

const BUDGET_BYTES = 350_000;

test('the JavaScript before the first sound stays within its budget', async () => {
  const served = await serveApp();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, served.url);
    await page.waitForFunction(() => window.talea);
    await page.click('#play');
    await page.waitForFunction(() => (window.talea.state.status.value?.counters.played ?? 0) > 0);
    // Scripts of workers and of the worklet are no entries of the page: what was asked of the server is.
    const scripts = served.requested.filter((path) => path.endsWith('.js'));
    const bytes = scripts.map((path) => [path, gzipSync(served.file(path), { level: 9 }).length] as const);
    const late = /\/(?:extras|reference|reference-tables|sound-names)-/;
    const needed = bytes.filter(([path]) => !late.test(path));
    const sum = needed.reduce((total, [, each]) => total + each, 0);
    const list = needed.map(([path, each]) => `${path} ${each}`).join('\n  ');
    console.log(`JavaScript before the first sound: ${sum} of ${BUDGET_BYTES} bytes (gzip)\n  ${list}`);
    for (const part of ['index', 'compile-worker', 'processor', 'supervisor', 'worker']) {
      expect(
        scripts.some((path) => path.startsWith(`/assets/${part}-`)),
        part,
      ).toBe(true);
    }
    expect(sum).toBeLessThanOrEqual(BUDGET_BYTES);
    expect(bytes.some(([path]) => path.includes('reference-tables'))).toBe(false);
  } finally {
    await browser.close();
    await served.close();
  }
});

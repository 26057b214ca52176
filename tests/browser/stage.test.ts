/**
 * Nothing that is typed, and nothing that dies, stops the music: each mishap of the stage in a real Chromium on the
 * production build, judged by the captured output alone. The grid of hats must go on without a hole or a double.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium, openPage, type ServedApp, serveApp } from '../kit/chromium.ts';
import { levelAt } from '../kit/onsets.ts';
import { capture, evaluate, expectGrid, GRID, startGrid } from '../kit/stage.ts';

let browser: Browser;
let served: ServedApp;
let page: Page;

beforeAll(async () => {
  served = await serveApp();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});
beforeEach(async () => {
  ({ page } = await openPage(browser, `${served.url}?safe`));
  await page.waitForFunction(() => (window as any).talea?.session);
  await page.evaluate(() => (window as any).talea.session.prepare());
});
afterEach(async () => {
  await page.context().close();
});

/** A text that cannot or must not play, and words its message has. */
const REFUSED: readonly (readonly [what: string, text: string, words: RegExp])[] = [
  ['a syntax error', `${GRID}b: s("bd"`, /missing|expected|unexpected/i],
  ['an error while evaluating', `${GRID}b: s("bd").nosuch(2)`, /nosuch/],
  ['a notation error', `${GRID}b: s("bd [hh")`, /\]/],
  ['an endless loop', `${GRID}while (true) {}`, /long|loop/i],
  [
    'an endless loop without a body to guard',
    `${GRID}const never = /(a+)+$/.test("a".repeat(60) + "b")`,
    /sign of life/i,
  ],
  [
    'endless allocation',
    `${GRID}const a: unknown[] = []; for (;;) a.push(new Array(1e6).fill(1))`,
    /long|memory|loop/i,
  ],
  ['an array of a billion', `${GRID}Array(1e9).fill(0)`, /sign of life|long|memory/i],
];

describe('the music goes on', () => {
  for (const [what, text, words] of REFUSED) {
    test(`over ${what}`, async () => {
      await startGrid(page);
      let said = '';
      const heard = await capture(page, async () => {
        const outcome = await evaluate(page, text);
        expect(outcome.ok).toBe(false);
        said = outcome.diagnostics.map((d) => d.message).join('\n');
      });
      expect(said).toMatch(words);
      expectGrid(heard);
      // And the next good evaluation is taken.
      expect((await evaluate(page, `${GRID}c: note("a4").s("sine")`)).ok).toBe(true);
    });
  }

  test('over a throw while querying one of three tracks: it falls back, the others do not notice', async () => {
    const low = (extra: string) => `low: note("a3").s("sine").sustain(1).gain(.5)${extra}\n`;
    const high = (midi: number) => `high: note(${midi}).s("sine").sustain(1).gain(.5)\n`;
    await startGrid(page, low('') + high(81));
    const failing = low('.withValue(v => { throw new Error("broken on purpose") })');
    await page.evaluate(() => {
      (window as any).failed = [];
      (window as any).talea.session.on('trackFailed', (e: any) =>
        (window as any).failed.push(e.diagnostic.message),
      );
    });
    const heard = await capture(
      page,
      async () => {
        expect((await evaluate(page, GRID + failing + high(88))).ok).toBe(true);
      },
      4,
    );
    const rate = heard.sampleRate;
    const from = heard.left.length - 2 * rate;
    expect(
      levelAt(heard.left, rate, 220, from),
      'the failed track plays its last good version',
    ).toBeGreaterThan(0.02);
    expect(levelAt(heard.left, rate, 1318.51, from), 'the other track plays its new version').toBeGreaterThan(
      0.02,
    );
    expect(levelAt(heard.left, rate, 880, from), 'its old version is gone').toBeLessThan(0.01);
    expect((await page.evaluate(() => (window as any).failed)).join('\n')).toMatch(/broken on purpose/);
  });

  test('over a million events a cycle: that track is refused with a word, the others play', async () => {
    await startGrid(page);
    await page.evaluate(() => {
      (window as any).failed = [];
      (window as any).talea.session.on('trackFailed', (e: any) =>
        (window as any).failed.push(e.diagnostic.message),
      );
    });
    let outcome: Awaited<ReturnType<typeof evaluate>> | undefined;
    const heard = await capture(
      page,
      async () => {
        outcome = await evaluate(page, `${GRID}many: s("sd*1000000").gain(0)`);
      },
      3,
    );
    const said = [
      ...(outcome?.diagnostics ?? []).map((d) => d.message),
      ...(await page.evaluate(() => (window as any).failed)),
    ];
    expect(said.join('\n')).toMatch(/4,?096/);
    expectGrid(heard);
  });

  test('over an active worker that hangs while it plays', async () => {
    await startGrid(page);
    const ended: Promise<unknown> = page.evaluate(
      () =>
        new Promise((resolve) => {
          (window as any).talea.session.on('workerEnded', (e: any) => e.active && resolve(e));
        }),
    );
    const hang =
      'let n = 0\nb: s("bd*16").gain(0).withValue(v => { if (++n > 60) /(a+)+$/.test("a".repeat(60) + "b"); return v })\n';
    const heard = await capture(
      page,
      async () => {
        expect((await evaluate(page, GRID + hang)).ok).toBe(true);
        await ended;
      },
      3,
    );
    expectGrid(heard);
    // The repaired text is taken and plays.
    expect((await evaluate(page, GRID)).ok).toBe(true);
    expectGrid(await capture(page, async () => undefined, 2));
  });

  test('over a blocked page thread, 2 s long, without a late event', async () => {
    await startGrid(page);
    await page.evaluate(() => {
      (window as any).talea.session.on('status', (e: any) => {
        (window as any).late = e.counters.late + e.counters.dropped;
      });
    });
    await page.waitForFunction(() => (window as any).late !== undefined);
    const late = () => page.evaluate(() => (window as any).late as number);
    const before = await late();
    const heard = await capture(page, () =>
      page.evaluate(() => {
        const end = performance.now() + 2000;
        while (performance.now() < end);
      }),
    );
    expectGrid(heard);
    expect(await late()).toBe(before);
  });

  test('over a sandbox whose process crashes', async () => {
    await startGrid(page);
    const heard = await capture(
      page,
      () =>
        page.evaluate(() => {
          document.querySelector<HTMLIFrameElement>('iframe[sandbox]')?.remove();
        }),
      5,
    );
    expectGrid(heard);
    expect((await evaluate(page, GRID)).ok).toBe(true);
    expectGrid(await capture(page, async () => undefined, 2));
  });
});

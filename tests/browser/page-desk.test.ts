/**
 * The desk in a real Chromium on the production build: what keys and buttons do to the text, the mixer and the music,
 * and what survives a reload. Sound itself is looked at elsewhere.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Complaints, launchChromium, openPage, type ServedApp, serveApp } from '../kit/chromium.ts';
import { readWav } from '../kit/read-wav.ts';

let browser: Browser;
let served: ServedApp;
let page: Page;
let complaints: Complaints;

beforeAll(async () => {
  served = await serveApp();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
});

beforeEach(async () => {
  ({ page, complaints } = await openPage(browser, served.url));
  await page.waitForFunction(() => window.talea);
});

afterEach(async () => {
  await page.context().close();
});

const text = (): Promise<string> => page.evaluate(() => window.talea.text);

/** Puts a text into the editor, the cursor where `|` stands. */
async function write(marked: string): Promise<void> {
  await page.evaluate((content) => {
    window.talea.text = content.replace('|', '');
    window.talea.desk.editor.select(Math.max(0, content.indexOf('|')));
  }, marked);
}

async function play(marked: string): Promise<void> {
  await write(marked);
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => window.talea.state.playing.value);
}

/** The text that the runtime plays after the next takeover. */
const takenOver = (): Promise<string | null> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const end = window.talea.session.on('swapped', () => {
          end();
          resolve(window.talea.session.performedText);
        });
      }),
  );

test('the first visit plays on one click, without a complaint', async () => {
  await page.click('#play');
  await page.waitForFunction(() => (window.talea.state.status.value?.voices ?? 0) > 0);
  await page.waitForFunction(() => (window.talea.session.heardCycle() ?? 0) > 0.5);
  expect(await page.locator('.chip-name').allTextContents()).toEqual(['drums', 'bass', 'chords', 'lead']);
  await page.locator('.cm-sounding').first().waitFor();
  expect(await page.locator('.cm-mistake').count()).toBe(0);
  expect(complaints).toEqual({ errors: [], policy: [] });
});

test('mute and solo mark the text and the mixer, and evaluate nothing', async () => {
  await play('a: s("bd*8")\n\nb: s("hh*8")\n');
  const before = await page.evaluate(() => window.talea.session.performedText);
  await page.keyboard.press('Alt+1');
  expect(await text()).toBe('_a: s("bd*8")\n\nb: s("hh*8")\n');
  // What is muted does not light up; b does.
  await page.waitForTimeout(500);
  await page.locator('.cm-line', { hasText: 'b:' }).locator('.cm-sounding').first().waitFor();
  expect(await page.locator('.cm-line', { hasText: 'a:' }).locator('.cm-sounding').count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Shift+Digit2');
  expect(await text()).toBe('_a: s("bd*8")\n\nS_b: s("hh*8")\n');
  await page.keyboard.press('Shift+Alt+Digit2');
  await page.click('.chip:first-child button:has-text("M")');
  expect(await text()).toBe('a: s("bd*8")\n\nb: s("hh*8")\n');
  expect(await page.evaluate(() => window.talea.session.performedText)).toBe(before);
  await page.keyboard.press('Control+z');
  expect(await text()).toBe('_a: s("bd*8")\n\nb: s("hh*8")\n');
});

test('a block evaluation leaves the other blocks as they were performed, marks too', async () => {
  await play('a: s("bd*4")\n\nb: s("hh*4")\n');
  await write('a: s("bd*2")\n\nb: s("hh*|8")\n');
  await page.keyboard.press('Alt+1');
  const next = takenOver();
  await page.keyboard.press('Shift+Enter');
  expect(await next).toBe('_a: s("bd*4")\n\nb: s("hh*8")\n');
  expect(await text()).toBe('_a: s("bd*2")\n\nb: s("hh*8")\n');
});

test('the tempo field acts at once and rewrites the statement', async () => {
  await play('setcpm(120/4)\na: s("bd*4")');
  await page.fill('#tempo-bpm', '150');
  await page.press('#tempo-bpm', 'Enter');
  expect(await text()).toBe('setcpm(150/4)\na: s("bd*4")');
  await page.waitForFunction(() => window.talea.state.status.value?.cyclesPerSecond === 150 / 240);
  await page.press('#tempo-bpm', 'ArrowUp');
  expect(await text()).toBe('setcpm(151/4)\na: s("bd*4")');
});

test('Escape cancels what waits; the music goes on as it was', async () => {
  await play('setcpm(6)\na: s("bd*4")');
  await write('setcpm(6)\na: s("hh*4")');
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => typeof window.talea.state.pending.value?.cycle === 'number');
  expect(await page.locator('.pending').textContent()).toMatch(/in \d+ beats?/);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => window.talea.state.pending.value === null);
  expect(await page.evaluate(() => window.talea.session.performedText)).toBe('setcpm(6)\na: s("bd*4")');
});

test('an error stands below its line with a message, F8 goes there, an evaluation that is fine clears it', async () => {
  await play('a: s("bd*4")');
  await write('a: s("bd*4")\n\nb: s("bd [hh")\n');
  await page.keyboard.press('Control+Enter');
  await page.locator('.cm-mistake-error').waitFor();
  await page.keyboard.press('F8');
  const line = await page.evaluate(() => {
    const { view } = window.talea.desk.editor;
    return view.state.doc.lineAt(view.state.selection.main.head).number;
  });
  expect(line).toBe(3);
  expect(await page.locator('#messages').textContent()).toMatch(/Error.*line 3/);
  await write('a: s("bd*4")\n\nb: s("bd [hh]")\n');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => page.locator('.cm-mistake-error').count()).toBe(0);
});

test('a track that fails while playing says so on its strip, until it is mended', async () => {
  await play('a: s("bd*4")\n\nb: note("c2")\n');
  const failing = 'b: note("c2").withValue(() => { throw new Error("ouch") })';
  await write(`a: s("bd*4")\n\n${failing}\n`);
  await page.keyboard.press('Control+Shift+Enter');
  const strip = page.locator('.chip', { hasText: 'b' }).last();
  await expect.poll(() => strip.locator('.track-state').textContent()).toBe('✕ fell back');
  expect(await page.locator('#messages').textContent()).toMatch(/Error.*line 3.*Track b: .*ouch/);
  await write('a: s("bd*4")\n\nb: note("c2 g2")\n');
  await page.keyboard.press('Control+Shift+Enter');
  await expect.poll(() => strip.locator('.track-state').textContent()).toBe('');
});

test('hush and panic stop; play starts again at the first bar', async () => {
  await play('setcpm(60)\na: s("bd*4")');
  for (const key of ['Control+.', 'Control+Shift+.']) {
    await page.keyboard.press(key);
    await page.waitForFunction(() => !window.talea.state.playing.value);
    await page.waitForFunction(() => window.talea.session.heardCycle() === null);
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(() => window.talea.state.playing.value);
    await page.waitForFunction(() => window.talea.session.heardCycle() !== null);
    expect(await page.evaluate(() => window.talea.session.heardCycle())).toBeLessThan(1);
  }
});

test('text and settings come back after a reload, which does not play by itself', async () => {
  await write('a: s("bd*4") // mine');
  await page.evaluate(() => window.talea.desk.changeSettings(() => ({ theme: 'light', typeStep: 3 })));
  await page.reload();
  await page.waitForFunction(() => window.talea);
  expect(await text()).toBe('a: s("bd*4") // mine');
  expect(await page.getAttribute('html', 'data-theme')).toBe('light');
  expect(await page.evaluate(() => window.talea.state.playing.value)).toBe(false);
  await page.goto(`${served.url}?safe`);
  await page.waitForFunction(() => window.talea);
  expect(await text()).toBe('a: s("bd*4") // mine');
});

test('closing asks while it plays, and only then', async () => {
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.click('.cm-content');
  await page.reload();
  expect(asked).toEqual([]);
  await page.waitForFunction(() => window.talea);
  await page.click('.cm-content');
  await play('a: s("bd*4")');
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
});

test('a recording is a WAV file with sound in it', async () => {
  await play('a: s("bd*8")');
  await page.click('#record');
  await page.waitForTimeout(1000);
  const download = page.waitForEvent('download');
  await page.click('#record');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^talea-[\d-]+\.wav$/);
  const wav = readWav(await readFile(await file.path()));
  expect(wav.left.length).toBeGreaterThan(wav.sampleRate / 2);
  expect(wav.left.some((sample) => Math.abs(sample) > 0.05)).toBe(true);
});

test('the palette runs commands; zen hides the rest and leads back', async () => {
  await page.keyboard.press('F1');
  await page.keyboard.type('only the code');
  await page.keyboard.press('Enter');
  expect(await page.locator('#bar').isVisible()).toBe(false);
  await page.click('#leave-view');
  expect(await page.locator('#bar').isVisible()).toBe(true);
  await page.keyboard.press('Control+Shift+H');
  expect(await page.locator('.cm-editor').isVisible()).toBe(false);
  await page.keyboard.press('Control+Shift+H');
  expect(await page.locator('.cm-editor').isVisible()).toBe(true);
});

test('completion and hover know the library', async () => {
  await write('a: s("bd").fas|');
  await page.evaluate(() => window.talea.desk.editor.loadExtras());
  await page.keyboard.type('t');
  await page.locator('.cm-tooltip-autocomplete').waitFor();
  expect(await page.locator('.cm-completionLabel').first().textContent()).toBe('fast');
  // The list takes no key in the moment in which it opens, lest it take one that was meant for the text.
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  expect(await text()).toBe('a: s("bd").fast');
  await page.locator('.cm-line span', { hasText: 'fast' }).last().hover();
  await page.locator('.reference-signature').waitFor();
  expect(await page.locator('.reference-signature').textContent()).toContain('fast');
});

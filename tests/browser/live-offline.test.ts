/**
 * Live is offline, to the bit: the same event stream through the built processor under an OfflineAudioContext in
 * Chromium and through the engine in Node gives the same samples.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BLOCK_FRAMES, Engine } from '../../worklets/wire.ts';
import { scoreBatches } from '../kit/batches.ts';
import { launchChromium, openPage, type ServedApp, serveApp } from '../kit/chromium.ts';
import { rms } from '../kit/onsets.ts';

const SECONDS = 6;
const CYCLES = 8;
const assets = fileURLToPath(new URL('../../dist/app/assets', import.meta.url));

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

/** Name of a built asset by its beginning and its ending. */
function asset(beginning: string, ending: string): string {
  const found = readdirSync(assets).filter((name) => name.startsWith(beginning) && name.endsWith(ending));
  expect(found, `built assets ${beginning}*${ending}`).toHaveLength(1);
  return found[0]!;
}

/** The stream is pushed after the first block, as the browser can deliver it then at the earliest. */
function renderInNode(sampleRate: number): { left: Float32Array; right: Float32Array } {
  const module = new WebAssembly.Module(
    readFileSync(fileURLToPath(new URL('../../dist/engine.wasm', import.meta.url))),
  );
  const engine = new Engine(module, { sampleRate, polyphony: 256 });
  const frames = SECONDS * sampleRate;
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  for (let frame = 0; frame + BLOCK_FRAMES <= frames; frame += BLOCK_FRAMES) {
    if (frame === BLOCK_FRAMES) for (const batch of scoreBatches(CYCLES)) engine.push(batch);
    engine.render();
    left.set(engine.left, frame);
    right.set(engine.right, frame);
  }
  return { left, right };
}

for (const sampleRate of [48_000, 44_100]) {
  test(`the same stream sounds the same in Chromium and in Node, at ${sampleRate} Hz`, async () => {
    const { page } = await openPage(browser, `${served.url}?safe`);
    const channels = await page.evaluate(
      async ([processorUrl, engineUrl, batches, rate, seconds]) => {
        const context = new OfflineAudioContext(2, seconds * rate, rate);
        await context.audioWorklet.addModule(processorUrl);
        const module = await WebAssembly.compileStreaming(fetch(engineUrl));
        const node = new AudioWorkletNode(context, 'talea', {
          numberOfInputs: 0,
          outputChannelCount: [2],
          processorOptions: { module, polyphony: 256 },
        });
        node.connect(context.destination);
        const { port1, port2 } = new MessageChannel();
        node.port.postMessage({ type: 'connect', role: 'pattern', port: port2 }, [port2]);
        // The rendering waits after the first block until the processor has taken every batch.
        void context.suspend(128 / rate).then(async () => {
          let waiting = batches.length;
          const taken = new Promise<void>((resolve) => {
            port1.onmessage = (event) => {
              if (event.data.type === 'returned' && --waiting === 0) resolve();
            };
          });
          for (const batch of batches) {
            const buffer = Uint8Array.from(batch).buffer;
            port1.postMessage({ type: 'batch', buffer }, [buffer]);
          }
          await taken;
          void context.resume();
        });
        const rendered = await context.startRendering();
        const bits = (channel: number) =>
          Array.from(new Uint32Array(rendered.getChannelData(channel).slice().buffer));
        return { left: bits(0), right: bits(1) };
      },
      [
        `/assets/${asset('processor', '.js')}`,
        `/assets/${asset('engine', '.wasm')}`,
        scoreBatches(CYCLES).map((batch) => Array.from(new Uint8Array(batch))),
        sampleRate,
        SECONDS,
      ] as const,
    );
    const node = renderInNode(sampleRate);
    const frames = SECONDS * sampleRate - ((SECONDS * sampleRate) % BLOCK_FRAMES);
    for (const side of ['left', 'right'] as const) {
      const there = new Float32Array(Uint32Array.from(channels[side]).buffer);
      let different = 0;
      for (let frame = 0; frame < frames; frame++)
        if (!Object.is(there[frame], node[side][frame])) different++;
      expect(different, `samples that differ on the ${side}`).toBe(0);
      expect(rms(there), 'it sounds').toBeGreaterThan(0.01);
    }
    await page.context().close();
  });
}

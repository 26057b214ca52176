/**
 * A stage for browser tests: the production page playing a steady grid of hats, its output captured, and the one
 * question asked of every mishap: did the grid go on? Knows the page only through `window.talea`.
 */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { EvaluationOutcome } from '../../runtime/session-surface.ts';
import { findOnsets, gaps } from './onsets.ts';

/** Hats at 1 cycle a second: one onset each 125 ms, all equal. */
export const GRID = 'setcps(1)\ngrid: s("hh*8").decay(.03).gain(1)\n';
export const GRID_SECONDS = 0.125;

export interface Capture {
  readonly sampleRate: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** What the engine counted during the capture: late, dropped, repeated and the like. */
  readonly counted: Readonly<Record<string, number>>;
}

/** Evaluates a text through the session as Mod-Enter does. */
export async function evaluate(
  page: Page,
  text: string,
  when: 'now' | 'cycle' = 'cycle',
): Promise<EvaluationOutcome> {
  return page.evaluate(
    ([code, boundary]) =>
      (window as any).talea.session.evaluate(code, boundary === 'now' ? 'now' : { cycles: 1 }),
    [text, when] as const,
  );
}

/** Starts the audio and the grid and waits until it sounds. */
export async function startGrid(page: Page, more = ''): Promise<void> {
  await page.evaluate(() => (window as any).talea.session.resumeAudio());
  const outcome = await evaluate(page, GRID + more);
  expect(outcome.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  expect(outcome.ok).toBe(true);
  await page.waitForFunction(() => (window as any).talea.session.heardCycle() > 1, undefined, {
    timeout: 20_000,
  });
}

/** Records the master while `during` runs, then `after` seconds more. */
export async function capture(
  page: Page,
  during: () => Promise<unknown>,
  afterSeconds = 2,
): Promise<Capture> {
  await page.evaluate(() => {
    const { session } = (window as any).talea;
    session.on('status', (status: any) => {
      (window as any).counters = status.counters;
    });
    (window as any).recording = session.record();
  });
  await page.waitForFunction(() => (window as any).counters);
  const before: Record<string, number> = await page.evaluate(() => (window as any).counters);
  await during();
  await page.waitForTimeout(afterSeconds * 1000);
  const result = await page.evaluate(async () => {
    const { sampleRate, left, right } = await (window as any).recording.stop();
    const pack = (channel: Float32Array) => {
      const bytes = new Uint8Array(channel.buffer, channel.byteOffset, channel.byteLength);
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768)
        text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      return btoa(text);
    };
    return { sampleRate, left: pack(left), right: pack(right), counters: (window as any).counters };
  });
  const unpack = (text: string): Float32Array => {
    const bytes = Buffer.from(text, 'base64');
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  };
  const counted: Record<string, number> = {};
  for (const name of Object.keys(before)) counted[name] = result.counters[name] - before[name]!;
  return { sampleRate: result.sampleRate, left: unpack(result.left), right: unpack(result.right), counted };
}

/** Onsets of the grid in seconds from the start of the capture; a step that sounds already is not an onset. */
export function gridOnsetSeconds(heard: Capture, threshold = 0.04): number[] {
  return findOnsets(heard.left, threshold, heard.sampleRate * 0.05)
    .map((frame) => frame / heard.sampleRate)
    .filter((seconds) => seconds > GRID_SECONDS / 2);
}

/** The music went on: every step of the grid is there, none doubled, each within `toleranceSeconds`. */
export function expectGrid(heard: Capture, toleranceSeconds = 0.003): void {
  const onsets = gridOnsetSeconds(heard);
  const expected = heard.left.length / heard.sampleRate / GRID_SECONDS;
  const told = `${onsets.map((s) => s.toFixed(3)).join(' ')}; counted ${JSON.stringify(heard.counted)}`;
  expect(onsets.length, `onsets at ${told}`).toBeGreaterThanOrEqual(Math.floor(expected) - 1);
  for (const gap of gaps(onsets)) {
    expect(Math.abs(gap - GRID_SECONDS), `a gap of ${gap.toFixed(4)} s in ${told}`).toBeLessThan(
      toleranceSeconds,
    );
  }
}

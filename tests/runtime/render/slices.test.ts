/** The lengths of renders: what is kept, what is faded, which silence is left out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Plan, Slices } from '../../../runtime/render/slices.ts';
import { BLOCK_FRAMES } from '../../../worklets/wire.ts';

const NO_FADE = { fadeFrame: Number.POSITIVE_INFINITY, fadeFrames: 0 };

/** Runs `signal` (value by frame) through slices, block by block as a render does. */
async function cut(plan: Plan, signal: (frame: number) => number): Promise<Float32Array> {
  const heard: number[] = [];
  const slices = new Slices(plan, (left, right) => {
    expect(right.map((sample) => -sample)).toEqual(left);
    for (const sample of left) heard.push(sample);
  });
  for (let frame = 0; frame < plan.lastFrame; frame += BLOCK_FRAMES) {
    const left = Float32Array.from({ length: BLOCK_FRAMES }, (_, i) => signal(frame + i));
    slices.addBlock(
      frame,
      left,
      left.map((sample) => -sample),
    );
    if (slices.isFull) await slices.handOn();
  }
  await slices.handOn();
  expect(slices.frames).toBe(heard.length);
  return Float32Array.from(heard);
}

describe('slices', () => {
  test('what comes before frame 0 is left out, to the frame', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 2000 }),
        async (late, length) => {
          const heard: number[] = [];
          const plan = { keptFrames: length, lastFrame: length, ...NO_FADE };
          const slices = new Slices(plan, (left) => void heard.push(...left));
          for (let frame = -late; frame < length; frame += BLOCK_FRAMES) {
            const block = Float32Array.from({ length: BLOCK_FRAMES }, (_, i) => frame + i + 0.5);
            slices.addBlock(frame, block, block);
          }
          await slices.handOn();
          expect(heard).toEqual(Array.from({ length }, (_, frame) => frame + 0.5));
        },
      ),
    );
  });

  test('without a tail, any length comes out to the frame and unchanged', async () => {
    const frames = fc.integer({ min: 1, max: 30_000 });
    await fc.assert(
      fc.asyncProperty(frames, fc.integer({ min: 1, max: 100_000 }), async (length, silentUntil) => {
        const signal = (frame: number) => (frame < silentUntil ? 0 : Math.fround(Math.sin(frame)));
        const heard = await cut({ keptFrames: length, lastFrame: length, ...NO_FADE }, signal);
        expect(
          Buffer.from(heard.buffer).equals(
            Buffer.from(Float32Array.from({ length }, (_, i) => signal(i)).buffer),
          ),
        ).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('the tail ends with the block of its last sound; silence between sounds stays', async () => {
    const plan = { keptFrames: 1_000, lastFrame: 60_000, ...NO_FADE };
    const heard = await cut(plan, (frame) => (frame === 500 || frame === 40_000 ? 0.5 : 0.00009));
    expect(heard.length).toBe((Math.floor(40_000 / BLOCK_FRAMES) + 1) * BLOCK_FRAMES);
    expect(heard[40_000]).toBe(0.5);
  });

  test('what is kept is kept, however silent', async () => {
    expect((await cut({ keptFrames: 10_001, lastFrame: 40_000, ...NO_FADE }, () => 0)).length).toBe(10_001);
  });

  test('a tail that never ends is faded out to its last frame', async () => {
    const heard = await cut(
      { keptFrames: 100, lastFrame: 5_000, fadeFrame: 4_000, fadeFrames: 1_000 },
      () => 1,
    );
    expect(heard.length).toBe(5_000);
    expect(heard[4_000]).toBe(1);
    expect(heard[4_500]).toBeCloseTo(0.5, 6);
    expect(heard[4_999]).toBeCloseTo(0.001, 6);
  });
});

/** When a cycle is heard: the line between the clocks, believed only where it makes sense, and the mapping of rows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AudioLine, type ClockSample, offsetOf } from '../../../runtime/clock/audio-line.ts';
import { HeardTime } from '../../../runtime/clock/heard-time.ts';
import { startTimeline, withTempo } from '../../../runtime/schedule/timeline.ts';
import { COUNTERS, type Counters, type Status, type TimelineSegment } from '../../../worklets/wire.ts';

const RATE = 48_000;
const clocks = (more: Partial<ClockSample> = {}): ClockSample => ({
  nowSeconds: 100,
  contextSeconds: 10,
  outputLatencySeconds: 0.04,
  baseLatencySeconds: 0.01,
  stamp: { contextTime: 9.97, performanceTime: 100_000 },
  ...more,
});

function status(cycle: number | null, segments?: readonly TimelineSegment[]): Status {
  return {
    type: 'status',
    frame: 0,
    sampleRate: RATE,
    cycle,
    cyclesPerSecond: 0.5,
    playing: cycle !== null,
    repeating: false,
    voices: 0,
    load: null,
    counters: Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Counters,
    peak: [0, 0],
    rms: [0, 0],
    reductionDb: 0,
    strips: new Float32Array(64),
    ...(segments ? { segments } : {}),
  };
}

describe('audio line', () => {
  test.each([
    ['a sound stamp', {}, 90.03],
    ['no stamp: output latency', { stamp: null }, 90.04],
    ['zeros before the first sound', { stamp: { contextTime: 0, performanceTime: 0 } }, 90.04],
    ['a stamp of long ago', { stamp: { contextTime: 5, performanceTime: 95_000 } }, 90.04],
    ['a stamp of the future', { stamp: { contextTime: 15, performanceTime: 105_000 } }, 90.04],
    ['a stamp that says minutes of latency', { stamp: { contextTime: 1, performanceTime: 100_000 } }, 90.04],
    ['a stamp that is no number', { stamp: { contextTime: Number.NaN, performanceTime: 100_000 } }, 90.04],
    ['no output latency', { stamp: null, outputLatencySeconds: undefined }, 90.01],
    ['nothing', { stamp: null, outputLatencySeconds: undefined, baseLatencySeconds: undefined }, 90],
    ['absurd latency', { stamp: null, outputLatencySeconds: 50 }, 90.01],
  ])('%s', (_, more, offset) => {
    expect(offsetOf(clocks(more))).toBeCloseTo(offset, 9);
  });

  test('small changes are smoothed, jumps are followed, both directions are inverse', () => {
    const line = new AudioLine();
    expect(line.heardAtSeconds(1)).toBeNull();
    line.read(clocks());
    line.read(clocks({ stamp: { contextTime: 9.96, performanceTime: 100_000 } }));
    expect(line.heardAtSeconds(10)).toBeCloseTo(100.031, 9);
    line.read(clocks({ stamp: { contextTime: 9.8, performanceTime: 100_000 } }));
    expect(line.heardAtSeconds(10)).toBeCloseTo(100.2, 9);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (seconds) => {
        expect(line.contextAtSeconds(line.heardAtSeconds(seconds)!)).toBeCloseTo(seconds, 8);
      }),
    );
    line.reset();
    expect(line.contextAtSeconds(1)).toBeNull();
  });
});

describe('heard time', () => {
  const segments = withTempo(startTimeline(RATE * 10, 0, 0.5, RATE), 2, 1, 0, RATE);

  test('cycle -> seconds by timeline and line; back is the inverse', () => {
    const heard = new HeardTime();
    heard.onStatus(status(0, segments), clocks());
    expect(heard.heardAtSeconds(0)).toBeCloseTo(100.03, 9);
    expect(heard.heardAtSeconds(2)).toBeCloseTo(104.03, 9);
    expect(heard.heardAtSeconds(3)).toBeCloseTo(105.03, 9);
    for (const cycle of [0, 0.3, 1.99, 2, 2.01, 40])
      expect(heard.heardCycle(heard.heardAtSeconds(cycle)!)).toBeCloseTo(cycle, 9);
    heard.onStatus(status(null), clocks());
    expect(heard.heardAtSeconds(1)).toBeNull();
    expect(heard.heardCycle(101)).toBeNull();
  });

  test('rows become one sounding a place; those that came before the timeline wait for it', () => {
    const heard = new HeardTime();
    const rows = new Float64Array([0, 0.5, 3, 2, 5, 7, 9, 11, 2, 3, 1, 1, 0, 4]);
    expect(heard.soundings(4, rows)).toEqual([]);
    heard.onStatus(status(0, segments), clocks());
    const soundings = heard.due();
    expect(soundings.map(({ evalId, strip, from, to }) => [evalId, strip, from, to])).toEqual([
      [4, 3, 5, 7],
      [4, 3, 9, 11],
      [4, 1, 0, 4],
    ]);
    expect(soundings[0]!.beginSeconds).toBeCloseTo(100.03, 9);
    expect(soundings[0]!.endSeconds).toBeCloseTo(101.03, 9);
    expect(soundings[2]!.endSeconds).toBeCloseTo(105.03, 9);
    expect(heard.due()).toEqual([]);
  });

  test('broken rows end the reading, they do not throw', () => {
    const heard = new HeardTime();
    heard.onStatus(status(0, segments), clocks());
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 40 }), (rows) => {
        for (const { from } of heard.soundings(1, rows)) expect(typeof from).toBe('number');
      }),
    );
    expect(heard.soundings(1, new Float64Array([0, 1, 1, 2, 5, 6]))).toEqual([]);
    expect(heard.soundings(1, new Float64Array([0, 1, 1, -1, 5, 6]))).toEqual([]);
  });
});

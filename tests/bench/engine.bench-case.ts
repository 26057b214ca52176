/**
 * What the sound engine costs, in Node: shares of one core at 48 kHz, single blocks, voices per core. The standard voice is a
 * saw through a swept 12 dB low-pass, an ADSR and pan.
 */
import { BLOCK_FRAMES } from '../../worklets/wire.ts';
import { addNote, makeEngine, type Played, play, RATE, send } from '../worklets/engine-rig.ts';

export const name = 'Sound engine';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
}

const BLOCK_MS = (BLOCK_FRAMES * 1000) / RATE;
const WARM_BLOCKS = 400;
const BLOCKS = 3000;

const standard = (i: number, more: Partial<Played> = {}): Played => ({
  cycle: i * 1e-5,
  length: 1000,
  s: 'sawtooth',
  freq: 55 * 1.03 ** (i % 90),
  cutoff: 600 + 10 * i,
  lpenv: 3,
  lpattack: 60,
  pan: (i % 16) / 15,
  gain: 0.05,
  sustain: 1,
  ...more,
});

/** Milliseconds of each block, after warming up. */
function timeBlocks(notes: readonly Played[], polyphony: number): Float64Array {
  const engine = makeEngine(polyphony);
  play(engine, notes);
  for (let i = 0; i < WARM_BLOCKS; i++) engine.render();
  const times = new Float64Array(BLOCKS);
  for (let i = 0; i < BLOCKS; i++) {
    const began = performance.now();
    engine.render();
    times[i] = performance.now() - began;
  }
  return times.sort();
}

/** The median: other work on the machine shows in the tail only. */
const median = (times: Float64Array): number => times[times.length >> 1]!;
const at = (times: Float64Array, share: number): number => times[Math.floor(times.length * share)]!;
const percent = (ms: number): number => (100 * ms) / BLOCK_MS;

export async function run(): Promise<Row[]> {
  const began = performance.now();
  makeEngine(1024);
  const initMs = performance.now() - began;
  const idle = median(timeBlocks([], 64));
  const voices = (count: number, more?: Partial<Played>) =>
    timeBlocks(
      Array.from({ length: count }, (_, i) => standard(i, more)),
      Math.max(64, count),
    );
  const sixtyFour = voices(64);
  const withRoom = timeBlocks(
    Array.from({ length: 64 }, (_, i) => standard(i, i === 0 ? { room: 0.2 } : {})),
    64,
  );
  const thousand = voices(1024);
  const perVoice = (median(thousand) - idle) / 1024;
  const still = voices(1024, { lpenv: 0, lpattack: 0 });
  const plainRoom = timeBlocks([{ cycle: 0, length: 1000, s: 'sine', room: 0.5, gain: 0.1 }], 64);
  const plainDelay = timeBlocks([{ cycle: 0, length: 1000, s: 'sine', delay: 0.5, gain: 0.1 }], 64);
  const plain = timeBlocks([{ cycle: 0, length: 1000, s: 'sine', gain: 0.1 }], 64);
  return [
    {
      name: '64 voices with filter, one reverb, limiter',
      value: percent(median(withRoom)),
      unit: '% of a core',
      goal: '<= 10',
    },
    {
      name: 'the same, 99.9th percentile of blocks',
      value: percent(at(withRoom, 0.999)),
      unit: '% of a block',
      goal: '<= 50',
    },
    { name: '64 voices with filter', value: percent(median(sixtyFour)), unit: '% of a core' },
    {
      name: 'standard voices on one core',
      value: (BLOCK_MS - idle) / perVoice,
      unit: 'voices',
      goal: '>= 2000',
    },
    {
      name: 'the same, filter at rest',
      value: (BLOCK_MS - idle) / ((median(still) - idle) / 1024),
      unit: 'voices',
    },
    { name: '1,024 standard voices', value: percent(median(thousand)), unit: '% of a core', goal: '<= 50' },
    { name: 'nothing but the limiter', value: percent(idle), unit: '% of a core' },
    {
      name: 'one reverb',
      value: percent(median(plainRoom) - median(plain)),
      unit: '% of a core',
      goal: '<= 0.5',
    },
    { name: 'one delay', value: percent(median(plainDelay) - median(plain)), unit: '% of a core' },
    { name: '128,000 events a second', value: percent(eventsMs()), unit: '% of a core', goal: '<= 20' },
    { name: 'making an engine of 1,024 voices', value: initMs, unit: 'ms' },
  ];
}

/** Milliseconds per block of taking in, sorting and starting 128,000 short notes a second at a polyphony of 256. */
function eventsMs(): number {
  const engine = makeEngine(256);
  send(engine, 1, (writer) => writer.addStart(0, 1));
  const perBlock = Math.round((128_000 * BLOCK_FRAMES) / RATE);
  let total = 0;
  for (let block = 0; block < 600; block++) {
    const begin = performance.now();
    send(engine, 1, (writer) => {
      for (let i = 0; i < perBlock; i++) {
        const cycle = ((block + 4) * BLOCK_FRAMES + (i * BLOCK_FRAMES) / perBlock) / RATE;
        addNote(writer, { cycle, length: 1e-6, s: 'sine', freq: 400, release: 0.001, attack: 0 });
      }
    });
    engine.render();
    if (block >= 100) total += performance.now() - begin;
  }
  return total / 500;
}

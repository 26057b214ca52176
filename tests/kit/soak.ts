/**
 * A soak: the production page plays a grid of hats while texts of all kinds are evaluated at random moments, good and
 * bad, now and at boundaries, called off and overtaken; then the captured grid is read for holes and doubles. Every
 * text carries the same grid; what else it plays is silent. It asserts nothing.
 */
import type { Page } from 'playwright-core';
import { findOnsets } from './onsets.ts';

export interface SoakOptions {
  readonly evaluations: number;
  readonly seed: number;
  /** Told after each piece of the recording. */
  readonly tell?: (line: string) => void;
}

export interface SoakResult {
  evaluations: number;
  accepted: number;
  steps: number;
  /** Steps of the grid that are missing, with what was evaluated around them. */
  readonly holes: string[];
  /** Steps that sound twice, or where none is due. */
  readonly doubles: string[];
  /** Evaluations that nobody answered. */
  readonly unanswered: string[];
  /** What the engine counted meanwhile. */
  readonly counted: Record<string, number>;
}

/** One thing that is done; `then` follows at once. */
interface Act {
  readonly kind: string;
  readonly text: string;
  readonly boundary: 'now' | { readonly cycles: number };
  readonly then?: 'cancel' | 'again' | 'block';
  readonly pauseMs: number;
}

const TEMPI = [1, 1.25] as const;
/** Bounds of the time between two steps: the slowest and the fastest tempo, and a little. */
const STEP_SECONDS = { least: 1 / (8 * 1.25) - 0.006, most: 1 / 8 + 0.006 } as const;
const ACTS_PER_PIECE = 20;
/** Energy of a step against the median one, above which it sounds twice. */
const DOUBLE = 2.2;

const grid = (cps: number): string => `setcps(${cps})\ngrid: s("hh*8").decay(.03).gain(1)\n`;

/** What is evaluated beside the grid: `n` makes each text new. */
const TEXTS: Readonly<Record<string, (n: number) => string>> = {
  'a small change': (n) => `b: s("bd*${1 + (n % 8)}").gain(0)`,
  'many tracks': (n) =>
    Array.from(
      { length: 24 },
      (_, i) => `t${i}: note("c${2 + (i % 4)} [e3 g3]*${1 + (n % 3)}").s("sine").gain(0)`,
    ).join('\n'),
  'functions on functions': (n) =>
    `b: note("c e4 <g b> [a f]@2").every(${2 + (n % 3)}, x => x.fast(2)).off(1/8, x => x.add(note(7))).jux(rev).gain(0)`,
  'a muted label': (n) => `_b: s("bd*${1 + (n % 8)}").gain(0)\nc: s("sd").gain(0)`,
  'a syntax error': (n) => `b: s("bd*${n}"`,
  'an error while evaluating': (n) => `b: s("bd*${n}").nosuch(2)`,
  'an error of notation': (n) => `b: s("bd*${n} [hh")`,
  'an endless loop': (n) => `while (true) { ${n} }`,
  'an endless loop within': () => 'const never = /(a+)+$/.test("a".repeat(60) + "b")',
  'a track that throws': (n) =>
    `b: s("bd*${1 + (n % 8)}").gain(0).withValue(v => { throw new Error("${n}") })`,
  'a track that throws later': (n) =>
    `let n = 0\nb: s("bd*16").gain(0).withValue(v => { if (++n > ${n % 40}) throw new Error("late"); return v })`,
  'a flood of events': () => 'b: s("sd*1000000").gain(0)',
  'a lot of work': (n) => `let x = 0\nfor (let i = 0; i < ${1e6 + n}; i++) x += i\nb: s("bd").gain(0)`,
};

/** Numbers in [0, 1) by a seed (mulberry32). */
function randomBy(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function nextAct(random: () => number, n: number): Act {
  const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const kind = one(Object.keys(TEXTS));
  // The tempo changes now and then.
  const cps = n % 12 < 8 ? TEMPI[0] : TEMPI[1];
  const boundary = one(['now', 'now', { cycles: 1 }, { cycles: 0.25 }] as const);
  const then = one([undefined, undefined, undefined, undefined, 'cancel', 'again', 'block'] as const);
  const pauseMs = Math.floor(random() ** 2 * 900);
  return { kind, text: grid(cps) + TEXTS[kind]!(n), boundary, pauseMs, ...(then ? { then } : {}) };
}

/** Runs it on a page whose session is prepared. */
export async function soak(page: Page, { evaluations, seed, tell }: SoakOptions): Promise<SoakResult> {
  const random = randomBy(seed);
  const result: SoakResult = {
    evaluations: 0,
    accepted: 0,
    steps: 0,
    holes: [],
    doubles: [],
    unanswered: [],
    counted: {},
  };
  await page.evaluate(async (text) => {
    const { session } = (window as any).talea;
    session.on('status', (status: any) => {
      (window as any).counters = status.counters;
    });
    await session.resumeAudio();
    await session.evaluate(text, 'now');
  }, grid(1));
  await page.waitForFunction(() => (window as any).talea.session.heardCycle() > 1);
  const before: Record<string, number> = await page.evaluate(() => (window as any).counters);
  while (result.evaluations < evaluations) {
    const count = Math.min(ACTS_PER_PIECE, evaluations - result.evaluations);
    const acts = Array.from({ length: count }, (_, i) => nextAct(random, result.evaluations + i));
    const piece = await page.evaluate(playPiece, acts);
    result.evaluations += count;
    result.accepted += piece.accepted;
    result.unanswered.push(...piece.unanswered.map((what) => `${what} [${JSON.stringify(piece.done)}]`));
    readPiece(piece, result);
    const { holes, doubles } = result;
    tell?.(
      `${result.evaluations} evaluations, ${result.steps} steps, ${holes.length} holes, ${doubles.length} doubles`,
    );
  }
  await page.waitForTimeout(300);
  const after: Record<string, number> = await page.evaluate(() => (window as any).counters);
  for (const name of Object.keys(before)) result.counted[name] = after[name]! - before[name]!;
  return result;
}

interface Piece {
  readonly sampleRate: number;
  readonly left: string;
  readonly accepted: number;
  readonly unanswered: readonly string[];
  /** What was done and when, in seconds of the recording, about. */
  readonly done: readonly (readonly [seconds: number, what: string])[];
}

/** Runs in the page: does what the acts say and captures the sound meanwhile. */
async function playPiece(acts: readonly Act[]): Promise<Piece> {
  const { session } = (window as any).talea;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const recording = session.record();
  const began = performance.now();
  const done: [number, string][] = [];
  const answers: Promise<{ ok: boolean }>[] = [];
  const unanswered: string[] = [];
  const evaluate = (text: string, boundary: Act['boundary'], kind: string): Promise<{ ok: boolean }> => {
    let open = true;
    const answered = session.evaluate(text, boundary).finally(() => {
      open = false;
    });
    const tooLate = pause(12_000).then(() => {
      if (open) unanswered.push(`${kind}, begun ${((performance.now() - began) / 1000 - 12).toFixed(2)} s`);
      return { ok: false };
    });
    const answer = Promise.race([answered, tooLate]) as Promise<{ ok: boolean }>;
    answers.push(answer);
    return answer;
  };
  const seconds = () => (performance.now() - began) / 1000;
  for (const off of ['swapped', 'workerEnded'])
    (window as any).offs = [
      ...((window as any).offs ?? []),
      session.on(off, (event: any) => done.push([seconds(), `${off} ${JSON.stringify(event)}`])),
    ];
  for (const { kind, text, boundary, then, pauseMs } of acts) {
    done.push([seconds(), `${kind}, ${JSON.stringify(boundary)}${then ? `, then ${then}` : ''}`]);
    const answer = evaluate(text, boundary, kind);
    if (then === 'again') void evaluate(`${text}\n// again`, boundary, kind);
    else if (then === 'cancel') {
      await pause(pauseMs / 4);
      session.cancelPending();
    } else if (then === 'block') {
      const end = performance.now() + 400;
      while (performance.now() < end);
    } else await answer;
    await pause(pauseMs);
  }
  await pause(300);
  const outcomes = await Promise.all(answers);
  const { sampleRate, left } = await recording.stop();
  for (const off of (window as any).offs) off();
  (window as any).offs = [];
  const bytes = new Uint8Array(left.buffer, left.byteOffset, left.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return { sampleRate, left: btoa(text), accepted: outcomes.filter(({ ok }) => ok).length, done, unanswered };
}

/** Adds what one piece of the recording holds to the result. */
function readPiece({ sampleRate, left, done }: Piece, result: SoakResult): void {
  const bytes = Buffer.from(left, 'base64');
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const around = ({ seconds, what }: Flaw): string => {
    const near = done.filter(([at]) => at > seconds - 1.2 && at < seconds + 0.8);
    return `${what} at ${seconds.toFixed(3)} s [${near.map(([at, act]) => `${at.toFixed(2)} ${act}`).join('; ')}]`;
  };
  const { steps, holes, doubles } = listenToGrid(samples, sampleRate);
  result.steps += steps;
  result.holes.push(...holes.map(around));
  result.doubles.push(...doubles.map(around));
}

interface Flaw {
  readonly seconds: number;
  readonly what: string;
}

/** Holes and doubles of a grid of hats at any of the tempi; the first step and the last one do not count. */
export function listenToGrid(
  samples: Float32Array,
  sampleRate: number,
): { readonly steps: number; readonly holes: readonly Flaw[]; readonly doubles: readonly Flaw[] } {
  const window = Math.round(0.04 * sampleRate);
  const whole = findOnsets(samples, 0.04, sampleRate * 0.05).slice(1, -1);
  const energies = whole.map((from) =>
    samples.subarray(from, from + window).reduce((sum, x) => sum + x * x, 0),
  );
  const median = energies.toSorted((a, b) => a - b)[energies.length >> 1] ?? 0;
  const holes: Flaw[] = [];
  const doubles: Flaw[] = [];
  for (const [i, onset] of whole.entries()) {
    const seconds = onset / sampleRate;
    const gap = i === 0 ? STEP_SECONDS.most : seconds - whole[i - 1]! / sampleRate;
    if (gap > STEP_SECONDS.most) holes.push({ seconds, what: `a gap of ${gap.toFixed(4)} s` });
    else if (gap < STEP_SECONDS.least) doubles.push({ seconds, what: `a gap of ${gap.toFixed(4)} s` });
    const level = energies[i]! / median;
    if (level > DOUBLE) doubles.push({ seconds, what: `${level.toFixed(2)} of the median energy` });
  }
  return { steps: whole.length, holes, doubles };
}

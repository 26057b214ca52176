/**
 * The waveforms and noises that are continuous in time, as patterns. Their numbers come from exact time by + - * /
 * and our own sine, so that they agree on every host.
 */
import { chance, drawAt } from './chance.ts';
import { fastcat, signal } from './combine.ts';
import type { Pattern } from './pattern.ts';
import type { Controls } from './query-state.ts';
import { ONE, type Rational } from './rational.ts';
import { early } from './time.ts';
import { sin } from './transcendental.ts';

const toBipolar = (x: number): number => x * 2 - 1;
const toUnipolar = (x: number): number => (x + 1) / 2;
const bipolar = (wave: Pattern<number>): Pattern<number> => wave.withValue(toBipolar);

export const time: Pattern<number> = signal((at) => at.toNumber());

/** Position within the cycle; before time 0 it is that of the mirrored time, below 0. */
const position = (at: Rational): number =>
  at.sign() < 0 ? -at.neg().cyclePos().toNumber() : at.cyclePos().toNumber();

export const saw: Pattern<number> = signal(position);
export const saw2 = bipolar(saw);
export const isaw: Pattern<number> = signal((at) => 1 - position(at));
export const isaw2 = bipolar(isaw);

export const sine2: Pattern<number> = signal((at) => sin(Math.PI * 2 * at.toNumber()));
export const sine: Pattern<number> = sine2.withValue(toUnipolar);
export const cosine: Pattern<number> = early(0.25, sine);
export const cosine2: Pattern<number> = early(0.25, sine2);

export const square: Pattern<number> = signal((at) => Math.floor((at.toNumber() * 2) % 2));
export const square2 = bipolar(square);

export const tri: Pattern<number> = fastcat(saw, isaw);
export const tri2: Pattern<number> = fastcat(saw2, isaw2);
export const itri: Pattern<number> = fastcat(isaw, saw);
export const itri2: Pattern<number> = fastcat(isaw2, saw2);

export const rand: Pattern<number> = chance();
export const rand2 = bipolar(rand);

/** Goes smoothly from 0 to 1. */
const smooth = (x: number): number => 6 * x ** 5 - 15 * x ** 4 + 10 * x ** 3;

/** Chance at whole cycles, and how far between them a time lies. */
function between(at: Rational, controls: Controls): readonly [number, number, number] {
  const cycle = at.floor();
  return [drawAt(cycle, controls), drawAt(cycle.add(ONE), controls), at.sub(cycle).toNumber()];
}

export const perlin: Pattern<number> = signal((at, controls) => {
  const [from, to, share] = between(at, controls);
  return from + smooth(share) * (to - from);
});

/** Ramps that begin and end anew each cycle. */
export const berlin: Pattern<number> = signal((at, controls) => {
  const [from, next, share] = between(at, controls);
  const ridge = from + share * (from + next - from);
  return ridge / 2;
});

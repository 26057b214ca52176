/**
 * Vowels: five band-passes side by side, at the formants of a sung vowel, as wide in Hz as those are. The five that are sung
 * most (a e i o u) are those of a countertenor. The number of a vowel is its place in wire/words.ts.
 * Source: Csound manual, table of formant values.
 */
import { P_VOWEL } from '../ids';
import { sampleRate } from '../block';
import { gainOfDb, tanPi } from '../math/approx';
import { Group } from '../voices/group';
import { setLane } from '../voices/lanes';
import { given, param } from '../voices/params';
import { quiet } from './svf';

const FORMANTS: i32 = 5;
const VOWELS: i32 = 15;
/** Per vowel and formant: centre in Hz, level in dB, width in Hz. */
const TABLE: StaticArray<f32> = [
  660, 0, 80, 1120, -6, 90, 2750, -23, 120, 3000, -24, 130, 3350, -38, 140, // a
  440, 0, 70, 1800, -14, 80, 2700, -18, 100, 3000, -20, 120, 3300, -20, 120, // e
  270, 0, 40, 1850, -24, 90, 2900, -24, 100, 3350, -36, 120, 3590, -36, 120, // i
  430, 0, 40, 820, -10, 80, 2700, -26, 100, 3000, -22, 120, 3300, -34, 120, // o
  370, 0, 40, 630, -20, 60, 2750, -23, 100, 3000, -30, 120, 3400, -34, 120, // u
  650, 0, 70, 1515, -8, 90, 2400, -20, 100, 3000, -24, 120, 3350, -38, 140, // ae
  560, 0, 70, 900, -6, 80, 2570, -20, 100, 3000, -24, 120, 3300, -38, 140, // aa
  500, 0, 60, 1430, -12, 80, 2300, -20, 100, 3000, -24, 120, 3300, -34, 120, // oe
  250, 0, 40, 1750, -16, 80, 2150, -20, 100, 3200, -30, 120, 3300, -36, 120, // ue
  400, 0, 50, 1460, -14, 80, 2400, -20, 100, 3000, -26, 120, 3300, -34, 120, // y
  600, 0, 70, 1250, -8, 90, 2100, -20, 100, 3100, -26, 120, 3500, -36, 140, // uh
  500, 0, 70, 1240, -10, 90, 2280, -20, 120, 3000, -26, 130, 3500, -36, 140, // un
  600, 0, 70, 1480, -10, 90, 2450, -20, 120, 3200, -26, 130, 3300, -36, 140, // en
  700, 0, 80, 1050, -6, 90, 2500, -20, 120, 3000, -26, 130, 3300, -36, 140, // an
  500, 0, 60, 1080, -8, 80, 2350, -22, 120, 3000, -26, 130, 3300, -36, 140, // on
];
/** Gives back about what so narrow filters take. */
const MAKE_UP: f32 = 4;
/** Of each formant: two integrators, g, 1/Q, level. */
const FORMANT_BYTES: usize = 5 << 4;
export const STATE_BYTES: usize = FORMANTS * FORMANT_BYTES;

export function wants(): bool {
  return given(P_VOWEL);
}

export function reset(state: usize, lane: i32, group: Group, frame: f64): void {
  const vowel = max(0, min(VOWELS - 1, <i32>nearest(param(P_VOWEL))));
  for (let k = 0; k < FORMANTS; k++) {
    const at = state + <usize>k * FORMANT_BYTES;
    const row = 3 * (vowel * FORMANTS + k);
    const hertz = unchecked(TABLE[row]);
    setLane(at, lane, 0);
    setLane(at + 16, lane, 0);
    setLane(at + 32, lane, tanPi(min<f32>(0.49, hertz / <f32>sampleRate)));
    setLane(at + 48, lane, unchecked(TABLE[row + 2]) / hertz);
    setLane(at + 64, lane, MAKE_UP * gainOfDb(unchecked(TABLE[row + 1])));
  }
}

export function render(state: usize, group: Group, buffer: usize, frame: f64, frames: i32): void {
  memory.copy(input, buffer, <usize>frames << 4);
  memory.fill(buffer, 0, <usize>frames << 4);
  for (let k = 0; k < FORMANTS; k++) addFormant(state + <usize>k * FORMANT_BYTES, buffer, frames);
}

const input: usize = memory.data((128 + 4) * 16, 16);

function addFormant(at: usize, buffer: usize, frames: i32): void {
  const one = f32x4.splat(1);
  const g = v128.load(at, 32);
  const damping = v128.load(at, 48);
  const level = f32x4.mul(damping, v128.load(at, 64));
  const a1 = f32x4.div(one, f32x4.add(one, f32x4.mul(g, f32x4.add(g, damping))));
  const a2 = f32x4.mul(g, a1);
  let ic1 = v128.load(at);
  let ic2 = v128.load(at, 16);
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    const v3 = f32x4.sub(v128.load(input + i), ic2);
    const v1 = f32x4.add(f32x4.mul(a1, ic1), f32x4.mul(a2, v3));
    const v2 = f32x4.add(ic2, f32x4.mul(g, v1));
    ic1 = f32x4.sub(f32x4.add(v1, v1), ic1);
    ic2 = f32x4.sub(f32x4.add(v2, v2), ic2);
    v128.store(buffer + i, f32x4.add(v128.load(buffer + i), f32x4.mul(level, v1)));
  }
  v128.store(at, quiet(ic1));
  v128.store(at, quiet(ic2), 16);
}

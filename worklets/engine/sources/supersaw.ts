/**
 * Supersaw: up to 16 saws of one note, drawn apart by `detune` semitones from the lowest to the highest, their phases by chance.
 * Here the four lanes of a vector are saws of one voice. The level does not depend on how many they are.
 */
import { P_DETUNE, P_UNISON } from '../ids';
import { exp2 } from '../math/approx';
import { nextRandom } from '../math/random';
import { FREQ, Group } from '../voices/group';
import { laneOf, setLane, setLaneBits } from '../voices/lanes';
import { param } from '../voices/params';
import { stepBytes, stepsAt } from '../voices/pitch';
import { sawtoothFor } from './wavetable';
import * as wavetable from './wavetable';

const MOST: i32 = 16;
/** Per voice: phases, ratios and levels of its saws, then how many vectors of them it has and its highest ratio. */
const RATIOS: usize = 64;
const LEVELS: usize = 128;
const VECTORS: usize = 192;
const TOP: usize = 196;
const VOICE_BYTES: usize = 208;
export const STATE_BYTES: usize = 4 * VOICE_BYTES;

export function init(): void {}

export function reset(state: usize, lane: i32, group: Group): f64 {
  const voice = state + <usize>lane * VOICE_BYTES;
  memory.fill(voice, 0, VOICE_BYTES);
  const count = max(1, min(MOST, <i32>nearest(param(P_UNISON))));
  const octaves = param(P_DETUNE) * (1.0 / 12.0);
  const level: f32 = <f32>1 / sqrt<f32>(<f32>count);
  for (let k = 0; k < count; k++) {
    const place: f32 = count > 1 ? <f32>k / <f32>(count - 1) - 0.5 : 0;
    setLaneBits(voice, k, nextRandom());
    setLane(voice + RATIOS, k, exp2(octaves * place));
    setLane(voice + LEVELS, k, level);
  }
  store<i32>(voice + VECTORS, (count + 3) >> 2);
  store<f32>(voice + TOP, exp2(abs(octaves) * 0.5));
  return Infinity;
}

export function render(state: usize, group: Group, out: usize, frames: i32): void {
  memory.fill(out, 0, <usize>frames << 4);
  for (let lane = 0; lane < 4; lane++) {
    const voice = state + <usize>lane * VOICE_BYTES;
    const vectors = load<i32>(voice + VECTORS);
    if ((group.lanes & (1 << lane)) == 0) continue;
    const table = sawtoothFor(laneOf(changetype<usize>(group) + FREQ, lane) * load<f32>(voice + TOP));
    for (let v = 0; v < vectors; v++) renderVector(voice + (<usize>v << 4), table, lane, out, frames);
  }
}

function renderVector(saws: usize, table: i32, lane: i32, out: usize, frames: i32): void {
  const ratio = v128.load(saws + RATIOS);
  const level = v128.load(saws + LEVELS);
  const bytes = stepBytes;
  let step = stepsAt + (<usize>lane << 2);
  let at = out + (<usize>lane << 2);
  let phase = v128.load(saws);
  for (let i = 0; i < frames; i++) {
    const increment = f32x4.splat(<f32>load<i32>(step));
    phase = i32x4.add(phase, i32x4.trunc_sat_f32x4_s(f32x4.mul(increment, ratio)));
    const x = f32x4.mul(level, wavetable.read4(table, table, table, table, phase));
    const sum =
      f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
    store<f32>(at, load<f32>(at) + sum);
    step += bytes;
    at += 16;
  }
  v128.store(saws, phase);
}

/**
 * The mixer's strips: what the page sets (gain, mute, solo), the fader that follows, the peak it shows.
 */
import { LIMIT_STRIPS } from '../ids';
import { BLOCK } from '../block';
import { gainOfDb } from '../math/approx';
import { Fader, FADER_BYTES, fillGains, isMoving, moveFader, restFader } from './fader';

const GAINS_BYTES: usize = 128 << 2;
const faders: usize = memory.data(LIMIT_STRIPS * 16, 16);
const setGain: usize = memory.data(LIMIT_STRIPS * 4, 16);
const isMuted: usize = memory.data(LIMIT_STRIPS, 16);
const isSolo: usize = memory.data(LIMIT_STRIPS, 16);
const rampAt: usize = memory.data(LIMIT_STRIPS * 512, 16);
const ramped: usize = memory.data(LIMIT_STRIPS, 16);
/** Peaks since they were read last. */
const peaks: usize = memory.data(LIMIT_STRIPS * 4, 16);
/** Peaks as read last: what the host sees. */
export const stripPeaksAt: usize = memory.data(LIMIT_STRIPS * 4, 16);

const LOUDEST_DB: f32 = 24;

function fader(strip: i32): Fader {
  return changetype<Fader>(faders + <usize>strip * FADER_BYTES);
}

export function initStrips(): void {
  for (let strip = 0; strip < LIMIT_STRIPS; strip++) {
    store<f32>(setGain + (<usize>strip << 2), 1);
    restFader(fader(strip), 1);
  }
}

/** Sets what is not NaN or -1. Strips outside the table are ignored. */
export function setStrip(strip: i32, gainDb: f32, mute: i32, solo: i32): void {
  if (strip < 0 || strip >= LIMIT_STRIPS) return;
  if (gainDb == gainDb) store<f32>(setGain + (<usize>strip << 2), gainDb <= -100 ? 0 : gainOfDb(min(gainDb, LOUDEST_DB)));
  if (mute >= 0) store<u8>(isMuted + strip, mute ? 1 : 0);
  if (solo >= 0) store<u8>(isSolo + strip, solo ? 1 : 0);
  let anySolo = false;
  for (let i = 0; i < LIMIT_STRIPS; i++) anySolo = anySolo || load<u8>(isSolo + i) != 0;
  for (let i = 0; i < LIMIT_STRIPS; i++) {
    const isHeard = load<u8>(isMuted + i) == 0 && (!anySolo || load<u8>(isSolo + i) != 0);
    moveFader(fader(i), isHeard ? load<f32>(setGain + (<usize>i << 2)) : 0);
  }
}

/** Works out the block's gains of the strips that move. */
export function beginStrips(): void {
  for (let strip = 0; strip < LIMIT_STRIPS; strip++) {
    const moving = isMoving(fader(strip));
    store<u8>(ramped + strip, moving ? 1 : 0);
    if (moving) fillGains(fader(strip), rampAt + <usize>strip * GAINS_BYTES);
  }
}

/** Gains per frame of this block, or 0 where the strip rests at `restingGain`. */
export function rampOf(strip: i32): usize {
  return load<u8>(ramped + strip) ? rampAt + <usize>strip * GAINS_BYTES : 0;
}

export function restingGain(strip: i32): f32 {
  return fader(strip).to;
}

export function notePeak(strip: i32, peak: f32): void {
  const at = peaks + (<usize>strip << 2);
  if (peak > load<f32>(at)) store<f32>(at, peak);
}

/** Hands the peaks over and begins a new period. */
export function readStripPeaks(): void {
  memory.copy(stripPeaksAt, peaks, LIMIT_STRIPS << 2);
  memory.fill(peaks, 0, LIMIT_STRIPS << 2);
}

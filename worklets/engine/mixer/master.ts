/**
 * The master: gathers the orbits, the master fader, the fade of hush and panic, a guard against numbers that are none, and
 * the limiter. What comes out is what is heard.
 */
import { COUNT_RESET } from '../ids';
import { framesOf } from '../block';
import { count } from '../counters';
import { gainOfDb, quintic } from '../math/approx';
import { clearBus, peakOfBus, shapeBus, scaleBus, takeBus } from './bus';
import { Fader, fillGains, isMoving, moveFader, moveFaderIn, restFader } from './fader';
import { limit } from './limiter';
import { clearOrbits, mixOrbits } from './orbit';
import { noteMeters } from './meters';

export const outputAt: usize = memory.data(128 * 4 * 2, 16);

const fader = changetype<Fader>(memory.data(16, 16));
const hushFader = changetype<Fader>(memory.data(16, 16));
const gains: usize = memory.data(128 * 4, 16);
let bus: usize = 0;

const PANIC_SECONDS: f64 = 0.003;
const LOUDEST_DB: f32 = 12;
const LOUDEST: f32 = 1e4;

/** True from hush or panic until all has faded. */
let isHushing: bool = false;
/** What the end of the fade clears: voices that began before this frame, and whether the transport goes on. */
let transportGoesOn: bool = false;

export function initMaster(): void {
  bus = takeBus();
  restFader(fader, 1);
  restFader(hushFader, 1);
}

export function setMasterGain(gainDb: f32): void {
  if (gainDb != gainDb) return;
  moveFader(fader, gainDb <= -100 ? 0 : gainOfDb(min(gainDb, LOUDEST_DB)));
}

/** Fades everything; when that is done `finishedHush` turns true once. A shorter fade overtakes a longer one. */
export function beginHush(seconds: f64): void {
  const fade = seconds > PANIC_SECONDS ? min(60, seconds) : PANIC_SECONDS; // NaN is now
  if (isHushing && framesOf(fade) >= <f64>(hushFader.length - hushFader.done)) return;
  isHushing = true;
  transportGoesOn = false;
  moveFaderIn(hushFader, 0, fade);
}

/** Playing starts again while the old music fades: that is then over within 3 ms. */
export function endHushForStart(): void {
  if (!isHushing) return;
  beginHush(PANIC_SECONDS);
  transportGoesOn = true;
}

export function keepsTransport(): bool {
  return transportGoesOn;
}

/** Renders the end of the chain from what the orbits hold. True if a hush ended with this block. */
export function renderMaster(): bool {
  clearBus(bus);
  mixOrbits(bus);
  if (isMoving(fader)) {
    fillGains(fader, gains);
    shapeBus(bus, gains);
  } else if (fader.to != 1) scaleBus(bus, fader.to);
  let ended = false;
  if (isHushing) {
    fillGains(hushFader, gains);
    shapeBus(bus, gains);
    if (!isMoving(hushFader)) {
      isHushing = false;
      ended = true;
      restFader(hushFader, 1);
    }
  }
  if (!(peakOfBus(bus) < LOUDEST)) {
    count(COUNT_RESET);
    clearBus(bus);
    clearOrbits();
  }
  limit(bus, outputAt);
  noteMeters(outputAt);
  return ended;
}

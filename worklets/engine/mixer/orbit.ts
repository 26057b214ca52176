/**
 * Orbits: each gathers channels, has one delay and one reverb of its own, and adds all to the master. Delay and reverb get
 * their memory when the first note that wants them comes in, and sleep while nothing sounds in them.
 */
import { COUNT_RESET, LIMIT_ORBITS } from '../ids';
import { take } from '../block';
import { count } from '../counters';
import { addBus, clearBus, peakOfBus, STEREO_BYTES, takeBus } from './bus';
import { clearDelay, renderDelay, setDelayTime, takeDelay } from './delay';
import { clearReverb, renderReverb, setReverbTime, takeReverb } from './reverb';

/** Inputs, in this order. */
const DRY: i32 = 0;
const DELAY: i32 = 1;
const ROOM: i32 = 2;

@unmanaged
class Orbit {
  /** Buses of the three inputs. */
  inputs: usize;
  /** 0 until a note wants it. */
  delay: usize;
  reverb: usize;
  /** Bit k: input k was written in this block. */
  wrote: i32;
}
const ORBIT_BYTES: usize = 16;
const orbits: usize = memory.data(LIMIT_ORBITS * 16, 16);
let wet: usize = 0;

const LOUDEST: f32 = 1e4;

// @ts-ignore: decorator
@inline
function orbitAt(i: i32): Orbit {
  return changetype<Orbit>(orbits + <usize>i * ORBIT_BYTES);
}

export function initOrbits(): void {
  for (let i = 0; i < LIMIT_ORBITS; i++) {
    orbitAt(i).inputs = take(3 * STEREO_BYTES);
  }
  wet = takeBus();
}

/** Takes the memory that a note will need. Called while reading a batch, never while rendering. */
export function prepareOrbit(i: i32, wantsDelay: bool, wantsRoom: bool): void {
  const orbit = orbitAt(i);
  if (wantsDelay && orbit.delay == 0) orbit.delay = takeDelay();
  if (wantsRoom && orbit.reverb == 0) orbit.reverb = takeReverb();
}

export function setDelay(i: i32, seconds: f32, feedback: f32): void {
  const delay = orbitAt(i).delay;
  if (delay != 0) setDelayTime(delay, seconds, feedback);
}

export function setRoom(i: i32, seconds: f32): void {
  const reverb = orbitAt(i).reverb;
  if (reverb != 0) setReverbTime(reverb, seconds);
}

/** Adds a bus to an input: 0 dry, 1 delay, 2 reverb. */
export function addToOrbit(i: i32, input: i32, bus: usize): void {
  const orbit = orbitAt(i);
  addBus(orbit.inputs + <usize>input * STEREO_BYTES, bus);
  orbit.wrote |= 1 << input;
}

/** Adds all orbits to `master`. */
export function mixOrbits(master: usize): void {
  for (let i = 0; i < LIMIT_ORBITS; i++) {
    const orbit = orbitAt(i);
    if (orbit.wrote & (1 << DRY)) addBus(master, orbit.inputs);
    if (orbit.delay != 0) {
      const input = orbit.wrote & (1 << DELAY) ? orbit.inputs + STEREO_BYTES : <usize>0;
      if (renderDelay(orbit.delay, input, wet) && !addIfSound(master)) clearDelay(orbit.delay);
    }
    if (orbit.reverb != 0) {
      const input = orbit.wrote & (1 << ROOM) ? orbit.inputs + 2 * STEREO_BYTES : <usize>0;
      if (renderReverb(orbit.reverb, input, wet) && !addIfSound(master)) clearReverb(orbit.reverb);
    }
    for (let k = 0; k < 3; k++) {
      if (orbit.wrote & (1 << k)) clearBus(orbit.inputs + <usize>k * STEREO_BYTES);
    }
    orbit.wrote = 0;
  }
}

/** False, and counted, where the effect has gone wrong. */
function addIfSound(master: usize): bool {
  if (peakOfBus(wet) < LOUDEST) {
    addBus(master, wet);
    return true;
  }
  count(COUNT_RESET);
  return false;
}

export function clearOrbits(): void {
  for (let i = 0; i < LIMIT_ORBITS; i++) {
    const orbit = orbitAt(i);
    if (orbit.delay != 0) clearDelay(orbit.delay);
    if (orbit.reverb != 0) clearReverb(orbit.reverb);
  }
}

/**
 * Channels: one for each pair of strip and orbit that sounds. A channel gathers its voices (dry, and what they send), goes
 * through its strip's fader and adds to its orbit. It lives as long as a voice uses it.
 */
import { LIMIT_ORBITS, LIMIT_STRIPS } from '../ids';
import { take } from '../block';
import { clearBus, peakOfBus, scaleBus, shapeBus, STEREO_BYTES } from './bus';
import { addToOrbit } from './orbit';
import { notePeak, rampOf, restingGain } from './strips';

/** Past this many pairs at once, further ones share a channel of their strip or orbit. */
const MOST: i32 = 256;
const HEADER_BYTES: usize = 16;
const CHANNEL_BYTES: usize = HEADER_BYTES + 3 * STEREO_BYTES;
const DRY: usize = HEADER_BYTES;
const DELAY: usize = HEADER_BYTES + STEREO_BYTES;
const ROOM: usize = HEADER_BYTES + 2 * STEREO_BYTES;

/** Header: u16 strip, u8 orbit, u8 bits (what was written in this block), i32 voices. */
const WROTE_DRY: i32 = 1;
const WROTE_DELAY: i32 = 2;
const WROTE_ROOM: i32 = 4;

let channels: usize = 0;

export function initChannels(): void {
  channels = take(<usize>MOST * CHANNEL_BYTES);
}

// @ts-ignore: decorator
@inline
function channelAt(i: i32): usize {
  return channels + <usize>i * CHANNEL_BYTES;
}

/** The channel of a pair, for one more voice. */
export function channelFor(strip: i32, orbit: i32): usize {
  let free: usize = 0;
  let kin: usize = 0;
  for (let i = 0; i < MOST; i++) {
    const channel = channelAt(i);
    if (load<i32>(channel, 4) == 0) {
      // One that still holds sound of this block is not free yet.
      if (free == 0 && load<u8>(channel, 3) == 0) free = channel;
      continue;
    }
    const sameStrip = <i32>load<u16>(channel) == strip;
    if (sameStrip && <i32>load<u8>(channel, 2) == orbit) {
      store<i32>(channel, load<i32>(channel, 4) + 1, 4);
      return channel;
    }
    if (sameStrip || kin == 0) kin = channel;
  }
  const channel = free != 0 ? free : kin;
  if (free != 0) {
    store<u16>(channel, <u16>strip);
    store<u8>(channel, <u8>orbit, 2);
  }
  store<i32>(channel, load<i32>(channel, 4) + 1, 4);
  return channel;
}

export function releaseChannel(channel: usize): void {
  store<i32>(channel, load<i32>(channel, 4) - 1, 4);
}

// @ts-ignore: decorator
@inline
function wrote(channel: usize, bit: i32): void {
  store<u8>(channel, <u8>(<i32>load<u8>(channel, 3) | bit), 3);
}

export function dryBusOf(channel: usize): usize {
  wrote(channel, WROTE_DRY);
  return channel + DRY;
}

export function delayBusOf(channel: usize): usize {
  wrote(channel, WROTE_DELAY);
  return channel + DELAY;
}

export function roomBusOf(channel: usize): usize {
  wrote(channel, WROTE_ROOM);
  return channel + ROOM;
}

/** Takes all channels through their faders to their orbits and empties them. */
export function mixChannels(): void {
  for (let i = 0; i < MOST; i++) {
    const channel = channelAt(i);
    const bits = <i32>load<u8>(channel, 3);
    if (bits == 0) continue;
    const strip = <i32>load<u16>(channel);
    const orbit = <i32>load<u8>(channel, 2);
    passOn(channel + DRY, strip, orbit, 0);
    notePeak(strip, peakOfBus(channel + DRY));
    clearBus(channel + DRY);
    if (bits & WROTE_DELAY) {
      passOn(channel + DELAY, strip, orbit, 1);
      clearBus(channel + DELAY);
    }
    if (bits & WROTE_ROOM) {
      passOn(channel + ROOM, strip, orbit, 2);
      clearBus(channel + ROOM);
    }
    store<u8>(channel, 0, 3);
  }
}

function passOn(bus: usize, strip: i32, orbit: i32, input: i32): void {
  const ramp = rampOf(strip);
  if (ramp != 0) shapeBus(bus, ramp);
  else if (restingGain(strip) != 1) scaleBus(bus, restingGain(strip));
  addToOrbit(orbit, input, bus);
}

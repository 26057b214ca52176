/**
 * The limiter at the very end: true peak, with look-ahead, always on. A detector reads the signal at four times the rate;
 * the gain that its peaks ask for is held over the look-ahead, released slowly, and smoothed by two boxes, so it has arrived
 * when the peak does. Below the ceiling the signal passes untouched, to the bit, 1.5 ms later.
 */
import { BLOCK, sampleRate, take } from '../block';
import { BUS_BYTES } from './bus';

/** -1 dBTP, less what a detector at four times the rate can miss. */
const CEILING: f32 = 0.871;
const LOOK_AHEAD_SECONDS: f64 = 0.0015;
const RELEASE_SECONDS: f64 = 0.08;
/** What has been limited for long comes back slower, so that bass is not bent. */
const SLOW_SECONDS: f64 = 0.45;

const TAPS: i32 = 16;
/** Frames by which the detector's reading lags: it reads between the frames 8 and 7 ago. */
const DETECTOR_LAG: i32 = 8;

/** Sixteen vectors: tap t for the four phases between two frames. */
const kernel: usize = memory.data(16 * 16, 16);
/** The last frames of both sides, twice in a row so that a window never wraps. */
let historyLeft: usize = 0;
let historyRight: usize = 0;
let historySize: i32 = 0;
let place: i32 = 0;

/** Sliding minimum (van Herk's deque): gains and the frames they belong to. */
let dequeGain: usize = 0;
let dequeFrame: usize = 0;
let head: i32 = 0;
let tail: i32 = 0;
let dequeMask: i32 = 0;
let hold: i32 = 0;

let boxFrames: i32 = 0;
let box1: usize = 0;
let box2: usize = 0;
let sum1: f64 = 0;
let sum2: f64 = 0;
let boxPlace: i32 = 0;

let released: f32 = 1;
let slow: f32 = 1;
let releaseShare: f32 = 0;
let slowShare: f32 = 0;
let slowFallShare: f32 = 0;
let clock: i32 = 0;

/** Frames by which the output lags the input. */
export let latencyFrames: i32 = 0;
/** Since they were read last: lowest gain, and highest reading of the detector after the gain. */
export let lowestGain: f32 = 1;
export let truePeak: f32 = 0;

export function initLimiter(): void {
  const lookAhead = <i32>Math.floor(LOOK_AHEAD_SECONDS * sampleRate);
  boxFrames = max(2, (lookAhead - DETECTOR_LAG) / 2);
  // Two boxes make a window of 2 b - 1; one frame more on each side covers both frames next to a peak between them.
  hold = 2 * boxFrames;
  latencyFrames = DETECTOR_LAG + 2 * boxFrames - 2;
  historySize = latencyFrames + TAPS + 8;
  historyLeft = take(<usize>historySize << 3);
  historyRight = take(<usize>historySize << 3);
  let size = 1;
  while (size < hold + 2) size <<= 1;
  dequeMask = size - 1;
  dequeGain = take(<usize>size << 2);
  dequeFrame = take(<usize>size << 2);
  box1 = take(<usize>boxFrames << 2);
  box2 = take(<usize>boxFrames << 2);
  releaseShare = share(RELEASE_SECONDS);
  slowShare = share(SLOW_SECONDS);
  slowFallShare = share(0.12);
  buildKernel();
  clearLimiter();
}

function share(seconds: f64): f32 {
  return <f32>(1 - Math.exp(-1 / (seconds * sampleRate)));
}

/** A Kaiser-windowed sinc, beta 6, at the phases 0, 1/4, 1/2, 3/4. */
function buildKernel(): void {
  const beta = 6.0;
  for (let phase = 0; phase < 4; phase++) {
    let total = 0.0;
    for (let pass = 0; pass < 2; pass++) {
      for (let t = 0; t < TAPS; t++) {
        // Tap t weighs the frame t ago; the reading lies 8 - phase/4 ago.
        const x = <f64>(t - DETECTOR_LAG) + <f64>phase * 0.25;
        const u = x / (<f64>TAPS * 0.5);
        const window = abs(u) < 1 ? bessel(beta * Math.sqrt(1 - u * u)) / bessel(beta) : 0;
        const sinc = abs(x) < 1e-9 ? 1.0 : Math.sin(Math.PI * x) / (Math.PI * x);
        if (pass == 0) total += sinc * window;
        else store<f32>(kernel + (<usize>t << 4) + (<usize>phase << 2), <f32>((sinc * window) / total));
      }
    }
  }
}

/** Modified Bessel function of order 0, by its series. */
function bessel(x: f64): f64 {
  let sum = 1.0;
  let term = 1.0;
  for (let k = 1; k < 40; k++) {
    term *= (x * x) / (4.0 * <f64>k * <f64>k);
    sum += term;
  }
  return sum;
}

export function clearLimiter(): void {
  memory.fill(historyLeft, 0, <usize>historySize << 3);
  memory.fill(historyRight, 0, <usize>historySize << 3);
  head = 0;
  tail = 0;
  for (let i = 0; i < boxFrames; i++) {
    store<f32>(box1 + (<usize>i << 2), 1);
    store<f32>(box2 + (<usize>i << 2), 1);
  }
  sum1 = <f64>boxFrames;
  sum2 = <f64>boxFrames;
  released = 1;
  slow = 1;
}

/** Begins a new metering period. */
export function resetLimiterMeters(): void {
  lowestGain = 1;
  truePeak = 0;
}

/** Puts a frame into both halves of a history. */
// @ts-ignore: decorator
@inline
function put(history: usize, value: f32): void {
  const at = history + (<usize>place << 2);
  store<f32>(at, value);
  store<f32>(at + (<usize>historySize << 2), value);
}

/** The greatest |x| of both sides between two frames, four readings. `left`, `right`: addresses of the newest frame. */
// @ts-ignore: decorator
@inline
function detect(left: usize, right: usize): f32 {
  let l = f32x4.splat(0);
  let r = f32x4.splat(0);
  for (let t = 0; t < TAPS; t++) {
    const weights = v128.load(kernel + (<usize>t << 4));
    l = f32x4.add(l, f32x4.mul(weights, v128.load32_splat(left - (<usize>t << 2))));
    r = f32x4.add(r, f32x4.mul(weights, v128.load32_splat(right - (<usize>t << 2))));
  }
  const most = f32x4.pmax(f32x4.abs(l), f32x4.abs(r));
  const pair = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pair, 0), f32x4.extract_lane(pair, 1));
}

/** The least gain that was asked for within the hold. */
// @ts-ignore: decorator
@inline
function held(gain: f32): f32 {
  while (tail != head && load<f32>(dequeGain + (<usize>((tail - 1) & dequeMask) << 2)) >= gain) tail -= 1;
  store<f32>(dequeGain + (<usize>(tail & dequeMask) << 2), gain);
  store<i32>(dequeFrame + (<usize>(tail & dequeMask) << 2), clock);
  tail += 1;
  if (load<i32>(dequeFrame + (<usize>(head & dequeMask) << 2)) <= clock - hold) head += 1;
  return load<f32>(dequeGain + (<usize>(head & dequeMask) << 2));
}

// @ts-ignore: decorator
@inline
function release(gain: f32): f32 {
  slow += (gain - slow) * (gain < slow ? slowFallShare : slowShare);
  if (gain < released) released = gain;
  else {
    // Quickly up to where the music has been lately, slowly beyond.
    const goal = min(gain, max(released, slow));
    released += (goal - released) * releaseShare + (gain - released) * slowShare;
    if (gain - released < 1e-6) released = gain;
  }
  return released;
}

// @ts-ignore: decorator
@inline
function smooth(gain: f32): f32 {
  const at = <usize>boxPlace << 2;
  sum1 += <f64>gain - <f64>load<f32>(box1 + at);
  store<f32>(box1 + at, gain);
  const once = <f32>(sum1 / <f64>boxFrames);
  sum2 += <f64>once - <f64>load<f32>(box2 + at);
  store<f32>(box2 + at, once);
  boxPlace = boxPlace + 1 == boxFrames ? 0 : boxPlace + 1;
  return <f32>(sum2 / <f64>boxFrames);
}

/** Limits a block in place, from `bus` to `out` (left, then right, without padding). */
export function limit(bus: usize, out: usize): void {
  for (let i = 0; i < BLOCK; i++) {
    put(historyLeft, load<f32>(bus + (<usize>i << 2)));
    put(historyRight, load<f32>(bus + (<usize>i << 2), BUS_BYTES));
    const newest = <usize>(place + historySize) << 2;
    const left = historyLeft + newest;
    const right = historyRight + newest;
    const peak = detect(left, right);
    const gain = smooth(release(held(peak > CEILING ? CEILING / peak : 1)));
    const behind = <usize>latencyFrames << 2;
    store<f32>(out + (<usize>i << 2), load<f32>(left - behind) * gain);
    store<f32>(out + (<usize>i << 2), load<f32>(right - behind) * gain, 512);
    if (gain < lowestGain) lowestGain = gain;
    // The reading is of frames that leave later; the gain in force then is at most a little lower.
    truePeak = max(truePeak, peak * min(gain, CEILING / max(peak, CEILING)));
    place = place + 1 == historySize ? 0 : place + 1;
    clock += 1;
  }
}

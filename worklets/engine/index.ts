/**
 * The engine's door: what the host calls (wire/engine-host.ts describes each). Everything behind it is rooms that know the
 * wire's ids, never the host.
 */
import { nextBlock, setSampleRate } from './block';
import { countersAt } from './counters';
import { registerEffects } from './effects/table';
import { initChannels, mixChannels } from './mixer/channels';
import { initLimiter, latencyFrames } from './mixer/limiter';
import { beginHush, initMaster, keepsTransport, outputAt, renderMaster, setMasterGain } from './mixer/master';
import { clearOrbits, initOrbits } from './mixer/orbit';
import { beginStrips, initStrips, setStrip, stripPeaksAt } from './mixer/strips';
import { reportAll, reportAt, reportTransport } from './report';
import { registerSources } from './sources/table';
import { batchAt, readBatch, startPlaying } from './transport/batch';
import { epoch, resetEpochs } from './transport/epochs';
import { clearHistory, initHistory } from './transport/history';
import { playBlock } from './transport/player';
import { clearQueue, initQueue } from './transport/queue';
import { changeTempo, segmentsAt, stopTimeline } from './transport/timeline';
import { endAll, initPool } from './voices/pool';
import { renderGroups } from './voices/render';

export function init(sampleRate: f64, polyphony: i32): i32 {
  setSampleRate(sampleRate);
  registerSources();
  registerEffects();
  initQueue();
  initHistory();
  initPool(polyphony);
  initChannels();
  initOrbits();
  initStrips();
  initLimiter();
  initMaster();
  reportAll();
  return 1;
}

export function batchPointer(): usize {
  return batchAt;
}

export function push(bytes: i32): void {
  readBatch(bytes);
}

export function render(): void {
  playBlock();
  renderGroups();
  beginStrips();
  mixChannels();
  if (renderMaster()) endHush();
  nextBlock();
}

/** All has faded: what sounded is cleared, and the music with it unless it has started anew. */
function endHush(): void {
  endAll();
  clearOrbits();
  if (keepsTransport()) return;
  clearQueue();
  clearHistory();
  resetEpochs(NaN);
  stopTimeline();
}

export function outputPointer(): usize {
  return outputAt;
}

export function start(cycle: f64, cyclesPerSecond: f64, delaySeconds: f64): void {
  if (isFinite(cycle) && isFinite(delaySeconds)) startPlaying(epoch, cycle, cyclesPerSecond, max(0, delaySeconds));
}

export function tempo(cyclesPerSecond: f64, cycle: f64, rampCycles: f64): void {
  if (cyclesPerSecond > 0) changeTempo(cyclesPerSecond, cycle, min(4096, rampCycles));
}

export function strip(strip: i32, gainDb: f32, mute: i32, solo: i32): void {
  setStrip(strip, gainDb, mute, solo);
}

export function master(gainDb: f32): void {
  setMasterGain(gainDb);
}

export function hush(fadeSeconds: f64): void {
  beginHush(fadeSeconds);
}

export function panic(): void {
  beginHush(0);
}

export function observe(): void {
  reportTransport();
}

export function measure(): void {
  reportAll();
}

/** Frames by which the output lags the events: the limiter's look-ahead. */
export function latency(): i32 {
  return latencyFrames;
}

export function reportPointer(): usize {
  return reportAt;
}

export function countersPointer(): usize {
  return countersAt;
}

export function stripPeaksPointer(): usize {
  return stripPeaksAt;
}

export function segmentsPointer(): usize {
  return segmentsAt;
}

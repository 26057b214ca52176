/**
 * Who may play when: epochs, their replaces, and how far notes are known (the horizon). Where nothing new comes it
 * repeats the last cycle one cycle later, until notes or a `replace` take over. It knows queue and history, no sound.
 */
import { COUNT_DROPPED } from '../ids';
import { frameNow, sampleRate } from '../block';
import { count } from '../counters';
import { forgetOlder, oldest, remember, remembered, rememberedCount } from './history';
import { Note } from './note';
import { dropOlder, enqueue } from './queue';
import { cycleOfFrame, frameOfCycle, isPlaying } from './timeline';

/** The engine repeats when notes are known for less than this. */
const ALARM_SECONDS: f64 = 0.05;
/** ... and then up to here, so that it need not look at each block. */
const BRIDGE_SECONDS: f64 = 0.07;

/** How long the batches of a program that takes over may take to come in. */
const GRACE_SECONDS: f64 = 0.1;

const REPLACES: i32 = 16;
const replaceEpoch: usize = memory.data(16 * 4, 16);
const replaceCycle: usize = memory.data(16 * 8, 16);
let replaces: i32 = 0;

/** Latest epoch seen. */
export let epoch: u32 = 0;
/** Where the music started: nothing is known before, so nothing before can be repeated. */
let beginning: f64 = NaN;
/** Notes are complete before this cycle; NaN until a horizon came. */
export let horizon: f64 = NaN;
/** True until the first horizon after a replace: its notes may still be on their way. */
let awaitsHorizon: bool = false;
let graceEnd: f64 = 0;
/** Where a newer program begins beyond what the older one sent, and how far it is known. NaN: nowhere. */
let aheadFrom: f64 = NaN;
let aheadTo: f64 = NaN;
/** Stretch that was filled by repeating; its own notes come too late and are dropped. */
let bridgedFrom: f64 = Infinity;
let bridgedTo: f64 = -Infinity;
export let isRepeating: bool = false;

/** Forgets everything; the music starts at `from` (NaN: it has stopped). */
export function resetEpochs(from: f64): void {
  beginning = from;
  replaces = 0;
  horizon = NaN;
  awaitsHorizon = false;
  aheadFrom = NaN;
  aheadTo = NaN;
  endBridge();
}

function endBridge(): void {
  bridgedFrom = Infinity;
  bridgedTo = -Infinity;
  isRepeating = false;
}

/** Notes the epoch of a record that begins something. */
export function raiseEpoch(by: u32): void {
  if (by > epoch) epoch = by;
}

export function replaceFrom(by: u32, cycle: f64): void {
  raiseEpoch(by);
  dropOlder(by, cycle);
  forgetOlder(by, cycle);
  if (replaces == REPLACES) {
    memory.copy(replaceEpoch, replaceEpoch + 4, (REPLACES - 1) << 2);
    memory.copy(replaceCycle, replaceCycle + 8, (REPLACES - 1) << 3);
    replaces -= 1;
  }
  store<u32>(replaceEpoch + (<usize>replaces << 2), by);
  store<f64>(replaceCycle + (<usize>replaces << 3), cycle);
  replaces += 1;
  if (horizon >= cycle) {
    horizon = cycle;
    awaitsHorizon = true;
    graceEnd = frameNow + GRACE_SECONDS * sampleRate;
    aheadFrom = NaN;
    endBridge();
  } else if (horizon < cycle) {
    // The older program owes the notes up to here; if it is gone they are bridged.
    aheadFrom = cycle;
    aheadTo = cycle;
  }
}

/** From where on notes of this epoch are refused; Infinity where they are welcome. */
export function refusedFrom(by: u32): f64 {
  let least: f64 = Infinity;
  for (let i = 0; i < replaces; i++) {
    if (load<u32>(replaceEpoch + (<usize>i << 2)) > by) least = min(least, load<f64>(replaceCycle + (<usize>i << 3)));
  }
  return least;
}

/** Takes a note that came in. */
export function acceptNote(note: Note): void {
  // The seam of a replace is no mistake and counts as nothing; what was bridged, or finds no room, does.
  if (note.cycle >= refusedFrom(note.epoch)) return;
  if ((note.cycle >= bridgedFrom && note.cycle < bridgedTo) || !enqueue(note)) {
    count(COUNT_DROPPED);
    return;
  }
  remember(note);
}

/** Notes of epoch `of` are complete before `cycle`. */
export function extendHorizon(by: u32, cycle: f64): void {
  raiseEpoch(by);
  const limit = refusedFrom(by);
  if (limit != Infinity) {
    if (!isNaN(horizon)) horizon = max(horizon, min(cycle, limit));
  } else if (!isNaN(aheadFrom)) {
    aheadTo = max(aheadTo, cycle);
  } else {
    horizon = isNaN(horizon) ? cycle : max(horizon, cycle);
    awaitsHorizon = false;
  }
  if (isRepeating && horizon > bridgedTo) endBridge();
  joinAhead();
}

function joinAhead(): void {
  if (!(horizon >= aheadFrom)) return;
  horizon = max(horizon, aheadTo);
  aheadFrom = NaN;
  endBridge();
}

/** Repeats what is needed so that the next moments are not empty. Once a block. */
export function bridge(): void {
  if (!isPlaying() || isNaN(horizon)) return;
  if (awaitsHorizon && frameNow < graceEnd) return;
  // In the first cycle there is nothing to repeat, and a gap marked as filled would cost the notes that still come.
  if (!(horizon - 1 >= beginning)) return;
  if (frameOfCycle(horizon) >= frameNow + ALARM_SECONDS * sampleRate) return;
  let to = cycleOfFrame(frameNow + BRIDGE_SECONDS * sampleRate);
  if (aheadFrom > horizon) to = min(to, aheadFrom);
  if (!(to > horizon)) return;
  repeatInto(horizon, to);
  if (bridgedFrom == Infinity) bridgedFrom = horizon;
  bridgedTo = to;
  horizon = to;
  isRepeating = true;
  awaitsHorizon = false;
  joinAhead();
}

/** Copies the notes of one cycle before `from`..`to` there. A long gap is filled cycle by cycle. */
function repeatInto(from: f64, to: f64): void {
  let begin = from;
  // After a gap of many cycles only the last one can still sound.
  if (to - begin > 1) begin = to - 1;
  const entries = rememberedCount();
  let i = oldest();
  for (let k = 0; k < entries; k++) {
    const note = remembered(i);
    i = i + 1 == entries ? 0 : i + 1;
    if (!(note.cycle >= begin - 1 && note.cycle < to - 1)) continue;
    repeatOne(note);
  }
}

const copied = changetype<Note>(memory.data(512, 16));

function repeatOne(note: Note): void {
  memory.copy(changetype<usize>(copied), changetype<usize>(note), offsetof<Note>() + (<usize>note.pairCount << 3));
  copied.cycle += 1;
  copied.isRepeat = 1;
  if (enqueue(copied)) remember(copied);
  else count(COUNT_DROPPED);
}

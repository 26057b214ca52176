/**
 * Adds a group's four voices to the channels of the mixer: from lanes to rows of frames, then each row to the left and
 * right of its channel and, where it sends, to the inputs of delay and reverb.
 */
import { delayBusOf, dryBusOf, roomBusOf } from '../mixer/channels';
import { BUS_BYTES } from '../mixer/bus';
import { CHANNEL, DELAY_SEND, Group, LEFT, RIGHT, ROOM_SEND } from './group';
import { laneBits, laneOf } from './lanes';

const ROW_BYTES: usize = (128 + 4) << 2;
const rows: usize = memory.data((128 + 4) * 4 * 4, 16);

/** Mixes `frames` vectors at `voices` into the block from frame `from` on. */
export function mixGroup(group: Group, voices: usize, from: i32, frames: i32): void {
  const rounded = (frames + 3) & ~3;
  for (let i = frames; i < rounded; i++) v128.store(voices + (<usize>i << 4), f32x4.splat(0));
  transpose(voices, rounded);
  const at = changetype<usize>(group);
  const offset = <usize>from << 2;
  for (let lane = 0; lane < 4; lane++) {
    if ((group.lanes & (1 << lane)) == 0) continue;
    const row = rows + <usize>lane * ROW_BYTES;
    const channel = <usize>laneBits(at + CHANNEL, lane);
    const left = laneOf(at + LEFT, lane);
    const right = laneOf(at + RIGHT, lane);
    addRow(row, dryBusOf(channel) + offset, left, right, rounded);
    const delay = laneOf(at + DELAY_SEND, lane);
    if (delay > 0) addRow(row, delayBusOf(channel) + offset, left * delay, right * delay, rounded);
    const room = laneOf(at + ROOM_SEND, lane);
    if (room > 0) addRow(row, roomBusOf(channel) + offset, left * room, right * room, rounded);
  }
}

function transpose(voices: usize, frames: i32): void {
  for (let i = 0; i < frames; i += 4) {
    const at = voices + (<usize>i << 4);
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    const to = rows + (<usize>i << 2);
    v128.store(to, v128.shuffle<i64>(ab01, cd01, 0, 2));
    v128.store(to + ROW_BYTES, v128.shuffle<i64>(ab01, cd01, 1, 3));
    v128.store(to + 2 * ROW_BYTES, v128.shuffle<i64>(ab23, cd23, 0, 2));
    v128.store(to + 3 * ROW_BYTES, v128.shuffle<i64>(ab23, cd23, 1, 3));
  }
}

function addRow(row: usize, bus: usize, left: f32, right: f32, frames: i32): void {
  const l = f32x4.splat(left);
  const r = f32x4.splat(right);
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>i << 2;
    const x = v128.load(row + at);
    const bl = bus + at;
    v128.store(bl, f32x4.add(v128.load(bl), f32x4.mul(x, l)));
    v128.store(bl, f32x4.add(v128.load(bl, BUS_BYTES), f32x4.mul(x, r)), BUS_BYTES);
  }
}

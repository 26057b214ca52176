/**
 * When a lane of a group changes next, and the group with it: the least of gate, end of the source and envelope corners.
 */
import { ENVELOPES, envelopeOf, GATE, Group, LIFE, NEXT } from './group';
import { nextOf } from './envelope';
import { setWide, wide } from './lanes';

export function scheduleLane(group: Group, lane: i32): void {
  const at = changetype<usize>(group);
  let next = min(wide(at + GATE, lane), wide(at + LIFE, lane));
  for (let k = 0; k < ENVELOPES; k++) {
    if (group.envelopes & (1 << k)) next = min(next, nextOf(envelopeOf(group, k), lane));
  }
  setWide(at + NEXT, lane, next);
  scheduleGroup(group);
}

export function scheduleGroup(group: Group): void {
  let next: f64 = Infinity;
  for (let lane = 0; lane < 4; lane++) {
    if (group.lanes & (1 << lane)) next = min(next, wide(changetype<usize>(group) + NEXT, lane));
  }
  group.next = next;
}

/**
 * The parameters of the note that is starting: every value filled in from the pairs, the source's defaults and the
 * table's fallbacks, and which of them the note gave itself.
 */
import { PARAM_COUNT, SOURCE_DEFAULTS } from '../ids';
import { Note, pairId, pairValue } from '../transport/note';

const values: usize = memory.data(PARAM_COUNT << 2, 16);
const isGiven: usize = memory.data(PARAM_COUNT, 16);

export function fillParams(note: Note): void {
  const defaults = changetype<usize>(SOURCE_DEFAULTS) + (<usize>note.source * PARAM_COUNT << 2);
  memory.copy(values, defaults, PARAM_COUNT << 2);
  memory.fill(isGiven, 0, PARAM_COUNT);
  for (let i = 0; i < <i32>note.pairCount; i++) {
    const id = pairId(note, i);
    store<f32>(values + (<usize>id << 2), pairValue(note, i));
    store<u8>(isGiven + id, 1);
  }
}

/** Value of a parameter of the starting note. */
// @ts-ignore: decorator
@inline
export function param(id: i32): f32 {
  return load<f32>(values + (<usize>id << 2));
}

/** True if the note itself carries the parameter. */
// @ts-ignore: decorator
@inline
export function given(id: i32): bool {
  return load<u8>(isGiven + <usize>id) != 0;
}

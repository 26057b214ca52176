/**
 * The words in which somebody who is turned away learns why. One row a reason; tests hold the wording.
 */
import type { Refusal } from '../messages/schemas.ts';

export const REFUSALS: Readonly<Record<Refusal, string>> = {
  full: 'This room is full: it has all the players it can hold. You can still join as a listener.',
  key: 'The room key is not right.',
  banned: 'The host has closed this room for your device.',
  kicked: 'The host has sent you out of this room.',
  version: 'This room runs another version of Talea. Reload the page on both machines.',
};

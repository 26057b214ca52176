/**
 * Every per-voice effect, one row each, in the order of the signal: bytes of state, its envelope, and the verbs of its file.
 */
import { LOWPASS_ENVELOPE } from '../voices/group';
import * as lowpass from './lowpass';
import { effect } from './rows';

export function registerEffects(): void {
  effect(lowpass.STATE_BYTES, LOWPASS_ENVELOPE, lowpass.wants, lowpass.reset, lowpass.render);
}

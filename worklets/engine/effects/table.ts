/**
 * Every per-voice effect, one row each, in the order of the signal: bytes of state, its envelope, and the verbs of its file.
 */
import { BANDPASS_ENVELOPE, HIGHPASS_ENVELOPE, LOWPASS_ENVELOPE } from '../voices/group';
import * as bandpass from './bandpass';
import * as coarse from './coarse';
import * as compressor from './compressor';
import * as crush from './crush';
import * as distort from './distort';
import * as highpass from './highpass';
import * as ladder from './ladder';
import * as lowpass from './lowpass';
import * as steep from './lowpass-steep';
import * as phaser from './phaser';
import * as prelevel from './prelevel';
import * as tremolo from './tremolo';
import * as vowel from './vowel';
import { effect } from './rows';

const NONE: i32 = -1;

export function registerEffects(): void {
  effect(prelevel.STATE_BYTES, NONE, prelevel.wants, prelevel.reset, prelevel.render);
  effect(lowpass.STATE_BYTES, LOWPASS_ENVELOPE, lowpass.wants, lowpass.reset, lowpass.render);
  effect(steep.STATE_BYTES, LOWPASS_ENVELOPE, steep.wants, steep.reset, steep.render);
  effect(ladder.STATE_BYTES, LOWPASS_ENVELOPE, ladder.wants, ladder.reset, ladder.render);
  effect(highpass.STATE_BYTES, HIGHPASS_ENVELOPE, highpass.wants, highpass.reset, highpass.render);
  effect(highpass.STATE_BYTES, HIGHPASS_ENVELOPE, highpass.wantsDouble, highpass.resetDouble, highpass.renderDouble);
  effect(bandpass.STATE_BYTES, BANDPASS_ENVELOPE, bandpass.wants, bandpass.reset, bandpass.render);
  effect(bandpass.STATE_BYTES, BANDPASS_ENVELOPE, bandpass.wantsDouble, bandpass.reset, bandpass.renderDouble);
  effect(vowel.STATE_BYTES, NONE, vowel.wants, vowel.reset, vowel.render);
  effect(coarse.STATE_BYTES, NONE, coarse.wants, coarse.reset, coarse.render);
  effect(crush.STATE_BYTES, NONE, crush.wants, crush.reset, crush.render);
  effect(distort.STATE_BYTES, NONE, distort.wantsShape, distort.resetShape, distort.render);
  effect(distort.STATE_BYTES, NONE, distort.wants, distort.reset, distort.render);
  effect(tremolo.STATE_BYTES, NONE, tremolo.wants, tremolo.reset, tremolo.render);
  effect(compressor.STATE_BYTES, NONE, compressor.wants, compressor.reset, compressor.render);
  effect(phaser.STATE_BYTES, NONE, phaser.wants, phaser.reset, phaser.render);
}

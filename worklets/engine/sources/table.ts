/**
 * Every source of the engine, one row each: id, bytes of state, level, and the verbs of its file.
 */
import {
  S_BD, S_BROWN, S_CB, S_CP, S_CR, S_CRACKLE, S_HH, S_HT, S_LT, S_MT, S_OH, S_PERC, S_PINK, S_PULSE, S_RD, S_RIM, S_SAWTOOTH, S_SD,
  S_SH, S_SINE, S_SQUARE, S_SUPERSAW, S_TB, S_TRIANGLE, S_WHITE,
} from '../ids';
import { source } from './rows';
import * as bd from './bd';
import * as clap from './clap';
import * as cowbell from './cowbell';
import * as cymbal from './cymbal';
import * as hh from './hh';
import * as metal from './metal';
import * as noise from './noise';
import * as pulse from './pulse';
import * as rim from './rim';
import * as sd from './sd';
import * as sine from './sine';
import * as snappy from './snappy';
import * as supersaw from './supersaw';
import * as swept from './swept';
import * as tom from './tom';
import * as wavetable from './wavetable';

export function registerSources(): void {
  source(S_TRIANGLE, wavetable.STATE_BYTES, 0.3, wavetable.initTriangle, wavetable.resetTriangle, wavetable.render);
  source(S_SAWTOOTH, wavetable.STATE_BYTES, 0.3, wavetable.initSawtooth, wavetable.resetSawtooth, wavetable.render);
  source(S_SQUARE, wavetable.STATE_BYTES, 0.3, wavetable.initSquare, wavetable.resetSquare, wavetable.render);
  source(S_SINE, sine.STATE_BYTES, 0.3, sine.init, sine.reset, sine.render);
  source(S_BD, swept.STATE_BYTES, 1.0, bd.init, bd.reset, swept.render);
  source(S_SD, snappy.STATE_BYTES, 0.6, sd.init, sd.reset, snappy.render);
  source(S_HH, metal.STATE_BYTES, 0.28, hh.init, hh.resetClosed, metal.render);
  source(S_OH, metal.STATE_BYTES, 0.28, hh.init, hh.resetOpen, metal.render);
  source(S_CP, clap.STATE_BYTES, 1.5, clap.init, clap.resetClap, clap.render);
  source(S_RIM, snappy.STATE_BYTES, 0.5, rim.init, rim.reset, snappy.render);
  source(S_CB, cowbell.STATE_BYTES, 0.2, cowbell.init, cowbell.reset, cowbell.render);
  source(S_LT, swept.STATE_BYTES, 0.8, tom.init, tom.resetLow, swept.render);
  source(S_MT, swept.STATE_BYTES, 0.8, tom.init, tom.resetMiddle, swept.render);
  source(S_HT, swept.STATE_BYTES, 0.8, tom.init, tom.resetHigh, swept.render);
  source(S_CR, metal.STATE_BYTES, 0.3, cymbal.init, cymbal.resetCrash, metal.render);
  source(S_RD, metal.STATE_BYTES, 0.28, cymbal.init, cymbal.resetRide, metal.render);
  source(S_SH, clap.STATE_BYTES, 0.5, clap.init, clap.resetShaker, clap.render);
  source(S_TB, metal.STATE_BYTES, 0.28, cymbal.init, cymbal.resetTambourine, metal.render);
  source(S_PERC, swept.STATE_BYTES, 0.7, tom.init, tom.resetPerc, swept.render);
  source(S_SUPERSAW, supersaw.STATE_BYTES, 0.3, supersaw.init, supersaw.reset, supersaw.render);
  source(S_PULSE, pulse.STATE_BYTES, 0.3, pulse.init, pulse.reset, pulse.render);
  source(S_WHITE, noise.STATE_BYTES, 0.3, noise.init, noise.reset, noise.renderWhite);
  source(S_PINK, noise.STATE_BYTES, 0.4, noise.init, noise.reset, noise.renderPink);
  source(S_BROWN, noise.STATE_BYTES, 0.5, noise.init, noise.reset, noise.renderBrown);
  source(S_CRACKLE, noise.STATE_BYTES, 0.6, noise.init, noise.reset, noise.renderCrackle);
}

/**
 * Every source of the engine, one row each: id, bytes of state, level, and the verbs of its file.
 */
import { S_BD, S_HH, S_SAWTOOTH, S_SD, S_SINE, S_SQUARE, S_TRIANGLE } from '../ids';
import { source } from './rows';
import * as bd from './bd';
import * as hh from './hh';
import * as sd from './sd';
import * as sine from './sine';
import * as wavetable from './wavetable';

export function registerSources(): void {
  source(S_TRIANGLE, wavetable.STATE_BYTES, 0.3, wavetable.initTriangle, wavetable.resetTriangle, wavetable.render);
  source(S_SAWTOOTH, wavetable.STATE_BYTES, 0.3, wavetable.initSawtooth, wavetable.resetSawtooth, wavetable.render);
  source(S_SQUARE, wavetable.STATE_BYTES, 0.3, wavetable.initSquare, wavetable.resetSquare, wavetable.render);
  source(S_SINE, sine.STATE_BYTES, 0.3, sine.init, sine.reset, sine.render);
  source(S_BD, bd.STATE_BYTES, 1.0, bd.init, bd.reset, bd.render);
  source(S_SD, sd.STATE_BYTES, 0.6, sd.init, sd.reset, sd.render);
  source(S_HH, hh.STATE_BYTES, 0.28, hh.init, hh.reset, hh.render);
}

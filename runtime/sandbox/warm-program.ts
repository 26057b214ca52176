/**
 * A small program of the usual kind, as compiling gives it. A standby evaluates and queries it before it counts as
 * warm, so that the engine of the language has met the common paths. A test keeps it evaluating without mistakes.
 */
import type { Program } from '../program/program.ts';

const CODE = `async function (__talea) {
"use strict";
__talea.t("warm", 0, 0, "", (stack(
  s(__talea.n("bd*4, [~ sd]*2, hh*8?", 0, '"')).gain(__talea.n("0.8 <0.6 1>", 0, '"')),
  note(__talea.n("c e4 <g b> [a f]@2", 0, '"')).s(__talea.n("sawtooth", 0, '"')).lpf(sine.range(200, 2000).slow(4))
    .every(2, (x) => x.fast(2)).off(1 / 8, (x) => x.add(note(7))).room(0.3).pan(rand))));
}`;

export const WARM_PROGRAM: Program = {
  current: {
    evalId: 0,
    text: '',
    compiled: { code: CODE, map: '', headLines: 1, insertions: [], tracks: [], warnings: [] },
  },
  lastGood: {},
};

/**
 * THE table of pieces that come with Talea, in the order in which they are shown. Each uses only what the engine has
 * by itself, and goes through 32 cycles without a seam; tests/journey/pieces.test.ts renders every one.
 */
import { AMBIENT } from './ambient.ts';
import { BREAKBEAT } from './breakbeat.ts';
import { CHORDS } from './chords.ts';
import { GENERATIVE } from './generative.ts';
import type { Piece } from './piece.ts';
import { POLYRHYTHM } from './polyrhythm.ts';
import { TECHNO } from './techno.ts';

export type { Piece } from './piece.ts';

export const PIECES: readonly Piece[] = [TECHNO, AMBIENT, BREAKBEAT, POLYRHYTHM, CHORDS, GENERATIVE];

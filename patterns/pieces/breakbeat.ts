/** A breakbeat piece on synthesised drums: the break is written in mini-notation, and cut as one would cut a sample. */
import type { Piece } from './piece.ts';

export const BREAKBEAT: Piece = {
  id: 'breakbeat',
  title: 'Paper break',
  about:
    'A broken beat at 168 beats a minute. There is no sampled break in it: kick, snare and hats are synthesised, ' +
    'and the pattern is rearranged where one would slice a record. Try the digits of the cuts, or ply.',
  text: `// Paper break: the break is synthesised, then cut up like a record.
setcpm(168/4)

const kick = s("bd ~ bd ~ ~ ~ ~ ~ ~ ~ bd bd ~ ~ ~ ~").gain(.6)
const snare = s("~ ~ ~ ~ sd ~ ~ sd ~ sd ~ ~ sd ~ ~ sd")
  .gain("~ ~ ~ ~ .55 ~ ~ .14 ~ .18 ~ ~ .55 ~ ~ .16")
const hats = s("hh*8").gain("[.4 .2]*4").pan(.55)
const whole = stack(kick, snare, hats)

// Eight bars: the break, the break with its quarters in another order, a roll at the end.
drums: arrange(
  [3, whole],
  [1, whole.chunk(4, x => x.ply(2))],
  [3, whole.iter(4).sometimesBy(.25, x => x.ply(2))],
  [1, whole.linger("<.25 .5>").every(2, rev)],
).room(.12).roomsize(.8)

// Ghosts of hats, far behind, in their own stereo.
air: s("hh*16").degradeBy(.5).gain(rand.range(.08, .2)).pan(rand)
  .decay(.03).room(.3)

// Half as fast as the drums: that is where the weight is.
sub: note("<[a1 ~ ~ a1] [~ g1 ~ ~] [f1 ~ ~ f1] [~ g1 ~ e1]>")
  .s("sine").attack(.01).decay(.5).sustain(.6).release(.1).gain(.8)

reese: note("<a2 g2 f2 [g2 e2]>").s("sawtooth")
  .superimpose(x => x.detune(18).pan(.8), x => x.detune(-17).pan(.2))
  .lpf(sine.range(240, 900).slow(8)).resonance(7)
  .attack(.02).release(.1).gain(.26)
  .mask("<0 1 1 1>/4")

keys: chord("<Am9 Em7 Fmaj7 G6>").voicing()
  .struct("<[~ x ~ [~ x]] [x ~ ~ ~]>").s("triangle")
  .decay(.3).sustain(.1).release(.4).gain(.36)
  .orbit(2).delay(.35).delaytime(.268).delayfeedback(.5).room(.5).roomsize(3)
  .mask("<0 0 1 1 1 1 1 1>/4")

lead: n("<[~ 4 ~ 2] [0 ~ ~ ~] [~ 5 4 ~] [2 ~ ~ ~]>").scale("A4:minor")
  .s("square").lpf(1800).decay(.2).sustain(.2).release(.2)
  .echo(3, 3/16, .5).postgain(.2).room(.4).pan(.4)
  .mask("<0 0 0 0 1 1 0 1>/4")
`,
};

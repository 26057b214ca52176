/** An ambient piece: no drums, long envelopes, loops of unequal length that never quite meet. */
import type { Piece } from './piece.ts';

export const AMBIENT: Piece = {
  id: 'ambient',
  title: 'Low water',
  about:
    'Slow chords in D, no drums. Three loops of five, seven and four bars drift against each other, as tape loops ' +
    'would, so the whole repeats only after 140 bars. Try another mode in the scale of the bells.',
  text: `// Low water: loops of 4, 5 and 7 bars over a slow chord.
setcpm(15)

drone: note("[d2,a2]").s("triangle")
  .attack(2).release(3).lpf(sine.range(220, 600).slow(7))
  .gain(.42).room(.5).roomsize(8)

// Each chord breathes in and out within two bars.
pad: chord("<Dmaj7 Bm7 Gmaj7 A7sus>/2").voicing()
  .s("sawtooth").attack(1.8).decay(1).sustain(.7).release(2.5)
  .lpf(perlin.range(400, 1300).slow(3)).gain(.19)
  .jux(x => x.detune(7)).room(.6).roomsize(8)

// Four notes, then silence: the loop is five bars long.
bells: n("<[0 4] 7 [~ 9] 4 ~>").scale("D5:major:pentatonic")
  .s("sine").attack(.005).decay(1.6).sustain(0).release(.8)
  .off(1/8, x => x.add(note(12)).velocity(.5).pan(.8))
  .gain(.34).pan(.25).orbit(2)
  .delay(.5).delaytime(.75).delayfeedback(.6).room(.7).roomsize(9)

// Seven bars long.
answer: n("<~ [~ 2] ~ [4 3] ~ ~ [1 ~]>").scale("D4:major:pentatonic")
  .s("triangle").attack(.08).decay(.9).sustain(.1).release(1.2)
  .echo(3, 1/4, .55).pan(perlin.range(.3, .8).slow(2))
  .postgain(.36).room(.6).roomsize(9)
  .mask("<0 1 1 1 1 1 1 1>/4")

// Sparse grains, high up, chosen anew in each bar.
grains: n(irand(8).segment(8)).scale("D6:major:pentatonic")
  .degradeBy(.7).s("sine").decay(.15).sustain(0)
  .gain(rand.range(.05, .16)).pan(rand)
  .orbit(2).delay(.6).room(.8).roomsize(9)

// A little spray that comes and goes with the water.
tide: s("hh*8").degradeBy(.3).gain(sine.range(.02, .16).slow(4))
  .pan(sine.slow(5)).orbit(2).room(.8).roomsize(9)
`,
};

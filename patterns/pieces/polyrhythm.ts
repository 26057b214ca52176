/** A study in polyrhythm and polymetre: euclidean rhythms and layers of 3, 4, 5 and 7 over one pulse. */
import type { Piece } from './piece.ts';

export const POLYRHYTHM: Piece = {
  id: 'polyrhythm',
  title: 'Three, four, five, seven',
  about:
    'Marimba-like layers that divide the same bar by 3, 4, 5 and 7, and a bass line of seven steps that walks ' +
    'through bars of eight. They enter one by one, four bars each. Mute some with Alt+1 to Alt+9 to hear two meet.',
  text: `// Three, four, five, seven: one bar, divided four ways.
setcpm(24)

const scaleName = "G:dorian"

// The pulse that all are measured against.
pulse: s("bd(4,16), hh*8").gain("[.45 .35]*2").lpf(9000)

three: n("0 2 4").add(n("<0 0 -1 1>")).scale(scaleName)
  .s("triangle").decay(.3).sustain(0).release(.2).gain(.85).pan(.35)

four: n("<7 8 6 7>*4").scale(scaleName).s("sine")
  .decay(.22).sustain(0).release(.2).gain(.75).pan(.62)
  .mask("<0 1 1 1 1 1 1 1>/4")

five: n("{4 6 7 9 11}%5").scale(scaleName).s("triangle")
  .decay(.18).sustain(0).release(.3).gain(.7).pan(.2)
  .every(4, rev).room(.3)
  .mask("<0 0 1 1 1 1 0 1>/4")

seven: n("{7 9 11 9 8 11 14}%7").scale(scaleName).s("sine")
  .decay(.14).sustain(0).release(.2).gain(.6).pan(.8)
  .delay(.3).delaytime(.357).delayfeedback(.4).room(.3)
  .mask("<0 0 0 1 1 1 1 1>/4")

// Polymetre: seven steps at eight to the bar, home again after seven bars.
bass: n("{0 ~ 0 4 ~ 2 ~}%8").sub(n(14)).scale(scaleName)
  .s("sawtooth").lpf(perlin.range(300, 900)).resonance(5).lpenv(1.5)
  .decay(.16).sustain(.3).gain(1)
  .mask("<0 0 1 1>/4")

// Euclid: three, five and seven strokes spread over sixteen steps.
drums: stack(
  s("sd(3,16,4)").gain(.5),
  s("hh(7,16)").gain(.34).pan(.7),
  s("hh(5,16,2)").decay(.2).gain(.3).pan(.3),
).sometimesBy(.2, x => x.ply(2)).room(.2)
  .mask("<0 0 0 0 1 1 1 1>/4")

halo: chord("<Gm9 C7 Gm9 F6>/2").voicing().s("sawtooth")
  .attack(.8).release(1.2).lpf(700).gain(.14).room(.7).roomsize(5)
  .mask("<0 0 0 0 1 1 1 1>/4")
`,
};

/** A generative piece: chance within rules, the same on each machine because chance has a seed in Talea. */
import type { Piece } from './piece.ts';

export const GENERATIVE: Piece = {
  id: 'generative',
  title: 'Weather in a box',
  about:
    'Nearly every note is drawn by chance, from scales and with odds that lie in the text; the same seed gives the ' +
    'same weather on every machine. Try another number in seed, or odds in degradeBy and sometimesBy.',
  text: `// Weather in a box: chance within rules. Another seed is another day.
setcpm(27)

const day = 7
// One chord for two bars, drawn out of five.
const sky = chord(chooseCycles("Am7", "Fmaj7", "C", "Em7", "Dm9").slow(2).seed(day))

// A slow line that wanders: smooth chance, cut into eight, bound to the scale.
wander: n(perlin.range(0, 12).segment(8).round()).scale("A4:minor:pentatonic")
  .degradeBy(.3).seed(day)
  .s("triangle").decay(.4).sustain(.15).release(.4)
  .sometimesBy(.3, x => x.add(note(12)))
  .gain(rand.range(.45, .75)).pan(perlin.range(.2, .6))
  .orbit(2).delay(.4).delaytime(.416).delayfeedback(.5).room(.5).roomsize(4)

clouds: sky.voicing().s("sawtooth")
  .attack(1).release(1.5).lpf(perlin.range(300, 1400).slow(4))
  .jux(x => x.detune(8)).gain(.16).room(.6).roomsize(6)

ground: sky.rootNotes(2).struct("x(<3 3 5 2>,8)")
  .s("sawtooth").lpf(perlin.range(200, 700).slow(2)).lpenv(1)
  .decay(.3).sustain(.4).release(.1).gain(.95)

// How many strokes a bar has is chance as well.
rain: s("hh").euclid(irand(5).add(3).segment(1).seed(day), 8)
  .sometimesBy(.25, x => x.ply("<2 3>"))
  .gain(rand.range(.2, .45)).decay(rand.range(.03, .12)).pan(rand)
  .mask("<0 1 1 1 1 1 0 1>/4")

steps: s("bd ~ [~ bd?] ~ bd? ~ ~ ~, ~ ~ sd ~ ~ ~ sd [~ sd?]")
  .gain(.46).room(.15).rarely(x => x.ply(2))
  .mask("<0 0 1 1 1 1 0 1>/4")

// Now and then a bar of bells, backwards or twice as fast.
bells: n(irand(10).segment(4)).scale("A5:minor:pentatonic")
  .someCyclesBy(.4, rev).rarely(x => x.fast(2)).degradeBy(.4)
  .s("sine").decay(.7).sustain(0).release(.3)
  .echo(3, 1/6, .5).postgain(.22).pan(rand).orbit(2).room(.7).roomsize(6)
  .mask("<0 0 0 1 1>/4")
`,
};

/** A techno piece: four to the floor, an acid line whose filter opens over sixteen bars, stabs in a long delay. */
import type { Piece } from './piece.ts';

export const TECHNO: Piece = {
  id: 'techno',
  title: 'Night line',
  about:
    'Techno in F minor at 130 beats a minute. Tracks enter by mask, whose digits last two or four bars; the bass ' +
    'opens its filter over 16 bars and steps aside for the kick by its gain. Try lpenv and resonance of the acid.',
  text: `// Night line: techno in F minor. A digit of a mask is two or four bars.
setcpm(130/4)

kick: s("bd*4").gain(.52)
  .mask("<1 1 1 1 1 1 1 0 1 1 1 1 1 1 1 1>/2")

hats: stack(
  s("[~ hh]*4").gain(.5).decay(.12),
  s("hh*16").gain("[.16 .07 .26 .11]*4").pan(sine.range(.3, .7).slow(3)),
).mask("<0 1 1 1 1 1 1 1>/4")

snare: s("~ sd ~ sd").gain(.5).room(.25).roomsize(1.2)
  .every(8, x => x.fast("<1 2>").ply("1 1 1 2"))
  .mask("<0 0 1 1 1 1 1 0 1 1 1 1 1 1 1 0>/2")

// The root, between the kicks.
bass: note("<f1 f1 f1 ab1 f1 f1 db1 eb1>")
  .struct("[~ x x x]*4").s("sawtooth")
  .lpf(sine.range(180, 520).slow(16)).resonance(6)
  .attack(.004).decay(.1).sustain(.35).release(.03)
  .gain("[0 .8 .9 1]*4")

acid: n("0 0 7 0 3 0 [10 7] <0 5>").add(n("<0 0 0 3>")).scale("F2:minor:pentatonic")
  .euclid(11, 16).s("square").clip(.6)
  .lpf(saw.range(260, 2400).slow(16)).resonance(14).lpenv(2.4).lpdecay(.12)
  .decay(.1).sustain(.2).gain(.42).pan(.45)
  .mask("<0 0 0 1 1 1 0 1>/4")

stabs: chord("<Fm7 Fm7 Dbmaj7 Eb>").voicing()
  .struct("<[~ x ~ ~ ~ ~ x ~] [~ ~ ~ x ~ ~ ~ ~]>").s("sawtooth")
  .lpf(900).lpenv(1.5).lpdecay(.2).decay(.18).sustain(0).gain(.3)
  .orbit(2).delay(.5).delaytime(.346).delayfeedback(.6).room(.4).roomsize(4)
  .jux(x => x.late(1/64))
  .mask("<0 0 1 1 1 1 1 1>/4")
`,
};

/**
 * The piece of a first visit: plays on one click, uses only what the engine has by itself, and shows in a dozen lines
 * what a program looks like.
 */
export const FIRST_PIECE = `// Play starts it. Change a number or a note, then press Ctrl+Enter:
// the change comes in at the next bar and nothing stops.

setcpm(112/4)

drums: stack(
  s("bd*4").gain(.95),
  s("~ sd ~ sd").gain(.6).room(.15),
  s("[~ hh]*4, hh*16?").gain("<.3 .25>").pan(sine.range(.35, .65).slow(2)),
)

bass: note("<[c2 ~ c2 eb2] [ab1 ~ ab1 c2] [eb2 ~ eb2 g2] [bb1 ~ bb1 d2]>*2")
  .s("sawtooth")
  .lpf(sine.range(300, 1400).slow(8)).resonance(9).lpenv(2)
  .decay(.18).sustain(.3).gain(.7)

chords: note("<[c4,eb4,g4,bb4] [c4,eb4,ab4] [bb3,eb4,g4] [d4,f4,bb4]>")
  .struct("~ x ~ [x ~ x ~]")
  .s("triangle").attack(.01).release(.25)
  .room(.4).roomsize(3).gain(.35)

lead: note("<g4 [bb4 c5] ~ [eb5 d5 bb4]>(5,8)")
  .s("square").lpf(1800).release(.1)
  .delay(.45).delaytime(.268).delayfeedback(.5)
  .pan(.6).gain(.22)
`;

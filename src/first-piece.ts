/**
 * The piece of a first visit: plays on one click, uses only what the engine has by itself, and shows in a screenful
 * what a program looks like. Four bars: Cm, Ab, Eb, Bb; the delay of the lead is a dotted eighth at this tempo.
 */
export const FIRST_PIECE = `// Play starts it. Change a number or a note and press Ctrl+Enter:
// what you changed comes in at the next bar, and nothing stops.

setcpm(116/4)

drums: stack(
  s("bd*4").gain(.8),
  s("~ sd ~ sd").gain(.5).room(.2),
  s("[~ hh]*4, hh*16?").gain("<.22 .3>").pan(sine.range(.3, .7)),
)

bass: note(\`<
  [c2  ~ c3  c2  ~ c2  g2 bb2]
  [ab1 ~ ab2 ab1 ~ ab1 c2 eb2]
  [eb2 ~ eb3 eb2 ~ eb2 g2 bb2]
  [bb1 ~ bb2 bb1 ~ bb1 d2 f2]
>\`).s("sawtooth")
  .lpf(sine.range(250, 1200).slow(16)).resonance(8).lpenv(2)
  .decay(.16).sustain(.25).gain(.55)

chords: note("<[g3,bb3,eb4] [ab3,c4,eb4] [g3,bb3,eb4] [f3,bb3,d4]>")
  .struct("~ x ~ [~ x]").s("triangle")
  .attack(.01).release(.3).room(.45).roomsize(3).gain(.3)

lead: note("<[g4 ~ bb4 c5] [~ eb5 ~ c5] [bb4 ~ g4 ~] [f4 g4 ~ d4]>")
  .s("square").lpf(1600).decay(.12).sustain(.2)
  .delay(.4).delaytime(.388).delayfeedback(.45)
  .pan(.6).gain(.2)
`;

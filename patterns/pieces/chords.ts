/** A chord progression: chord symbols, voicings that lead into each other, roots for the bass, a melody on top. */
import type { Piece } from './piece.ts';

export const CHORDS: Piece = {
  id: 'chords',
  title: 'Late window',
  about:
    'Eight bars of chord symbols, two to sixteen bars of song. voicing() finds notes that move little from chord to ' +
    'chord, rootNotes() gives the bass, and anchor says where the voicing lies. Try other chords: all tracks follow.',
  text: `// Late window: one line of chord symbols feeds keys, bass and strings.
setcpm(84/4)

const changes = chord("<Dm9 G13 Cmaj7 A7b9 Dm9 G13 Em7 A7>")

keys: changes.anchor("<d5 c5>/8").voicing()
  .struct("<[x ~ ~ x ~ ~ x ~] [~ x ~ ~ x ~ ~ ~]>").s("triangle")
  .attack(.006).decay(.5).sustain(.25).release(.35)
  .gain(.5).velocity(rand.range(.8, 1)).room(.35).roomsize(2.5).pan(.42)

bass: changes.rootNotes(2)
  .struct("x ~ [~ x] <~ x>").add(note("0 0 <7 0> 12"))
  .s("sawtooth").lpf(420).lpenv(1).lpdecay(.15)
  .attack(.006).decay(.25).sustain(.5).release(.08).gain(.95)

// Open chords behind, from the ninth bar.
strings: changes.offset(1).voicing().s("sawtooth")
  .attack(.6).release(.7).lpf(sine.range(600, 1500).slow(8))
  .jux(x => x.detune(9)).gain(.13).room(.6).roomsize(5)
  .mask("<0 1 1 1>/8")

drums: stack(
  s("bd ~ ~ [~ bd] bd ~ ~ ~").gain(.5),
  s("~ ~ sd ~ ~ ~ sd <~ [~ sd]>").gain(.34).room(.2),
  s("hh*8").gain("[.34 .17]*4").late("[0 .012]*4"),
).mask("<0 1 1 1 1 1 1 1>/4")

// A melody of sixteen bars; the second half answers an octave higher.
lead: arrange(
  [4, n("<[4 ~ 3 2] [1 ~ ~ ~] [2 3 ~ 4] [~ ~ 1 ~]>")],
  [4, n("<[~ 4 5 6] [4 ~ 3 ~] [2 ~ 1 ~] ~>")],
  [4, n("<[7 ~ 6 4] [5 ~ ~ 4] [3 ~ 4 ~] [~ 2 1 ~]>")],
  [4, n("<[7 6 4 3] [4 ~ ~ ~] [2 ~ 3 ~] ~>")],
).scale("C4:major")
  .s("square").lpf(1500).attack(.01).decay(.3).sustain(.4).release(.2)
  .gain(.34).delay(.25).delaytime(.536).delayfeedback(.35).room(.4).pan(.58)
  .mask("<0 1 1 1>/8")
`,
};

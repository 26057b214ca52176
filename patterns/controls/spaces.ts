/** Controls of orbits, MIDI, pictures, harmony, and names that only other engines follow. */
import { ACTS, ANY, type ControlRow, controlsOf, UNIT } from './row.ts';

const orbit = controlsOf('orbit', 'orbit');
const delay = controlsOf('delay', 'orbit');
const reverb = controlsOf('reverb', 'orbit');
const midi = controlsOf('MIDI', 'midi');
const visual = controlsOf('visual', 'visual');
const harmony = controlsOf('harmony', 'pattern');
const other = controlsOf('other engines', 'voice');

/** Names that exist for other engines, without a meaning here. */
const OTHER =
  'chorus leslie lrate lsize squiz triode krush kcutoff ring ringf ringdf waveloss comb smear scram binshift hbrick ' +
  'lbrick freeze enhance real imag octer octersub octersubsub fshift fshiftnote fshiftphase xsdelay tsdelay ' +
  'sustainpedal expression voice semitone octaveR stepsPerOctave harmonic mtranspose ctranspose degree lock ' +
  'delayspeed fadeTime fadeInTime gate uid frameRate frames hours minutes seconds songPtr cps FXrelease';
const OTHER_ALIASES: Readonly<Record<string, string>> = {
  fadeTime: 'fadeOutTime',
  gate: 'gat',
  FXrelease: 'FXrel FXr fxr',
};

export const spaceControls: readonly ControlRow[] = [
  orbit('orbit', 'o', 'number or name', [0, 15, 1], 'Group of voices that share delay and reverb.', ACTS),
  orbit('dry', '', 'factor', [0, 1, 1], 'Level without the effects of the orbit.'),
  orbit('duckorbit', 'duck', 'number or name', ANY, 'Orbits that this voice ducks.'),
  orbit('duckdepth', '', '0..1', [0, 1, 1], 'How far they are ducked.'),
  orbit('duckonset', 'duckons', 's', [0, 10, 0], 'How fast they are ducked.'),
  orbit('duckattack', 'duckatt', 's', [0, 10, 0.1], 'How fast they come back.'),
  delay('delay', '', 'level', UNIT, 'Level into the delay; a list gives level, time, feedback.', {
    expands: 'delaytime delayfeedback',
    acts: true,
  }),
  delay('delaytime', 'delayt dt', 's', [0, 8, 0.25], 'Time of the delay.', ACTS),
  delay('delayfeedback', 'delayfb dfb', '0..1', [0, 0.98, 0.5], 'Feedback of the delay.', ACTS),
  delay('delaysync', '', 'cycles', [0, 64, 0.1875], 'Time of the delay in cycles.', ACTS),
  reverb('room', '', 'level', UNIT, 'Level into the reverb; a list gives level and size.', {
    expands: 'roomsize',
    acts: true,
  }),
  reverb('roomsize', 'rsize size sz', 's', [0.1, 30, 2], 'How long the reverb rings.', ACTS),
  reverb('roomfade', 'rfade', 's', [0, 10, 0.1], 'Time in which the reverb comes in.'),
  reverb('roomlp', 'rlp', 'Hz', [10, 24000, 15000], 'Low-pass filter of the reverb at its beginning.'),
  reverb('roomdim', 'rdim', 'Hz', [10, 24000, 1000], 'Low-pass filter of the reverb at its end.'),
  reverb('ir', 'iresponse', 'name', ANY, 'Sample whose room the reverb takes.', { expands: 'i' }),
  reverb('irspeed', '', 'factor', ANY, 'Speed of the sample of the room.'),
  reverb('irbegin', '', 'fraction', [0, 1, 0], 'Where the sample of the room begins.'),
  midi('midichan', '', '1..16', [1, 16, 1], 'MIDI channel.'),
  midi('midiport', '', 'name', ANY, 'MIDI port.'),
  midi('midimap', '', 'name', ANY, 'Map from controls to MIDI controllers.'),
  midi('midicmd', '', 'name', ANY, 'MIDI command.'),
  midi('midibend', '', '-1..1', [-1, 1, 0], 'Pitch bend.'),
  midi('miditouch', '', '0..1', UNIT, 'Channel pressure.'),
  midi('polyTouch', '', '0..1', UNIT, 'Pressure of the key.'),
  midi('ccn', '', '0..127', [0, 127, null], 'Number of a controller.'),
  midi('ccv', '', '0..1', UNIT, 'Value of a controller.'),
  midi('ctlNum', '', '0..127', [0, 127, null], 'Number of a controller.'),
  midi('nrpnn', '', 'list', ANY, 'Number of a non-registered parameter.'),
  midi('nrpv', '', '0..127', [0, 127, null], 'Value of a non-registered parameter.'),
  midi('progNum', '', '0..127', [0, 127, null], 'Program change.'),
  midi('sysexid', '', 'list', ANY, 'Maker of a system exclusive message.'),
  midi('sysexdata', '', 'list', ANY, 'Data of a system exclusive message.'),
  midi('oschost', '', 'name', ANY, 'Host for OSC.'),
  midi('oscport', '', 'number', [1, 65535, null], 'Port for OSC.'),
  visual('color', 'colour', 'CSS colour', ANY, 'Colour in the pictures.'),
  visual('label', '', 'text', ANY, 'Text in the pictures.', { expands: 'activeLabel' }),
  visual('activeLabel', '', 'text', ANY, 'Text in the pictures while it sounds.'),
  visual('analyze', '', 'name', ANY, 'Analyser the voice is shown by.'),
  visual('fft', '', 'exponent', [5, 15, 8], 'Size of the analysis.'),
  harmony('chord', '', 'chord name', ANY, 'Chord for voicing.', ACTS),
  harmony('dictionary', 'dict', 'name', ANY, 'Dictionary of voicings.', ACTS),
  harmony('anchor', '', 'note', ANY, 'Note a voicing is near.', ACTS),
  harmony('mode', '', 'name', ANY, 'How a voicing meets its anchor.', { expands: 'anchor', acts: true }),
  harmony('offset', '', 'steps', ANY, 'Moves a voicing up or down.', ACTS),
  harmony('octaves', '', 'octaves', ANY, 'How many octaves the notes of a voicing span.', ACTS),
  ...OTHER.split(' ').map((key) =>
    other(key, OTHER_ALIASES[key] ?? '', '', ANY, 'A control of other engines.'),
  ),
];

/**
 * The options of every command, as tables: the parser reads by them, the help is made from them. Kept apart from the
 * commands so that the help loads none of them.
 */
import { LONGEST_RENDER_SECONDS } from '../render/length.ts';
import type { OptionRow } from './option-row.ts';

export const QUERY_OPTIONS: readonly OptionRow[] = [
  { name: 'from', kind: 'text', valueName: 'CYCLE', text: 'first cycle, a number or a fraction (0)' },
  { name: 'to', kind: 'text', valueName: 'CYCLE', text: 'end, not included (4)' },
  { name: 'json', kind: 'flag', text: 'one JSON object a line instead of text' },
  {
    name: 'batch',
    kind: 'flag',
    text: 'read JSON lines {"id", "code", "from", "to"} on stdin, answer each in one line',
  },
];

export const CHECK_OPTIONS: readonly OptionRow[] = [];

export const RENDER_OPTIONS: readonly OptionRow[] = [
  { name: 'out', short: 'o', kind: 'text', valueName: 'OUT.wav', text: 'the file to write' },
  {
    name: 'cycles',
    kind: 'number',
    valueName: 'N',
    min: 0.001,
    max: 100_000,
    text: 'length in cycles, plus the tail (16)',
  },
  {
    name: 'seconds',
    kind: 'number',
    valueName: 'S',
    min: 0.001,
    max: LONGEST_RENDER_SECONDS,
    text: 'length in seconds, cut there, instead of --cycles',
  },
  { name: 'rate', kind: 'integer', valueName: 'HZ', min: 8_000, max: 192_000, text: 'sample rate (48000)' },
  { name: 'bits', kind: 'choice', choices: ['16', '24', '32f'], text: 'sample format (24)' },
  { name: 'stems', kind: 'text', valueName: 'DIR', text: 'also one file per track, into this folder' },
  { name: 'midi', kind: 'text', valueName: 'OUT.mid', text: 'also a Standard MIDI File of the notes' },
  { name: 'report', kind: 'flag', text: 'print figures as JSON: length, loudness, peaks, hash' },
];

export const SERVE_OPTIONS: readonly OptionRow[] = [
  {
    name: 'port',
    kind: 'integer',
    valueName: 'N',
    min: 0,
    max: 65_535,
    text: 'port (4321); 0 takes any free one',
  },
  {
    name: 'host',
    kind: 'text',
    valueName: 'ADDR',
    valueOptional: true,
    text: 'let other machines in: on all addresses, or on this one',
  },
];

/** The arguments of commands: what is read, and the wording of what is refused. */
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../runtime/cli/arguments.ts';
import { UsageError } from '../../../runtime/cli/command.ts';
import { COMMANDS } from '../../../runtime/cli/commands.ts';
import { commandHelp, overview } from '../../../runtime/cli/help.ts';
import { nearestName } from '../../../runtime/program/nearest-name.ts';
import type { OptionRow } from '../../../runtime/cli/option-row.ts';

const ROWS: readonly OptionRow[] = [
  { name: 'out', short: 'o', kind: 'text', valueName: 'FILE', text: '' },
  { name: 'host', kind: 'text', valueName: 'ADDR', valueOptional: true, text: '' },
  { name: 'cycles', kind: 'number', valueName: 'N', min: 0.5, max: 10, text: '' },
  { name: 'port', kind: 'integer', valueName: 'N', min: 0, max: 100, text: '' },
  { name: 'bits', kind: 'choice', choices: ['16', '32f'], text: '' },
  { name: 'report', kind: 'flag', text: '' },
];

const read = (...argv: string[]) => parseArguments(argv, ROWS);

describe('what is read', () => {
  test('values after a blank or an equals sign, short names, flags, positionals', () => {
    const given = read(
      'a.ts',
      '-o',
      'x.wav',
      '--cycles=2.5',
      '--port',
      '7',
      '--bits',
      '32f',
      '--report',
      '-',
      'b.ts',
    );
    expect(given.positionals).toEqual(['a.ts', '-', 'b.ts']);
    expect([given.text('out'), given.number('cycles'), given.number('port'), given.text('bits')]).toEqual([
      'x.wav',
      2.5,
      7,
      '32f',
    ]);
    expect(given.has('report')).toBe(true);
    expect(given.has('host')).toBe(false);
  });
  test('after -- nothing is an option', () => {
    expect(read('--report', '--', '--out', '-o').positionals).toEqual(['--out', '-o']);
  });
  test('an optional value may be left out', () => {
    expect(read('--host').text('host')).toBe('');
    expect(read('--host', '--report').text('host')).toBe('');
    expect(read('--host', '0.0.0.0').text('host')).toBe('0.0.0.0');
  });
  test('the limits are included', () => {
    expect(read('--cycles', '0.5').number('cycles')).toBe(0.5);
    expect(read('--cycles', '10').number('cycles')).toBe(10);
    expect(read('--cycles', '1e1').number('cycles')).toBe(10);
  });
});

describe('what is refused, and how', () => {
  const refused: readonly (readonly [string[], string])[] = [
    [['--cylces', '4'], 'unknown option --cylces. Did you mean --cycles?'],
    [['--zzz'], 'unknown option --zzz.'],
    [['-x'], 'unknown option -x.'],
    [['--cycles'], '--cycles needs a value: a number from 0.5 to 10.'],
    [['--cycles', '--report'], '--cycles needs a value: a number from 0.5 to 10.'],
    [['--cycles', '-1'], '--cycles -1 is not possible; it is a number from 0.5 to 10.'],
    [['--cycles', '1e9'], '--cycles 1e9 is not possible; it is a number from 0.5 to 10.'],
    [['--cycles', 'four'], '--cycles four is not possible; it is a number from 0.5 to 10.'],
    [['--cycles', 'NaN'], '--cycles NaN is not possible; it is a number from 0.5 to 10.'],
    [['--cycles', ''], '--cycles  is not possible; it is a number from 0.5 to 10.'],
    [['--port', '1.5'], '--port 1.5 is not possible; it is a whole number from 0 to 100.'],
    [['--port', '101'], '--port 101 is not possible; it is a whole number from 0 to 100.'],
    [['--port', '0x10'], '--port 0x10 is not possible; it is a whole number from 0 to 100.'],
    [['--bits', '8'], '--bits 8 is not possible; it is one of 16, 32f.'],
    [['--report=yes'], '--report takes no value.'],
    [['-o', 'a', '--out', 'b'], '--out is given twice.'],
    [['--out', ''], '--out needs a value: FILE.'],
  ];
  test.each(refused)('%j', (argv, message) => {
    expect(() => read(...argv)).toThrow(new UsageError(message));
  });
});

describe('the nearest name', () => {
  const names = ['query', 'render', 'check', 'serve'];
  test.each([
    ['rendr', 'render'],
    ['redner', 'render'],
    ['Serve', 'serve'],
    ['qurey', 'query'],
    ['chekc', 'check'],
    ['play', undefined],
    ['', undefined],
  ])('%s -> %s', (typed, expected) => expect(nearestName(typed, names)).toBe(expected));
});

describe('help', () => {
  test('names every command and every option', () => {
    const all = overview(COMMANDS);
    for (const command of COMMANDS) {
      expect(all).toContain(`  ${command.name} `);
      for (const option of command.options) expect(commandHelp(command)).toContain(`--${option.name}`);
    }
  });
});

/** `talea render` as a process: from a file with a program to files with sound, and every wrong way to call it. */
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LoudnessMeter } from '../../runtime/render/loudness.ts';
import { readMidi } from '../kit/read-midi.ts';
import { readWav } from '../kit/read-wav.ts';
import { collect, Desk } from '../kit/talea-process.ts';

/** Below the limiter, with an effect that rings on. */
const PIECE = `
drums: s("bd hh sd hh").gain(.2)
bass: note("c2 e2 <g2 a2> c3").s("sawtooth").lpf(800).room(.3).gain(.2)
`;

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

const wavOf = (name: string) => readWav(readFileSync(desk.path(name)));

describe('what it writes', () => {
  test('onsets lie at their exact frames, also after a tempo that divides no second', async () => {
    desk.write('clicks.ts', 'setcps(0.7)\ns("hh ~ ~ hh ~ hh ~").decay(.02).gain(1)');
    const { code } = await desk.run(['render', 'clicks.ts', '-o', 'c.wav', '--cycles', '4', '--bits', '32f']);
    expect(code).toBe(0);
    const { left } = wavOf('c.wav');
    const cycleFrames = 48_000 / 0.7;
    for (let step = 0; step < 28; step++) {
      if (![0, 3, 5].includes(step % 7)) continue;
      const onset = Math.ceil((step * cycleFrames) / 7 - 1e-6);
      expect(left[onset], `the first sample of step ${step}`).not.toBe(0);
      expect(left.subarray(Math.max(0, onset - 100), onset).every((sample) => sample === 0)).toBe(true);
    }
  });

  test('a file of the wished length, rate and format, the same in two processes', async () => {
    desk.write('piece.ts', PIECE);
    const call = (out: string) => [
      'render',
      'piece.ts',
      '-o',
      out,
      '--seconds',
      '1.5',
      '--rate',
      '44100',
      '--report',
    ];
    const first = await desk.run([...call('a.wav'), '--bits', '32f']);
    const second = await desk.run([...call('b.wav'), '--bits', '16']);
    expect([first.code, first.stderr, second.code, second.stderr]).toEqual([0, '', 0, '']);
    const [a, b] = [JSON.parse(first.stdout), JSON.parse(second.stdout)];
    expect(a.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(b.hash).toBe(a.hash);
    expect(a).toMatchObject({
      seconds: 1.5,
      frames: 66_150,
      sampleRate: 44_100,
      clippedSamples: 0,
      files: ['a.wav'],
    });
    expect(a.peakVoices).toBeGreaterThan(0);
    expect(a.cpuSeconds).toBeGreaterThan(0);
    const [float, rounded] = [wavOf('a.wav'), wavOf('b.wav')];
    expect([float.sampleRate, float.bits, float.left.length]).toEqual([44_100, 32, 66_150]);
    expect([rounded.bits, rounded.left.length]).toEqual([16, 66_150]);
    const worst = float.left.reduce(
      (most, sample, i) => Math.max(most, Math.abs(sample - rounded.left[i]!)),
      0,
    );
    expect(worst).toBeLessThanOrEqual(2 ** -16);
    const meter = new LoudnessMeter(44_100);
    meter.add(Float32Array.from(float.left), Float32Array.from(float.right));
    expect(a.lufs).toBeCloseTo(meter.integrated(), 1);
    expect(desk.files()).toEqual(['a.wav', 'b.wav', 'piece.ts']);
  });

  test('cycles have a tail, 24 bits are the default, and a line says what was written', async () => {
    desk.write('piece.ts', 'setcps(2)\n$: s("bd ~ ~ sd").room(.5)');
    const { code, stdout } = await desk.run(['render', 'piece.ts', '-o', 'out.wav', '--cycles', '2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^out\.wav: \d+\.\d\d s, -\d+(\.\d+)? LUFS, peak -?\d+(\.\d+)? dBTP \(.* s of processor\)\n$/,
    );
    const { bits, left, sampleRate } = wavOf('out.wav');
    expect([bits, sampleRate]).toEqual([24, 48_000]);
    const seconds = left.length / sampleRate;
    expect(seconds).toBeGreaterThan(1.1);
    expect(seconds).toBeLessThan(11);
    expect(left.subarray(-4_800).some((sample) => Math.abs(sample) > 0)).toBe(true);
  });

  test('stems sum to the mix, the MIDI file holds the notes', async () => {
    desk.write('piece.ts', `${PIECE}\n_silent: s("bd*8")`);
    const args = [
      'render',
      'piece.ts',
      '-o',
      'mix.wav',
      '--cycles',
      '1',
      '--bits',
      '32f',
      '--stems',
      'stems',
    ];
    const { code, stderr } = await desk.run([...args, '--midi', 'notes.mid']);
    expect([code, stderr]).toEqual([0, '']);
    expect(desk.files()).toEqual([
      'mix.wav',
      'notes.mid',
      'piece.ts',
      'stems',
      'stems/01-drums.wav',
      'stems/02-bass.wav',
    ]);
    const [mix, drums, bass] = ['mix.wav', 'stems/01-drums.wav', 'stems/02-bass.wav'].map(wavOf);
    expect([drums!.left.length, bass!.left.length]).toEqual([mix!.left.length, mix!.left.length]);
    let worst = 0;
    for (const channel of ['left', 'right'] as const) {
      for (const [i, sample] of mix![channel].entries()) {
        worst = Math.max(worst, Math.abs(sample - drums![channel][i]! - bass![channel][i]!));
      }
    }
    // -90 dBFS; the limiter does nothing at this level.
    expect(worst).toBeLessThan(10 ** (-90 / 20));
    const midi = readMidi(readFileSync(desk.path('notes.mid')));
    expect(midi.tracks.map(({ name }) => name)).toEqual(expect.arrayContaining([undefined, 'drums', 'bass']));
    const notesOf = (name: string) => midi.tracks.find((track) => track.name === name)!.notes;
    expect(notesOf('drums').map(({ key, tick }) => [key, tick])).toEqual([
      [36, 0],
      [42, 960],
      [38, 1_920],
      [42, 2_880],
    ]);
    expect(notesOf('bass').map(({ key }) => key)).toEqual([36, 40, 43, 48]);
  });

  test('a device is written to, standard input is read, a warning stops nothing', async () => {
    const args = ['render', '-', '-o', '/dev/null', '--seconds', '1.2'];
    const { code, stderr } = await desk.run(args, '$: s("bd nosuchthing")');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^\(standard input\):1:\d+: warning: .*nosuchthing.*\n/);
    expect(desk.files()).toEqual([]);
  });

  test('silence is a sound too, and is told', async () => {
    desk.write('rest.ts', '$: s("~")');
    const { code, stdout, stderr } = await desk.run([
      'render',
      'rest.ts',
      '-o',
      'rest.wav',
      '--cycles',
      '0.5',
      '--report',
    ]);
    expect([code, stderr]).toEqual([0, 'rest.ts: not one note was played\n']);
    expect(JSON.parse(stdout)).toMatchObject({ seconds: 1, lufs: null, truePeakDb: null, peakVoices: 0 });
  });

  test('an interrupted render leaves nothing behind', async () => {
    desk.write('piece.ts', PIECE);
    const child = desk.start('render', 'piece.ts', '-o', 'long.wav', '--seconds', '3000');
    const ended = collect(child);
    while (desk.files().length < 2 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toBe('');
    expect(desk.files()).toEqual(['piece.ts']);
  });
});

describe('wrong calls: one line, exit code 2, no file', () => {
  const calls: readonly (readonly [string[], RegExp])[] = [
    [['piece.ts'], /-o OUT\.wav/],
    [['-o', 'x.wav'], /needs a FILE/],
    [['piece.ts', 'other.ts', '-o', 'x.wav'], /other\.ts is one too many/],
    [['piece.ts', '-o'], /--out needs a value/],
    [['piece.ts', '-o', 'x.wav', '--cycles', '-1'], /--cycles -1 is not possible/],
    [['piece.ts', '-o', 'x.wav', '--cycles', '0'], /--cycles 0 is not possible/],
    [['piece.ts', '-o', 'x.wav', '--cycles', '1e9'], /--cycles 1e9 is not possible/],
    [['piece.ts', '-o', 'x.wav', '--cycles', 'four'], /a number from/],
    [['piece.ts', '-o', 'x.wav', '--seconds', '-0.5'], /--seconds -0\.5 is not possible/],
    [['piece.ts', '-o', 'x.wav', '--cycles', '4', '--seconds', '4'], /exclude each other/],
    [['piece.ts', '-o', 'x.wav', '--rate', '7'], /--rate 7 is not possible/],
    [['piece.ts', '-o', 'x.wav', '--rate', '44100.5'], /a whole number/],
    [['piece.ts', '-o', 'x.wav', '--bits', '8'], /one of 16, 24, 32f/],
    [['piece.ts', '-o', 'x.wav', '--cylces', '4'], /Did you mean --cycles\?/],
    [['piece.ts', '-o', 'x.mp3'], /only \.wav files/],
    [['piece.ts', '-o', '-'], /standard output/],
    [['piece.ts', '--midi', 'x.wav'], /only \.mid files/],
  ];
  test.each(calls)('%j', async (args, reason) => {
    desk.write('piece.ts', PIECE);
    const { code, stdout, stderr } = await desk.run(['render', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/^talea: [^\n]+ Try: talea help render\n$/);
    expect(desk.files()).toEqual(['piece.ts']);
  });
});

describe('wrong input: exit code 1, no file', () => {
  const refused: readonly (readonly [string, string | Uint8Array | null, RegExp])[] = [
    ['a missing file', null, /^talea: piece\.ts does not exist\.\n$/],
    ['an empty file', '', /^talea: piece\.ts is empty[^\n]*\n$/],
    ['blanks', ' \n\t\n', /^talea: piece\.ts is empty[^\n]*\n$/],
    ['binary rubbish', Uint8Array.of(0xff, 0xfe, 0x80, 0x00, 0xc3), /^talea: piece\.ts is no text[^\n]*\n$/],
    ['zero bytes', 'a\0b', /^talea: piece\.ts is no text[^\n]*\n$/],
    ['no track', 'const x = 1', /^talea: piece\.ts plays nothing[^\n]*\n$/],
    ['a syntax error', '$: s("bd")\n$: s("hh"', /^piece\.ts:2:\d+: [^\n]+\n/],
    ['a notation error', '$: s("bd")\nx: s("bd [hh")', /^piece\.ts:2:\d+: [^\n]+\n/],
    ['an unknown name', '$: s("bd").nosuchmethod(3)', /^piece\.ts:1:\d+: [^\n]*nosuchmethod[^\n]*\n/],
    [
      'an error of its own',
      '\n\n$: s("bd").fmap(() => { throw new Error("ouch") })',
      /^piece\.ts:3:\d+: ouch\n/,
    ],
    [
      'an endless loop',
      '$: s("bd")\nwhile (true) {}',
      /^piece\.ts:2:\d+: [^\n]+\n|^talea: piece\.ts: [^\n]+\n$/,
    ],
    ['a render of days', 'setcps(0.01)\n$: s("bd")', /^talea: piece\.ts: [^\n]*hours[^\n]*\n$/],
  ];
  test.each(refused)('%s', async (_name, content, reason) => {
    if (content !== null) desk.write('piece.ts', content);
    const { code, stdout, stderr } = await desk.run([
      'render',
      'piece.ts',
      '-o',
      'x.wav',
      '--cycles',
      '9999',
    ]);
    expect(stderr).toMatch(reason);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).not.toMatch(/^\s+at |node:internal|\.js:\d/m);
    expect(desk.files()).toEqual(content === null ? [] : ['piece.ts']);
  });

  test('a folder in place of a program', async () => {
    mkdirSync(desk.path('piece.ts'));
    const { code, stderr } = await desk.run(['render', 'piece.ts', '-o', 'x.wav']);
    expect([code, stderr]).toEqual([1, 'talea: piece.ts is a folder; a program is a file.\n']);
  });
});

describe('outputs that can not be written: exit code 1, told before the work', () => {
  test('a folder, a missing folder, a folder for stems that is a file', async () => {
    desk.write('piece.ts', PIECE);
    mkdirSync(desk.path('folder'));
    const call = async (...args: string[]) => {
      const { code, stderr } = await desk.run(['render', 'piece.ts', '--seconds', '1', ...args]);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await call('-o', 'folder')).toBe("talea: can't write folder: it is a folder.\n");
    expect(await call('-o', 'no/x.wav')).toMatch(
      /^talea: can't write no\/x\.wav: the folder .* does not exist\.\n$/,
    );
    expect(await call('-o', 'x.wav', '--stems', 'piece.ts')).toMatch(
      /^talea: can't write stems into piece\.ts[^\n]*\n$/,
    );
    expect(await call('-o', 'x.wav', '--midi', 'no/x.mid')).toMatch(
      /^talea: can't write no\/x\.mid[^\n]*\n$/,
    );
    expect(desk.files()).toEqual(['folder', 'piece.ts']);
  });

  test.runIf(process.getuid?.() !== 0)('a folder without permission', async () => {
    desk.write('piece.ts', PIECE);
    mkdirSync(desk.path('locked'));
    chmodSync(desk.path('locked'), 0o500);
    const { code, stderr } = await desk.run(['render', 'piece.ts', '-o', 'locked/x.wav']);
    expect([code, stderr]).toEqual([1, "talea: can't write locked/x.wav: no permission.\n"]);
  });

  test('a failed render keeps the file that was there', async () => {
    desk.write('out.wav', 'precious');
    desk.write('bad.ts', '$: s("bd"');
    expect((await desk.run(['render', 'bad.ts', '-o', 'out.wav'])).code).toBe(1);
    expect(readFileSync(desk.path('out.wav'), 'utf8')).toBe('precious');
    expect(existsSync(desk.path('.out.wav'))).toBe(false);
  });
});

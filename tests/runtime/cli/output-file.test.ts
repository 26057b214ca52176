/** Files that appear whole or not at all. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../../runtime/cli/command.ts';
import { OutputFile } from '../../../runtime/cli/render/output-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'talea-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('is not there before finish, and whole after it', () => {
  const path = join(folder, 'a.bin');
  writeFileSync(path, 'old');
  const file = new OutputFile('a.bin', path);
  file.write(bytes('____ world'));
  file.write(bytes('hello'), 0);
  expect(readFileSync(path, 'utf8')).toBe('old');
  file.finish();
  expect(readFileSync(path, 'utf8')).toBe('helloworld');
  expect(readdirSync(folder)).toEqual(['a.bin']);
});

test('discard leaves no trace, and keeps what was there', () => {
  writeFileSync(join(folder, 'old.bin'), 'old');
  for (const name of ['new.bin', 'old.bin']) {
    const file = new OutputFile(name, join(folder, name));
    file.write(bytes('half'));
    file.discard();
    file.discard();
  }
  expect(readdirSync(folder)).toEqual(['old.bin']);
  expect(readFileSync(join(folder, 'old.bin'), 'utf8')).toBe('old');
});

test('discard after finish does not remove it', () => {
  const file = new OutputFile('a', join(folder, 'a'));
  file.finish();
  file.discard();
  expect(existsSync(join(folder, 'a'))).toBe(true);
});

test('a link stays a link', () => {
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  const file = new OutputFile('link', join(folder, 'link'));
  file.write(bytes('new'));
  file.finish();
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['link', 'real']);
});

test('a device is written to, never replaced', () => {
  const file = new OutputFile('/dev/null', '/dev/null');
  file.write(bytes('gone'));
  file.finish();
  expect(readdirSync('/dev').filter((name) => name.includes('null.'))).toEqual([]);
  writeFileSync('/dev/null', 'still a device');
});

test.each([
  ['a missing folder', () => join(folder, 'no', 'a.wav'), 'does not exist'],
  ['a folder', () => folder, 'it is a folder'],
  ['a file as folder', () => join(folder, 'file', 'a.wav'), 'is no folder'],
  ['a link to nowhere', () => join(folder, 'nowhere'), 'a link to nowhere'],
])('%s is refused at once', (_name, path, reason) => {
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'gone'), join(folder, 'nowhere'));
  expect(() => new OutputFile('OUT', path())).toThrow(InputError);
  expect(() => new OutputFile('OUT', path())).toThrow(reason);
});

test.runIf(process.getuid?.() !== 0)('a folder without permission is refused', () => {
  const locked = join(folder, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o500);
  expect(() => new OutputFile('OUT', join(locked, 'a.wav'))).toThrow('no permission');
});

/** The table of commands and which press runs which of them, on several layouts. */
import { describe, expect, test } from 'vitest';
import { look } from '../../src/commands/key-listener.ts';
import { type Press, parseKey, showKey } from '../../src/commands/keys.ts';
import { COMMANDS, commandById } from '../../src/commands/table.ts';
import { findCommands } from '../../src/panels/palette.ts';

const press = (modifiers: string, key: string, code: string): Press => ({
  key,
  code,
  ctrlKey: modifiers.includes('C'),
  metaKey: modifiers.includes('M'),
  altKey: modifiers.includes('A'),
  shiftKey: modifiers.includes('S'),
  altGraph: modifiers.includes('G'),
});

const found = (pressed: Press, isMac = false): string | null => {
  const finding = look(pressed, null, isMac);
  return finding.kind === 'command' ? finding.command.id : finding.kind === 'chord' ? 'chord' : null;
};

describe('presses', () => {
  test.each([
    ['Ctrl-Enter', press('C', 'Enter', 'Enter'), false, 'evaluate'],
    ['Cmd-Enter on a Mac', press('M', 'Enter', 'Enter'), true, 'evaluate'],
    ['Ctrl-Enter on a Mac is not ours', press('C', 'Enter', 'Enter'), true, null],
    ['Ctrl-Shift-Enter', press('CS', 'Enter', 'Enter'), false, 'evaluate-now'],
    ['Shift-Enter', press('S', 'Enter', 'Enter'), false, 'evaluate-block'],
    ['Alt-Enter', press('A', 'Enter', 'Enter'), false, 'evaluate-block'],
    ['Option-Enter on a Mac', press('A', 'Enter', 'Enter'), true, 'evaluate-block'],
    ['Enter alone', press('', 'Enter', 'Enter'), false, null],
    ['Ctrl-.', press('C', '.', 'Period'), false, 'hush'],
    ['Ctrl-Shift-. on a US layout', press('CS', '>', 'Period'), false, 'panic'],
    ['Ctrl-Shift-. on a German layout', press('CS', ':', 'Period'), false, 'panic'],
    ['Ctrl-. on a French layout (Shift needed)', press('CS', '.', 'Comma'), false, 'hush'],
    ['Ctrl-/ on a German layout', press('CS', '/', 'Digit7'), false, 'comment'],
    ['Alt-1', press('A', '1', 'Digit1'), false, 'mute-1'],
    ['Alt-1 on a French layout', press('A', '&', 'Digit1'), false, 'mute-1'],
    ['Shift-Alt-9', press('AS', '(', 'Digit9'), false, 'solo-9'],
    ['AltGr-8 types [ on a German layout', press('CAG', '[', 'Digit8'), false, null],
    ['the same without AltGraph told', press('CA', '[', 'Digit8'), false, null],
    ['Option-5 types [ on a German Mac', press('A', '[', 'Digit5'), true, null],
    ['Option-1 types ¡ on a US Mac', press('A', '¡', 'Digit1'), true, null],
    ['Alt-Z', press('A', 'z', 'KeyZ'), false, 'zen'],
    ['Ctrl-Shift-H', press('CS', 'H', 'KeyH'), false, 'hide-code'],
    ['Ctrl-Shift-H on a Russian layout', press('CS', 'Р', 'KeyH'), false, 'hide-code'],
    ['Ctrl-F on Dvorak', press('C', 'f', 'KeyY'), false, 'find'],
    ['F8', press('', 'F8', 'F8'), false, 'next-error'],
    ['Ctrl-K', press('C', 'k', 'KeyK'), false, 'chord'],
    ['a plain letter', press('', 'k', 'KeyK'), false, null],
  ])('%s', (_, pressed, isMac, expected) => {
    expect(found(pressed, isMac)).toBe(expected);
  });

  test.each([
    ['1', press('', '1', 'Digit1'), 'mute-1'],
    ['Shift-1', press('S', '!', 'Digit1'), 'solo-1'],
    ['1 with Ctrl still held', press('C', '1', 'Digit1'), 'mute-1'],
    ['+ where it needs Shift', press('S', '+', 'Equal'), 'larger'],
    ['Enter', press('', 'Enter', 'Enter'), 'evaluate-block'],
    ['a key of no command', press('', 'q', 'KeyQ'), null],
  ])('Mod-K %s', (_, pressed, expected) => {
    const [first] = parseKey('Mod-K x');
    const finding = look(pressed, first!, false);
    expect(finding.kind === 'command' ? finding.command.id : null).toBe(expected);
  });
});

describe('the table', () => {
  test('no id and no key is there twice', () => {
    const ids = COMMANDS.map((each) => each.id);
    const keys = COMMANDS.flatMap((each) => each.keys);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('no key that the browser keeps for itself', () => {
    for (const key of COMMANDS.flatMap((each) => each.keys))
      expect(key).not.toMatch(/^Mod-(?:Shift-)?[NTWRLDM]$/);
  });

  test('every Alt key has a chord beside it', () => {
    for (const { id, keys } of COMMANDS) {
      if (keys.some((key) => key.includes('Alt'))) {
        expect(
          keys.some((key) => key.startsWith('Mod-K ')),
          id,
        ).toBe(true);
      }
    }
  });

  test('an unknown id is a programmer’s mistake', () => {
    expect(() => commandById('nothing')).toThrow(RangeError);
  });

  test('the palette finds by words in any order', () => {
    expect(findCommands('fade hush').map((each) => each.id)).toEqual(['hush']);
    expect(findCommands('solo 7').map((each) => each.id)).toEqual(['solo-7']);
    expect(findCommands('zzz')).toEqual([]);
    expect(findCommands('').length).toBeGreaterThan(15);
  });

  test('keys are shown in the words of the system', () => {
    expect(showKey('Mod-Shift-.', false)).toBe('Ctrl+Shift+.');
    expect(showKey('Mod-K -', false)).toBe('Ctrl+K -');
    expect(showKey('Mod-Enter', true)).toBe('⌘↩');
  });
});

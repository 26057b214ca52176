/**
 * THE table of commands: the key listener, the palette, the list of keys and the tests all come from it. Every Alt
 * key has a Mod-K chord beside it, since on some layouts Alt types characters. Never Ctrl with N, T, W, R, L or D.
 */
import type { Command, CommandGroup } from './command.ts';

const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

const row = (
  group: CommandGroup,
  id: string,
  keys: readonly string[],
  title: string,
  run: Command['run'],
): Command => ({ id, title, group, keys, run });

export const COMMANDS: readonly Command[] = [
  row('Play', 'evaluate', ['Mod-Enter'], 'Play, or take over what changed at the next bar', (desk) => {
    desk.performAll('boundary');
  }),
  row('Play', 'evaluate-now', ['Mod-Shift-Enter'], 'Take over what changed now', (desk) => {
    desk.performAll('now');
  }),
  row(
    'Play',
    'evaluate-block',
    ['Alt-Enter', 'Shift-Enter', 'Mod-K Enter'],
    'Take over only the block at the cursor',
    (desk) => {
      desk.performBlock();
    },
  ),
  row('Play', 'hush', ['Mod-.'], 'Hush: fade out and stop', (desk) => desk.hush()),
  row('Play', 'panic', ['Mod-Shift-.'], 'Panic: everything off at once', (desk) => desk.panic()),
  row(
    'Play',
    'cancel',
    ['Escape'],
    'Cancel what waits for its bar, or close the drawer',
    (desk) => desk.cancel() || desk.panels.closeDrawer(),
  ),
  row('Play', 'tempo', ['Mod-K B'], 'Go to the tempo', (desk) => desk.panels.focusTempo()),

  ...NINE.map((n) =>
    row('Tracks', `mute-${n}`, [`Alt-${n}`, `Mod-K ${n}`], `Mute or unmute track ${n}`, (desk) =>
      desk.toggleMark(n - 1, 'muted'),
    ),
  ),
  ...NINE.map((n) =>
    row('Tracks', `solo-${n}`, [`Shift-Alt-${n}`, `Mod-K Shift-${n}`], `Solo track ${n}`, (desk) =>
      desk.toggleMark(n - 1, 'solo'),
    ),
  ),

  row('Text', 'next-error', ['F8'], 'Go to the next error', (desk) => desk.editor.nextError()),
  row('Text', 'comment', ['Mod-/'], 'Comment the line out, or in', (desk) => desk.editor.toggleComment()),
  row('Text', 'find', ['Mod-F'], 'Find and replace', (desk) => desk.editor.openSearch()),
  row('Text', 'line-numbers', ['Mod-K N'], 'Line numbers on or off', (desk) =>
    desk.changeSettings((settings) => ({ lineNumbers: !settings.lineNumbers })),
  ),
  row('Text', 'first-piece', [], 'Put the first piece back into the editor', (desk) => desk.putFirstPiece()),

  row('View', 'palette', ['F1', 'Mod-K K'], 'All commands and keys', (desk) => desk.panels.openPalette()),
  row('View', 'counters', ['Mod-K C'], 'What the sound engine counts', (desk) => desk.panels.openCounters()),
  row('View', 'messages', ['Mod-K M'], 'All messages', (desk) => desk.panels.toggleMessages()),
  row('View', 'hide-code', ['Mod-Shift-H', 'Mod-K H'], 'Hide or show the code', (desk) =>
    desk.flipView('codeHidden'),
  ),
  row('Library', 'pieces', ['Mod-K P'], 'Pieces to open and play', (desk) =>
    desk.panels.toggleDrawer('pieces'),
  ),
  row('Library', 'sounds', ['Mod-K S'], 'Sounds, to hear each', (desk) => desk.panels.toggleDrawer('sounds')),
  row('Library', 'reference', ['Mod-K D'], 'Reference of all functions and controls', (desk) =>
    desk.panels.toggleDrawer('reference'),
  ),
  row('Library', 'docs', ['Mod-I', 'Mod-K I'], 'Look up the name at the cursor', (desk) =>
    desk.docsAtCursor(),
  ),
  row('Library', 'settings', ['Mod-K E'], 'Settings', (desk) => desk.panels.toggleDrawer('settings')),
  row('Library', 'share', ['Mod-K L'], 'Copy a link to this program', (desk) => {
    void desk.copyLink();
  }),

  row('View', 'zen', ['Alt-Z', 'Mod-K Z'], 'Only the code: hide or show everything else', (desk) =>
    desk.flipView('zen'),
  ),
  row('View', 'theme', ['Mod-K T'], 'Next theme: as the system, dark, light, high contrast', (desk) =>
    desk.nextTheme(),
  ),
  row('View', 'larger', ['Mod-K +'], 'Larger type', (desk) => desk.scaleType(1)),
  row('View', 'smaller', ['Mod-K -'], 'Smaller type', (desk) => desk.scaleType(-1)),

  row('Record', 'record', ['Mod-K R'], 'Record; once more to stop and save a WAV file', (desk) => {
    desk.toggleRecording();
  }),
];

/** The command of that id. @throws RangeError for an id the table does not have: a programmer's mistake. */
export function commandById(id: string): Command {
  const command = COMMANDS.find((each) => each.id === id);
  if (!command) throw new RangeError(`no command "${id}"`);
  return command;
}

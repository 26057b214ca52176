/** ONE table of the commands of `talea`. A command is added by a row here and a file in commands/. */
import type { CommandRow } from './command.ts';
import { CHECK_OPTIONS, QUERY_OPTIONS, RENDER_OPTIONS, SERVE_OPTIONS } from './options.ts';

export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'query',
    usage: 'FILE [--from 0] [--to 4] [--json] | --batch',
    summary: 'Print the events of a program. FILE may be - for standard input.',
    options: QUERY_OPTIONS,
    load: () => import('./commands/query.ts'),
  },
  {
    name: 'render',
    usage:
      'FILE -o OUT.wav [--cycles N | --seconds S] [--rate HZ] [--bits 16|24|32f] [--stems DIR] [--midi OUT.mid] [--report]',
    summary: 'Render a program to a WAV file, offline.',
    options: RENDER_OPTIONS,
    details:
      'Without --cycles and --seconds: 16 cycles, then the tail until it is silent (below -80 dB) or 10 seconds long.\n' +
      'Two renders of one text are the same to the bit.',
    load: () => import('./commands/render.ts'),
  },
  {
    name: 'check',
    usage: 'FILE…',
    summary: 'Find mistakes without playing: file:line:col, exit code 1 if there are any.',
    options: CHECK_OPTIONS,
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'serve',
    usage: '[--port 4321] [--host [ADDR]]',
    summary: 'Serve the app in the browser; this is what npm start does.',
    options: SERVE_OPTIONS,
    load: () => import('./commands/serve.ts'),
  },
];

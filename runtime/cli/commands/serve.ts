/**
 * `talea serve`: the built page on a local port, until the process is told to end. Knows how to talk about it; the
 * headers are in serve/static-files.ts, the port in serve/listen.ts.
 */
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../arguments.ts';
import type { Io } from '../command.ts';
import { UsageError } from '../command.ts';
import { SERVE_OPTIONS } from '../options.ts';
import { listen } from '../serve/listen.ts';
import { staticFiles } from '../serve/static-files.ts';

const DEFAULT_PORT = 4321;
/** Both, since `localhost` is one or the other depending on the browser. */
const LOCAL_ADDRESSES = ['127.0.0.1', '::1'];

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(argv, SERVE_OPTIONS);
  if (given.positionals.length > 0) throw new UsageError(`serve takes no file (${given.positionals[0]}).`);
  const host = given.text('host');
  const addresses = host === undefined ? LOCAL_ADDRESSES : [host === '' ? undefined : host];
  await io.build(['engine', 'bundles', 'app']);
  const ended = endSignal();
  const page = staticFiles(join(io.root, 'dist', 'app'));
  const server = await listen(page, given.number('port') ?? DEFAULT_PORT, addresses);
  io.stdout.write(`Talea is at http://localhost:${server.port} (Ctrl-C ends it)\n`);
  if (host !== undefined) tellOthers(host, server.port, io);
  await ended;
  await server.close();
  return 0;
}

function tellOthers(host: string, port: number, io: Io): void {
  const addresses = host === '' ? outsideAddresses() : [host];
  for (const address of addresses) {
    io.stdout.write(`For others: http://${address.includes(':') ? `[${address}]` : address}:${port}\n`);
  }
  io.stdout.write(
    'Browsers make sound only over https or on localhost: put an https proxy in front for others.\n',
  );
}

function outsideAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((entry) => !entry.internal && entry.family === 'IPv4')
    .map((entry) => entry.address);
}

function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

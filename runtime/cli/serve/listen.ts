/**
 * Opens the port: one handler on one or more addresses, with a place for parts that take over upgraded connections
 * (signalling). Knows Node's http, not what is served.
 */
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { InputError } from '../command.ts';

/** Takes over upgraded connections whose path begins with `path`. */
export interface UpgradePart {
  readonly path: string;
  readonly upgrade: (request: import('node:http').IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const OPTIONAL_ADDRESS_ERRORS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * Listens on `port` (0: any free one) of `addresses`; the first must be there, the others may be missing on this
 * machine (no IPv6). A port in use is an InputError.
 */
export async function listen(
  handler: RequestListener,
  port: number,
  addresses: readonly (string | undefined)[],
  parts: readonly UpgradePart[] = [],
): Promise<Listening> {
  const servers: Server[] = [];
  let actualPort = port;
  const closeAll = async () => {
    await Promise.all(servers.map(closeServer));
  };
  for (const [index, address] of addresses.entries()) {
    const server = createServer(handler);
    server.on('upgrade', (request, socket, head) => {
      const part = parts.find(({ path }) => request.url?.startsWith(path));
      if (part) part.upgrade(request, socket, head);
      else socket.destroy();
    });
    try {
      await open(server, actualPort, address);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (index > 0 && OPTIONAL_ADDRESS_ERRORS.has(code)) continue;
      await closeAll();
      throw new InputError(reason(code, actualPort, address, error as Error));
    }
    servers.push(server);
    actualPort = (server.address() as AddressInfo).port;
  }
  return { port: actualPort, close: closeAll };
}

function open(server: Server, port: number, address: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: address }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function reason(code: string, port: number, address: string | undefined, error: Error): string {
  const where = address ?? 'all addresses';
  const table: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use; choose another with --port.`,
    EACCES: `port ${port} may not be opened by this user; choose one above 1023 with --port.`,
    EADDRNOTAVAIL: `this machine has no address ${where}.`,
    ENOTFOUND: `the address ${where} is not known.`,
    EAI_AGAIN: `the address ${where} is not known.`,
  };
  return table[code] ?? `port ${port} on ${where} can't be opened: ${error.message}`;
}

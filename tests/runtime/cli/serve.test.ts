/** The server of the page: headers, caching, compression, what is not there, ports. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../../../runtime/cli/serve/listen.ts';
import { PAGE_HEADERS, staticFiles } from '../../../runtime/cli/serve/static-files.ts';

const SCRIPT = 'export const music = true;\n'.repeat(100);
let folder = '';
let server: Listening;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'talea-serve-'));
  mkdirSync(join(folder, 'app', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  const app = join(folder, 'app');
  writeFileSync(join(app, 'index.html'), '<!doctype html><title>Talea</title>');
  writeFileSync(join(app, '.hidden'), 'hidden');
  writeFileSync(join(app, 'assets', 'main-Ab12.js'), SCRIPT);
  writeFileSync(join(app, 'assets', 'main-Ab12.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(app, 'assets', 'engine-Cd34.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d]));
  server = await listen(staticFiles(app), 0, ['127.0.0.1', '::1']);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** A request as it stands: no client tidies the path or unpacks the body. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, headers, method }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('files', () => {
  test('the page, isolated, asked for anew each time', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body.toString()).toContain('Talea');
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['cache-control']).toBe('no-cache');
    for (const [name, value] of Object.entries(PAGE_HEADERS)) expect(headers[name.toLowerCase()]).toBe(value);
    expect((await ask('/', { 'if-none-match': String(headers['etag']) })).status).toBe(304);
  });

  test('wasm has its type, and a hashed name is kept for a year', async () => {
    const { headers } = await ask('/assets/engine-Cd34.wasm');
    expect(headers['content-type']).toBe('application/wasm');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  });

  test('the gzip copy is sent to whoever takes it', async () => {
    const packed = await ask('/assets/main-Ab12.js?v=1', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.headers['content-type']).toMatch(/^text\/javascript/);
    expect(packed.headers['vary']).toMatch(/Accept-Encoding/);
    expect(gunzipSync(packed.body).toString()).toBe(SCRIPT);
    const plain = await ask('/assets/main-Ab12.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['vary']).toMatch(/Accept-Encoding/);
    expect(plain.body.toString()).toBe(SCRIPT);
    const refused = await ask('/assets/main-Ab12.js', { 'accept-encoding': 'gzip;q=0' });
    expect(refused.body.toString()).toBe(SCRIPT);
  });

  test('HEAD has no body', async () => {
    const { status, body } = await ask('/', {}, 'HEAD');
    expect([status, body.length]).toEqual([200, 0]);
  });
});

describe('what is not served', () => {
  test.each([
    '/nothing',
    '/assets/nothing.js',
    '/assets',
    '/.hidden',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '//secret.txt',
    '/index.html/',
  ])('%s', async (path) => {
    const { status, headers, body } = await ask(path, { 'accept-encoding': 'gzip' });
    expect([400, 403, 404]).toContain(status);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(body.toString()).not.toMatch(/outside|hidden|at |\.ts|\.js:/);
  });

  test('malformed addresses and other methods get one plain line', async () => {
    const malformed = await ask('/%E0%A4%A');
    expect(malformed.status).toBe(404);
    expect(malformed.body.toString().split('\n')).toHaveLength(2);
    const post = await ask('/', {}, 'POST');
    expect([post.status, post.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

describe('ports', () => {
  test('one in use is told in a plain line, and no other is taken', async () => {
    const again = listen(staticFiles(folder), server.port, ['127.0.0.1', '::1']);
    await expect(again).rejects.toThrow(`port ${server.port} is in use; choose another with --port.`);
  });
  test('an address that this machine has not', async () => {
    await expect(listen(staticFiles(folder), 0, ['203.0.113.7'])).rejects.toThrow('no address 203.0.113.7');
  });
  test('upgrades go to the part that owns the path, others are closed', async () => {
    const upgraded: string[] = [];
    const part = {
      path: '/peer',
      upgrade: (asked: { url?: string | undefined }, socket: { end(text: string): void }) => {
        upgraded.push(asked.url ?? '');
        socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      },
    };
    const own = await listen(staticFiles(join(folder, 'app')), 0, ['127.0.0.1'], [part]);
    const upgrade = (path: string) =>
      new Promise<string>((resolve) => {
        const asked = request({
          host: '127.0.0.1',
          port: own.port,
          path,
          headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
        });
        asked.on('upgrade', (_response, socket) => {
          socket.destroy();
          resolve('upgraded');
        });
        asked.on('error', () => resolve('closed'));
        asked.end();
      });
    expect(await upgrade('/peer/x')).toBe('upgraded');
    expect(await upgrade('/other')).toBe('closed');
    expect(upgraded).toEqual(['/peer/x']);
    await own.close();
  });
});

/** `talea` itself and `talea serve` as processes: help, mistyped names, the page on a port, the end by a signal. */
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collect, Desk } from '../kit/talea-process.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

describe('talea', () => {
  test.each([[[]], [['help']], [['--help']], [['-h']]])('%j lists the commands', async (args) => {
    const { code, stdout, stderr } = await desk.run(args);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of ['query', 'render', 'check', 'serve'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  test.each([[['help', 'render']], [['render', '--help']], [['render', 'x.ts', '-h']]])(
    '%j explains it',
    async (args) => {
      const { code, stdout } = await desk.run(args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^talea render FILE/);
      expect(stdout).toMatch(/--cycles N/);
    },
  );

  test('--version', async () => {
    expect(await desk.run(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^talea \d+\.\d+\.\d+\n$/),
    });
  });

  test.each([
    [['rendr'], 'talea: unknown command rendr. Did you mean render? Try: talea help\n'],
    [['help', 'sreve'], 'talea: unknown command sreve. Did you mean serve? Try: talea help\n'],
    [['dance'], 'talea: unknown command dance. Try: talea help\n'],
    [['--verison'], 'talea: unknown option --verison. Did you mean --version? Try: talea help\n'],
    [['serve', 'x.ts'], 'talea: serve takes no file (x.ts). Try: talea help serve\n'],
    [['serve', '--prot', '1'], 'talea: unknown option --prot. Did you mean --port? Try: talea help serve\n'],
    [
      ['serve', '--port', '70000'],
      'talea: --port 70000 is not possible; it is a whole number from 0 to 65535. Try: talea help serve\n',
    ],
  ])('%j is refused', async (args, message) => {
    expect(await desk.run(args)).toEqual({ code: 2, stdout: '', stderr: message });
  });
});

describe('talea serve', () => {
  /** Starts it on a free port; resolves when it prints its address. */
  async function serve(...args: string[]) {
    const child = desk.start('serve', '--port', '0', ...args);
    const ended = collect(child);
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout?.on('data', (piece: Buffer) => {
        said += piece.toString();
        const found = /http:\/\/localhost:\d+/.exec(said);
        if (found) resolve(found[0]);
      });
      ended.then(({ stderr }) => reject(new Error(stderr)));
    });
    return { child, ended, address };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('serves the isolated page until %s', async (signal) => {
    const { child, ended, address } = await serve();
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    const html = await page.text();
    const scripts = [...html.matchAll(/src="([^"]+\.js)"/g)].map((match) => match[1]!);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const answer = await fetch(new URL(script, address));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
      await answer.arrayBuffer();
    }
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('--host lets others in and says what that takes', async () => {
    const { child, ended } = await serve('--host');
    child.kill('SIGINT');
    expect((await ended).stdout).toMatch(/https/);
  });

  test('a port in use is told in one line', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const { code, stderr } = await desk.run(['serve', '--port', String(port)]);
    other.close();
    expect([code, stderr]).toEqual([1, `talea: port ${port} is in use; choose another with --port.\n`]);
  });
});

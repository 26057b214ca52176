/**
 * User code reaches no network, storage, DOM or other worker: a program that tries every door it can name, and a
 * server that counts who knocks. In a real Chromium on the production build.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, openPage, type ServedApp, serveApp } from '../kit/chromium.ts';
import { evaluate } from '../kit/stage.ts';

let browser: Browser;
let served: ServedApp;
let trap: Server;
let trapUrl: string;
const knocks: string[] = [];

beforeAll(async () => {
  served = await serveApp();
  browser = await launchChromium();
  trap = createServer((request, response) => {
    knocks.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' });
    response.end('self.leaked = true');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  trapUrl = `http://localhost:${(trap.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  trap?.close();
});

/** Each door is an expression that must throw, reject, or be nothing. */
const doors = (url: string): Readonly<Record<string, string>> => ({
  fetch: `fetch("${url}/fetch")`,
  'fetch of the prototype': `Object.getPrototypeOf(Object.getPrototypeOf(globalThis)).fetch.call(globalThis, "${url}/proto")`,
  xhr: `(() => { const x = new XMLHttpRequest(); x.open("GET", "${url}/xhr", false); x.send(); return x })()`,
  websocket: `new WebSocket("${url.replace('http', 'ws')}/ws")`,
  'event source': `new EventSource("${url}/es")`,
  'web transport': `new WebTransport("https://localhost:1/")`,
  importScripts: `importScripts("${url}/scripts")`,
  'dynamic import': `await import("${url}/import")`,
  'import of data': `await import("data:text/javascript,export default 1")`,
  beacon: `navigator.sendBeacon("${url}/beacon")`,
  worker: `new Worker("${url}/worker")`,
  'blob worker': `new Worker(URL.createObjectURL(new Blob(["1"])))`,
  'shared worker': `new SharedWorker("${url}/shared")`,
  broadcast: `new BroadcastChannel("talea")`,
  indexedDB: `indexedDB.open("x")`,
  caches: `await caches.open("x")`,
  localStorage: `localStorage.length`,
  document: `document.title`,
  window: `window.name`,
  parent: `parent.location`,
  postMessage: `postMessage({ type: "beat" })`,
  'self.postMessage': `self.postMessage({ type: "beat" })`,
  'message ports': `new MessageChannel()`,
  'storage manager': `await navigator.storage.getDirectory()`,
  'function constructor': `fast.constructor("return fetch")()("${url}/ctor")`,
  'async function constructor': `await (async () => {}).constructor("return fetch('${url}/actor')")()`,
  close: `self.close()`,
  font: `new FontFace("x", "url(${url}/font)").load()`,
});

test('user code reaches no network, storage, DOM or other worker', async () => {
  const { page } = await openPage(browser, `${served.url}?safe`);
  const violations: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(trapUrl)) violations.push(request.url());
  });
  await page.waitForFunction(() => (window as any).talea?.session);
  await page.evaluate(async () => {
    const lines: string[] = [];
    (window as any).lines = lines;
    (window as any).talea.session.on('log', (e: any) => lines.push(...e.lines));
    await (window as any).talea.session.prepare();
    await (window as any).talea.session.resumeAudio();
  });
  const refused = new Map<string, string>();
  const tries = Object.entries(doors(trapUrl));
  for (const [name, expression] of tries) {
    const text = [
      'let opened: unknown = "shut"',
      `try { const got: any = ${expression}; opened = got === undefined || got === null ? "shut" : "OPEN " + String(got) } catch (e) { opened = "shut: " + e }`,
      `console.log(${JSON.stringify(name)} + " => " + opened)`,
      'a: s("hh")',
    ].join('\n');
    const outcome = await evaluate(page, text, 'now');
    // A door that the compiler already shuts says so.
    if (!outcome.ok)
      refused.set(name, outcome.diagnostics.map((diagnostic) => diagnostic.message).join('; '));
  }
  await page.waitForTimeout(500);
  const lines: string[] = await page.evaluate(() => (window as any).lines);
  for (const [name] of tries) {
    const line =
      lines.find((l) => l.includes(`${name} => `)) ?? `${name} => shut: ${refused.get(name) ?? 'never'}`;
    expect(line, `what of ${name}`).not.toContain('never');
    expect(line, `what became of ${name}; heard:\n${lines.join('\n')}`).toMatch(/=> shut/);
  }
  expect(knocks, 'requests that reached the server').toEqual([]);
  expect(violations).toEqual([]);
  await page.close();
});

/** The door of a link: what is dropped under which reason, limits filled exactly and one past, the ping's bytes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RisingSerial, SerialWindow, TokenBucket } from '../../../runtime/peers/messages/admission.ts';
import { Inbox } from '../../../runtime/peers/messages/inbox.ts';
import { decodePing, encodePing, PING_BYTES, type Ping } from '../../../runtime/peers/messages/ping.ts';
import { MESSAGE_LIMIT, MESSAGE_VERSION } from '../../../runtime/peers/messages/schemas.ts';

const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const ping: fc.Arbitrary<Ping> = fc.record({
  serial: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  echoSerial: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  chain: fc.integer({ min: 0, max: 3 }),
  remaining: fc.integer({ min: 0, max: 32 }),
  sentSeconds: number,
  receivedSeconds: number,
  offsetSeconds: fc.oneof(number, fc.constant(Number.NaN)),
  deviationSeconds: fc.float({ min: 0, max: 1, noNaN: true }),
});

const state = (serial = 1) => ({
  v: MESSAGE_VERSION,
  serial,
  type: 'state',
  session: 'a.1',
  beaten: [],
  role: 'player',
  joinedSeconds: 0,
  line: { localSeconds: 5, sharedSeconds: 0, rate: 1 },
  root: { id: 'a', joinedSeconds: 0, listener: false, serial: 1 },
  depth: 0,
  timeline: {
    revision: 0,
    author: 'a',
    madeSeconds: 0,
    beatsPerCycle: 4,
    segments: [{ fromSeconds: 0, cycle: 0, cyclesPerSecond: 0.5 }],
  },
  transport: { revision: 0, author: 'a', playing: false, madeSeconds: 0 },
  policy: {
    revision: 0,
    author: 'a',
    sinceSeconds: 0,
    tempoBy: 'players',
    listeners: [],
    kicked: [],
    banned: [],
  },
});

const segments = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ fromSeconds: i, cycle: i, cyclesPerSecond: 1 }));
const withTimeline = (change: object) => ({ ...state(), timeline: { ...state().timeline, ...change } });

describe('pings', () => {
  test('decodePing undoes encodePing', () => {
    fc.assert(
      fc.property(ping, (each) => {
        expect(decodePing(encodePing(each))).toEqual(each);
      }),
    );
  });

  test('any bytes give a ping or a fault, never an exception; a found ping has sound numbers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const found = decodePing(bytes);
        if (typeof found === 'string') return;
        expect(found.serial).toBeGreaterThan(0);
        expect(Number.isFinite(found.sentSeconds) && Number.isFinite(found.receivedSeconds)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  const good = encodePing({
    serial: 1,
    echoSerial: 0,
    chain: 0,
    remaining: 16,
    sentSeconds: 1,
    receivedSeconds: 0,
    offsetSeconds: Number.NaN,
    deviationSeconds: 0,
  });
  const changed = (at: number, value: number) => good.map((byte, i) => (i === at ? value : byte));
  test.each([
    ['one byte short', good.slice(0, PING_BYTES - 1), 'malformed'],
    ['one byte long', new Uint8Array(PING_BYTES + 1), 'oversized'],
    ['empty', new Uint8Array(0), 'malformed'],
    ['a future version', changed(0, 2), 'version'],
    ['version 0', changed(0, 0), 'malformed'],
    ['chain 4', changed(1, 4), 'malformed'],
    ['33 remaining', changed(2, 33), 'malformed'],
    ['serial 0', changed(4, 0), 'malformed'],
  ])('%s', (_name, bytes, fault) => {
    expect(decodePing(bytes)).toBe(fault);
  });

  test('a ping inside of a larger buffer is read at its place', () => {
    const wide = new Uint8Array(PING_BYTES + 7);
    wide.set(good, 7);
    expect(decodePing(wide.subarray(7))).toEqual(decodePing(good));
  });
});

describe('the inbox', () => {
  const reasonOf = (data: unknown) => {
    const admitted = new Inbox().message(data, 0);
    return admitted.ok ? 'admitted' : admitted.reason;
  };

  test.each<[string, unknown, string]>([
    ['a state', JSON.stringify(state()), 'admitted'],
    ['a goodbye', JSON.stringify({ v: 1, serial: 1, type: 'bye' }), 'admitted'],
    ['bytes', new Uint8Array(3), 'malformed'],
    ['nothing', undefined, 'malformed'],
    ['no JSON', '{', 'malformed'],
    ['null', 'null', 'malformed'],
    ['a list', '[]', 'malformed'],
    ['an unknown type', JSON.stringify({ v: 1, serial: 1, type: 'toString' }), 'malformed'],
    ['a type of the prototype', JSON.stringify({ v: 1, serial: 1, type: 'constructor' }), 'malformed'],
    ['a future version', JSON.stringify({ ...state(), v: 2 }), 'version'],
    ['a future version of an unknown type', JSON.stringify({ v: 7, type: 'dance' }), 'version'],
    ['no version', JSON.stringify({ ...state(), v: undefined }), 'malformed'],
    ['serial 0', JSON.stringify(state(0)), 'malformed'],
    ['a broken serial', JSON.stringify(state(1.5)), 'malformed'],
    ['too long', ' '.repeat(MESSAGE_LIMIT + 1), 'oversized'],
    ['as long as can be', JSON.stringify(state()).padEnd(MESSAGE_LIMIT), 'admitted'],
    ['16 segments', JSON.stringify(withTimeline({ segments: segments(16) })), 'admitted'],
    ['17 segments', JSON.stringify(withTimeline({ segments: segments(17) })), 'malformed'],
    ['no segment', JSON.stringify(withTimeline({ segments: [] })), 'malformed'],
    ['segments that fall', JSON.stringify(withTimeline({ segments: segments(3).reverse() })), 'malformed'],
    [
      'a tempo of 0',
      JSON.stringify(withTimeline({ segments: [{ fromSeconds: 0, cycle: 0, cyclesPerSecond: 0 }] })),
      'malformed',
    ],
    [
      'an infinite time',
      JSON.stringify(state()).replace('"localSeconds":5', '"localSeconds":1e999'),
      'malformed',
    ],
    [
      'a clock that runs backwards',
      JSON.stringify({ ...state(), line: { ...state().line, rate: -1 } }),
      'malformed',
    ],
    [
      '65 kicked',
      JSON.stringify({ ...state(), policy: { ...state().policy, kicked: Array(65).fill('x') } }),
      'malformed',
    ],
  ])('%s', (_name, data, reason) => {
    expect(reasonOf(data)).toBe(reason);
  });

  test('any JSON is dropped or admitted, never an exception', () => {
    fc.assert(fc.property(fc.json(), (text) => typeof reasonOf(text) === 'string'));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(state())), fc.jsonValue(), (key, value) => {
        expect(['admitted', 'malformed', 'version']).toContain(
          reasonOf(JSON.stringify({ ...state(), [key]: value })),
        );
      }),
    );
  });

  test('what is replayed or out of order is dropped, and counted', () => {
    const inbox = new Inbox();
    const outcome = [1, 2, 2, 1, 5, 4, 6].map((serial) => inbox.message(JSON.stringify(state(serial)), 0).ok);
    expect(outcome).toEqual([true, true, false, false, true, false, true]);
    expect(inbox.dropped.get('replayed')).toBe(3);
  });

  test('a malformed message uses up no serial', () => {
    const inbox = new Inbox();
    inbox.message(JSON.stringify({ ...state(9), depth: 99 }), 0);
    expect(inbox.message(JSON.stringify(state(1)), 0).ok).toBe(true);
  });

  test('a flood is dropped beyond 200 at once, recovers with time, and wears the door out in the end', () => {
    const inbox = new Inbox();
    let serial = 0;
    const send = (now: number) => inbox.message(JSON.stringify(state(++serial)), now).ok;
    for (let i = 0; i < 200; i++) expect(send(0)).toBe(true);
    expect(send(0)).toBe(false);
    expect(inbox.wornOut).toBe(false);
    expect(send(0.02)).toBe(true);
    for (let i = 0; i < 2000; i++) send(0.02);
    expect(inbox.wornOut).toBe(true);
  });

  test('heartbeats and bursts of an honest peer never wear it out', () => {
    const inbox = new Inbox();
    let serial = 0;
    for (let now = 0; now < 600; now += 0.05)
      expect(inbox.message(JSON.stringify(state(++serial)), now).ok).toBe(true);
    expect(inbox.dropped.size).toBe(0);
  });
});

describe('admission', () => {
  test('a serial window lets each serial in once, late by less than its size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 400 }), (serials) => {
        const window = new SerialWindow(64);
        const seen = new Set<number>();
        let highest = 0;
        for (const serial of serials) {
          expect(window.admit(serial)).toBe(!seen.has(serial) && serial > highest - 64);
          if (serial > highest - 64) seen.add(serial);
          highest = Math.max(highest, serial);
        }
      }),
    );
  });

  test('a bucket gives no more than burst plus rate times time, also when the clock steps back', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 300 }), (times) => {
        const bucket = new TokenBucket(5, 10);
        const sorted = [...times].sort((a, b) => a - b);
        const given = sorted.filter((time) => bucket.take(time)).length;
        expect(given).toBeLessThanOrEqual(10 + 5 * 10 + 1);
        bucket.take(-100);
        expect(
          Array.from({ length: 50 }, () => bucket.take(-100)).filter(Boolean).length,
        ).toBeLessThanOrEqual(10);
      }),
    );
  });

  test('rising serials rise', () => {
    const rising = new RisingSerial();
    expect([1, 3, 2, 3, 4, Number.NaN].map((serial) => rising.admit(serial))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});

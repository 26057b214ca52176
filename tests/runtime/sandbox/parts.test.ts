/** Parts of the sandbox by themselves: boundaries, strips, checks of messages, good versions, the runner's hash. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MARGIN_SECONDS, nextBoundary, Playhead } from '../../../runtime/sandbox/boundary.ts';
import { CAP, checkFromWorker } from '../../../runtime/sandbox/checked-messages.ts';
import { GoodVersions } from '../../../runtime/sandbox/good-versions.ts';
import { lockDown, TAKEN_AWAY } from '../../../runtime/sandbox/lockdown.ts';
import {
  RUNNER_HASH,
  RUNNER_SOURCE,
  SANDBOX_CSP,
  SANDBOX_DOCUMENT,
} from '../../../runtime/sandbox/runner-source.ts';
import { StripTable } from '../../../runtime/sandbox/strip-table.ts';
import { LIMIT } from '../../../worklets/wire.ts';
import { programOf } from './stage-model.ts';

describe('boundary', () => {
  test('is a multiple of its cycles, not before position and margin, and the first such', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.25, 0.5, 1, 2, 4, 8, 1 / 3, 3 / 7),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 16, noNaN: true }),
        (cycles, position, cps) => {
          const cycle = nextBoundary({ cycles }, position, cps);
          const earliest = position + MARGIN_SECONDS * cps;
          expect(cycle).toBe(Math.round(cycle / cycles) * cycles);
          expect(cycle).toBeGreaterThanOrEqual(earliest);
          expect((Math.round(cycle / cycles) - 1) * cycles).toBeLessThan(earliest);
        },
      ),
    );
  });

  test('now is soon; broken boundaries count as one cycle; a stale tick is not carried on for ever', () => {
    expect(nextBoundary('now', 10, 0.5) - 10).toBeLessThan(0.045);
    for (const cycles of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(nextBoundary({ cycles }, 3.2, 0.5)).toBe(4);
    const tick = {
      type: 'tick',
      frame: 0,
      sampleRate: 48_000,
      cycle: 2,
      cyclesPerSecond: 1,
      horizon: 0,
      epoch: 1,
      repeating: false,
    } as const;
    const playhead = new Playhead();
    expect(playhead.position(1000)).toBeNull();
    playhead.hear(tick, 1000);
    expect(playhead.position(1050)).toBeCloseTo(2.05, 12);
    expect(playhead.position(61_000)).toBeCloseTo(2.1, 12);
    expect([playhead.isTicking(1050), playhead.isTicking(61_000), playhead.isStopped]).toEqual([
      true,
      false,
      false,
    ]);
    playhead.hear({ ...tick, cycle: null }, 1000);
    expect(playhead.position(1000)).toBeNull();
    expect(playhead.isStopped).toBe(true);
  });
});

describe('strips', () => {
  const labels = (...names: string[]) => names.map((name) => ({ name, muted: false, solo: false }));
  const many = (count: number, prefix: string) =>
    labels(...Array.from({ length: count }, (_, i) => `${prefix}${i}`));

  test('names keep their strips; the limit holds exactly, one past it shares strip 0', () => {
    const table = new StripTable();
    expect(table.assign(labels('a', 'b'), new Set()).without).toEqual([]);
    table.assign(labels('b', 'c', '__proto__'), new Set());
    expect(table.numbers(labels('a', 'b', 'c'))).toEqual({ a: 1, b: 2, c: 3 });
    expect(table.states(labels('__proto__'))).toMatchObject([{ name: '__proto__', strip: 4 }]);
    const full = new StripTable();
    expect(full.assign(many(LIMIT.strips - 1, 'x'), new Set()).without).toEqual([]);
    const past = new StripTable();
    expect(past.assign(many(LIMIT.strips, 'x'), new Set()).without).toEqual([`x${LIMIT.strips - 1}`]);
  });

  test('a full table gives away the strip unused for longest, never one that sounds, and resets it', () => {
    const table = new StripTable();
    table.assign(many(40, 'old'), new Set());
    table.assign(many(23, 'new'), new Set());
    const kept = new Set(
      many(40, 'old')
        .slice(1)
        .map(({ name }) => name),
    );
    const { without, commands } = table.assign([...many(23, 'new'), ...labels('next')], kept);
    expect(without).toEqual([]);
    expect(commands).toEqual([{ type: 'strip', strip: 1, gainDb: 0, mute: false, solo: false }]);
  });

  test('labels say what is muted and solo; a track that is gone solos nothing', () => {
    const table = new StripTable();
    table.assign(labels('a', 'b'), new Set());
    const commands = table.applyLabels([
      { name: 'a', muted: true, solo: false },
      { name: 'b', muted: false, solo: true },
    ]);
    expect(commands).toEqual([
      { type: 'strip', strip: 1, mute: true, solo: false },
      { type: 'strip', strip: 2, mute: false, solo: true },
    ]);
    expect(table.applyLabels([{ name: 'a', muted: true, solo: false }])).toEqual([
      { type: 'strip', strip: 2, mute: false, solo: false },
    ]);
    expect(table.change('nobody', { mute: true })).toBeNull();
  });
});

describe('messages of workers', () => {
  const diagnostic = { severity: 'error', from: 1, to: 2, message: 'm' };
  const evaluated = {
    type: 'evaluated',
    evalId: 1,
    ok: true,
    diagnostics: [diagnostic],
    tracks: [{ name: 'a', muted: false, solo: true }],
    tempo: { cyclesPerSecond: 1, rampCycles: 0 },
    evaluateMs: 3,
  };

  test('sound ones pass as they are', () => {
    for (const message of [
      { type: 'warm' },
      { type: 'beat', busy: true },
      evaluated,
      { type: 'track-failed', diagnostic: { ...diagnostic, track: 'a', notes: ['n'] }, fellBackTo: null },
      { type: 'sounding', evalId: 1, epoch: 2, rows: new Float64Array([0, 1, 1, 0]) },
      { type: 'log', lines: ['x'] },
      { type: 'warned', diagnostics: [{ ...diagnostic, fix: { title: 't', from: 0, to: 1, insert: 'i' } }] },
    ]) {
      expect(checkFromWorker(message)).toEqual(message);
    }
  });

  test.each([
    null,
    7,
    'warm',
    {},
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'go' },
    { type: 'beat' },
    { type: 'beat', busy: 1 },
    { ...evaluated, ok: 'yes' },
    { ...evaluated, evalId: -1 },
    { ...evaluated, evalId: 1.5 },
    { ...evaluated, tracks: null },
    { ...evaluated, tracks: [{ name: 1, muted: false, solo: false }] },
    { ...evaluated, diagnostics: [{}] },
    { ...evaluated, evaluateMs: Number.NaN },
    { ...evaluated, tempo: 3 },
    { ...evaluated, tempo: {} },
    { type: 'log', lines: [1] },
    { type: 'log' },
    { type: 'sounding', evalId: 1, epoch: 1, rows: [1] },
    { type: 'track-failed', diagnostic, fellBackTo: 'x' },
    { type: 'track-failed', diagnostic: { ...diagnostic, from: -1 }, fellBackTo: null },
  ])('malformed ones are dropped: %j', (message) => {
    expect(checkFromWorker(message)).toBeNull();
  });

  test('caps: at the limit all, one past the limit cut or refused', () => {
    const lines = (count: number) => ({ type: 'log', lines: Array(count).fill('x') });
    const linesOf = (message: unknown) => (checkFromWorker(message) as unknown as { lines: string[] }).lines;
    expect(linesOf(lines(CAP.logLines))).toHaveLength(CAP.logLines);
    expect(linesOf(lines(CAP.logLines + 1))).toHaveLength(CAP.logLines);
    expect(linesOf({ type: 'log', lines: ['y'.repeat(CAP.textLength + 1)] })[0]).toHaveLength(CAP.textLength);
    const rows = (length: number) => ({
      type: 'sounding',
      evalId: 1,
      epoch: 1,
      rows: new Float64Array(length),
    });
    expect(checkFromWorker(rows(CAP.soundingValues))).not.toBeNull();
    expect(checkFromWorker(rows(CAP.soundingValues + 1))).toBeNull();
    expect(checkFromWorker({ ...evaluated, tempo: { cyclesPerSecond: -1, rampCycles: 0 } })).toMatchObject({
      tempo: null,
    });
  });

  test('anything at all: a checked message or null, never a throw', () => {
    fc.assert(fc.property(fc.anything(), (raw) => void checkFromWorker(raw)));
    const kinds = fc.constantFrom('warm', 'beat', 'evaluated', 'track-failed', 'sounding', 'log', 'warned');
    fc.assert(fc.property(kinds, fc.object(), (type, fields) => void checkFromWorker({ ...fields, type })));
  });
});

describe('good versions', () => {
  const version = (evalId: number) => programOf(evalId, `text ${evalId}`).current;

  test('a track keeps the version it last played well in', () => {
    const good = new GoodVersions();
    expect(good.programOf(version(1)).lastGood).toEqual({});
    good.swapped(version(1), ['a', 'b']);
    expect(good.programOf(version(2)).lastGood).toEqual({ a: version(1), b: version(1) });
    const second = version(2);
    // Told by the rehearsal, before the swap.
    good.trackFailed(2, 'b');
    good.swapped(second, ['a', 'b', 'c']);
    good.trackFailed(2, 'c');
    good.trackFailed(1, 'a');
    expect(good.programOf(version(3)).lastGood).toEqual({ a: version(2), b: version(1) });
    expect(good.performed()).toEqual({ current: second, lastGood: { a: version(1), b: version(1) } });
    good.swapped(second, ['a', 'b', 'c']);
    expect(good.performed()!.lastGood).toEqual({ a: version(1), b: version(1) });
    good.swapped(version(3), ['b']);
    expect(good.programOf(version(4)).lastGood).toEqual({ b: version(3) });
    good.clear();
    expect(good.current).toBeNull();
    expect(good.programOf(version(5)).lastGood).toEqual({});
  });
});

describe('runner and lockdown', () => {
  test('the hash is the runner’s, both policies allow nothing else inline', () => {
    expect(RUNNER_HASH).toBe(`'sha256-${createHash('sha256').update(RUNNER_SOURCE).digest('base64')}'`);
    expect(SANDBOX_CSP).toContain("default-src 'none'");
    expect(SANDBOX_CSP).toContain("connect-src 'none'");
    expect(SANDBOX_CSP).not.toContain('unsafe');
    expect(SANDBOX_DOCUMENT.split('<script>')).toHaveLength(2);
    expect(SANDBOX_DOCUMENT).toContain(`<script>${RUNNER_SOURCE}</script>`);
  });

  test('names are gone from a scope and from what it inherits from, and stay gone', () => {
    class Base {
      fetch(): number {
        return 1;
      }
    }
    class Scope extends Base {
      WebSocket = class {};
      kept = 5;
      URL = { createObjectURL: () => 'blob:x' };
    }
    const scope = new Scope() as unknown as Record<string, unknown>;
    expect(lockDown(scope)).toEqual([]);
    for (const name of TAKEN_AWAY) expect(scope[name]).toBeUndefined();
    expect((scope['URL'] as Record<string, unknown>)['createObjectURL']).toBeUndefined();
    expect(scope['kept']).toBe(5);
    expect(Base.prototype.fetch).toBeUndefined();
    expect(() => {
      scope['WebSocket'] = class {};
    }).toThrow(TypeError);
  });
});

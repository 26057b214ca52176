/** The supervisor on a model stage: what takes over when, what a death costs, and laws over random orders. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRID, MOST_STRIPS, MOST_WORKERS, Stage } from './stage-model.ts';

/** Onsets played from `from` on, checked to be neighbours on the grid: no gap, no double. Returns how many. */
function expectWhole(stage: Stage, from = 0): number {
  const onsets = stage.engine.played.map(({ cycle }) => cycle).filter((cycle) => cycle >= from);
  const first = onsets[0] ?? 0;
  expect(onsets).toEqual(onsets.map((_, i) => (Math.round(first * GRID) + i) / GRID));
  return onsets.length;
}

const count = (stage: Stage, phase: string): number =>
  stage.supervisor.phases.filter((each) => each === phase).length;

describe('supervisor', () => {
  test('the first program starts at cycle 0, the next takes over at the next cycle, a standby is kept', async () => {
    const stage = new Stage();
    const first = stage.evaluate('ok');
    await stage.run(1000);
    expect(stage.said('evaluated')).toMatchObject([
      { evalId: first, ok: true, cycle: null, tracks: [{ name: 't0', strip: 1 }] },
    ]);
    expect(stage.said('swapped')).toMatchObject([{ evalId: first, epoch: 1, cycle: 0 }]);
    const second = stage.evaluate('ok');
    await stage.run(3000);
    expect(stage.said('evaluated')[1]).toMatchObject({ evalId: second, ok: true, cycle: 1 });
    expect(stage.said('swapped')[1]).toMatchObject({ evalId: second, epoch: 2, cycle: 1 });
    expect([...stage.supervisor.phases].sort()).toEqual(['active', 'warm']);
    expect(expectWhole(stage)).toBeGreaterThan(12);
    expect(new Set(stage.engine.played.filter(({ cycle }) => cycle < 1).map(({ epoch }) => epoch))).toEqual(
      new Set([1]),
    );
    expect(new Set(stage.engine.played.filter(({ cycle }) => cycle >= 1).map(({ epoch }) => epoch))).toEqual(
      new Set([2]),
    );
    expect(stage.engine.dropped + stage.engine.late).toBe(0);
  });

  test.each([
    ['error', 'mistake'],
    ['hang', 'no sign of life for 250 ms'],
  ])('%s: the old music goes on and the answer says why', async (text, reason) => {
    const stage = new Stage();
    stage.evaluate('ok');
    await stage.run(1500);
    const bad = stage.evaluate(text);
    await stage.run(700);
    const answer = stage.said('evaluated')[1]!;
    expect(answer).toMatchObject({ evalId: bad, ok: false });
    expect(answer.diagnostics[0]!.message).toContain(reason);
    await stage.run(4000);
    expect(stage.said('swapped')).toHaveLength(1);
    expect(expectWhole(stage)).toBeGreaterThan(20);
    expect([...stage.supervisor.phases].sort()).toEqual(['active', 'warm']);
  });

  test('a hanging standby ends within 250 ms and a tick or two of observed time', async () => {
    const stage = new Stage();
    await stage.run(300);
    stage.evaluate('hang');
    const begun = stage.nowMs;
    while (stage.said('evaluated').length === 0) await stage.run(1);
    expect(stage.nowMs - begun).toBeLessThanOrEqual(250 + 3 * 22);
  });

  test('awaiting is not hanging: it is ended after 10 seconds only', async () => {
    const stage = new Stage();
    await stage.run(300);
    stage.evaluate('wait');
    await stage.run(9_500);
    expect(stage.said('evaluated')).toEqual([]);
    await stage.run(1_000);
    expect(stage.said('evaluated')[0]).toMatchObject({ ok: false });
    expect(stage.said('evaluated')[0]!.diagnostics[0]!.message).toContain('10 seconds');
  });

  test('evaluations closer than 300 ms coalesce to the newest', async () => {
    const stage = new Stage();
    stage.evaluate('ok');
    await stage.run(1000);
    const ids = [];
    for (let i = 0; i < 10; i++) {
      ids.push(stage.evaluate('ok', 'now'));
      await stage.run(20);
    }
    await stage.run(2000);
    const answered = stage.said('evaluated').map(({ evalId }) => evalId);
    expect(answered).toEqual([1, ids[0], ids.at(-1)]);
    expect(stage.said('swapped').at(-1)).toMatchObject({ evalId: ids.at(-1) });
    expectWhole(stage);
  });

  test('a newer program supersedes one that waits; a newer mistake does not', async () => {
    const stage = new Stage();
    stage.evaluate('ok');
    await stage.run(200);
    const waits = stage.evaluate('ok', { cycles: 8 });
    await stage.run(500);
    stage.evaluate('error');
    await stage.run(500);
    const newer = stage.evaluate('ok', { cycles: 4 });
    await stage.run(20_000);
    expect(stage.said('swapped').map(({ evalId, cycle }) => [evalId, cycle])).toEqual([
      [1, 0],
      [newer, 4],
    ]);
    expect(waits).toBe(2);
    expectWhole(stage);
  });

  test('cancel drops what has not swapped, even after its go; the old music is whole', async () => {
    for (const waitMs of [50, 400, 1500, 1800, 1950, 1990]) {
      const stage = new Stage();
      stage.evaluate('ok');
      await stage.run(300);
      stage.evaluate('ok tempo:1', { cycles: 1 });
      await stage.run(waitMs - 300);
      const swapped = stage.said('swapped').length;
      stage.page({ type: 'cancel' });
      await stage.run(6000);
      expect(stage.said('swapped').length).toBe(swapped);
      expect(stage.engine.cyclesPerSecond).toBe(0.5);
      expectWhole(stage);
    }
  });

  test('the playing worker hangs: the same program is brought back, then the one before it', async () => {
    const stage = new Stage();
    stage.evaluate('ok');
    await stage.run(3000);
    stage.evaluate('bomb:4', 'now');
    await stage.run(1500);
    expect(stage.said('swapped')).toHaveLength(2);
    await stage.run(8000);
    expect(stage.said('worker-ended').filter(({ active }) => active)).toHaveLength(1);
    expect(stage.said('swapped').at(-1)).toMatchObject({ evalId: 1 });
    expect([...stage.supervisor.phases].sort()).toEqual(['active', 'warm']);
    const last = stage.engine.played.at(-1)!.cycle;
    expect(last).toBeGreaterThan(stage.engine.cycle! - 0.2);
    // Found dead in 250 ms, tried again in vain for 250 ms, brought back: the engine repeats for so long.
    const onsets = stage.engine.played.map(({ cycle }) => cycle);
    const gaps = onsets.slice(1).map((onset, i) => onset - onsets[i]!);
    expect(Math.max(...gaps) / 0.5).toBeLessThan(1.2);
    expect(Math.min(...gaps)).toBeCloseTo(1 / GRID, 9);
  });

  test('a worker that dies without fault of its program is replaced with the same program', async () => {
    const stage = new Stage();
    stage.evaluate('ok');
    await stage.run(2000);
    const second = stage.evaluate('ok', 'now');
    await stage.run(2000);
    expect(stage.freezeActive()).toBe(true);
    await stage.run(3000);
    expect(stage.said('worker-ended')).toMatchObject([{ active: true }]);
    expect(stage.said('swapped').at(-1)).toMatchObject({ evalId: second });
    expect([...stage.supervisor.phases].sort()).toEqual(['active', 'warm']);
  });

  test('an evaluation that is quicker than the bridge over a death stays; the bridge does not undo it', async () => {
    const stage = new Stage();
    stage.evaluate('ok slow:150');
    await stage.run(2000);
    stage.freezeActive();
    await stage.run(420);
    const newer = stage.evaluate('ok', 'now');
    await stage.run(6000);
    expect(stage.said('swapped').at(-1)).toMatchObject({ evalId: newer });
    expect([...stage.supervisor.phases].sort()).toEqual(['active', 'warm']);
  });

  test('a tempo statement acts at the swap, and only where it differs from the one before', async () => {
    const stage = new Stage();
    stage.evaluate('ok tempo:1');
    await stage.run(1500);
    expect(stage.engine.cyclesPerSecond).toBe(1);
    stage.page({ type: 'tempo', cyclesPerSecond: 2 });
    await stage.run(500);
    expect(stage.engine.cyclesPerSecond).toBe(2);
    stage.evaluate('ok tempo:2', 'now');
    await stage.run(500);
    stage.page({ type: 'tempo', cyclesPerSecond: 0.75 });
    stage.evaluate('ok tempo:2', 'now');
    await stage.run(1000);
    expect(stage.engine.cyclesPerSecond).toBe(2);
    stage.evaluate('ok tempo:2', 'now');
    await stage.run(1000);
    expectWhole(stage);
    const tempi = stage.commands.filter(({ type }) => type === 'tempo');
    expect(tempi).toHaveLength(2);
  });

  test('strips stay with their names; mutes act with the swap; the 64th track shares', async () => {
    const stage = new Stage();
    stage.evaluate('ok tracks:2');
    await stage.run(1000);
    stage.evaluate(`ok mute tracks:${MOST_STRIPS + 1}`);
    await stage.run(4000);
    const answer = stage.said('evaluated')[1]!;
    expect(answer.tracks.slice(0, 2).map(({ strip }) => strip)).toEqual([1, 2]);
    expect(new Set(answer.tracks.map(({ strip }) => strip)).size).toBe(MOST_STRIPS + 1);
    expect(answer.tracks.at(-1)).toMatchObject({ name: `t${MOST_STRIPS}`, strip: 0 });
    expect(answer.diagnostics).toMatchObject([{ severity: 'warning', track: `t${MOST_STRIPS}` }]);
    const mutes = stage.commands.filter((command) => command.type === 'strip' && command.mute === true);
    expect(mutes).toHaveLength(MOST_STRIPS);
    stage.page({ type: 'strip', track: 't1', gainDb: -6, mute: false });
    expect(stage.commands.at(-1)).toEqual({ type: 'strip', strip: 2, gainDb: -6, mute: false });
  });

  test('stop fades and forgets; the next evaluation starts at cycle 0; panic likewise', async () => {
    for (const message of [{ type: 'stop', fadeSeconds: 0.5 }, { type: 'panic' }] as const) {
      const stage = new Stage();
      stage.evaluate('ok');
      await stage.run(3000);
      stage.page(message);
      await stage.run(1000);
      expect(stage.said('stopped')).toHaveLength(1);
      expect(stage.supervisor.phases).toEqual(['warm']);
      const before = stage.engine.played.length;
      await stage.run(1000);
      expect(stage.engine.played).toHaveLength(before);
      stage.evaluate('ok');
      await stage.run(1000);
      expect(stage.said('swapped').at(-1)).toMatchObject({ cycle: 0 });
      expect(stage.engine.played[before]!.cycle).toBe(0);
    }
  });

  test('a suspended context: the program waits, starts once, and nothing is killed for silence', async () => {
    const stage = new Stage();
    stage.audible = false;
    stage.evaluate('ok');
    await stage.run(5000);
    expect(stage.said('swapped')).toEqual([]);
    stage.audible = true;
    await stage.run(2000);
    expect(stage.said('swapped')).toHaveLength(1);
    stage.audible = false;
    await stage.run(5000);
    stage.audible = true;
    await stage.run(2000);
    expect(stage.said('worker-ended')).toEqual([]);
    expectWhole(stage);
  });

  test('a supervisor that slept takes nobody for dead', async () => {
    const stage = new Stage();
    stage.evaluate('ok');
    await stage.run(1000);
    stage.evaluate('slow:100');
    stage.nowMs += 5000;
    await stage.run(1500);
    expect(stage.said('worker-ended')).toEqual([]);
    expect(stage.said('evaluated').at(-1)).toMatchObject({ ok: true });
  });

  test('a new supervisor carries on: position, epochs above, strips by name', async () => {
    const stage = new Stage({
      epoch: 1000,
      playing: true,
      cyclesPerSecond: 0.5,
      tempo: null,
      tracks: [{ name: 't0', strip: 7, muted: false, solo: false }],
    });
    stage.engine.cycle = 10.3;
    stage.evaluate('ok', 'now');
    await stage.run(1500);
    expect(stage.said('evaluated')[0]!.tracks[0]).toMatchObject({ strip: 7 });
    expect(stage.said('swapped')[0]!.epoch).toBe(1001);
    expect(stage.said('swapped')[0]!.cycle).toBeGreaterThan(10.3);
  });

  test('1,000 evaluations while playing: nothing dropped, doubled or missing', async () => {
    const stage = new Stage();
    stage.evaluate('ok');
    await stage.run(500);
    const boundaries = ['now', { cycles: 1 }, { cycles: 0.25 }, { cycles: 1 / 3 }, { cycles: 2 }] as const;
    for (let i = 0; i < 1000; i++) {
      const text = i % 11 === 3 ? 'error' : i % 97 === 50 ? 'hang' : i % 13 === 5 ? 'slow:60' : 'ok';
      stage.evaluate(text, boundaries[i % boundaries.length]!);
      await stage.run(((i * 7919) % 20) * 22 + 22);
    }
    await stage.run(5000);
    expect(expectWhole(stage)).toBeGreaterThan(800);
    expect(stage.engine.dropped + stage.engine.late + stage.engine.refused).toBe(0);
    expect(stage.said('swapped').length).toBeGreaterThan(200);
  });

  test('laws over random orders: one active at most, a standby in the end, no leak, music without gap or double', async () => {
    const text = fc.constantFrom(
      'ok',
      'ok',
      'ok',
      'error',
      'hang',
      'wait',
      'slow:120',
      'ok tempo:1',
      'ok tempo:0.7',
      'ok mute tracks:3',
    );
    const boundary = fc.constantFrom('now' as const, { cycles: 1 }, { cycles: 0.25 }, { cycles: 4 });
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('evaluate' as const), text, boundary }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('freeze' as const) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('tempo' as const),
          cps: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom('stop' as const, 'panic' as const, 'junk' as const) }),
      },
    );
    const step = fc.tuple(act, fc.integer({ min: 0, max: 1500 }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const stage = new Stage();
        let whole = true;
        for (const [action, waitMs] of [
          ...steps,
          [{ kind: 'evaluate', text: 'ok', boundary: 'now' }, 3000] as const,
        ]) {
          if (action.kind === 'evaluate') stage.evaluate(action.text, action.boundary);
          else if (action.kind === 'cancel') stage.page({ type: 'cancel' });
          else if (action.kind === 'freeze') whole = !stage.freezeActive() && whole;
          else if (action.kind === 'tempo') stage.page({ type: 'tempo', cyclesPerSecond: action.cps });
          else if (action.kind === 'junk')
            stage.step({ type: 'worker', worker: 99_999, message: { type: 'warm' } });
          else {
            stage.page(action.kind === 'stop' ? { type: 'stop', fadeSeconds: 0.1 } : { type: 'panic' });
            await stage.run(600);
            expect(stage.engine.cycle).toBeNull();
            if (whole) expectWhole(stage);
            stage.engine.played.length = 0;
            whole = true;
          }
          for (let ms = 0; ms <= waitMs; ms += 100) {
            await stage.run(100);
            for (const phase of ['active', 'gone', 'ready'])
              expect(count(stage, phase)).toBeLessThanOrEqual(1);
            expect(stage.workers.size).toBe(stage.supervisor.phases.length);
            expect(stage.workers.size).toBeLessThanOrEqual(MOST_WORKERS);
            // One standby, which waits its turn while an evaluation has its head start.
            const standbys = count(stage, 'warm') + count(stage, 'starting');
            expect(standbys).toBeLessThanOrEqual(1);
            expect(standbys + count(stage, 'trying')).toBeGreaterThanOrEqual(1);
          }
        }
        await stage.run(2000);
        expect(count(stage, 'active')).toBe(1);
        expect(count(stage, 'warm')).toBe(1);
        expect(stage.engine.played.at(-1)!.cycle).toBeGreaterThan(stage.engine.cycle! - 0.5);
        if (whole) expectWhole(stage);
        expect(stage.engine.refused).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

/** The acceptance rows of jamming that need no browser, played by the core on a simulated network. */
import { describe, expect, test } from 'vitest';
import { plannedCycle } from '../../../runtime/peers/session/steering.ts';
import { PROFILES } from '../../kit/jam-network.ts';
import { JamSimulator, type SimulatedPeer, sharedState } from '../../kit/jam-simulator.ts';

const room = (seed = 1, profile: (typeof PROFILES)[keyof typeof PROFILES] = PROFILES.lan) =>
  new JamSimulator({ seed, profile });

/** `names` join one after the other and have settled. */
function settled(
  names: readonly string[],
  more = {},
  sim = room(),
): { sim: JamSimulator; peers: SimulatedPeer[] } {
  const peers = names.map((name) => {
    const peer = sim.join(name, more);
    sim.run(sim.now + 1.2);
    return peer;
  });
  sim.run(sim.now + 2);
  return { sim, peers };
}

const agreed = (sim: JamSimulator): number =>
  new Set(sim.living().map((peer) => sharedState(peer.core))).size;
const tempoOf = (peer: SimulatedPeer): number => peer.core.timeline.segments.at(-1)!.cyclesPerSecond;
const jumps = (peer: SimulatedPeer, since = 0) =>
  peer.log.filter(({ at, event }) => at >= since && event.type === 'jumped' && event.sounding);
const act = (sim: JamSimulator, peer: SimulatedPeer, deed: 'play' | 'stop') =>
  sim.call(peer, (core, now) => core[deed](now));
const setTempo = (sim: JamSimulator, peer: SimulatedPeer, tempo: number) =>
  sim.call(peer, (core, now) => core.setTempo(tempo, now));
/** Largest difference of what two of these peers play, in seconds. */
const spread = (sim: JamSimulator, peers: readonly SimulatedPeer[]): number => {
  const cycles = peers.map((peer) => sim.playedOf(peer));
  return (Math.max(...cycles) - Math.min(...cycles)) / tempoOf(peers[0]!);
};

describe('tempo', () => {
  test('TEMPO-1 changes travel both ways, stopped and playing, with the phase kept', () => {
    const { sim, peers } = settled(['a', 'b', 'c']);
    for (const [i, tempo] of [0.7, 0.4, 1.1].entries()) {
      expect(setTempo(sim, peers[i]!, tempo)).toBe(true);
      sim.run(sim.now + 1);
      expect(peers.map(tempoOf)).toEqual([tempo, tempo, tempo]);
      expect(spread(sim, peers)).toBeLessThan(1e-3);
      for (const peer of peers) act(sim, peer, 'play');
      sim.run(sim.now + 5);
    }
    for (const peer of peers) expect(jumps(peer)).toEqual([]);
    expect(sim.breaks).toEqual([]);
  });

  test('TEMPO-2 a joiner never changes the tempo, however it was set, and BEAT-2 nobody inside jumps', () => {
    const { sim, peers } = settled(['m', 'n']);
    setTempo(sim, peers[0]!, 0.8);
    for (const peer of peers) act(sim, peer, 'play');
    sim.run(sim.now + 3);
    for (const name of ['a', 'z']) {
      const joiner = sim.join(name, { cyclesPerSecond: 2 });
      sim.run(sim.now + 1.5);
      expect(joiner.core.isJoining).toBe(false);
      expect([...peers, joiner].map(tempoOf)).toEqual([0.8, 0.8, 0.8]);
      expect(spread(sim, [...peers, joiner])).toBeLessThan(1e-3);
    }
    for (const peer of peers) expect(jumps(peer)).toEqual([]);
    expect(sim.breaks).toEqual([]);
  });

  test.each([20, 999])('TEMPO-4 %d beats a minute hold', (bpm) => {
    const { sim, peers } = settled(['a', 'b']);
    setTempo(sim, peers[1]!, bpm / 240);
    sim.run(sim.now + 30);
    for (const peer of peers) expect(tempoOf(peer) * 240).toBeCloseTo(bpm, 9);
    expect(spread(sim, peers)).toBeLessThan(1e-3);
  });

  test('simultaneous changes end equal', () => {
    const { sim, peers } = settled(['a', 'b', 'c', 'd'], {}, room(3, PROFILES.wan));
    for (const [i, peer] of peers.entries()) setTempo(sim, peer, 0.5 + i / 10);
    sim.run(sim.now + 1);
    expect(peers.map(tempoOf)).toEqual([0.8, 0.8, 0.8, 0.8]);
    expect(spread(sim, peers)).toBeLessThan(1e-3);
  });

  test('two who drag their sliders at the same time end equal, and nobody who plays jumps', () => {
    const { sim, peers } = settled(['a', 'b', 'c'], {}, room(4, PROFILES.wan));
    for (const peer of peers) act(sim, peer, 'play');
    sim.run(sim.now + 3);
    for (let i = 0; i < 60; i++) {
      setTempo(sim, peers[0]!, 0.5 + i / 200);
      setTempo(sim, peers[1]!, 0.9 - i / 200);
      sim.run(sim.now + 1 / 30);
    }
    sim.run(sim.now + 2);
    expect(agreed(sim)).toBe(1);
    for (const peer of peers) expect(jumps(peer)).toEqual([]);
  });

  test('beats a cycle are shared and change no position', () => {
    const { sim, peers } = settled(['a', 'b']);
    const before = peers.map((peer) => sim.playedOf(peer));
    sim.call(peers[0]!, (core, now) => core.setBeatsPerCycle(3, now));
    expect(sim.playedOf(peers[0]!)).toBeCloseTo(before[0]!, 9);
    sim.run(sim.now + 1);
    expect(peers.map((peer) => peer.core.timeline.beatsPerCycle)).toEqual([3, 3]);
    expect(sim.call(peers[0]!, (core, now) => core.setBeatsPerCycle(0, now))).toBe(false);
  });
});

describe('play and stop', () => {
  test('START-1 with sync, remote play starts us on our own quantum and remote stop stops us', () => {
    const { sim, peers } = settled(['a', 'b', 'c'], { startStopSync: true, quantumCycles: 2 });
    peers[1]!.core.quantumCycles = 4;
    peers[2]!.core.startStopSync = false;
    act(sim, peers[0]!, 'play');
    sim.run(sim.now + 12);
    const states = peers.map(({ core }) => core.ownTransport);
    expect(states.map((each) => each.state)).toEqual(['playing', 'playing', 'stopped']);
    expect(states[0]!.state === 'playing' && states[0]!.startCycle % 2).toBe(0);
    expect(states[1]!.state === 'playing' && states[1]!.startCycle % 4).toBe(0);
    act(sim, peers[1]!, 'stop');
    sim.run(sim.now + 1);
    expect(peers.map(({ core }) => core.ownTransport.state)).toEqual(['stopped', 'stopped', 'stopped']);
  });

  test('START-2 joining a playing session does not start us; our own play and stop reach the others', () => {
    const { sim, peers } = settled(['a', 'b'], { startStopSync: true });
    act(sim, peers[0]!, 'play');
    sim.run(sim.now + 4);
    const joiner = sim.join('c', { startStopSync: true });
    sim.run(sim.now + 4);
    expect(joiner.core.ownTransport.state).toBe('stopped');
    act(sim, joiner, 'play');
    sim.run(sim.now + 4);
    act(sim, joiner, 'stop');
    sim.run(sim.now + 1);
    expect(peers.map(({ core }) => core.ownTransport.state)).toEqual(['stopped', 'stopped']);
  });

  test('TEMPO-5 and BEAT-1 toggling sync alone changes nothing', () => {
    const { sim, peers } = settled(['a', 'b']);
    peers[0]!.core.startStopSync = true;
    act(sim, peers[0]!, 'play');
    sim.run(sim.now + 4);
    const before = sharedState(peers[1]!.core);
    peers[1]!.core.startStopSync = true;
    sim.run(sim.now + 2);
    peers[0]!.core.startStopSync = false;
    sim.run(sim.now + 2);
    expect(sharedState(peers[1]!.core)).toBe(before);
    expect(peers.map(({ core }) => core.ownTransport.state)).toEqual(['playing', 'stopped']);
    expect(jumps(peers[0]!)).toEqual([]);
    expect(sim.breaks).toEqual([]);
  });

  test('alone, play begins at cycle 0 at once', () => {
    const { sim, peers } = settled(['a']);
    act(sim, peers[0]!, 'play');
    expect(sim.playedOf(peers[0]!)).toBeCloseTo(0, 3);
  });
});

describe('sessions', () => {
  test.each([
    ['the older wins though its id is greater', ['z', 'a'], 3, 'z'],
    ['nearly equal ages: the smaller id wins', ['z', 'a'], 0.2, 'a'],
  ])('two sessions merge: %s; only the loser jumps', (_name, names, gap, winnerName) => {
    const sim = room(5);
    const [one, two] = [sim.add(names[0]!), sim.add(names[1]!)];
    // The second is born `gap` later in the sense that counts: it starts its session then.
    sim.crash(two.id);
    sim.run(gap);
    sim.peers.length = 1;
    const later = sim.add(names[1]!, { cyclesPerSecond: 0.9 });
    sim.run(gap + 3);
    for (const peer of [one, later]) act(sim, peer, 'play');
    sim.run(gap + 6);
    sim.link(one.id, later.id);
    sim.run(gap + 12);
    expect(agreed(sim)).toBe(1);
    expect(one.core.sessionId.startsWith(`${winnerName}.`)).toBe(true);
    const [winner, loser] = winnerName === one.id ? [one, later] : [later, one];
    expect(jumps(winner)).toEqual([]);
    expect(jumps(loser).map(({ event }) => event.type === 'jumped' && event.reason)).toEqual(['merged']);
    expect(spread(sim, [one, later])).toBeLessThan(1e-3);
    expect(sim.breaks).toEqual([]);
  });

  test('the founder leaves: the next becomes host, time and tempo go on', () => {
    for (const how of ['leave', 'crash'] as const) {
      const { sim, peers } = settled(['m', 'a', 'z']);
      for (const peer of peers) act(sim, peer, 'play');
      sim.run(sim.now + 5);
      const ahead = sim.sharedOf(peers[1]!) - sim.now;
      sim[how]('m');
      sim.run(sim.now + 10);
      const rest = peers.slice(1);
      expect(rest.map(({ core }) => core.hostId)).toEqual(['a', 'a']);
      expect(rest.map(({ core }) => core.policy.author)).toEqual(['a', 'a']);
      expect(Math.abs(sim.sharedOf(rest[1]!) - sim.now - ahead)).toBeLessThan(1.5e-3);
      expect(spread(sim, rest)).toBeLessThan(1e-3);
      for (const peer of rest) expect(jumps(peer)).toEqual([]);
    }
  });

  test('a peer that crashed is gone within 3 s and a step; one that says goodbye at once', () => {
    const { sim, peers } = settled(['a', 'b', 'c']);
    const from = sim.now;
    sim.crash('b');
    sim.leave('c');
    sim.run(from + 0.1);
    expect(peers[0]!.core.neighbours).toEqual(['b']);
    sim.run(from + 3.2);
    expect(peers[0]!.core.neighbours).toEqual([]);
    expect(peers[0]!.log.filter(({ event }) => event.type === 'gone').map(({ event }) => event)).toEqual([
      { type: 'gone', peer: 'c', why: 'bye' },
      { type: 'gone', peer: 'b', why: 'silent' },
    ]);
  });

  test('a partition heals: equal state, and shared time within a millisecond', () => {
    const { sim, peers } = settled(['a', 'b', 'c', 'd']);
    sim.partition(
      new Map([
        ['a', 0],
        ['b', 0],
        ['c', 1],
        ['d', 1],
      ]),
    );
    setTempo(sim, peers[0]!, 0.8);
    setTempo(sim, peers[3]!, 0.3);
    sim.run(sim.now + 6);
    expect(agreed(sim)).toBe(2);
    sim.heal();
    sim.run(sim.now + 4);
    expect(agreed(sim)).toBe(1);
    expect(spread(sim, peers)).toBeLessThan(1e-3);
  });

  test('a joiner announces nothing until it has measured', () => {
    const { sim, peers } = settled(['a', 'b']);
    sim.pingLoss = 1;
    const joiner = sim.join('c', { cyclesPerSecond: 3 });
    sim.run(sim.now + 2.5);
    expect(joiner.core.isJoining).toBe(true);
    expect(sim.peers.filter((peer) => peer.core.sessionId === peers[0]!.core.sessionId)).toHaveLength(2);
    sim.pingLoss = 0;
    sim.run(sim.now + 2);
    expect(joiner.core.isJoining).toBe(false);
    expect(agreed(sim)).toBe(1);
  });

  test('a chain of links shares one time: a listener follows one player', () => {
    const { sim, peers } = settled(['a', 'b']);
    const listener = sim.add('c', { role: 'listener' });
    sim.link('c', 'b');
    sim.run(sim.now + 4);
    expect(listener.core.hostId).toBe('a');
    expect(spread(sim, [...peers, listener])).toBeLessThan(1e-3);
    expect(setTempo(sim, listener, 3)).toBe(false);
    sim.leave('a');
    sim.leave('b');
    sim.run(sim.now + 4);
    expect(listener.core.hostId).toBe('c');
  });
});

describe('bad networks and clocks', () => {
  test('30 % of the pings lost: still in phase', () => {
    const sim = room(6, PROFILES.wifi);
    sim.pingLoss = 0.3;
    const { peers } = settled(['a', 'b', 'c'], {}, sim);
    sim.run(sim.now + 20);
    expect(spread(sim, peers)).toBeLessThan(1e-3);
  });

  test("the host's clock jumps: the session does not move, it corrects itself within a second", () => {
    const { sim, peers } = settled(['a', 'b', 'c', 'd']);
    for (const peer of peers) act(sim, peer, 'play');
    sim.run(sim.now + 10);
    const ahead = sim.sharedOf(peers[1]!) - sim.now;
    peers[0]!.crystal.jump(0.25);
    sim.run(sim.now + 1);
    for (const peer of peers) expect(Math.abs(sim.sharedOf(peer) - sim.now - ahead)).toBeLessThan(1e-3);
    expect(peers[0]!.log.some(({ event }) => event.type === 'clock-jumped')).toBe(true);
    sim.run(sim.now + 5);
    for (const peer of peers) expect(jumps(peer)).toEqual([]);
    expect(spread(sim, peers)).toBeLessThan(1e-3);
  });

  test('a path that becomes 10 ms longer one way is not followed', () => {
    const { sim } = settled(['a', 'b'], {}, room(7, PROFILES.wan));
    sim.run(30);
    sim.extra.set('a>b', 0.01);
    for (let second = 0; second < 60; second++) {
      sim.run(sim.now + 1);
      expect(Math.abs(sim.offsetError('b', 'a')!)).toBeLessThan(0.5e-3);
    }
  });

  test('a page that stalls for 20 s calls nobody silent and is back in phase', () => {
    const { sim, peers } = settled(['a', 'b']);
    const { core, crystal } = peers[1]!;
    const stalled = crystal.read(sim.now) + 20;
    core.step(stalled);
    expect(core.neighbours).toEqual(['a']);
    sim.run(sim.now + 2);
    expect(spread(sim, peers)).toBeLessThan(1e-3);
  });

  test('a nudge shifts what is played, by slewing', () => {
    const { sim, peers } = settled(['a', 'b']);
    for (const peer of peers) act(sim, peer, 'play');
    sim.run(sim.now + 4);
    peers[1]!.core.nudgeSeconds = 0.005;
    sim.run(sim.now + 10);
    expect((sim.playedOf(peers[1]!) - sim.playedOf(peers[0]!)) / 0.5).toBeCloseTo(0.005, 3);
    expect(jumps(peers[1]!)).toEqual([]);
  });
});

describe('roles and rubbish', () => {
  test('only the host changes the policy; a tempo kept to the host is refused to others', () => {
    const { sim, peers } = settled(['a', 'b', 'c']);
    expect(sim.call(peers[1]!, (core, now) => core.setPolicy({ tempoBy: 'host' }, now))).toBe(false);
    expect(sim.call(peers[0]!, (core, now) => core.setPolicy({ tempoBy: 'host' }, now))).toBe(true);
    sim.run(sim.now + 1);
    expect(setTempo(sim, peers[1]!, 2)).toBe(false);
    expect(setTempo(sim, peers[0]!, 0.6)).toBe(true);
    sim.run(sim.now + 1);
    expect(peers.map(tempoOf)).toEqual([0.6, 0.6, 0.6]);
  });

  test('a peer that is kicked loses all links and is told', () => {
    const { sim, peers } = settled(['a', 'b', 'c']);
    sim.call(peers[0]!, (core, now) => core.setPolicy({ kicked: ['c'] }, now));
    sim.run(sim.now + 1);
    expect(peers.map(({ core }) => core.neighbours)).toEqual([['b'], ['a'], []]);
    sim.link('b', 'c');
    expect(peers[1]!.core.neighbours).toEqual(['a']);
  });

  test('rubbish is dropped, counted and named, and changes nothing; too much of it cuts the link', () => {
    const { sim, peers } = settled(['a', 'b']);
    const before = sharedState(peers[0]!.core);
    const rubbish: readonly unknown[] = ['{', 'x'.repeat(20_000), JSON.stringify({ v: 2, type: 'state' }), 7];
    for (const data of rubbish) sim.call(peers[0]!, (core, now) => core.receiveMessage('b', data, now));
    for (const data of ['x', new Uint8Array(3), new Uint8Array(99)]) {
      sim.call(peers[0]!, (core, now) => core.receivePing('b', data, now));
    }
    const dropped = peers[0]!.core.droppedFrom('b');
    expect(dropped.get('version')).toBe(1);
    expect(dropped.get('oversized')).toBe(2);
    expect(dropped.get('malformed')).toBeGreaterThanOrEqual(4);
    sim.run(sim.now + 1);
    expect(sharedState(peers[0]!.core)).toBe(before);
    for (let i = 0; i < 1000; i++) sim.call(peers[0]!, (core, now) => core.receiveMessage('b', '{', now));
    expect(peers[0]!.core.neighbours).toEqual([]);
    expect(
      peers[0]!.log.at(-1)!.event.type === 'gone' || peers[0]!.log.some(({ event }) => event.type === 'gone'),
    ).toBe(true);
  });

  test('a peer nobody linked is not heard', () => {
    const { sim, peers } = settled(['a', 'b']);
    const before = sharedState(peers[0]!.core);
    sim.call(peers[0]!, (core, now) => core.receiveMessage('stranger', '{}', now));
    sim.call(peers[0]!, (core, now) => core.receivePing('stranger', new Uint8Array(40), now));
    expect(sharedState(peers[0]!.core)).toBe(before);
    expect(plannedCycle(peers[0]!.core.played, 0)).toBeTypeOf('number');
  });
});

/**
 * Random schedules for jamming peers: who joins, leaves, dies, changes the tempo, plays, parts and meets again, all from one seed. At
 * the end the network heals and comes to rest; then all must agree. It judges nothing but says what it saw.
 */
import type { JumpReason } from '../../runtime/peers/session/jam-events.ts';
import { type NetworkProfile, PROFILES, seeded } from './jam-network.ts';
import { JamSimulator, type SimulatedPeer, sharedState } from './jam-simulator.ts';

export interface ScheduleOutcome {
  readonly seed: number;
  readonly deeds: readonly string[];
  /** Distinct states at the end: 1 is agreement. */
  readonly states: readonly string[];
  /** Largest difference of shared time, and of played place in seconds, between two peers at the end. */
  readonly sharedSpreadSeconds: number;
  readonly playedSpreadSeconds: number;
  /** Breaks that nothing explains. */
  readonly breaks: number;
  /** Jumps while sounding of peers that lost no merge, parted from nobody, and whose clocks were steady. */
  readonly unearned: readonly { readonly peer: string; readonly reason: JumpReason; readonly at: number }[];
}

const ACTIVE_SECONDS = 5;
/** Silence (3 s), its spreading, a merge and a few heartbeats. */
const REST_SECONDS = 7;
const PEERS_LIMIT = 6;
const NETWORKS: readonly NetworkProfile[] = [PROFILES.lan, PROFILES.wifi, PROFILES.wan];

type Deed = readonly [weight: number, name: string, act: (run: Run) => string | null];

interface Run {
  readonly sim: JamSimulator;
  readonly random: () => number;
  /** Reasons to jump that the deeds so far gave to peers that lost no merge of sessions. */
  readonly excuses: Set<JumpReason>;
  joined: number;
}

const pick = <T>(run: Run, from: readonly T[]): T | undefined => from[Math.floor(run.random() * from.length)];
const someone = (run: Run): SimulatedPeer | undefined => pick(run, run.sim.living());

const onSomeone =
  (act: (run: Run, peer: SimulatedPeer) => string | null) =>
  (run: Run): string | null => {
    const peer = someone(run);
    return peer ? act(run, peer) : null;
  };

const DEEDS: readonly Deed[] = [
  [3, 'join', (run) => (run.sim.living().length < PEERS_LIMIT ? joinOne(run) : null)],
  [2, 'tempo', onSomeone((run, peer) => setTempo(run, peer))],
  [
    2,
    'two tempos',
    (run) => {
      const one = someone(run);
      const two = someone(run);
      return one && two ? `${setTempo(run, one)} ${setTempo(run, two)}` : null;
    },
  ],
  [
    1,
    'beats',
    onSomeone((run, peer) => {
      const beats = 1 + Math.floor(run.random() * 8);
      run.sim.call(peer, (core, now) => core.setBeatsPerCycle(beats, now));
      return `${peer.id} ${beats}`;
    }),
  ],
  [
    3,
    'play',
    onSomeone((run, peer) => {
      run.sim.call(peer, (core, now) => core.play(now));
      return peer.id;
    }),
  ],
  [
    1,
    'stop',
    onSomeone((run, peer) => {
      run.sim.call(peer, (core, now) => core.stop(now));
      return peer.id;
    }),
  ],
  [1, 'leave', onSomeone((run, peer) => (run.sim.living().length > 2 ? goes(run, peer, 'leave') : null))],
  [1, 'crash', onSomeone((run, peer) => (run.sim.living().length > 2 ? goes(run, peer, 'crash') : null))],
  [
    1,
    'partition',
    (run) => {
      const sides = new Map(run.sim.peers.map((peer) => [peer.id, run.random() < 0.5 ? 0 : 1]));
      // Two halves of one session meet again: one of them has lost.
      run.excuses.add('overruled').add('late');
      run.sim.partition(sides);
      return [...sides].map(([id, side]) => id + side).join(' ');
    },
  ],
  [
    1,
    'heal',
    (run) => {
      run.sim.heal();
      return '';
    },
  ],
  [
    0.5,
    'clock',
    onSomeone((run, peer) => {
      const seconds = (run.random() * 2 - 1) * 0.5;
      // Until that is corrected, the times that its changes name are wrong.
      run.excuses.add('clock').add('late').add('overruled');
      peer.crystal.jump(seconds);
      return `${peer.id} ${seconds.toFixed(3)}`;
    }),
  ],
  [
    1,
    'policy',
    onSomeone((run, peer) => {
      const tempoBy = run.random() < 0.5 ? 'host' : 'players';
      run.sim.call(peer, (core, now) => core.setPolicy({ tempoBy }, now));
      return `${peer.id} ${tempoBy}`;
    }),
  ],
];

function joinOne(run: Run): string {
  const id = `${'abcdefghijklmnopqrstuvwxyz'[Math.floor(run.random() * 26)]}${run.joined++}`;
  run.sim.join(id, {
    role: run.random() < 0.1 ? 'listener' : 'player',
    startStopSync: run.random() < 0.5,
    quantumCycles: pick(run, [0.25, 1, 1, 2, 4])!,
  });
  return id;
}

function setTempo(run: Run, peer: SimulatedPeer): string {
  const cyclesPerSecond = 0.3 + run.random() * 0.7;
  run.sim.call(peer, (core, now) => core.setTempo(cyclesPerSecond, now));
  return `${peer.id} ${cyclesPerSecond.toFixed(3)}`;
}

function goes(run: Run, peer: SimulatedPeer, how: 'leave' | 'crash'): string {
  run.sim[how](peer.id);
  return peer.id;
}

function choose(random: () => number): Deed {
  let left = random() * DEEDS.reduce((sum, [weight]) => sum + weight, 0);
  for (const deed of DEEDS) {
    left -= deed[0];
    if (left < 0) return deed;
  }
  return DEEDS[0]!;
}

/** Runs the schedule that a seed stands for. */
export function runSchedule(seed: number): ScheduleOutcome {
  const random = seeded(seed * 7919 + 1);
  const profile = NETWORKS[Math.floor(random() * NETWORKS.length)]!;
  const sim = new JamSimulator({ seed, profile, stepSeconds: 0.1 });
  const run: Run = { sim, random, excuses: new Set(['merged', 'own']), joined: 0 };
  const deeds: string[] = [profile.name];
  joinOne(run);
  joinOne(run);
  const count = 3 + Math.floor(random() * 8);
  const times = Array.from({ length: count }, () => random() * ACTIVE_SECONDS).sort((a, b) => a - b);
  for (const time of times) {
    sim.run(time);
    const [, name, act] = choose(random);
    const note = act(run);
    if (note !== null) deeds.push(`${time.toFixed(2)} ${name} ${note}`);
  }
  sim.run(ACTIVE_SECONDS);
  sim.heal();
  // Links that a partition broke are noticed by silence; then they are made anew.
  for (let second = 1; second <= REST_SECONDS; second++) {
    sim.run(ACTIVE_SECONDS + second);
    sim.heal();
  }
  return outcomeOf(seed, run, deeds);
}

function outcomeOf(seed: number, run: Run, deeds: readonly string[]): ScheduleOutcome {
  const { sim } = run;
  const living = sim.living();
  const unearned = [];
  for (const peer of sim.peers) {
    for (const { at, event } of peer.log) {
      if (event.type !== 'jumped' || !event.sounding) continue;
      if (!run.excuses.has(event.reason)) unearned.push({ peer: peer.id, reason: event.reason, at });
    }
  }
  const tempo = living[0]!.core.timeline.segments.at(-1)!.cyclesPerSecond;
  const spread = (of: (peer: SimulatedPeer) => number): number => {
    const values = living.map(of);
    return Math.max(...values) - Math.min(...values);
  };
  return {
    seed,
    deeds,
    states: [...new Set(living.map((peer) => sharedState(peer.core)))],
    sharedSpreadSeconds: spread((peer) => sim.sharedOf(peer)),
    playedSpreadSeconds: spread((peer) => sim.playedOf(peer)) / tempo,
    breaks: sim.breaks.length,
    unearned,
  };
}

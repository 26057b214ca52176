/**
 * Jamming on the simulator: how well clocks agree on four networks, how fast they join and recover, and whether random
 * schedules end in agreement. TALEA_JAM_SCHEDULES sets how many schedules; 100000 is the long run.
 */
import { PROFILES } from '../kit/jam-network.ts';
import { runSchedule } from '../kit/jam-schedules.ts';
import { JamSimulator } from '../kit/jam-simulator.ts';

export const name = 'jamming (simulator, +-50 ppm, 1 % loss, late stamps)';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: number;
}
type Profile = (typeof PROFILES)[keyof typeof PROFILES];

const RUNS = 40;
const SCHEDULES = Number(process.env['TALEA_JAM_SCHEDULES'] ?? 2000);
const MS = 1e3;

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
};

/** Two peers on a network; the second joins at once. */
function duo(seed: number, profile: Profile): JamSimulator {
  const sim = new JamSimulator({ seed, profile });
  sim.join('a');
  sim.join('b');
  return sim;
}

/** Seconds from now until the error stays below a millisecond, within `limit`. */
function settling(sim: JamSimulator, limit: number, error: () => number): number {
  const from = sim.now;
  let last = 0;
  for (let t = 0.01; t <= limit; t += 0.01) {
    sim.run(from + t);
    if (!(error() < 1e-3)) last = t;
  }
  return last;
}

const pairError = (sim: JamSimulator) => (): number =>
  Math.max(
    Math.abs(sim.offsetError('a', 'b') ?? Number.POSITIVE_INFINITY),
    Math.abs(sim.offsetError('b', 'a') ?? Number.POSITIVE_INFINITY),
  );

function offsets(profile: Profile, goal: number, lateGoal?: number): Row[] {
  const early: number[] = [];
  const late: number[] = [];
  for (let seed = 1; seed <= RUNS; seed++) {
    const sim = duo(seed, profile);
    const error = pairError(sim);
    for (let t = 2; t < 120; t += 0.23) {
      sim.run(t);
      (t < 75 ? early : late).push(error() * MS);
    }
  }
  const rows: Row[] = [
    { name: `offset on ${profile.name}, 2 to 75 s, p50`, value: quantile(early, 0.5), unit: 'ms' },
    { name: `offset on ${profile.name}, 2 to 75 s, p99`, value: quantile(early, 0.99), unit: 'ms', goal },
  ];
  const after = {
    name: `offset on ${profile.name}, after 75 s, p99`,
    value: quantile(late, 0.99),
    unit: 'ms',
  };
  return [...rows, lateGoal === undefined ? after : { ...after, goal: lateGoal }];
}

function joining(profile: Profile): Row[] {
  const seconds = Array.from({ length: 2 * RUNS }, (_, i) => {
    const sim = duo(i + 1, profile);
    return settling(sim, 3, pairError(sim));
  });
  return [
    {
      name: `under 1 ms after joining on ${profile.name}, median`,
      value: quantile(seconds, 0.5),
      unit: 's',
      goal: 0.3,
    },
    {
      name: `under 1 ms after joining on ${profile.name}, max`,
      value: quantile(seconds, 1),
      unit: 's',
      goal: 1,
    },
  ];
}

function clockJump(profile: Profile): Row {
  const seconds = Array.from({ length: RUNS }, (_, i) => {
    const sim = duo(i + 1, profile);
    sim.run(20 + i * 0.033);
    sim.peer('b').crystal.jump(0.25);
    return settling(sim, 4, pairError(sim));
  });
  return {
    name: `clock jump of 250 ms recovered on ${profile.name}, max`,
    value: quantile(seconds, 1),
    unit: 's',
    goal: 1,
  };
}

/** The shared time of four peers while the clock of one of them, the host or another, jumps. */
function jumpInRoom(profile: Profile, jumper: string): Row {
  const seconds = Array.from({ length: RUNS }, (_, i) => {
    const sim = new JamSimulator({ seed: i + 1, profile });
    sim.join('a');
    sim.run(2);
    for (const id of 'bcd') sim.join(id);
    sim.run(20 + i * 0.033);
    const ahead = sim.sharedOf(sim.peers[1]!) - sim.now;
    sim.peer(jumper).crystal.jump(0.25);
    const error = () => Math.max(...sim.peers.map((peer) => Math.abs(sim.sharedOf(peer) - sim.now - ahead)));
    return settling(sim, 4, error);
  });
  const who = jumper === 'a' ? 'the host' : 'a player';
  return {
    name: `shared time of four after the clock of ${who} jumped on ${profile.name}, max`,
    value: quantile(seconds, 1),
    unit: 's',
    goal: 1,
  };
}

function asymmetry(profile: Profile): Row {
  const worst = Array.from({ length: RUNS }, (_, i) => {
    const sim = duo(i + 1, profile);
    sim.run(60);
    sim.extra.set('a>b', 0.01);
    let most = 0;
    for (let t = 60; t < 120; t += 0.2) {
      sim.run(t);
      most = Math.max(most, pairError(sim)());
    }
    return most * MS;
  });
  return {
    name: `path 10 ms longer one way for 60 s on ${profile.name}, worst`,
    value: quantile(worst, 1),
    unit: 'ms',
    goal: 0.5,
  };
}

/** A mesh of eight: how long until all share one session, and how long until a silent peer is missed. */
function meshOfEight(): Row[] {
  const sim = new JamSimulator({ seed: 8, profile: PROFILES.wifi });
  for (const id of 'abcdefgh') sim.join(id);
  const sessions = () => new Set(sim.living().map(({ core }) => core.sessionId)).size;
  let joined = 0;
  for (; joined < 10 && (sessions() > 1 || sim.living().some(({ core }) => core.isJoining)); joined += 0.01) {
    sim.run(sim.now + 0.01);
  }
  sim.run(10);
  const joiner = sim.join('i');
  let phase = 0;
  for (; phase < 5 && (joiner.core.isJoining || sessions() > 1); phase += 0.01) sim.run(sim.now + 0.01);
  sim.run(20);
  sim.crash('c');
  let missed = 0;
  for (; missed < 10 && sim.living().some(({ core }) => core.neighbours.includes('c')); missed += 0.01) {
    sim.run(sim.now + 0.01);
  }
  return [
    { name: 'mesh of 8 born at once is one session', value: joined, unit: 's', goal: 2 },
    { name: 'one who joins a session is in phase', value: phase, unit: 's', goal: 1.5 },
    { name: 'loss of a silent peer noticed by all', value: missed, unit: 's', goal: 3 },
  ];
}

function schedules(): Row[] {
  let disagreeing = 0;
  let jumping = 0;
  let shared = 0;
  const from = performance.now();
  for (let seed = 1; seed <= SCHEDULES; seed++) {
    const outcome = runSchedule(seed);
    if (outcome.states.length !== 1) disagreeing++;
    if (outcome.breaks > 0 || outcome.unearned.length > 0) jumping++;
    if (outcome.states.length !== 1 || outcome.breaks > 0 || outcome.unearned.length > 0) {
      console.error(`  seed ${seed}: ${outcome.deeds.join('; ')}`);
    }
    shared = Math.max(shared, outcome.sharedSpreadSeconds * MS);
  }
  return [
    {
      name: `of ${SCHEDULES} random schedules, end in more than one state`,
      value: disagreeing,
      unit: '',
      goal: 0,
    },
    {
      name: `of ${SCHEDULES} random schedules, with a jump nobody earned`,
      value: jumping,
      unit: '',
      goal: 0,
    },
    { name: 'largest difference of shared time at their end', value: shared, unit: 'ms' },
    {
      name: 'one schedule (12 s of 2 to 6 peers)',
      value: (performance.now() - from) / SCHEDULES,
      unit: 'ms',
    },
  ];
}

export async function run(): Promise<readonly Row[]> {
  return [
    ...offsets(PROFILES.lan, 0.05),
    ...offsets(PROFILES.wifi, 0.5),
    ...offsets(PROFILES.wan, 0.4),
    ...offsets(PROFILES.badWifi, 4.5, 2.5),
    ...[PROFILES.lan, PROFILES.wifi, PROFILES.wan].flatMap(joining),
    ...[PROFILES.lan, PROFILES.wifi, PROFILES.wan].map(clockJump),
    ...[PROFILES.lan, PROFILES.wifi, PROFILES.wan].flatMap((profile) => [
      jumpInRoom(profile, 'a'),
      jumpInRoom(profile, 'c'),
    ]),
    ...[PROFILES.lan, PROFILES.wifi, PROFILES.wan].map(asymmetry),
    ...meshOfEight(),
    ...schedules(),
  ];
}

/**
 * A network and clocks that misbehave by a seed: latency, loss, duplicates, reordering, late processing, paths that change and
 * partitions. It stands alone so that the simulator reads as peers and deeds. True time is in seconds.
 */

/** Numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface NetworkProfile {
  readonly name: string;
  /** Shortest way in one direction. */
  readonly oneWaySeconds: number;
  /** Mean of the exponential part on top. */
  readonly jitterSeconds: number;
  /** Now and then a packet waits this much longer on average. */
  readonly spikeChance: number;
  readonly spikeSeconds: number;
  /** Queues that stay full for a while, per direction: part of the time, mean length, mean extra wait. */
  readonly congestionShare: number;
  readonly congestionSeconds: number;
  readonly congestionExtraSeconds: number;
  readonly loss: number;
  readonly duplicates: number;
  /** The receiving page is busy and takes its stamp late, by this much on average. */
  readonly lateChance: number;
  readonly lateSeconds: number;
}

const ms = 1e-3;
const late = { lateChance: 0.1, lateSeconds: 4 * ms };

export const PROFILES = {
  lan: {
    name: 'LAN',
    oneWaySeconds: 0.15 * ms,
    jitterSeconds: 0.1 * ms,
    spikeChance: 0.01,
    spikeSeconds: 3 * ms,
    congestionShare: 0,
    congestionSeconds: 1,
    congestionExtraSeconds: 0,
    loss: 0.01,
    duplicates: 0.005,
    ...late,
  },
  wifi: {
    name: 'Wi-Fi',
    oneWaySeconds: 1 * ms,
    jitterSeconds: 1.5 * ms,
    spikeChance: 0.03,
    spikeSeconds: 15 * ms,
    congestionShare: 0,
    congestionSeconds: 1,
    congestionExtraSeconds: 0,
    loss: 0.01,
    duplicates: 0.005,
    ...late,
  },
  wan: {
    name: 'WAN 40 ms',
    oneWaySeconds: 20 * ms,
    jitterSeconds: 1 * ms,
    spikeChance: 0.02,
    spikeSeconds: 15 * ms,
    congestionShare: 0,
    congestionSeconds: 1,
    congestionExtraSeconds: 0,
    loss: 0.01,
    duplicates: 0.005,
    ...late,
  },
  badWifi: {
    name: 'bad Wi-Fi',
    oneWaySeconds: 2 * ms,
    jitterSeconds: 12 * ms,
    spikeChance: 0.15,
    spikeSeconds: 60 * ms,
    congestionShare: 0.15,
    congestionSeconds: 2,
    congestionExtraSeconds: 15 * ms,
    loss: 0.05,
    duplicates: 0.01,
    ...late,
  },
} as const satisfies Record<string, NetworkProfile>;

/** Extra seconds on the way from one peer to another. */
export type PathExtra = (from: string, to: string) => number;

/** Draws how long packets take. */
export class Delays {
  private readonly profile: NetworkProfile;
  private readonly random: () => number;
  private readonly queues = new Map<string, { until: number; extra: number }>();

  constructor(profile: NetworkProfile, random: () => number) {
    this.profile = profile;
    this.random = random;
  }

  get lost(): boolean {
    return this.random() < this.profile.loss;
  }
  get doubled(): boolean {
    return this.random() < this.profile.duplicates;
  }

  /** Seconds until a packet is processed at the other end. */
  packet(way: string, now: number): number {
    const { oneWaySeconds, jitterSeconds, spikeChance, spikeSeconds, lateChance, lateSeconds } = this.profile;
    let seconds = oneWaySeconds + this.exponential(jitterSeconds) + this.queued(way, now);
    if (this.random() < spikeChance) seconds += this.exponential(spikeSeconds);
    if (this.random() < lateChance) seconds += this.exponential(lateSeconds);
    return seconds;
  }

  /** The same for the reliable channel, which sends again what was lost. */
  reliable(way: string, now: number): number {
    let seconds = this.packet(way, now);
    for (let tries = 0; this.lost && tries < 3; tries++) {
      seconds += 2 * this.profile.oneWaySeconds + 0.03 + this.packet(way, now);
    }
    return seconds;
  }

  private queued(way: string, now: number): number {
    const { congestionShare: share, congestionSeconds, congestionExtraSeconds } = this.profile;
    if (share === 0) return 0;
    let queue = this.queues.get(way);
    if (!queue || now >= queue.until) {
      const full = !queue || queue.extra === 0 ? this.random() < share : false;
      const mean = full ? congestionSeconds : (congestionSeconds * (1 - share)) / 2;
      queue = {
        until: now + this.exponential(mean),
        extra: full ? this.exponential(congestionExtraSeconds) : 0,
      };
      this.queues.set(way, queue);
    }
    return queue.extra;
  }

  private exponential(mean: number): number {
    return -mean * Math.log(1 - this.random());
  }
}

/** A crystal: its own origin, a steady error, and jumps. */
export class Crystal {
  private origin: number;
  private readonly rate: number;
  private readonly grainSeconds: number;

  constructor(originSeconds: number, partsPerMillion: number, grainSeconds: number) {
    this.origin = originSeconds;
    this.rate = 1 + partsPerMillion * 1e-6;
    this.grainSeconds = grainSeconds;
  }

  /** What it truly shows at a true time, and what can be read. */
  exact(trueSeconds: number): number {
    return this.origin + trueSeconds * this.rate;
  }
  read(trueSeconds: number): number {
    return Math.floor(this.exact(trueSeconds) / this.grainSeconds) * this.grainSeconds;
  }
  jump(seconds: number): void {
    this.origin += seconds;
  }
}

/** What happens next in true time: a binary heap, equal times in the order they were added. */
export class Agenda<T> {
  private readonly heap: { at: number; order: number; what: T }[] = [];
  private order = 0;

  get nextAt(): number {
    return this.heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, what: T): void {
    const { heap } = this;
    const entry = { at, order: this.order++, what };
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (before(heap[parent]!, entry)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = entry;
  }

  take(): T | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first?.what;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (before(last, heap[child]!)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first.what;
  }
}

const before = (a: { at: number; order: number }, b: { at: number; order: number }): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

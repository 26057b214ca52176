/**
 * N jamming peers on a seeded network: the very core that runs in the browser, with crystals and delays drawn from a seed. It
 * watches every call for breaks in what is played. It knows no test framework: tests and benches both run it.
 */
import type { JamEvent, JamOptions } from '../../runtime/peers/session/jam-events.ts';
import { JamPeer } from '../../runtime/peers/session/jam-peer.ts';
import { plannedCycle } from '../../runtime/peers/session/steering.ts';
import { Agenda, Crystal, Delays, type NetworkProfile, seeded } from './jam-network.ts';

const STEP_SECONDS = 0.05;

export interface SimulatorOptions {
  readonly seed: number;
  readonly profile: NetworkProfile;
  readonly grainSeconds?: number;
  /** How often peers step; the default is 50 ms. */
  readonly stepSeconds?: number;
}

export interface SimulatedPeer {
  readonly id: string;
  readonly core: JamPeer;
  readonly crystal: Crystal;
  readonly log: { readonly at: number; readonly event: JamEvent }[];
  alive: boolean;
}

/** A break in what a peer played that no `jumped` event explains. */
export interface Break {
  readonly peer: string;
  readonly atSeconds: number;
  readonly fromCycle: number;
  readonly toCycle: number;
}

export class JamSimulator {
  readonly peers: SimulatedPeer[] = [];
  readonly breaks: Break[] = [];
  readonly random: () => number;
  now = 0;
  /** Extra seconds on the way from one peer to another, by "from>to". */
  readonly extra = new Map<string, number>();
  /** Share of pings lost on top of the profile's. */
  pingLoss = 0;
  private readonly agenda = new Agenda<() => void>();
  private readonly delays: Delays;
  private readonly links = new Set<string>();
  private readonly lastArrival = new Map<string, number>();
  private readonly grainSeconds: number;
  private readonly stepSeconds: number;
  private sides: ReadonlyMap<string, number> | null = null;

  constructor(options: SimulatorOptions) {
    this.random = seeded(options.seed);
    this.delays = new Delays(options.profile, seeded(options.seed ^ 0x5bd1e995));
    this.grainSeconds = options.grainSeconds ?? 5e-6;
    this.stepSeconds = options.stepSeconds ?? STEP_SECONDS;
  }

  peer(id: string): SimulatedPeer {
    return this.peers.find((peer) => peer.id === id)!;
  }

  living(): SimulatedPeer[] {
    return this.peers.filter((peer) => peer.alive);
  }

  /** A new peer with a crystal of its own; it is linked to nobody yet. */
  add(
    id: string,
    more: Partial<JamOptions> = {},
    partsPerMillion = (this.random() * 2 - 1) * 50,
  ): SimulatedPeer {
    const crystal = new Crystal(this.random() * 1e4, partsPerMillion, this.grainSeconds);
    const core = new JamPeer({
      id,
      role: 'player',
      random: this.random,
      grainSeconds: this.grainSeconds,
      ...more,
      nowSeconds: crystal.read(this.now),
      transport: {
        sendMessage: (to, text) => this.sendMessage(id, to, text),
        sendPing: (to, bytes) => this.sendPing(id, to, bytes),
        cut: (to) => this.unlink(id, to),
      },
    });
    const peer: SimulatedPeer = { id, core, crystal, log: [], alive: true };
    this.peers.push(peer);
    this.agenda.add(this.now + this.random() * this.stepSeconds, () => this.stepOf(peer));
    return peer;
  }

  /** A new peer that is linked to all living ones. */
  join(id: string, more: Partial<JamOptions> = {}, partsPerMillion?: number): SimulatedPeer {
    const peer = this.add(id, more, partsPerMillion);
    for (const other of this.living()) if (other !== peer) this.link(id, other.id);
    return peer;
  }

  link(a: string, b: string): void {
    if (!this.reachable(a, b)) return;
    const one = this.peer(a);
    const two = this.peer(b);
    if (!one.alive || !two.alive || this.links.has(pair(a, b))) return;
    this.links.add(pair(a, b));
    this.call(one, (core, now) => core.linked(b, now));
    this.call(two, (core, now) => core.linked(a, now));
  }

  unlink(a: string, b: string): void {
    if (!this.links.delete(pair(a, b))) return;
    this.lastArrival.delete(`${a}>${b}`);
    this.lastArrival.delete(`${b}>${a}`);
    for (const [self, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const peer = this.peer(self);
      if (peer.alive) this.call(peer, (core) => core.unlinked(other, 'closed'));
    }
  }

  /** Dies without a word: nobody is told. */
  crash(id: string): void {
    this.peer(id).alive = false;
  }

  leave(id: string): void {
    const peer = this.peer(id);
    if (!peer.alive) return;
    this.call(peer, (core) => core.leave());
    peer.alive = false;
  }

  /** Splits the network; links across go silent and are cut by silence. */
  partition(sideOf: ReadonlyMap<string, number> | null): void {
    this.sides = sideOf;
  }

  /** Links all living peers that are not linked. */
  heal(): void {
    this.sides = null;
    const living = this.living();
    for (let i = 0; i < living.length; i++) {
      for (let j = i + 1; j < living.length; j++) this.link(living[i]!.id, living[j]!.id);
    }
  }

  /** Makes a call into a living peer at the present moment and watches what it does to what is played. */
  call<T>(peer: SimulatedPeer, act: (core: JamPeer, localSeconds: number) => T): T {
    const local = peer.crystal.read(this.now);
    const { core } = peer;
    const before = core.played;
    const sounding = core.ownTransport.state === 'playing';
    const cycleBefore = before.length > 0 ? plannedCycle(before, local) : null;
    const result = act(core, local);
    const events = core.takeEvents();
    for (const event of events) peer.log.push({ at: this.now, event });
    if (cycleBefore !== null && sounding && core.ownTransport.state === 'playing') {
      const cycle = core.playedCycle(local);
      const told = events.some((event) => event.type === 'jumped' || event.type === 'clock-jumped');
      if (!told && Math.abs(cycle - cycleBefore) > 1e-6) {
        this.breaks.push({ peer: peer.id, atSeconds: this.now, fromCycle: cycleBefore, toCycle: cycle });
      }
    }
    return result;
  }

  /** Runs up to a true time. */
  run(untilSeconds: number): void {
    while (this.agenda.nextAt <= untilSeconds) {
      this.now = this.agenda.nextAt;
      this.agenda.take()!();
    }
    this.now = untilSeconds;
  }

  /** Does something at a true time. */
  at(seconds: number, deed: () => void): void {
    this.agenda.add(seconds, deed);
  }

  /** How wrong a peer is about a neighbour's clock, in seconds; null while not measured. */
  offsetError(a: string, b: string): number | null {
    const one = this.peer(a);
    const two = this.peer(b);
    const local = one.crystal.exact(this.now);
    const estimate = one.core.offsetTo(b, local);
    return estimate === null ? null : estimate - (two.crystal.exact(this.now) - local);
  }

  /** Shared seconds and played cycle of a peer now. */
  sharedOf(peer: SimulatedPeer): number {
    return peer.core.sharedSeconds(peer.crystal.exact(this.now));
  }
  playedOf(peer: SimulatedPeer): number {
    return peer.core.playedCycle(peer.crystal.exact(this.now));
  }

  private stepOf(peer: SimulatedPeer): void {
    if (!peer.alive) return;
    this.call(peer, (core, now) => core.step(now));
    const wait = this.stepSeconds * (0.8 + 0.4 * this.random());
    this.agenda.add(this.now + wait, () => this.stepOf(peer));
  }

  private sendMessage(from: string, to: string, text: string): void {
    if (!this.reachable(from, to)) return;
    const way = `${from}>${to}`;
    const arrival = this.now + this.delays.reliable(way, this.now) + (this.extra.get(way) ?? 0);
    const ordered = Math.max(arrival, this.lastArrival.get(way) ?? 0);
    this.lastArrival.set(way, ordered);
    this.agenda.add(ordered, () =>
      this.deliver(from, to, (core, now) => core.receiveMessage(from, text, now)),
    );
  }

  private sendPing(from: string, to: string, bytes: Uint8Array): void {
    if (!this.reachable(from, to)) return;
    const way = `${from}>${to}`;
    for (let copies = this.delays.doubled ? 2 : 1; copies > 0; copies--) {
      if (this.delays.lost || (this.pingLoss > 0 && this.random() < this.pingLoss)) continue;
      const arrival = this.now + this.delays.packet(way, this.now) + (this.extra.get(way) ?? 0);
      this.agenda.add(arrival, () =>
        this.deliver(from, to, (core, now) => core.receivePing(from, bytes, now)),
      );
    }
  }

  private deliver(from: string, to: string, act: (core: JamPeer, now: number) => void): void {
    const peer = this.peer(to);
    if (peer.alive && this.links.has(pair(from, to)) && this.reachable(from, to)) this.call(peer, act);
  }

  private reachable(a: string, b: string): boolean {
    return this.sides === null || this.sides.get(a) === this.sides.get(b);
  }
}

const pair = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

/** What all peers of one session must agree on, as text to compare. */
export function sharedState(core: JamPeer): string {
  const { sessionId, timeline, transport, policy, hostId } = core;
  return JSON.stringify({ sessionId, hostId, timeline, transport, policy });
}

/**
 * One peer of a jam: it links, measures, announces, merges, and says what is to be played when. It is the pure core that
 * simulator and browser run alike: it reads no clock and opens no connection; time is given in local seconds and every
 * message goes through a transport. Call step() every 50 ms or so and after stalls.
 */
import type { Draft, Message, StateMessage } from '../messages/schemas.ts';
import type { PeerTransport } from '../transport.ts';
import type { JamEvent, JamOptions, JumpReason } from './jam-events.ts';
import { Link } from './link.ts';
import { changedPolicy, mayChange, type Policy, type PolicyChange } from './policy.ts';
import type { Root } from './seniority.ts';
import { SharedClock } from './shared-clock.ts';
import {
  BEATS_PER_CYCLE,
  CYCLES_PER_SECOND,
  countedFrom,
  cycleAt,
  type SharedTimeline,
  withBeatsPerCycle,
  withTempo,
} from './shared-timeline.ts';
import { SharedValues } from './shared-values.ts';
import { type PlayedPiece, Steering } from './steering.ts';
import {
  begunAt,
  type OwnTransport,
  type SharedTransport,
  STOPPED,
  startAt,
  withPlaying,
} from './transport-state.ts';

export const HEARTBEAT_SECONDS = 0.25;
export const SILENT_SECONDS = 3;
/** Who joins and meets nobody announces a session of its own after this long. */
const ALONE_SECONDS = 1;
/** Steps further apart than this were a stall: nobody is called silent for it. */
const STALL_SECONDS = 1;
/** How far ahead a change of tempo is named: this, and some round trips. */
const LEAD = { least: 0.1, roundTrips: 4, most: 1 } as const;

export class JamPeer {
  readonly id: string;
  readonly role: 'player' | 'listener';
  readonly startedAt: number;
  quantumCycles: number;
  startStopSync: boolean;
  nudgeSeconds: number;
  private readonly options: JamOptions;
  private readonly transportPort: PeerTransport;
  private readonly links = new Map<string, Link>();
  private readonly steering = new Steering();
  private readonly clock: SharedClock;
  private readonly shared: SharedValues;
  private joining = true;
  private joinedSeconds = 0;
  private rootSerial = 0;
  private own: OwnTransport = STOPPED;
  private jumpReason: JumpReason = 'clock';
  private announceAt: number;
  private changed = false;
  private lastStep: number;
  private events: JamEvent[] = [];

  constructor(options: JamOptions) {
    const { id, nowSeconds } = options;
    this.options = options;
    this.id = id;
    this.role = options.role;
    this.startedAt = nowSeconds;
    this.lastStep = nowSeconds;
    this.transportPort = options.transport;
    this.quantumCycles = options.quantumCycles ?? 1;
    this.startStopSync = options.startStopSync ?? false;
    this.nudgeSeconds = options.nudgeSeconds ?? 0;
    const session = `${id.slice(0, 48)}.${Math.floor(options.random() * 2 ** 40).toString(36)}`;
    this.shared = new SharedValues(id, session, options.cyclesPerSecond ?? CYCLES_PER_SECOND.usual);
    this.clock = new SharedClock(this.asRoot(), nowSeconds);
    this.announceAt = nowSeconds + options.random() * HEARTBEAT_SECONDS;
  }

  // ---- what can be read -----------------------------------------------------------------------------------
  get sessionId(): string {
    return this.shared.session;
  }
  get timeline(): SharedTimeline {
    return this.shared.timeline;
  }
  get transport(): SharedTransport {
    return this.shared.transport;
  }
  get policy(): Policy {
    return this.shared.policy;
  }
  /** Whether we are a member of a session yet, or still measuring. */
  get isJoining(): boolean {
    return this.joining;
  }
  get hostId(): string {
    return this.clock.place.root.id;
  }
  get ownTransport(): OwnTransport {
    return this.own;
  }
  /** Pieces of what is to be played, from our clock to cycles. */
  get played(): readonly PlayedPiece[] {
    return this.steering.pieces;
  }
  get neighbours(): readonly string[] {
    return [...this.links.keys()];
  }
  sharedSeconds(now: number): number {
    return this.clock.at(now);
  }
  /** Cycle of the shared timeline, and of what is played, at a local time. */
  sharedCycle(now: number): number {
    return cycleAt(this.shared.timeline, this.clock.at(now));
  }
  playedCycle(now: number): number {
    return this.steering.cycleAt(now) ?? this.sharedCycle(now);
  }
  /** Clock of a neighbour minus ours; null while not measured. */
  offsetTo(peerId: string, now: number): number | null {
    return this.links.get(peerId)?.clock.offsetAt(now) ?? null;
  }
  /** What was dropped from a neighbour, by reason. */
  droppedFrom(peerId: string): ReadonlyMap<string, number> {
    return this.links.get(peerId)?.inbox.dropped ?? new Map();
  }
  /** Events since the last call. */
  takeEvents(): readonly JamEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  // ---- the network tells ----------------------------------------------------------------------------------
  /** A link is open and its key is proven. */
  linked(peerId: string, now: number): void {
    if (peerId === this.id || this.links.has(peerId)) return;
    const grain = this.options.grainSeconds ?? 5e-6;
    const link = new Link(this.id, peerId, this.transportPort, grain, now);
    this.links.set(peerId, link);
    if (this.shared.policy.kicked.includes(peerId)) {
      this.cut(link, 'kicked');
      return;
    }
    link.chain.step(now);
    if (!this.joining) this.announceTo(link);
  }

  unlinked(peerId: string, why: 'closed' | 'bye' | 'silent' | 'cut'): void {
    if (!this.links.delete(peerId)) return;
    this.clock.roots.forget(peerId);
    this.events.push({ type: 'gone', peer: peerId, why });
  }

  receivePing(peerId: string, data: unknown, now: number): void {
    const link = this.links.get(peerId);
    if (!link) return;
    if (link.receivePing(data, now) !== null && link.inbox.wornOut) this.cut(link, 'flood');
  }

  receiveMessage(peerId: string, data: unknown, now: number): void {
    const link = this.links.get(peerId);
    if (!link) return;
    const admitted = link.inbox.message(data, now);
    if (!admitted.ok) {
      this.events.push({ type: 'dropped', peer: peerId, reason: admitted.reason });
      if (link.inbox.wornOut) this.cut(link, 'flood');
      return;
    }
    link.heardAt = now;
    const hear = this.hearing[admitted.value.type];
    if (hear) hear(link, admitted.value as never, now);
    else this.events.push({ type: 'message', peer: peerId, message: admitted.value });
  }

  private readonly hearing: {
    readonly [T in Message['type']]?: (
      link: Link,
      message: Extract<Message, { type: T }>,
      now: number,
    ) => void;
  } = {
    state: (link, message, now) => this.hearState(link, message, now),
    bye: (link) => this.unlinked(link.id, 'bye'),
  };

  /** Sends a message that is not about the session to a neighbour. */
  send(peerId: string, draft: Draft): void {
    this.links.get(peerId)?.send(draft);
  }

  // ---- the musician acts ----------------------------------------------------------------------------------
  /** Cycles per second, to act on all machines together. False where it is not ours to change. */
  setTempo(cyclesPerSecond: number, now: number): boolean {
    const made = this.clock.at(now);
    if (!this.mayAct(made) || !Number.isFinite(cyclesPerSecond)) return false;
    const at = made + this.leadSeconds();
    this.shared.timeline = withTempo(this.shared.timeline, this.id, made, at, cyclesPerSecond);
    this.act(now);
    return true;
  }

  setBeatsPerCycle(beats: number, now: number): boolean {
    const made = this.clock.at(now);
    const sound = Number.isInteger(beats) && beats >= BEATS_PER_CYCLE.least && beats <= BEATS_PER_CYCLE.most;
    if (!this.mayAct(made) || !sound) return false;
    this.shared.timeline = withBeatsPerCycle(this.shared.timeline, this.id, made, beats);
    this.act(now);
    return true;
  }

  /** Starts at our next quantum; alone, at once with cycle 0. */
  play(now: number): void {
    if (this.own.state !== 'stopped') return;
    const shared = this.clock.at(now);
    if (this.links.size === 0 && !this.joining) {
      this.jumpReason = 'own';
      this.shared.timeline = countedFrom(this.shared.timeline, this.id, shared, 0);
      this.steer(now);
    }
    this.own = startAt(this.playedCycle(now), this.quantumCycles);
    this.shareTransport(true, shared);
    this.act(now);
  }

  stop(now: number): void {
    if (this.own.state === 'stopped') return;
    this.own = STOPPED;
    this.shareTransport(false, this.clock.at(now));
    this.act(now);
  }

  /** Changes who may do what; only the host may. */
  setPolicy(change: PolicyChange, now: number): boolean {
    if (this.hostId !== this.id || this.joining) return false;
    this.shared.policy = changedPolicy(this.shared.policy, this.id, this.clock.at(now), change);
    this.act(now);
    this.dropSentAway();
    return true;
  }

  /** Says goodbye; the peer is of no use afterwards. */
  leave(): void {
    for (const link of this.links.values()) link.send({ type: 'bye' });
    this.links.clear();
  }

  // ---- time passes ----------------------------------------------------------------------------------------
  step(now: number): void {
    this.forgiveStall(now);
    const links = [...this.links.values()];
    for (const link of links) {
      link.chain.step(now);
      if (now - link.heardAt > SILENT_SECONDS) {
        this.unlinked(link.id, 'silent');
        this.transportPort.cut(link.id, 'silent');
      }
    }
    const jump = this.clock.watchJumps([...this.links.values()], now);
    if (jump !== null) {
      this.steering.reanchor(jump);
      this.changed = true;
      this.events.push({ type: 'clock-jumped', bySeconds: jump });
    }
    for (const link of this.links.values()) this.meet(link, now);
    this.finishJoining(now);
    this.follow(now);
    this.steer(now);
    if (this.joining) return;
    if (this.changed || now >= this.announceAt || this.announceAt > now + HEARTBEAT_SECONDS)
      this.announce(now);
  }

  private forgiveStall(now: number): void {
    const gap = now - this.lastStep;
    this.lastStep = now;
    if (gap >= 0 && gap < STALL_SECONDS) return;
    for (const link of this.links.values()) link.heardAt = now;
  }

  private finishJoining(now: number): void {
    if (!this.joining || now - this.startedAt < ALONE_SECONDS) return;
    for (const link of this.links.values()) if (!link.clock.measured) return;
    this.joining = false;
    this.changed = true;
    this.events.push({ type: 'joined', session: this.shared.session });
  }

  private follow(now: number): void {
    const before = this.hostId;
    this.clock.follow(this.asRoot(), this.shared.session, [...this.links.values()], now);
    if (this.hostId !== before) this.events.push({ type: 'host', peer: this.hostId });
    if (this.hostId !== this.id || this.shared.policy.author === this.id || this.joining) return;
    // The host went: the next one writes the same policy under its own name.
    this.shared.policy = changedPolicy(this.shared.policy, this.id, this.clock.at(now), {});
    this.changed = true;
  }

  private steer(now: number): void {
    const sounding = this.own.state === 'playing';
    const jump = this.steering.step({
      nowSeconds: now,
      line: this.clock.line,
      timeline: this.shared.timeline,
      nudgeSeconds: this.nudgeSeconds,
      sounding,
    });
    if (jump) {
      const byCycles = jump.toCycle - jump.fromCycle;
      this.events.push({ type: 'jumped', reason: this.jumpReason, byCycles, sounding });
      if (this.own.state === 'waiting') this.own = startAt(jump.toCycle, this.quantumCycles);
    }
    if (jump || !this.steering.jumpPending) this.jumpReason = 'clock';
    const before = this.own;
    this.own = begunAt(this.own, this.playedCycle(now));
    if (this.own !== before && this.own.state === 'playing') {
      this.events.push({ type: 'started', cycle: this.own.startCycle });
    }
  }

  // ---- sessions -------------------------------------------------------------------------------------------
  private hearState(link: Link, state: StateMessage, now: number): void {
    link.state = state;
    if (state.session !== this.shared.session) {
      this.meet(link, now);
      return;
    }
    this.joining = false;
    this.clock.roots.note(state.root, now);
    const heard = this.shared.hear(link.id, state, this.hostId);
    if (heard.policy || heard.transport || heard.timeline) this.changed = true;
    if (heard.timeline) this.timelineHeard(heard.timeline, now);
    if (heard.transport) this.transportHeard(now);
    if (heard.policy) this.policyHeard();
    if (!heard.forbidden) return;
    link.inbox.drop('forbidden', now);
    this.events.push({ type: 'dropped', peer: link.id, reason: 'forbidden' });
    if (link.inbox.wornOut) this.cut(link, 'flood');
  }

  private timelineHeard(reason: JumpReason, now: number): void {
    this.jumpReason = reason;
    const { author, segments } = this.timeline;
    this.events.push({ type: 'tempo', author, cyclesPerSecond: segments.at(-1)!.cyclesPerSecond });
    this.steer(now);
  }

  private transportHeard(now: number): void {
    const { author, playing } = this.transport;
    this.events.push({ type: 'transport', author, playing });
    if (!this.startStopSync) return;
    if (!playing) this.own = STOPPED;
    else if (this.own.state === 'stopped') this.own = startAt(this.playedCycle(now), this.quantumCycles);
  }

  private policyHeard(): void {
    if (this.policy.kicked.includes(this.id)) {
      this.events.push({ type: 'sent-away' });
      this.leave();
    } else this.dropSentAway();
  }

  private meet(link: Link, now: number): void {
    const { state } = link;
    if (!state || state.session === this.shared.session || !link.clock.measured) return;
    const theirs = SharedClock.ofNeighbour(link, now);
    const older = theirs === null ? null : theirs - this.clock.at(now);
    const verdict = this.joining ? 'move' : this.shared.judge(state, older);
    if (verdict === 'win') this.changed = true;
    if (verdict === 'move') this.moveTo(link, state, now);
  }

  private moveTo(link: Link, state: StateMessage, now: number): void {
    const from = this.shared.session;
    const { session } = state;
    this.shared.takeOver(state);
    this.clock.moveTo(link, now);
    this.joinedSeconds = this.clock.at(now);
    this.jumpReason = 'merged';
    this.events.push(this.joining ? { type: 'joined', session } : { type: 'merged', from, session });
    this.joining = false;
    this.changed = true;
    this.steer(now);
  }

  // ---- small steps ----------------------------------------------------------------------------------------
  private mayAct(made: number): boolean {
    return this.role === 'player' && mayChange(this.shared.policy, this.id, made);
  }

  private shareTransport(playing: boolean, made: number): void {
    if (!this.startStopSync || !this.mayAct(made)) return;
    this.shared.transport = withPlaying(this.shared.transport, this.id, made, playing);
  }

  /** After an act of our own: plan and tell at once. */
  private act(now: number): void {
    this.steer(now);
    if (this.joining) this.changed = true;
    else this.announce(now);
  }

  private leadSeconds(): number {
    if (this.links.size === 0) return 0;
    let worst = 0;
    for (const link of this.links.values()) worst = Math.max(worst, link.clock.roundTripSeconds);
    return Math.min(LEAD.most, LEAD.least + LEAD.roundTrips * worst);
  }

  private asRoot(): Root {
    const { id, joinedSeconds, rootSerial: serial } = this;
    return { id, joinedSeconds, listener: this.role === 'listener', serial };
  }

  private announce(now: number): void {
    this.changed = false;
    this.announceAt = now + HEARTBEAT_SECONDS;
    this.rootSerial++;
    for (const link of this.links.values()) this.announceTo(link);
  }

  private announceTo(link: Link): void {
    const { place, line } = this.clock;
    const following = place.root.id !== this.id;
    const serial = following ? this.clock.roots.serialOf(place.root.id) : this.rootSerial;
    link.send({
      ...this.shared.announced(),
      type: 'state',
      role: this.role,
      joinedSeconds: this.joinedSeconds,
      line,
      root: { ...place.root, serial },
      depth: place.depth,
    });
  }

  private dropSentAway(): void {
    for (const link of [...this.links.values()]) {
      if (this.shared.policy.kicked.includes(link.id)) this.cut(link, 'kicked');
    }
  }

  private cut(link: Link, why: string): void {
    this.unlinked(link.id, 'cut');
    this.transportPort.cut(link.id, why);
  }
}

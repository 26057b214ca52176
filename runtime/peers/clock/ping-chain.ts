/**
 * Bursts of chained pings on one link: who asks when, what is answered, and which round trips they prove. Each ping answers
 * the one before, so both ends measure. It knows the ping as data, not as bytes, and sends nothing itself.
 * The peer with the higher id opens the chains; the other only answers.
 */
import { CHAIN_LIMIT, type Ping, REMAINING_LIMIT } from '../messages/ping.ts';
import type { OffsetBounds } from './bounds.ts';
import { provenBounds } from './bounds.ts';

/** Round trips: 40 at joining (as four chains side by side, so that a long way does not take long), then 8. */
const JOIN_CHAINS = CHAIN_LIMIT;
const JOIN_REMAINING = 20;
const BURST_REMAINING = 16;
const BURST_SECONDS = 0.75;
/** Bursts that are asked for are at least this far apart. */
const LEAST_BURST_SECONDS = 0.2;
/** The chain of a burst that the answering end asked for. */
const URGED_CHAIN = 1;
/** A chain without an answer for this long has lost a ping. */
const LOST_SECONDS = 0.2;
const RESENDS_LIMIT = 4;
/** A window of samples closes when none has come for this long, or after a second. */
const IDLE_SECONDS = 0.25;
const WINDOW_SECONDS = 1;
/** Own pings that may still be answered. */
const OUTSTANDING_LIMIT = 64;

export type PingDraft = Omit<Ping, 'offsetSeconds' | 'deviationSeconds'>;

export interface ChainPort {
  send(draft: PingDraft): void;
  proved(bounds: OffsetBounds, atSeconds: number): void;
  windowEnded(): void;
}

interface OpenChain {
  remaining: number;
  sentAt: number;
  resends: number;
}

export class PingChain {
  private readonly opens: boolean;
  private readonly port: ChainPort;
  private readonly grainSeconds: number;
  private serial = 0;
  private nextBurstAt: number;
  private lastBurstAt = Number.NEGATIVE_INFINITY;
  private readonly outstanding = new Map<number, number>();
  private readonly chains = new Map<number, OpenChain>();
  private windowFrom: number | null = null;
  private lastSampleAt = 0;

  constructor(opens: boolean, grainSeconds: number, nowSeconds: number, port: ChainPort) {
    this.opens = opens;
    this.grainSeconds = grainSeconds;
    this.nextBurstAt = nowSeconds;
    this.port = port;
  }

  /** Begins bursts that are due, repeats what was lost, closes windows. Call it every 50 ms or so. */
  step(now: number): void {
    if (this.opens) {
      if (now >= this.nextBurstAt) this.openBurst(now);
      for (const [chain, open] of this.chains) this.repeatLost(chain, open, now);
    }
    if (this.windowFrom === null) return;
    if (now - this.lastSampleAt >= IDLE_SECONDS || now - this.windowFrom >= WINDOW_SECONDS) {
      this.windowFrom = null;
      this.port.windowEnded();
    }
  }

  /** Takes a ping that arrived at `now`. False: it answers nothing we asked, or cannot be true. */
  receive(ping: Ping, now: number): boolean {
    const sent = ping.echoSerial === 0 ? undefined : this.outstanding.get(ping.echoSerial);
    if (ping.echoSerial !== 0) {
      if (sent === undefined) return false;
      this.outstanding.delete(ping.echoSerial);
      const bounds = provenBounds(
        {
          sentSeconds: sent,
          receivedSeconds: ping.receivedSeconds,
          answeredSeconds: ping.sentSeconds,
          returnedSeconds: now,
        },
        this.grainSeconds,
      );
      if (!bounds) return false;
      this.windowFrom ??= now;
      this.lastSampleAt = now;
      this.port.proved(bounds, now);
    }
    if (ping.remaining === 0) {
      this.chains.delete(ping.chain);
      return true;
    }
    const remaining = Math.min(ping.remaining, REMAINING_LIMIT) - 1;
    const open = this.chains.get(ping.chain);
    if (open) {
      open.remaining = remaining;
      open.sentAt = now;
      if (remaining === 0) this.chains.delete(ping.chain);
    }
    this.send(ping.chain, remaining, ping.serial, now, now);
    return true;
  }

  /** Asks for a burst at once, from either end: a clock seems to have jumped. */
  urge(now: number): void {
    if (now - this.lastBurstAt < LEAST_BURST_SECONDS) return;
    this.lastBurstAt = now;
    if (this.opens) {
      this.nextBurstAt = now;
    } else if (!this.chains.has(URGED_CHAIN)) {
      this.chains.set(URGED_CHAIN, { remaining: BURST_REMAINING, sentAt: now, resends: 0 });
      this.send(URGED_CHAIN, BURST_REMAINING, 0, 0, now);
    }
  }

  /** Our own clock jumped: stamps taken before it prove nothing any more. */
  forgetStamps(now: number): void {
    this.outstanding.clear();
    this.nextBurstAt = Math.min(this.nextBurstAt, now + BURST_SECONDS);
    this.lastBurstAt = Math.min(this.lastBurstAt, now);
    for (const open of this.chains.values()) open.sentAt = Math.min(open.sentAt, now);
    this.lastSampleAt = Math.min(this.lastSampleAt, now);
    if (this.windowFrom !== null) this.windowFrom = Math.min(this.windowFrom, now);
  }

  private openBurst(now: number): void {
    const joining = this.serial === 0;
    this.nextBurstAt = now + BURST_SECONDS;
    this.lastBurstAt = now;
    const count = joining ? JOIN_CHAINS : 1;
    for (let chain = 0; chain < count; chain++) {
      const remaining = joining ? JOIN_REMAINING : BURST_REMAINING;
      this.chains.set(chain, { remaining, sentAt: now, resends: 0 });
      this.send(chain, remaining, 0, 0, now);
    }
  }

  private repeatLost(chain: number, open: OpenChain, now: number): void {
    if (now - open.sentAt < LOST_SECONDS) return;
    if (open.resends++ >= RESENDS_LIMIT) {
      this.chains.delete(chain);
      return;
    }
    open.sentAt = now;
    this.send(chain, open.remaining, 0, 0, now);
  }

  private send(chain: number, remaining: number, echoSerial: number, received: number, now: number): void {
    this.serial++;
    this.outstanding.set(this.serial, now);
    if (this.outstanding.size > OUTSTANDING_LIMIT) {
      for (const oldest of this.outstanding.keys()) {
        this.outstanding.delete(oldest);
        break;
      }
    }
    this.port.send({
      serial: this.serial,
      echoSerial,
      chain,
      remaining,
      sentSeconds: now,
      receivedSeconds: received,
    });
  }
}

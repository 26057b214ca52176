/**
 * One linked neighbour: its clock, its pings, its door and the last thing it said. It stands alone so that the peer above
 * reads as rules about sessions only. It knows no session rules.
 */
import { PairClock } from '../clock/pair-clock.ts';
import { PingChain } from '../clock/ping-chain.ts';
import { Inbox } from '../messages/inbox.ts';
import { encodePing } from '../messages/ping.ts';
import { type Draft, MESSAGE_VERSION, type StateMessage } from '../messages/schemas.ts';
import type { PeerTransport } from '../transport.ts';

export class Link {
  readonly id: string;
  readonly clock: PairClock;
  readonly chain: PingChain;
  readonly inbox = new Inbox();
  /** Last state heard, and when; null before it announced anything. */
  state: StateMessage | null = null;
  heardAt: number;
  readonly linkedAt: number;
  /** Local time of the last reset of its clock's measurement that we have seen, and the jump it showed. */
  resetAt = Number.NEGATIVE_INFINITY;
  resetJump = 0;
  resetsSeen = 0;
  private readonly transport: PeerTransport;
  private serial = 0;

  constructor(selfId: string, id: string, transport: PeerTransport, grainSeconds: number, now: number) {
    this.id = id;
    this.transport = transport;
    this.heardAt = now;
    this.linkedAt = now;
    this.clock = new PairClock(grainSeconds);
    this.chain = new PingChain(selfId > id, grainSeconds, now, {
      send: (draft) => {
        const own = this.clock.ownEstimate(draft.sentSeconds);
        const offsetSeconds = own?.offsetSeconds ?? Number.NaN;
        const deviationSeconds = own?.deviationSeconds ?? 0;
        transport.sendPing(id, encodePing({ ...draft, offsetSeconds, deviationSeconds }));
      },
      proved: (bounds, at) => this.clock.add(bounds, at),
      windowEnded: () => this.clock.closeWindow(),
    });
  }

  send(draft: Draft): void {
    this.serial++;
    this.transport.sendMessage(
      this.id,
      JSON.stringify({ v: MESSAGE_VERSION, serial: this.serial, ...draft }),
    );
  }

  /** Takes bytes of the ping channel; says why they were dropped, or null. */
  receivePing(data: unknown, now: number): string | null {
    const admitted = this.inbox.ping(data, now);
    if (!admitted.ok) return admitted.reason;
    const ping = admitted.value;
    if (!this.chain.receive(ping, now)) return this.inbox.drop('unknown', now).reason;
    this.heardAt = now;
    const { offsetSeconds, deviationSeconds } = ping;
    if (!Number.isNaN(offsetSeconds)) this.clock.hear({ offsetSeconds, deviationSeconds }, now);
    return null;
  }

  /** Our own clock jumped by this much. */
  reanchor(jumpSeconds: number, now: number, resetAlready: boolean): void {
    if (!resetAlready) this.clock.reanchor(jumpSeconds, now);
    this.chain.forgetStamps(now);
    this.heardAt = now;
  }
}

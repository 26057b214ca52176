/**
 * The door of one link: what comes in from a peer is measured, parsed and admitted here, or dropped and counted under
 * a reason. Nothing behind this door sees unchecked data. It knows no session; time comes in as seconds.
 */
import * as v from 'valibot';
import { type DropReason, RisingSerial, SerialWindow, TokenBucket } from './admission.ts';
import { decodePing, type Ping } from './ping.ts';
import { MESSAGE_LIMIT, MESSAGE_VERSION, MESSAGES, type Message, type MessageType } from './schemas.ts';

/** Messages and pings a second, on average and at once; a joining burst and a dragged slider fit well inside. */
const MESSAGE_RATE = { perSecond: 100, burst: 200 };
const PING_RATE = { perSecond: 150, burst: 300 };
/** Drops for which a link is cut: on average a second, and at once. */
const PATIENCE = { perSecond: 10, burst: 500 };

export type Admitted<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: DropReason };

export class Inbox {
  private readonly messages = new TokenBucket(MESSAGE_RATE.perSecond, MESSAGE_RATE.burst);
  private readonly pings = new TokenBucket(PING_RATE.perSecond, PING_RATE.burst);
  private readonly patience = new TokenBucket(PATIENCE.perSecond, PATIENCE.burst);
  private readonly serials = new RisingSerial();
  private readonly pingSerials = new SerialWindow();
  private worn = false;
  /** What was dropped, by reason. */
  readonly dropped = new Map<DropReason, number>();

  /** Whether this peer sent so much rubbish that the link should be cut. */
  get wornOut(): boolean {
    return this.worn;
  }

  /** Takes what came on the reliable channel. */
  message(data: unknown, nowSeconds: number): Admitted<Message> {
    if (!this.messages.take(nowSeconds)) return this.drop('flood', nowSeconds);
    if (typeof data !== 'string') return this.drop('malformed', nowSeconds);
    if (data.length > MESSAGE_LIMIT) return this.drop('oversized', nowSeconds);
    let parsed: unknown;
    try {
      parsed = JSON.parse(data);
    } catch {
      return this.drop('malformed', nowSeconds);
    }
    if (typeof parsed !== 'object' || parsed === null) return this.drop('malformed', nowSeconds);
    const { v: version, type } = parsed as { v?: unknown; type?: unknown };
    if (Number.isInteger(version) && version !== MESSAGE_VERSION) return this.drop('version', nowSeconds);
    if (typeof type !== 'string' || !Object.hasOwn(MESSAGES, type)) return this.drop('malformed', nowSeconds);
    const checked = v.safeParse(MESSAGES[type as MessageType], parsed, { abortEarly: true });
    if (!checked.success) return this.drop('malformed', nowSeconds);
    if (!this.serials.admit(checked.output.serial)) return this.drop('replayed', nowSeconds);
    return { ok: true, value: checked.output };
  }

  /** Takes what came on the ping channel. */
  ping(data: unknown, nowSeconds: number): Admitted<Ping> {
    if (!this.pings.take(nowSeconds)) return this.drop('flood', nowSeconds);
    if (!(data instanceof Uint8Array)) return this.drop('malformed', nowSeconds);
    const ping = decodePing(data);
    if (typeof ping === 'string') return this.drop(ping, nowSeconds);
    if (!this.pingSerials.admit(ping.serial)) return this.drop('replayed', nowSeconds);
    return { ok: true, value: ping };
  }

  /** Counts something that was well formed but not allowed. */
  drop(reason: DropReason, nowSeconds: number): { readonly ok: false; readonly reason: DropReason } {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + 1);
    if (!this.patience.take(nowSeconds)) this.worn = true;
    return { ok: false, reason };
  }
}

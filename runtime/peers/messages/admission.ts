/**
 * Limits on what one peer may send: token buckets against floods and windows against replays. It stands alone because
 * reliable messages and pings share it. Pure: time comes in as seconds; memory is bounded.
 */

/** Why something a peer sent was dropped. */
export type DropReason =
  | 'oversized'
  | 'malformed'
  | 'version'
  | 'replayed'
  | 'flood'
  | 'forbidden'
  | 'unknown';

/** Lets `perSecond` through on average and `burst` at once. */
export class TokenBucket {
  private readonly perSecond: number;
  private readonly burst: number;
  private tokens: number;
  private atSeconds = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number, burst: number) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
  }

  /** Takes `cost` tokens if they are there. A clock that steps backwards gives none. */
  take(nowSeconds: number, cost = 1): boolean {
    const passed = nowSeconds - this.atSeconds;
    if (passed > 0) {
      this.tokens = Math.min(this.burst, this.tokens + passed * this.perSecond);
    }
    this.atSeconds = nowSeconds;
    if (this.tokens < cost) return false;
    this.tokens -= cost;
    return true;
  }
}

/** For an ordered channel: a serial is new only above all earlier ones. */
export class RisingSerial {
  private last = 0;

  admit(serial: number): boolean {
    if (!(serial > this.last)) return false;
    this.last = serial;
    return true;
  }
}

/** For an unordered channel: serials may come late by less than `size`, but each only once. */
export class SerialWindow {
  private readonly size: number;
  private highest = 0;
  private readonly seen = new Set<number>();

  constructor(size = 64) {
    this.size = size;
  }

  admit(serial: number): boolean {
    if (serial <= this.highest - this.size || this.seen.has(serial)) return false;
    this.seen.add(serial);
    if (serial > this.highest) {
      this.highest = serial;
      if (this.seen.size > this.size) {
        for (const old of this.seen) if (old <= this.highest - this.size) this.seen.delete(old);
      }
    }
    return true;
  }
}

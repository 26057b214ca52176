/**
 * The ping as bytes. One layout for both directions of a chain: every ping is a question and, where it echoes one, an
 * answer. It stands alone because size and offsets are a contract between versions. It knows no clock.
 */

export interface Ping {
  /** Number of this ping on its link, from 1; never used twice. */
  readonly serial: number;
  /** Serial of the ping that this one answers; 0 opens a chain. */
  readonly echoSerial: number;
  /** Which of the chains of a burst, 0 to 3. */
  readonly chain: number;
  /** Pings still to come in this chain after this one. */
  readonly remaining: number;
  /** The sender's clock as this ping leaves. */
  readonly sentSeconds: number;
  /** The sender's clock as the echoed ping arrived; 0 without echo. */
  readonly receivedSeconds: number;
  /** The sender's estimate: the receiver's clock minus its own; NaN before it has one. */
  readonly offsetSeconds: number;
  readonly deviationSeconds: number;
}

export const PING_VERSION = 1;
export const PING_BYTES = 40;
export const CHAIN_LIMIT = 4;
/** Longest chain anyone may ask for. */
export const REMAINING_LIMIT = 32;

/** Byte offsets; numbers are little-endian. Byte 3 is reserved and 0. */
const AT = {
  version: 0,
  chain: 1,
  remaining: 2,
  serial: 4,
  echoSerial: 8,
  deviation: 12,
  sent: 16,
  received: 24,
  offset: 32,
} as const;

export function encodePing(ping: Ping): Uint8Array {
  const bytes = new Uint8Array(PING_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(AT.version, PING_VERSION);
  view.setUint8(AT.chain, ping.chain);
  view.setUint8(AT.remaining, ping.remaining);
  view.setUint32(AT.serial, ping.serial, true);
  view.setUint32(AT.echoSerial, ping.echoSerial, true);
  view.setFloat32(AT.deviation, ping.deviationSeconds, true);
  view.setFloat64(AT.sent, ping.sentSeconds, true);
  view.setFloat64(AT.received, ping.receivedSeconds, true);
  view.setFloat64(AT.offset, ping.offsetSeconds, true);
  return bytes;
}

export type PingFault = 'oversized' | 'version' | 'malformed';

/** The ping in these bytes, or what is wrong with them. Inverse of encodePing (the deviation as float32). */
export function decodePing(bytes: Uint8Array): Ping | PingFault {
  if (bytes.byteLength > PING_BYTES) return 'oversized';
  if (bytes.byteLength < 1) return 'malformed';
  if (bytes[AT.version] !== PING_VERSION) return bytes[AT.version]! > PING_VERSION ? 'version' : 'malformed';
  if (bytes.byteLength !== PING_BYTES) return 'malformed';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ping: Ping = {
    serial: view.getUint32(AT.serial, true),
    echoSerial: view.getUint32(AT.echoSerial, true),
    chain: view.getUint8(AT.chain),
    remaining: view.getUint8(AT.remaining),
    sentSeconds: view.getFloat64(AT.sent, true),
    receivedSeconds: view.getFloat64(AT.received, true),
    offsetSeconds: view.getFloat64(AT.offset, true),
    deviationSeconds: view.getFloat32(AT.deviation, true),
  };
  const sound =
    ping.serial > 0 &&
    ping.chain < CHAIN_LIMIT &&
    ping.remaining <= REMAINING_LIMIT &&
    Number.isFinite(ping.sentSeconds) &&
    Number.isFinite(ping.receivedSeconds) &&
    (Number.isNaN(ping.offsetSeconds) || (Number.isFinite(ping.offsetSeconds) && ping.deviationSeconds >= 0));
  return sound ? ping : 'malformed';
}

/**
 * Where a room meets on any signalling server: four names made from room and key, and the proof that somebody knows the
 * key without saying it. It stands alone because both depend on cryptography, which is handed in.
 */

/** What is needed of Web Crypto or node:crypto. */
export interface RoomCrypto {
  sha256(bytes: Uint8Array): Promise<Uint8Array>;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array>;
}

export const RENDEZVOUS_COUNT = 4;
/** Hex digits of the hash that a name carries. */
const NAME_DIGITS = 32;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Lengths in front of the parts, so that no two lists of parts give the same text. */
const joined = (...parts: readonly string[]): Uint8Array =>
  bytesOf(parts.map((part) => `${part.length}:${part}`).join(''));

/** Names on the signalling server at which this room meets; without the key they cannot be guessed from the room. */
export async function rendezvousIds(crypto: RoomCrypto, room: string, key: string): Promise<string[]> {
  const hash = hexOf(await crypto.sha256(joined('talea-room', room, key))).slice(0, NAME_DIGITS);
  return Array.from({ length: RENDEZVOUS_COUNT }, (_, i) => `talea-${hash}-${i}`);
}

/**
 * What `prover` answers to the nonce of `asker`: an HMAC under the room's key. Both ids are part of it, so a proof cannot be
 * handed on to anybody else.
 */
export async function keyProof(
  crypto: RoomCrypto,
  room: string,
  key: string,
  prover: string,
  asker: string,
  nonce: string,
): Promise<string> {
  return hexOf(await crypto.hmacSha256(bytesOf(key), joined('talea-proof', room, prover, asker, nonce)));
}

/** Compares proofs in a time that does not depend on where they differ. */
export function sameProof(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

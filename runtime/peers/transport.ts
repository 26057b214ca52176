/**
 * What the jamming core needs of a network: two channels to each linked peer and a way to cut a link. The simulator and WebRTC
 * both implement it, so the same core runs in both. Messages are strings, pings are bytes.
 */
export interface PeerTransport {
  /** Reliable and ordered. */
  sendMessage(peerId: string, text: string): void;
  /** May be lost, doubled or late. */
  sendPing(peerId: string, bytes: Uint8Array): void;
  /** Cuts the link; the core forgets the peer by itself. */
  cut(peerId: string, why: string): void;
}

/**
 * What a jamming peer tells the session around it, and what it is told at birth. Data only.
 */
import type { DropReason } from '../messages/admission.ts';
import type { Message } from '../messages/schemas.ts';
import type { PeerTransport } from '../transport.ts';

/** Why what is played had to jump. */
export type JumpReason =
  /** Our session lost a merge. */
  | 'merged'
  /** A concurrent change won over ours after ours had begun to act, or two halves of a session met again. */
  | 'overruled'
  /** A change came later than it should have acted. */
  | 'late'
  /** A clock jumped or was measured badly before. */
  | 'clock'
  /** We counted anew ourselves, being alone. */
  | 'own';

export type JamEvent =
  | { readonly type: 'joined'; readonly session: string }
  | { readonly type: 'merged'; readonly from: string; readonly session: string }
  | { readonly type: 'tempo'; readonly author: string; readonly cyclesPerSecond: number }
  | { readonly type: 'transport'; readonly author: string; readonly playing: boolean }
  | { readonly type: 'started'; readonly cycle: number }
  | {
      readonly type: 'jumped';
      readonly reason: JumpReason;
      readonly byCycles: number;
      readonly sounding: boolean;
    }
  | { readonly type: 'clock-jumped'; readonly bySeconds: number }
  | { readonly type: 'gone'; readonly peer: string; readonly why: 'bye' | 'silent' | 'closed' | 'cut' }
  | { readonly type: 'host'; readonly peer: string }
  | { readonly type: 'sent-away' }
  | { readonly type: 'dropped'; readonly peer: string; readonly reason: DropReason }
  /** A message that is not about the session: the mesh's, chat, evaluations. */
  | { readonly type: 'message'; readonly peer: string; readonly message: Message };

export interface JamOptions {
  readonly id: string;
  readonly role: 'player' | 'listener';
  readonly nowSeconds: number;
  /** Uniform in [0, 1): names the session and spreads heartbeats. */
  readonly random: () => number;
  readonly transport: PeerTransport;
  readonly cyclesPerSecond?: number;
  /** Own quantum in cycles; 1 unless given. */
  readonly quantumCycles?: number;
  readonly startStopSync?: boolean;
  readonly nudgeSeconds?: number;
  /** Grain of the clock's readings: 5 us in an isolated page, 100 us elsewhere. */
  readonly grainSeconds?: number;
}

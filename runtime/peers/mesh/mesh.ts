/**
 * Who calls whom: a state machine that turns what the signalling server and the links report into what to do next. It
 * opens nothing itself and reads no clock, so tests and the browser drive it alike. Rules: claim a free rendezvous name,
 * knock at the others, and of any two peers the one with the higher id dials.
 */
import type { Refusal } from '../messages/schemas.ts';
import { RENDEZVOUS_COUNT } from './rendezvous.ts';

/** Players of a mesh, ourselves included: planned and tested, and the most a setting may ask for. */
export const MESH_PLANNED = 8;
export const MESH_TESTED = 12;
/** Members that are remembered; more are ignored. */
const KNOWN_LIMIT = 64;
const KNOCK_SECONDS = 15;
const DIAL_AGAIN_SECONDS = { first: 0.5, most: 8 } as const;

export interface MeshOptions {
  readonly id: string;
  readonly role: 'player' | 'listener';
  /** Players including ourselves; MESH_PLANNED unless given, MESH_TESTED at most. */
  readonly playersLimit?: number;
  /** Uniform in [0, 1): spreads claims. */
  readonly random: () => number;
}

export type MeshInput =
  /** The signalling server answers again, or is gone. Links stay up without it. */
  | { readonly type: 'signalling'; readonly up: boolean }
  | { readonly type: 'claimed'; readonly slot: number }
  | { readonly type: 'claim-refused'; readonly slot: number }
  /** Members that the holder of a name, or a neighbour, knows. */
  | { readonly type: 'heard-of'; readonly players: readonly string[] }
  /** Nobody answered at a name. */
  | { readonly type: 'knock-unanswered'; readonly slot: number }
  | { readonly type: 'dial-failed'; readonly peer: string }
  /** A link is open and the other's key proven. */
  | { readonly type: 'proven'; readonly peer: string; readonly role: 'player' | 'listener' }
  | { readonly type: 'refused'; readonly peer: string; readonly reason: Refusal }
  | { readonly type: 'closed'; readonly peer: string };

export type MeshAct =
  | { readonly type: 'claim'; readonly slot: number }
  | { readonly type: 'knock'; readonly slot: number }
  | { readonly type: 'dial'; readonly peer: string }
  /** The link is part of the mesh from now on. */
  | { readonly type: 'admit'; readonly peer: string }
  | { readonly type: 'refuse'; readonly peer: string; readonly reason: Refusal }
  /** Tell all neighbours whom we know. */
  | { readonly type: 'tell-members' };

interface Dialling {
  /** Null while a call is under way. */
  againAt: number | null;
  tries: number;
}

export class Mesh {
  private readonly options: MeshOptions;
  private readonly playersLimit: number;
  private readonly linked = new Map<string, 'player' | 'listener'>();
  private readonly dialling = new Map<string, Dialling>();
  private readonly refusedBy = new Map<string, Refusal>();
  /** The rendezvous name we hold. */
  private slot: number | null = null;
  private claiming: number | null = null;
  private readonly taken = new Set<number>();
  private claimAt: number | null = null;
  private knockAt = Number.POSITIVE_INFINITY;
  private up = false;

  constructor(options: MeshOptions) {
    this.options = options;
    this.playersLimit = Math.min(MESH_TESTED, Math.max(2, options.playersLimit ?? MESH_PLANNED));
  }

  get heldSlot(): number | null {
    return this.slot;
  }
  get players(): readonly string[] {
    return [...this.linked].filter(([, role]) => role === 'player').map(([id]) => id);
  }
  get listeners(): readonly string[] {
    return [...this.linked].filter(([, role]) => role === 'listener').map(([id]) => id);
  }
  /** Why we were turned away, by whom. */
  get refusals(): ReadonlyMap<string, Refusal> {
    return this.refusedBy;
  }

  /** Takes what happened; returns what to do now. */
  take(input: MeshInput, now: number): MeshAct[] {
    const acts: MeshAct[] = [];
    (this.taking[input.type] as (input: MeshInput, now: number, acts: MeshAct[]) => void)(input, now, acts);
    return acts;
  }

  /** Call it a few times a second. */
  step(now: number): MeshAct[] {
    const acts: MeshAct[] = [];
    if (!this.up) return acts;
    if (this.claimAt !== null && now >= this.claimAt) {
      this.claimAt = null;
      this.claimNext(acts);
    }
    if (now >= this.knockAt) {
      this.knockAt = now + KNOCK_SECONDS * (0.75 + 0.5 * this.options.random());
      for (let slot = 0; slot < RENDEZVOUS_COUNT; slot++)
        if (slot !== this.slot) acts.push({ type: 'knock', slot });
    }
    for (const [peer, dialling] of this.dialling) {
      if (dialling.againAt === null || now < dialling.againAt) continue;
      dialling.againAt = null;
      acts.push({ type: 'dial', peer });
    }
    return acts;
  }

  private readonly taking: {
    readonly [T in MeshInput['type']]: (
      input: Extract<MeshInput, { type: T }>,
      now: number,
      acts: MeshAct[],
    ) => void;
  } = {
    signalling: ({ up }, now) => {
      this.up = up;
      this.slot = null;
      this.claiming = null;
      this.taken.clear();
      this.claimAt = up && this.options.role === 'player' ? now : null;
      this.knockAt = up ? now : Number.POSITIVE_INFINITY;
      for (const dialling of this.dialling.values()) dialling.againAt = now;
    },
    claimed: ({ slot }) => {
      if (this.claiming === slot) this.slot = slot;
      this.claiming = null;
    },
    'claim-refused': ({ slot }, now) => {
      if (this.claiming !== slot) return;
      this.claiming = null;
      this.taken.add(slot);
      this.claimAt = now;
    },
    'knock-unanswered': ({ slot }, now) => {
      this.taken.delete(slot);
      // Its holder is gone: members claim it again, spread so that not all do at once.
      if (this.slot === null && this.claiming === null && this.options.role === 'player') {
        this.claimAt ??= now + this.options.random();
      }
    },
    'heard-of': ({ players }, now) => {
      for (const peer of players) this.meet(peer, now);
    },
    'dial-failed': ({ peer }, now) => {
      const dialling = this.dialling.get(peer);
      if (!dialling) return;
      dialling.tries++;
      const wait = Math.min(DIAL_AGAIN_SECONDS.most, DIAL_AGAIN_SECONDS.first * 2 ** dialling.tries);
      if (dialling.tries > 5) this.dialling.delete(peer);
      else dialling.againAt = now + wait * (0.75 + 0.5 * this.options.random());
    },
    proven: ({ peer, role }, _now, acts) => {
      this.dialling.delete(peer);
      if (this.linked.has(peer) || peer === this.options.id) return;
      const self = this.options.role === 'player' ? 1 : 0;
      if (role === 'player' && self === 1 && this.players.length + self >= this.playersLimit) {
        acts.push({ type: 'refuse', peer, reason: 'full' });
        return;
      }
      this.linked.set(peer, role);
      acts.push({ type: 'admit', peer }, { type: 'tell-members' });
    },
    refused: ({ peer, reason }) => {
      this.linked.delete(peer);
      this.dialling.delete(peer);
      if (this.refusedBy.size < KNOWN_LIMIT) this.refusedBy.set(peer, reason);
    },
    closed: ({ peer }, now, acts) => {
      const role = this.linked.get(peer);
      this.dialling.delete(peer);
      if (role === undefined) return;
      this.linked.delete(peer);
      acts.push({ type: 'tell-members' });
      // It may have held a name; knocking shows which are free.
      this.knockAt = Math.min(this.knockAt, now + this.options.random());
    },
  };

  private claimNext(acts: MeshAct[]): void {
    if (this.slot !== null || this.claiming !== null) return;
    for (let slot = 0; slot < RENDEZVOUS_COUNT; slot++) {
      if (this.taken.has(slot)) continue;
      this.claiming = slot;
      acts.push({ type: 'claim', slot });
      return;
    }
  }

  /** Of any two the higher id dials; a listener dials whom it hears of first, and only that one. */
  private meet(peer: string, now: number): void {
    const { id, role } = this.options;
    if (peer === id || this.linked.has(peer) || this.dialling.has(peer) || this.refusedBy.has(peer)) return;
    if (this.dialling.size + this.linked.size >= KNOWN_LIMIT) return;
    const mine = role === 'listener' ? this.linked.size + this.dialling.size === 0 : id > peer;
    if (mine) this.dialling.set(peer, { againAt: now, tries: 0 });
  }
}

/** Finding each other: names and proofs, and the mesh as a state machine on a signalling server made of a Map. */
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MESH_PLANNED,
  MESH_TESTED,
  Mesh,
  type MeshAct,
  type MeshInput,
} from '../../../runtime/peers/mesh/mesh.ts';
import { REFUSALS } from '../../../runtime/peers/mesh/refusals.ts';
import {
  keyProof,
  type RoomCrypto,
  rendezvousIds,
  sameProof,
} from '../../../runtime/peers/mesh/rendezvous.ts';
import { seeded } from '../../kit/jam-network.ts';

const crypto: RoomCrypto = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
  hmacSha256: async (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};

describe('names and proofs', () => {
  test('the same room and key give the same four names; any other gives others', async () => {
    const names = await rendezvousIds(crypto, 'room', 'key');
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
    for (const [i, name] of names.entries()) expect(name).toMatch(new RegExp(`^talea-[0-9a-f]{32}-${i}$`));
    expect(await rendezvousIds(crypto, 'room', 'key')).toEqual(names);
    for (const [room, key] of [
      ['room', 'kez'],
      ['roomk', 'ey'],
      ['', 'roomkey'],
    ] as const) {
      expect(await rendezvousIds(crypto, room, key)).not.toEqual(names);
    }
  });

  test('a proof holds for one prover, one asker and one nonce', async () => {
    const proof = await keyProof(crypto, 'room', 'key', 'a', 'b', 'n');
    expect(sameProof(proof, await keyProof(crypto, 'room', 'key', 'a', 'b', 'n'))).toBe(true);
    type Parts = readonly [string, string, string, string, string];
    const others: readonly Parts[] = [
      ['rooms', 'key', 'a', 'b', 'n'],
      ['room', 'kex', 'a', 'b', 'n'],
      ['room', 'key', 'b', 'a', 'n'],
      ['room', 'key', 'a', 'c', 'n'],
      ['room', 'key', 'a', 'b', 'm'],
    ];
    for (const other of others) expect(sameProof(proof, await keyProof(crypto, ...other))).toBe(false);
    expect(sameProof(proof, proof.slice(1))).toBe(false);
  });
});

/** A signalling server and instant links, driven by what the meshes want. */
class Town {
  readonly meshes = new Map<string, Mesh>();
  readonly held = new Map<number, string>();
  readonly dials: string[] = [];
  now = 0;
  private readonly random: () => number;
  private readonly inputs: [string, MeshInput][] = [];

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  add(id: string, role: 'player' | 'listener' = 'player', playersLimit?: number): Mesh {
    const mesh = new Mesh({ id, role, random: this.random, ...(playersLimit ? { playersLimit } : {}) });
    this.meshes.set(id, mesh);
    this.tell(id, { type: 'signalling', up: true });
    return mesh;
  }

  tell(id: string, input: MeshInput): void {
    this.inputs.push([id, input]);
  }

  /** Dies: its names are free, its links close. */
  kill(id: string): void {
    this.meshes.delete(id);
    for (const [slot, holder] of this.held) if (holder === id) this.held.delete(slot);
    for (const other of this.meshes.keys()) this.tell(other, { type: 'closed', peer: id });
  }

  run(seconds: number): void {
    for (const end = this.now + seconds; this.now < end; this.now += 0.1) {
      for (const [id, mesh] of this.meshes) this.perform(id, mesh.step(this.now));
      for (let guard = 0; this.inputs.length > 0 && guard < 5000; guard++) {
        const [id, input] = this.inputs.shift()!;
        const mesh = this.meshes.get(id);
        if (mesh) this.perform(id, mesh.take(input, this.now));
      }
    }
  }

  private roleOf(id: string): 'player' | 'listener' {
    return id.startsWith('L') ? 'listener' : 'player';
  }

  private perform(id: string, acts: readonly MeshAct[]): void {
    for (const act of acts) {
      if (act.type === 'claim') {
        const free = !this.held.has(act.slot);
        if (free) this.held.set(act.slot, id);
        this.tell(id, { type: free ? 'claimed' : 'claim-refused', slot: act.slot });
      } else if (act.type === 'knock') {
        const holder = this.held.get(act.slot);
        const mesh = holder === undefined ? undefined : this.meshes.get(holder);
        if (!mesh || holder === undefined) this.tell(id, { type: 'knock-unanswered', slot: act.slot });
        else {
          this.tell(id, { type: 'heard-of', players: [holder, ...mesh.players] });
          if (this.roleOf(id) === 'player') this.tell(holder, { type: 'heard-of', players: [id] });
        }
      } else if (act.type === 'dial') {
        this.dials.push(`${id}>${act.peer}`);
        if (!this.meshes.has(act.peer)) this.tell(id, { type: 'dial-failed', peer: act.peer });
        else {
          this.tell(act.peer, { type: 'proven', peer: id, role: this.roleOf(id) });
          this.tell(id, { type: 'proven', peer: act.peer, role: this.roleOf(act.peer) });
        }
      } else if (act.type === 'refuse') {
        this.tell(act.peer, { type: 'refused', peer: id, reason: act.reason });
      } else if (act.type === 'tell-members') {
        const mesh = this.meshes.get(id)!;
        for (const other of mesh.players) this.tell(other, { type: 'heard-of', players: mesh.players });
      }
    }
  }
}

const ids = (count: number) => Array.from({ length: count }, (_, i) => `p${String(i).padStart(2, '0')}`);
const isFull = (town: Town, players: readonly string[]) =>
  players.every((id) => town.meshes.get(id)!.players.length === players.length - 1);

describe('the mesh', () => {
  test.each([2, 3, MESH_PLANNED, MESH_TESTED])('%d players find each other', (count) => {
    fc.assert(
      fc.property(fc.integer(), fc.shuffledSubarray(ids(count), { minLength: count }), (seed, order) => {
        const town = new Town(seed);
        for (const id of order) {
          town.add(id, 'player', MESH_TESTED);
          town.run(seed % 2 === 0 ? 0.1 : 1);
        }
        town.run(2);
        expect(isFull(town, order)).toBe(true);
        expect(town.held.size).toBe(Math.min(4, count));
        for (const dial of town.dials) {
          const [from, to] = dial.split('>');
          expect(from! > to!).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('one player too many is refused with words, by everybody; a listener is not', () => {
    const town = new Town(1);
    for (const id of ids(MESH_PLANNED)) town.add(id);
    town.run(3);
    const late = town.add('q');
    const listener = town.add('L1', 'listener');
    town.run(5);
    expect(isFull(town, ids(MESH_PLANNED))).toBe(true);
    expect(late.players.filter((id) => !late.refusals.has(id))).toEqual([]);
    expect([...new Set(late.refusals.values())]).toEqual(['full']);
    expect(listener.players).toHaveLength(1);
    for (const words of Object.values(REFUSALS)) expect(words).toMatch(/^[A-Z].*\.$/);
  });

  test('a name whose holder died is claimed again, and newcomers still find the room', () => {
    const town = new Town(3);
    for (const id of ids(6)) town.add(id);
    town.run(3);
    const holder = town.held.get(0)!;
    town.kill(holder);
    town.run(6);
    expect(town.held.size).toBe(4);
    expect(town.held.get(0)).not.toBe(holder);
    town.add('z');
    town.run(3);
    expect(town.meshes.get('z')!.players).toHaveLength(5);
  });

  test('signalling that restarts costs no link, and names are registered again within 5 s', () => {
    const town = new Town(4);
    for (const id of ids(4)) town.add(id);
    town.run(3);
    for (const id of ids(4)) town.tell(id, { type: 'signalling', up: false });
    town.held.clear();
    town.run(10);
    expect(isFull(town, ids(4))).toBe(true);
    expect(town.held.size).toBe(0);
    for (const id of ids(4)) town.tell(id, { type: 'signalling', up: true });
    town.run(5);
    expect(isFull(town, ids(4))).toBe(true);
    expect(town.held.size).toBe(4);
  });
});

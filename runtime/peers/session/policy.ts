/**
 * Who may do what in a room: one register that only the host writes. The host is the root of the clock's tree, the player
 * who has been there longest, so there is always exactly one, also after the founder left. Pure. Registers carry no
 * signatures: a room trusts whom its key let in; what is refused here are mistakes and forbidden changes.
 */
import type { Stamp } from './total-order.ts';

export type Role = 'host' | 'player' | 'listener';

export interface Policy extends Stamp {
  /** Shared time since which it holds: changes made earlier are not judged by it. */
  readonly sinceSeconds: number;
  /** Who may change tempo and transport. */
  readonly tempoBy: 'players' | 'host';
  /** Peers that may only listen, whatever they asked for. */
  readonly listeners: readonly string[];
  /** Peers sent away until they come again. */
  readonly kicked: readonly string[];
  /** Fingerprints of devices sent away for good. */
  readonly banned: readonly string[];
}

export const POLICY_NAMES_LIMIT = 64;

export type PolicyChange = Partial<Pick<Policy, 'tempoBy' | 'listeners' | 'kicked' | 'banned'>>;

export const firstPolicy = (author: string): Policy => ({
  revision: 0,
  author,
  sinceSeconds: 0,
  tempoBy: 'players',
  listeners: [],
  kicked: [],
  banned: [],
});

/** The policy with a change by its host; of too many names the oldest are forgotten. */
export function changedPolicy(
  policy: Policy,
  author: string,
  sinceSeconds: number,
  change: PolicyChange,
): Policy {
  const next = { ...policy, ...change };
  return {
    ...next,
    revision: policy.revision + 1,
    author,
    sinceSeconds,
    listeners: next.listeners.slice(-POLICY_NAMES_LIMIT),
    kicked: next.kicked.slice(-POLICY_NAMES_LIMIT),
    banned: next.banned.slice(-POLICY_NAMES_LIMIT),
  };
}

/** Whether a policy that was heard replaces the known one: only the root's word counts. */
export const acceptsPolicy = (known: Policy, heard: Policy, rootId: string): boolean =>
  heard.author === rootId && (known.author !== rootId || heard.revision > known.revision);

/** Whether a change of tempo or transport by `author`, made at a shared time, is allowed. */
export function mayChange(policy: Policy, author: string, madeSeconds: number): boolean {
  if (policy.listeners.includes(author)) return false;
  if (policy.kicked.includes(author)) return false;
  return policy.tempoBy === 'players' || author === policy.author || madeSeconds < policy.sinceSeconds;
}

export const isSentAway = (policy: Policy, id: string, fingerprint: string): boolean =>
  policy.kicked.includes(id) || (fingerprint !== '' && policy.banned.includes(fingerprint));

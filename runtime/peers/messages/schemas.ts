/**
 * What peers send each other on the reliable channel, as schemas: one row a message. Everything outside of them is
 * malformed. It stands alone because it is the contract between versions; it knows no session logic.
 */
import * as v from 'valibot';
import { BEATEN_LIMIT } from '../session/merging.ts';
import { POLICY_NAMES_LIMIT } from '../session/policy.ts';
import { DEPTH_LIMIT } from '../session/seniority.ts';
import { BEATS_PER_CYCLE, CYCLES_PER_SECOND, SEGMENT_LIMIT } from '../session/shared-timeline.ts';

export const MESSAGE_VERSION = 1;
/** Longest message, in UTF-16 units. */
export const MESSAGE_LIMIT = 16 * 1024;
export const MEMBERS_LIMIT = 64;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(-1e9), v.maxValue(1e9));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const names = (limit: number) => v.pipe(v.array(id), v.maxLength(limit));
const word = (limit: number) => v.pipe(v.string(), v.maxLength(limit));
const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{16,128}$/));
const stamp = { revision: count, author: id };

const segment = v.object({
  fromSeconds: seconds,
  cycle: v.pipe(v.number(), v.finite()),
  cyclesPerSecond: v.pipe(
    v.number(),
    v.minValue(CYCLES_PER_SECOND.least),
    v.maxValue(CYCLES_PER_SECOND.most),
  ),
});

const rising = (segments: v.InferOutput<typeof segment>[]): boolean =>
  segments.every((each, i) => {
    const before = segments[i - 1];
    return !before || (before.fromSeconds < each.fromSeconds && before.cycle <= each.cycle);
  });

export const timelineSchema = v.object({
  ...stamp,
  madeSeconds: seconds,
  beatsPerCycle: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(BEATS_PER_CYCLE.least),
    v.maxValue(BEATS_PER_CYCLE.most),
  ),
  segments: v.pipe(v.array(segment), v.minLength(1), v.maxLength(SEGMENT_LIMIT), v.check(rising)),
});

const head = { v: v.literal(MESSAGE_VERSION), serial: v.pipe(count, v.minValue(1)) };
const role = v.picklist(['player', 'listener']);

/** Why a peer is turned away; the words shown to it are in mesh/refusals.ts. */
export const refusalSchema = v.picklist(['full', 'key', 'banned', 'kicked', 'version']);

export const MESSAGES = {
  /** First on a link, from both ends. `proof` is the HMAC of the other's nonce under the room's key. */
  hello: v.object({
    ...head,
    type: v.literal('hello'),
    id,
    name: word(64),
    role,
    fingerprint: word(128),
    library: word(64),
    nonce: hex,
  }),
  /** Answers a hello. */
  proof: v.object({ ...head, type: v.literal('proof'), proof: hex }),
  /** Everybody the sender knows, so that the rest of the mesh can be dialled. */
  members: v.object({
    ...head,
    type: v.literal('members'),
    players: names(MEMBERS_LIMIT),
    listeners: v.number(),
  }),
  refuse: v.object({ ...head, type: v.literal('refuse'), reason: refusalSchema }),
  /** The sender's view of the session: on each change and every 250 ms. */
  state: v.object({
    ...head,
    type: v.literal('state'),
    session: id,
    beaten: names(BEATEN_LIMIT),
    role,
    joinedSeconds: seconds,
    line: v.object({
      localSeconds: seconds,
      sharedSeconds: seconds,
      rate: v.pipe(v.number(), v.minValue(0.99), v.maxValue(1.01)),
    }),
    root: v.object({ id, joinedSeconds: seconds, listener: v.boolean(), serial: count }),
    depth: v.pipe(count, v.maxValue(DEPTH_LIMIT)),
    timeline: timelineSchema,
    transport: v.object({ ...stamp, playing: v.boolean(), madeSeconds: seconds }),
    policy: v.object({
      ...stamp,
      sinceSeconds: seconds,
      tempoBy: v.picklist(['players', 'host']),
      listeners: names(POLICY_NAMES_LIMIT),
      kicked: names(POLICY_NAMES_LIMIT),
      banned: v.pipe(v.array(word(128)), v.maxLength(POLICY_NAMES_LIMIT)),
    }),
  }),
  bye: v.object({ ...head, type: v.literal('bye') }),
} as const;

export type MessageType = keyof typeof MESSAGES;
export type MessageOf<T extends MessageType> = v.InferOutput<(typeof MESSAGES)[T]>;
export type Message = { [T in MessageType]: MessageOf<T> }[MessageType];
export type StateMessage = MessageOf<'state'>;
export type Refusal = v.InferOutput<typeof refusalSchema>;

/** A message without what its link adds. */
export type Draft<T extends MessageType = MessageType> = T extends MessageType
  ? Omit<MessageOf<T>, 'v' | 'serial'>
  : never;

/**
 * What all members of a session hold in common: its name, the sessions it has beaten, and three registers: timeline,
 * transport, policy. It stands alone so that agreement can be read in one place. It knows no links and no clock.
 */
import type { Draft, StateMessage } from '../messages/schemas.ts';
import type { JumpReason } from './jam-events.ts';
import { judge, type Verdict, withBeaten } from './merging.ts';
import { acceptsPolicy, firstPolicy, mayChange, type Policy } from './policy.ts';
import { firstTimeline, type SharedTimeline } from './shared-timeline.ts';
import { compareStamps, type Stamp } from './total-order.ts';
import { firstTransport, type SharedTransport } from './transport-state.ts';

/** What a neighbour's word changed. */
export interface Heard {
  readonly policy: boolean;
  readonly transport: boolean;
  /** Why what is played may have to jump; null where the timeline stayed. */
  readonly timeline: JumpReason | null;
  /** Whether it named a change that its author may not make. */
  readonly forbidden: boolean;
}

type Change = Stamp & { readonly madeSeconds: number };
type Registers = Pick<Draft<'state'>, 'session' | 'beaten' | 'timeline' | 'transport' | 'policy'>;

export class SharedValues {
  session: string;
  transport: SharedTransport;
  policy: Policy;
  private beaten: readonly string[] = [];
  timeline: SharedTimeline;

  constructor(id: string, session: string, cyclesPerSecond: number) {
    this.session = session;
    this.timeline = firstTimeline(id, cyclesPerSecond);
    this.transport = firstTransport(id);
    this.policy = firstPolicy(id);
  }

  /** What to do on meeting another session that is `olderSeconds` older; a win is remembered. */
  judge(theirs: StateMessage, olderSeconds: number | null): Verdict {
    const ours = { id: this.session, beaten: this.beaten };
    const verdict = judge(ours, { id: theirs.session, beaten: theirs.beaten }, olderSeconds);
    if (verdict === 'win') this.beaten = withBeaten(this.beaten, this.session, [theirs.session]);
    return verdict;
  }

  /** Becomes a member of the session that a neighbour is in. */
  takeOver(theirs: StateMessage): void {
    this.beaten = withBeaten(theirs.beaten, theirs.session, [...this.beaten, this.session]);
    this.session = theirs.session;
    this.timeline = theirs.timeline;
    this.transport = theirs.transport;
    this.policy = theirs.policy;
  }

  /** Takes what a neighbour of the same session says; `rootId` is whose policy counts. */
  hear(from: string, state: StateMessage, rootId: string): Heard {
    let timeline: JumpReason | null = null;
    let forbidden = false;
    const policy = acceptsPolicy(this.policy, state.policy, rootId);
    if (policy) this.policy = state.policy;
    const isLawful = (each: Change) => mayChange(this.policy, each.author, each.madeSeconds);
    // What a policy forbids after the fact gives way to anything that is lawful.
    const isNews = (heard: Change, known: Change): boolean => {
      if (compareStamps(heard, known) === 0) return false;
      const lawful = isLawful(heard) && !(heard.author === from && state.role === 'listener');
      if (compareStamps(heard, known) < 0) return lawful && !isLawful(known);
      if (!lawful) forbidden = true;
      return lawful;
    };
    if (isNews(state.timeline, this.timeline)) {
      timeline = state.timeline.revision > this.timeline.revision ? 'late' : 'overruled';
      this.timeline = state.timeline;
    }
    const transport = isNews(state.transport, this.transport);
    if (transport) this.transport = state.transport;
    return { policy, transport, timeline, forbidden };
  }

  /** The same as a part of a message. */
  announced(): Registers {
    const { policy, timeline } = this;
    return {
      session: this.session,
      beaten: [...this.beaten],
      timeline: { ...timeline, segments: [...timeline.segments] },
      transport: this.transport,
      policy: {
        ...policy,
        listeners: [...policy.listeners],
        kicked: [...policy.kicked],
        banned: [...policy.banned],
      },
    };
  }
}

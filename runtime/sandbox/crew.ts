/**
 * The pattern workers as the supervisor keeps them: one record each, with the phase it is in. It stands alone to
 * keep the rules of phases in one place; it sends nothing.
 */
import type { Program, TempoStatement } from '../program/program.ts';
import type { Boundary, FromWorker } from './messages.ts';
import { Watch } from './watchdog.ts';

/**
 * starting -> warm (the standby) -> trying (evaluates) -> ready (waits for its boundary) -> gone (`go` sent, takes
 * over at swapCycle) -> active. Any of them may end.
 */
export type Phase = 'starting' | 'warm' | 'trying' | 'ready' | 'gone' | 'active';

export type Evaluated = Extract<FromWorker, { type: 'evaluated' }>;

/** A program on its way to sound. */
export interface Attempt {
  readonly program: Program;
  readonly boundary: Boundary;
  /** True where a dead worker's program is brought back; nobody waits for an answer then. */
  readonly bridge: boolean;
  /** How often it was begun again since its worker died before the swap. */
  readonly retries: number;
}

export interface Member {
  readonly id: number;
  phase: Phase;
  readonly watch: Watch;
  attempt: Attempt | null;
  evaluated: Evaluated | null;
  /** Cycle of the swap: planned while ready, fixed once gone; null where the music starts with it. */
  swapCycle: number | null;
  epoch: number;
  /** Tempo that its `go` stated, so that it can be taken back. */
  tempo: TempoStatement | null;
  mixed: boolean;
}

export class Crew {
  private readonly members = new Map<number, Member>();
  private lastId: number;

  constructor(firstId = 1) {
    this.lastId = firstId - 1;
  }

  add(): Member {
    const id = ++this.lastId;
    const member: Member = {
      id,
      phase: 'starting',
      watch: new Watch(),
      attempt: null,
      evaluated: null,
      swapCycle: null,
      epoch: 0,
      tempo: null,
      mixed: false,
    };
    this.members.set(id, member);
    return member;
  }

  get(id: number): Member | undefined {
    return this.members.get(id);
  }

  remove(id: number): void {
    this.members.delete(id);
  }

  all(): Member[] {
    return [...this.members.values()];
  }

  /** The one in this phase; there is one at most of ready, gone and active. */
  the(phase: Phase): Member | null {
    for (const member of this.members.values()) if (member.phase === phase) return member;
    return null;
  }

  trying(bridge: boolean): Member | null {
    return (
      this.all().find((member) => member.phase === 'trying' && member.attempt?.bridge === bridge) ?? null
    );
  }
}

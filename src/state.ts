/**
 * What the page knows, as signals: one State per page, filled by the desk, read by editor and panels. Pure data: no
 * DOM, no session, no timers, so that every panel can be reasoned about (and tested) by setting values.
 */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { SessionEvents } from '../runtime/session-surface.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

export type AudioState = SessionEvents['audio'];
export type EngineStatus = SessionEvents['status'];

/** An evaluation on its way: compiling while `cycle` is undefined, then waiting for `cycle`. */
export interface Pending {
  /** The page's own number of the evaluation, ascending. */
  readonly key: number;
  /** Cycle at which it takes over; undefined while it compiles, null where it starts the music. */
  readonly cycle: number | null | undefined;
  /** Position at which the wait began, for the countdown's length; null where unknown. */
  readonly sinceCycle: number | null;
}

export interface Track {
  readonly name: string;
  readonly strip: number;
  readonly muted: boolean;
  readonly solo: boolean;
  readonly trouble: Trouble | null;
}

/** A track that failed while playing. */
export interface Trouble {
  /** Of the evaluation that failed. */
  readonly evalId: number;
  readonly message: string;
  /** True where it has no older version to fall back to. */
  readonly silent: boolean;
}

export type MessageKind = 'error' | 'warning' | 'log' | 'note';

export interface Message {
  readonly id: number;
  readonly kind: MessageKind;
  readonly text: string;
  readonly notes: readonly string[];
  /** Offset in the editor's text when the message came, where it has a place. */
  readonly position: number | null;
}

export interface View {
  readonly zen: boolean;
  readonly codeHidden: boolean;
}

export interface State {
  readonly audio: Signal<AudioState>;
  readonly status: Signal<EngineStatus | null>;
  /** True from the evaluation that starts the music until it has stopped. */
  readonly playing: Signal<boolean>;
  readonly pending: Signal<Pending | null>;
  readonly tracks: Signal<readonly Track[]>;
  readonly cyclesPerSecond: Signal<number>;
  readonly messages: Signal<readonly Message[]>;
  readonly recordingSince: Signal<number | null>;
  readonly view: Signal<View>;
  readonly settings: Signal<Settings>;
  /** The first stroke of a chord was pressed. */
  readonly chord: Signal<boolean>;
  /** The editor's text differs from what was performed last. */
  readonly changed: Signal<boolean>;
  /** The runtime has loaded; a message says why if it has not. */
  readonly ready: Signal<'loading' | 'ready' | 'failed'>;
  readonly anySolo: ReadonlySignal<boolean>;
}

export const DEFAULT_CYCLES_PER_SECOND = 0.5;

/** Messages kept; older ones go. */
export const MESSAGE_LIMIT = 50;

export function createState(settings: Settings = DEFAULT_SETTINGS): State {
  const tracks = signal<readonly Track[]>([]);
  return {
    audio: signal<AudioState>('off'),
    status: signal<EngineStatus | null>(null),
    playing: signal(false),
    pending: signal<Pending | null>(null),
    tracks,
    cyclesPerSecond: signal(DEFAULT_CYCLES_PER_SECOND),
    messages: signal<readonly Message[]>([]),
    recordingSince: signal<number | null>(null),
    view: signal<View>({ zen: false, codeHidden: false }),
    settings: signal(settings),
    chord: signal(false),
    changed: signal(false),
    ready: signal<'loading' | 'ready' | 'failed'>('loading'),
    anySolo: computed(() => tracks.value.some((track) => track.solo)),
  };
}

/** Adds a message; a repetition of the last one takes its place, so that a loop of logs does not flood the list. */
export function say(
  state: State,
  kind: MessageKind,
  text: string,
  more: {
    readonly notes?: readonly string[] | undefined;
    readonly position?: number | null | undefined;
  } = {},
): void {
  const list = state.messages.peek();
  const last = list.at(-1);
  const kept = last && last.text === text && last.kind === kind ? list.slice(0, -1) : list;
  const id = (last?.id ?? 0) + 1;
  const message: Message = { id, kind, text, notes: more.notes ?? [], position: more.position ?? null };
  state.messages.value = [...kept, message].slice(-MESSAGE_LIMIT);
}

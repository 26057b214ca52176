/**
 * The command line's realm: starts the killable process, ends it where a program does not come back, and starts a new
 * one. Programs share no state. Thread: Node's main thread; never blocks.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { PatternEvent as Event, type PatternEvent } from '../../patterns/event.ts';
import { type Rational, rational } from '../../patterns/rational.ts';
import { Span } from '../../patterns/span.ts';
import type { Program } from '../program/program.ts';
import type {
  FromNodeWorker,
  NodeAnswer,
  PlainAnswer,
  PlainEvent,
  QueryRequest,
  ToNodeWorker,
} from './node-messages.ts';
import type { EvaluateOutcome, QueryAnswer, TempoChange } from './realm-surface.ts';

/** A program was ended from outside: too long, too much memory. The message is for the user. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

export interface NodeHostOptions {
  /** Paths of the built scripts, dist/sandbox/node-worker.js and node-realm.js. */
  readonly workerPath: string;
  readonly realmPath: string;
  /** User code of one request may run so long. Default 2000. */
  readonly limitMs?: number;
  /** Memory of the programs that are open at a time. Default 1024. */
  readonly memoryMegabytes?: number;
}

/** Where the built scripts of a project lie. */
export function nodeScripts(root: string): Pick<NodeHostOptions, 'workerPath' | 'realmPath'> {
  return {
    workerPath: `${root}/dist/sandbox/node-worker.js`,
    realmPath: `${root}/dist/sandbox/node-realm.js`,
  };
}

/** The process gets this much longer than user code before it is ended. */
const GRACE_MS = 500;

interface Waiting {
  readonly resolve: (answer: NodeAnswer) => void;
  timer: NodeJS.Timeout | null;
  readonly message: ToNodeWorker;
  readonly limitMs: number;
}

/** Runs programs in the order in which they are opened, one at a time. */
export class NodeHost {
  private readonly options: NodeHostOptions;
  private readonly limitMs: number;
  private worker: ChildProcess | null = null;
  /** In the order of sending: the first one is being worked on. */
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private lastSession = 0;

  constructor(options: NodeHostOptions) {
    this.options = options;
    this.limitMs = options.limitMs ?? 2000;
  }

  /** Evaluates a program in a fresh context. Rejects with a StoppedError; mistakes are in the outcome. */
  async open(program: Program): Promise<NodeSession> {
    this.lastSession += 1;
    const session = this.lastSession;
    const answer = await this.ask(
      (id) => ({ id, type: 'open', session, program, limitMs: this.limitMs }),
      this.limitMs,
    );
    if (answer.type !== 'evaluated')
      throw new StoppedError(answer.type === 'stopped' ? answer.message : answer.type);
    return new NodeSession(this, session, answer.outcome);
  }

  /** For NodeSession. */
  async query(session: number, request: QueryRequest, limitMs = this.limitMs): Promise<PlainAnswer> {
    const answer = await this.ask((id) => ({ id, type: 'query', session, request, limitMs }), limitMs);
    if (answer.type !== 'answered')
      throw new StoppedError(answer.type === 'stopped' ? answer.message : answer.type);
    return answer.answer;
  }

  /** For NodeSession. */
  forget(session: number): void {
    this.worker?.send({ id: 0, type: 'close', session } satisfies ToNodeWorker);
  }

  /** Ends the process; requests that wait are stopped. */
  async close(): Promise<void> {
    await this.end('The realm was closed');
  }

  private ask(make: (id: number) => ToNodeWorker, limitMs: number): Promise<NodeAnswer> {
    this.lastId += 1;
    const message = make(this.lastId);
    return new Promise((resolve) => {
      this.waiting.set(message.id, { resolve, timer: null, message, limitMs });
      this.send(message);
      this.watchFirst();
    });
  }

  private send(message: ToNodeWorker): void {
    this.worker ??= this.start();
    this.worker.ref();
    this.worker.channel?.ref();
    this.worker.send(message);
  }

  private start(): ChildProcess {
    const { workerPath, realmPath, memoryMegabytes = 1024 } = this.options;
    const worker = fork(workerPath, [realmPath], {
      env: {},
      execArgv: [`--max-old-space-size=${memoryMegabytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    worker.on('message', (message) => {
      const { id, text } = message as FromNodeWorker;
      if (worker === this.worker) this.settle(id, JSON.parse(text) as NodeAnswer);
    });
    // Where it cannot be started, or a message cannot be sent any more.
    worker.on('error', (error) => {
      if (worker === this.worker) this.replace(`The program could not be run: ${error.message}`);
    });
    worker.on('exit', () => {
      if (worker === this.worker)
        this.replace(`The program was stopped: it used more than ${memoryMegabytes} MB`);
    });
    return worker;
  }

  private settle(id: number, answer: NodeAnswer): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    if (waiting.timer !== null) clearTimeout(waiting.timer);
    this.waiting.delete(id);
    waiting.resolve(answer);
    this.watchFirst();
    // An idle process shall not keep this one alive.
    if (this.waiting.size === 0) {
      this.worker?.unref();
      this.worker?.channel?.unref();
    }
  }

  /** Only the request that is being worked on has a clock. */
  private watchFirst(): void {
    const first = this.waiting.values().next().value;
    if (first === undefined || first.timer !== null) return;
    const words = `The program was stopped: it ran longer than ${first.limitMs / 1000} s`;
    first.timer = setTimeout(() => this.replace(words), first.limitMs + GRACE_MS);
  }

  /** The process is lost: the request it worked on gets `message`, later openings are sent to a new one. */
  private replace(message: string): void {
    const lost = this.worker;
    this.worker = null;
    lost?.kill('SIGKILL');
    const [first, ...others] = [...this.waiting.values()];
    if (first === undefined) return;
    this.settle(first.message.id, { type: 'stopped', message });
    for (const { message: request } of others) {
      // Sessions of the lost process are gone with it.
      if (request.type === 'open') this.send(request);
      else this.settle(request.id, { type: 'stopped', message: 'Another program took the process down' });
    }
  }

  private async end(message: string): Promise<void> {
    const lost = this.worker;
    this.worker = null;
    for (const { message: request } of [...this.waiting.values()])
      this.settle(request.id, { type: 'stopped', message });
    if (lost === null || lost.exitCode !== null || lost.signalCode !== null) return;
    const gone = new Promise((resolve) => lost.once('exit', resolve));
    lost.ref();
    lost.kill('SIGKILL');
    await gone;
  }
}

/** One evaluated program. It answers queries as the realm does, so schedulers and renderers can use it. */
export class NodeSession {
  readonly outcome: EvaluateOutcome;
  private readonly host: NodeHost;
  private readonly session: number;

  constructor(host: NodeHost, session: number, outcome: EvaluateOutcome) {
    this.host = host;
    this.session = session;
    this.outcome = outcome;
  }

  /** As Realm.query; rejects with a StoppedError where the program had to be ended. */
  async query(begin: Rational, end: Rational, cyclesPerSecond: number): Promise<QueryAnswer> {
    const answer = await this.host.query(this.session, requestOf(begin, end, cyclesPerSecond, 'events'));
    const tracks = answer.tracks.map((track) => ({ ...track, events: track.events.map(eventOf) }));
    const { failures, warnings, tempo = [] } = answer;
    return { tracks, failures, warnings, tempo };
  }

  /** As Realm.tempo. */
  async tempoChanges(begin: Rational, end: Rational): Promise<readonly TempoChange[]> {
    const answer = await this.host.query(this.session, requestOf(begin, end, 0.5, 'tempo'));
    return answer.tempo ?? [];
  }

  /** The events of what is to be heard as the lines of `talea query --json`, sorted. */
  queryLines(
    begin: Rational,
    end: Rational,
    cyclesPerSecond: number,
    limitMs?: number,
  ): Promise<PlainAnswer> {
    return this.host.query(this.session, requestOf(begin, end, cyclesPerSecond, 'lines'), limitMs);
  }

  close(): void {
    this.host.forget(this.session);
  }
}

function requestOf(
  begin: Rational,
  end: Rational,
  cyclesPerSecond: number,
  form: QueryRequest['form'],
): QueryRequest {
  return { begin: begin.toFraction(), end: end.toFraction(), cyclesPerSecond, form };
}

function eventOf({ whole, part, value, locations }: PlainEvent): PatternEvent {
  return new Event(whole === null ? null : spanOf(whole), spanOf(part), value, { locations });
}

function spanOf([begin, end]: readonly [string, string]): Span {
  return new Span(rational(begin), rational(end));
}

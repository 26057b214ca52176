/**
 * Entry of the pattern worker, a classic script made from a blob inside the sandbox iframe. It takes what it needs
 * from the global scope, locks that down, and only then lets a realm exist. Thread: pattern worker.
 */
import type { Returned, Tick } from '../../worklets/wire.ts';
import { lockDown } from './lockdown.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { Performer } from './performer.ts';
import { makeRealm } from './realm.ts';
import type { ProgramFunction } from './realm-surface.ts';
import { WARM_PROGRAM } from './warm-program.ts';

type Connect = Extract<ToWorker, { type: 'connect' }>;

/** What is used of the worker's global scope. */
interface WorkerScope {
  addEventListener(
    type: 'message',
    listen: (event: MessageEvent<Connect>) => void,
    options: { once: true },
  ): void;
  setInterval(call: () => void, milliseconds: number): number;
  clearInterval(timer: number): void;
}

/**
 * Budgets of user code, in milliseconds: below the watchdog's 250, so that a loop without an end is told with its
 * place by the realm and the watchdog is left with what holds no loop.
 */
const LIMITS = { evaluateMs: 180, queryMs: 120 };

// Taken now; user code sees none of these names.
const scope = globalThis as unknown as WorkerScope;
const { Blob: OwnBlob, Reflect: OwnReflect } = scope as unknown as {
  Blob: typeof Blob;
  Reflect: typeof Reflect;
};
const createUrl = URL.createObjectURL.bind(URL);
const dropUrl = URL.revokeObjectURL.bind(URL);
const now = performance.now.bind(performance);
const setTimer = scope.setInterval.bind(scope);
const clearTimer = scope.clearInterval.bind(scope);
const post = MessagePort.prototype.postMessage;

scope.addEventListener('message', (event: MessageEvent<Connect>) => connect(event.data), { once: true });

/** The function that the text evaluates to, by way of a module made from it. */
async function toFunction(code: string): Promise<ProgramFunction> {
  const url = createUrl(new OwnBlob([`export default ${code}`], { type: 'text/javascript' }));
  try {
    const module = (await import(/* @vite-ignore */ url)) as { default: ProgramFunction };
    return module.default;
  } finally {
    dropUrl(url);
  }
}

function connect({ engine, supervisor, lookAheadSeconds }: Connect): void {
  lockDown(scope);
  const send = (port: MessagePort, message: unknown, transfer: Transferable[]): void => {
    OwnReflect.apply(post, port, [message, transfer]);
  };
  const realm = makeRealm({ toFunction, now }, LIMITS);
  const performer = new Performer(
    realm,
    {
      toEngine: (buffer) => send(engine, { type: 'batch', buffer }, [buffer]),
      toSupervisor: (message: FromWorker) =>
        send(supervisor, message, message.type === 'sounding' ? [message.rows.buffer] : []),
      now,
      every: (milliseconds, call) => {
        const timer = setTimer(call, milliseconds);
        return () => clearTimer(timer);
      },
    },
    lookAheadSeconds,
  );
  engine.onmessage = (event: MessageEvent<Tick | Returned>) => void performer.onEngine(event.data);
  supervisor.onmessage = (event: MessageEvent<Exclude<ToWorker, Connect>>) =>
    void performer.onSupervisor(event.data);
  void performer.warmUp(WARM_PROGRAM);
}

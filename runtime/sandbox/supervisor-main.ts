/**
 * Entry of the sandbox iframe: the thin shell around the supervisor. It owns the real ports, workers and timers and
 * decides nothing. The runner leaves the page's port in `taleaPort`. Thread: sandbox iframe; blocks: no.
 */
import type { Command, Tick } from '../../worklets/wire.ts';
import { checkFromWorker } from './checked-messages.ts';
import type { FromSupervisor, ToSupervisor, ToWorker } from './messages.ts';
import { Supervisor } from './supervisor.ts';
import type { Action, Input } from './supervisor-actions.ts';

type Init = Extract<ToSupervisor, { type: 'init' }>;

/** Where no ticks come, time is looked at this often while something waits for it. */
const LOOK_MS = 25;

const page = (globalThis as unknown as { taleaPort: MessagePort }).taleaPort;
page.onmessage = (event: MessageEvent<ToSupervisor>) => {
  if (event.data.type === 'init') supervise(event.data);
};
page.postMessage({ type: 'ready' } satisfies FromSupervisor);

function supervise({ workerSource, engine, lookAheadSeconds, resume }: Init): void {
  const supervisor = new Supervisor(lookAheadSeconds, resume ?? null);
  const workerUrl = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const workers = new Map<number, { readonly worker: Worker; readonly port: MessagePort }>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const step = (input: Input): void => {
    for (const action of supervisor.step(input, performance.now()))
      (act[action.type] as (a: Action) => void)(action);
    if (!supervisor.waitsForTime || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      step({ type: 'time' });
    }, LOOK_MS);
  };

  const command = (message: Command, transfer: Transferable[] = []): void =>
    engine.postMessage(message, transfer);

  const act: { [K in Action['type']]: (action: Extract<Action, { type: K }>) => void } = {
    spawn: (action) => spawn(action.worker, action.lookAheadSeconds),
    end: ({ worker: id }) => {
      const ended = workers.get(id);
      workers.delete(id);
      ended?.worker.terminate();
      ended?.port.close();
      command({ type: 'disconnect', id });
    },
    'to-worker': ({ worker, message }) => workers.get(worker)?.port.postMessage(message),
    'to-engine': (action) => command(action.command),
    'to-page': ({ message }) =>
      page.postMessage(message, message.type === 'sounding' ? [message.rows.buffer] : []),
  };

  const spawn = (id: number, seconds: number): void => {
    const toEngine = new MessageChannel();
    const toWorker = new MessageChannel();
    const worker = new Worker(workerUrl);
    workers.set(id, { worker, port: toWorker.port1 });
    worker.onerror = (event) => {
      event.preventDefault();
      step({
        type: 'worker-broken',
        worker: id,
        reason: String(event.message || 'its script failed').slice(0, 500),
      });
    };
    toWorker.port1.onmessage = (event: MessageEvent<unknown>) => {
      const message = checkFromWorker(event.data);
      if (message) step({ type: 'worker', worker: id, message });
    };
    const connect: ToWorker = {
      type: 'connect',
      engine: toEngine.port1,
      supervisor: toWorker.port2,
      lookAheadSeconds: seconds,
    };
    worker.postMessage(connect, [toEngine.port1, toWorker.port2]);
    command({ type: 'connect', role: 'pattern', port: toEngine.port2, id }, [toEngine.port2]);
  };

  engine.onmessage = (event: MessageEvent<Tick>) => {
    if (event.data.type === 'tick') step({ type: 'tick', tick: event.data });
  };
  page.onmessage = (event: MessageEvent<ToSupervisor>) => {
    if (event.data.type !== 'init') step({ type: 'page', message: event.data });
  };
  step({ type: 'time' });
}

/**
 * The sandbox iframe as the page sees it: hidden, of an opaque origin, with a policy that allows nothing but its own
 * blobs. Gives the port to the supervisor. It knows no music. Thread: page; blocks: no.
 */
import type { FromSupervisor, ToSupervisor } from './messages.ts';
import { SANDBOX_DOCUMENT } from './runner-source.ts';

const LOAD_LIMIT_MS = 15_000;

export interface SandboxFrame {
  send(message: ToSupervisor, transfer?: Transferable[]): void;
  close(): void;
}

/** Opens the iframe and starts the supervisor. Rejects with a plain-worded Error where that does not succeed. */
export function openFrame(
  supervisorSource: string,
  hear: (message: FromSupervisor) => void,
): Promise<SandboxFrame> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.setAttribute('tabindex', '-1');
  frame.title = 'Sandbox of the performed code';
  frame.style.display = 'none';
  frame.srcdoc = SANDBOX_DOCUMENT;
  const { port1: own, port2: theirs } = new MessageChannel();
  const opened: SandboxFrame = {
    send: (message, transfer = []) => own.postMessage(message, transfer),
    close: () => {
      own.onmessage = null;
      own.close();
      frame.remove();
    },
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      opened.close();
      reject(new Error('The sandbox for the performed code did not start within 15 seconds.'));
    }, LOAD_LIMIT_MS);
    own.onmessage = (event: MessageEvent<FromSupervisor>) => {
      if (event.data.type !== 'ready') return hear(event.data);
      clearTimeout(timer);
      resolve(opened);
    };
    frame.addEventListener('load', () => frame.contentWindow!.postMessage(supervisorSource, '*', [theirs]), {
      once: true,
    });
    document.body.append(frame);
  });
}

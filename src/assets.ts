/** Where the built parts lie: a session for the page, with the addresses that only the bundler knows. */

import engineUrl from '../dist/engine.wasm?url';
import supervisorUrl from '../dist/sandbox/supervisor.js?url';
import workerUrl from '../dist/sandbox/worker.js?url';
import { createSession } from '../runtime/session.ts';
import type { Session } from '../runtime/session-surface.ts';
import processorUrl from '../worklets/processor.ts?worker&url';

export function makeSession(): Session {
  return createSession({ engineUrl, supervisorUrl, workerUrl, processorUrl });
}

/**
 * Takes away from a worker's global scope what user code must not have: network, storage, other threads and the
 * worker's own messages. It stands alone so that the list is one table and tested in a real worker. The wall behind
 * it is the iframe's opaque origin and its policy; this only makes misuse plain errors.
 */

/** Names that are gone from the global object and everything it inherits from. */
export const TAKEN_AWAY: readonly string[] = [
  // network
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebSocketError',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
  'RTCDataChannel',
  'RTCRtpScriptTransformer',
  'importScripts',
  'Request',
  'Response',
  'Headers',
  'navigator',
  'WorkerNavigator',
  'location',
  'WorkerLocation',
  'origin',
  'reportError',
  // other threads and messages
  'Worker',
  'SharedWorker',
  'ServiceWorker',
  'BroadcastChannel',
  'MessageChannel',
  'MessagePort',
  'postMessage',
  'onmessage',
  'onmessageerror',
  'onerror',
  'onunhandledrejection',
  'onrejectionhandled',
  'addEventListener',
  'removeEventListener',
  'dispatchEvent',
  'close',
  'SharedArrayBuffer',
  'Atomics',
  // storage
  'indexedDB',
  'IDBFactory',
  'caches',
  'CacheStorage',
  'cookieStore',
  'storage',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL',
  // devices
  'Notification',
  'USB',
  'HID',
  'Serial',
  'GPU',
  'WebAssembly',
  'FontFace',
  'fonts',
  'OffscreenCanvas',
  'createImageBitmap',
  'FileReaderSync',
  'scheduler',
  'trustedTypes',
];

/** Static methods that are gone: [global, method]. */
const TAKEN_METHODS: readonly (readonly [string, string])[] = [
  ['URL', 'createObjectURL'],
  ['URL', 'revokeObjectURL'],
];

/** Takes them away. Returns the names that would not go (none, in the browsers that we test). */
export function lockDown(scope: object = globalThis): string[] {
  for (const [name, method] of TAKEN_METHODS) {
    const holder = (scope as Record<string, unknown>)[name];
    if (holder) hide(holder as object, method);
  }
  const left: string[] = [];
  for (const name of TAKEN_AWAY) {
    for (
      let object: object | null = scope;
      object && object !== Object.prototype;
      object = Object.getPrototypeOf(object)
    ) {
      if (Object.hasOwn(object, name)) hide(object, name);
    }
    if ((scope as Record<string, unknown>)[name] !== undefined) left.push(name);
  }
  return left;
}

/** Undefined for good where that is possible: a property that is merely deleted could be defined anew. */
function hide(object: object, name: string): void {
  try {
    Object.defineProperty(object, name, {
      value: undefined,
      writable: false,
      configurable: false,
      enumerable: false,
    });
  } catch {
    Reflect.deleteProperty(object, name);
  }
}

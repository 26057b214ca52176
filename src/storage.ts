/**
 * Where text and settings survive a reload: IndexedDB, or localStorage where that is refused, or nothing where both
 * are. Never throws and never holds anything back: a stage page must start without storage too.
 */
import { type IDBPDatabase, openDB } from 'idb';

export interface Shelf {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

const DATABASE = 'talea';
const STORE = 'desk';

export async function openShelf(): Promise<Shelf> {
  try {
    const database = await openDB(DATABASE, 1, { upgrade: (fresh) => void fresh.createObjectStore(STORE) });
    return withFallback(indexedShelf(database), localShelf());
  } catch {
    return localShelf();
  }
}

function indexedShelf(database: IDBPDatabase): Shelf {
  return {
    get: (key) => database.get(STORE, key),
    set: async (key, value) => {
      await database.put(STORE, value, key);
    },
  };
}

function localShelf(): Shelf {
  return {
    async get(key) {
      try {
        const text = localStorage.getItem(`${DATABASE}.${key}`);
        return text === null ? undefined : JSON.parse(text);
      } catch {
        return undefined;
      }
    },
    async set(key, value) {
      try {
        localStorage.setItem(`${DATABASE}.${key}`, JSON.stringify(value));
      } catch {
        // Full or refused: the text is still in the editor.
      }
    },
  };
}

function withFallback(first: Shelf, second: Shelf): Shelf {
  return {
    get: (key) => first.get(key).catch(() => second.get(key)),
    set: (key, value) => first.set(key, value).catch(() => second.set(key, value)),
  };
}

/** Writes the newest value `delayMs` after the last change, and at once when the page is hidden or left. */
export function autosave(shelf: Shelf, key: string, delayMs: number): (value: unknown) => void {
  let waiting: { value: unknown } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (waiting) void shelf.set(key, waiting.value);
    waiting = null;
  };
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', () => document.hidden && flush());
  return (value) => {
    waiting = { value };
    clearTimeout(timer);
    timer = setTimeout(flush, delayMs);
  };
}

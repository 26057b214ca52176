/**
 * Where text and settings survive a reload: IndexedDB, and localStorage for what must be written at once, since a page
 * that goes away takes unfinished transactions with it. Of two records the newer one holds. Never throws and never
 * holds anything back: a stage page must start without storage too.
 */
import { type IDBPDatabase, openDB } from 'idb';

export interface Shelf {
  /** The newest value, undefined where there is none. */
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): void;
  /** Written when it returns. */
  setNow(key: string, value: unknown): void;
}

interface Stamped {
  readonly savedAtMs: number;
  readonly value: unknown;
}

const DATABASE = 'talea';
const STORE = 'desk';

/** Opens the shelf; where IndexedDB is refused or does not answer, localStorage does alone. */
export async function openShelf(): Promise<Shelf> {
  const database = await openDatabase();
  return {
    async get(key) {
      const records = [await readDatabase(database, key), readLocal(key)];
      return records.reduce(newer, undefined)?.value;
    },
    set(key, value) {
      const record: Stamped = { savedAtMs: Date.now(), value };
      if (!database) writeLocal(key, record);
      else database.put(STORE, record, key).catch(() => writeLocal(key, record));
    },
    setNow(key, value) {
      writeLocal(key, { savedAtMs: Date.now(), value });
    },
  };
}

/** A database that another tab blocks must not keep the page from starting. */
const OPEN_LIMIT_MS = 1_000;

function openDatabase(): Promise<IDBPDatabase | null> {
  const opened = openDB(DATABASE, 1, { upgrade: (fresh) => void fresh.createObjectStore(STORE) });
  const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), OPEN_LIMIT_MS));
  return Promise.race([opened.catch(() => null), tooLate]);
}

function newer(a: Stamped | undefined, b: Stamped | undefined): Stamped | undefined {
  if (!a || !b) return a ?? b;
  return b.savedAtMs > a.savedAtMs ? b : a;
}

function asStamped(stored: unknown): Stamped | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { savedAtMs } = stored as Partial<Stamped>;
  return typeof savedAtMs === 'number' ? (stored as Stamped) : undefined;
}

async function readDatabase(database: IDBPDatabase | null, key: string): Promise<Stamped | undefined> {
  try {
    return asStamped(await database?.get(STORE, key));
  } catch {
    return undefined;
  }
}

const localKey = (key: string): string => `${DATABASE}.${key}`;

function readLocal(key: string): Stamped | undefined {
  try {
    return asStamped(JSON.parse(localStorage.getItem(localKey(key)) ?? 'null'));
  } catch {
    return undefined;
  }
}

function writeLocal(key: string, record: Stamped): void {
  try {
    localStorage.setItem(localKey(key), JSON.stringify(record));
  } catch {
    // Full or refused: the text is still in the editor.
  }
}

/** Writes the newest value `delayMs` after the last change, and at once when the page is hidden or left. */
export function autosave(shelf: Shelf, key: string, delayMs: number): (value: unknown) => void {
  let waiting: { value: unknown } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (write: Shelf['set']): void => {
    clearTimeout(timer);
    if (waiting) write(key, waiting.value);
    waiting = null;
  };
  addEventListener('pagehide', () => flush(shelf.setNow));
  document.addEventListener('visibilitychange', () => document.hidden && flush(shelf.setNow));
  return (value) => {
    waiting = { value };
    clearTimeout(timer);
    timer = setTimeout(() => flush(shelf.set), delayMs);
  };
}

/**
 * Where the sandbox keeps its state: in memory for tests, in an embedded store under `.sandbox/` for
 * `npm start`, so that a restart keeps the sites.
 */
import { mkdirSync } from 'node:fs';

/** An ordered map of JSON values. Values are copied in and out: nobody shares an object with the store. */
export interface Table<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  /** All entries whose key starts with `prefix`, ordered by key. */
  entries(prefix?: string): [key: string, value: T][];
}

export interface SandboxStorage {
  /** The table of that name, created when it is first asked for. */
  table<T>(name: string): Table<T>;
  close(): Promise<void>;
}

/** Keeps nothing after the process ends. */
export class MemoryStorage implements SandboxStorage {
  private readonly tables = new Map<string, MemoryTable<unknown>>();

  table<T>(name: string): Table<T> {
    let table = this.tables.get(name);
    if (!table) {
      table = new MemoryTable<unknown>();
      this.tables.set(name, table);
    }
    return table as Table<T>;
  }

  close(): Promise<void> {
    this.tables.clear();
    return Promise.resolve();
  }
}

class MemoryTable<T> implements Table<T> {
  private readonly values = new Map<string, string>();

  get(key: string): T | undefined {
    const stored = this.values.get(key);
    return stored === undefined ? undefined : (JSON.parse(stored) as T);
  }

  set(key: string, value: T): void {
    this.values.set(key, JSON.stringify(value));
  }

  delete(key: string): void {
    this.values.delete(key);
  }

  entries(prefix = ''): [string, T][] {
    return [...this.values]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, stored]) => [key, JSON.parse(stored) as T]);
  }
}

/** Opens the persistent store in `directory` (created when missing). One process at a time. */
export async function openPersistentStorage(directory: string): Promise<SandboxStorage> {
  // Imported on demand: tests run without the native module.
  const { open } = await import('lmdb');
  mkdirSync(directory, { recursive: true });
  const root = open<unknown, [string, string]>({ path: directory, encoding: 'json' });
  return {
    table<T>(name: string): Table<T> {
      return {
        get: (key) => root.get([name, key]) as T | undefined,
        set: (key, value) => {
          root.putSync([name, key], value);
        },
        delete: (key) => void root.removeSync([name, key]),
        entries: (prefix = '') =>
          [...root.getRange({ start: [name, prefix], end: [name, `${prefix}\uffff`] })].map(
            ({ key, value }) => [key[1], value as T],
          ),
      };
    },
    close: () => root.close(),
  };
}

/** The part of `storage` that belongs to one owner, as a site: its tables meet nobody else's. */
export function storageOf(storage: SandboxStorage, owner: string): SandboxStorage {
  return {
    table: <T>(name: string) => storage.table<T>(`${owner}/${name}`),
    close: () => storage.close(),
  };
}

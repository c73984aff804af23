/** One ordered collection of the store: the plain keys, the secrets, or the records of one entity. */
import { randomUUID } from 'node:crypto';
import type { Table } from '../storage';
import { EXPIRED_KEPT_MS } from './kvs-limits';
import type { QueryLag } from './kvs-query-lag';
import type { MetadataField } from './kvs-requests';

/** Times are milliseconds since the epoch. */
export interface StoredRecord {
  value: unknown;
  createdAt: number;
  updatedAt: number;
  expiresAt?: number;
}

interface History {
  /** What queries see as long as none of the versions has reached them. */
  base: StoredRecord | undefined;
  /** In the order of the writes; `undefined` is a deletion. */
  versions: { visibleAt: number; record: StoredRecord | undefined }[];
}

/**
 * Reads by key see the last write. Queries see each write some time later (`QueryLag`): what they do
 * not see yet is kept in memory only, a restart leaves nothing behind.
 */
export class RecordStore {
  /** In every cursor: one from before a restart is refused, as cursors are not to be kept ([2nd]). */
  readonly session = randomUUID();
  private readonly behind = new Map<string, History>();

  constructor(
    private readonly table: Table<StoredRecord>,
    private readonly lag: QueryLag,
  ) {}

  /** The record under that key. An expired one is there until the platform has deleted it. */
  read(key: string): StoredRecord | undefined {
    const record = this.table.get(key);
    if (record && this.isDeleted(record)) {
      this.table.delete(key);
      return undefined;
    }
    return record;
  }

  /** Stores a value; one that is written without `ttlMs` never expires. */
  write(key: string, value: unknown, ttlMs: number | undefined): StoredRecord {
    const now = this.lag.now();
    const record: StoredRecord = {
      value,
      createdAt: this.read(key)?.createdAt ?? now,
      updatedAt: now,
      // In whole seconds, as the documented examples have it (UNVERIFIED: which way it is rounded).
      ...(ttlMs === undefined ? {} : { expiresAt: Math.floor((now + ttlMs) / 1000) * 1000 }),
    };
    this.remember(key, record);
    this.table.set(key, record);
    return record;
  }

  delete(key: string): void {
    if (this.read(key) === undefined) return;
    this.remember(key, undefined);
    this.table.delete(key);
  }

  /** All records as a query that is made now sees them, in no order. */
  seenByQueries(): [key: string, record: StoredRecord][] {
    const seen = new Map(this.table.entries());
    for (const [key, history] of this.behind) {
      const record = this.prune(key, history);
      if (record) seen.set(key, record);
      else seen.delete(key);
    }
    return [...seen].filter(([, record]) => !this.isDeleted(record));
  }

  /** All values that have not expired, in the order of their keys. */
  live(): [key: string, value: unknown][] {
    return this.table
      .entries()
      .filter(([, { expiresAt }]) => expiresAt === undefined || this.lag.now() < expiresAt)
      .map(([key, { value }]) => [key, value]);
  }

  private isDeleted({ expiresAt }: StoredRecord): boolean {
    return expiresAt !== undefined && expiresAt + EXPIRED_KEPT_MS <= this.lag.now();
  }

  /** Notes a write that queries will see later; called before the write itself. */
  private remember(key: string, record: StoredRecord | undefined): void {
    const visibleAt = this.lag.visibleAt();
    const history = this.behind.get(key) ?? { base: this.table.get(key), versions: [] };
    history.versions.push({ visibleAt, record });
    this.behind.set(key, history);
    this.prune(key, history);
  }

  /** What queries see of that key now; forgets the versions that no later query can see. */
  private prune(key: string, history: History): StoredRecord | undefined {
    const now = this.lag.now();
    const newest = history.versions.findLastIndex(({ visibleAt }) => visibleAt <= now);
    if (newest >= 0) {
      history.base = history.versions[newest]?.record;
      history.versions.splice(0, newest + 1);
    }
    if (history.versions.length === 0) this.behind.delete(key);
    return history.base;
  }
}

/** A record as an answer carries it: metadata only where it was asked for (Forge: Time-to-live). */
export function entry(
  key: string,
  { value, createdAt, updatedAt, expiresAt }: StoredRecord,
  fields: MetadataField[] = [],
): Record<string, unknown> {
  return {
    key,
    value,
    ...(fields.includes('CREATED_AT') ? { createdAt } : {}),
    ...(fields.includes('UPDATED_AT') ? { updatedAt } : {}),
    ...(fields.includes('EXPIRE_TIME') && expiresAt !== undefined
      ? { expireTime: new Date(expiresAt).toISOString() }
      : {}),
  };
}

/** One ordered collection of the store: the plain keys, the secrets, or the records of one entity. */
import { randomUUID } from 'node:crypto';
import { LateWrites } from '../late-writes';
import type { QueryLag } from '../query-lag';
import type { Table } from '../storage';
import { EXPIRED_KEPT_MS } from './kvs-limits';
import type { MetadataField } from './kvs-requests';

/** Times are milliseconds since the epoch. */
export interface StoredRecord {
  value: unknown;
  createdAt: number;
  updatedAt: number;
  expiresAt?: number;
}

/**
 * Reads by key see the last write. Queries see each write some time later (`QueryLag`): what they do
 * not see yet is kept in memory only, a restart leaves nothing behind.
 */
export class RecordStore {
  /** In every cursor: one from before a restart is refused, as cursors are not to be kept ([2nd]). */
  readonly session = randomUUID();
  private readonly late: LateWrites<StoredRecord>;

  constructor(
    private readonly table: Table<StoredRecord>,
    private readonly lag: QueryLag,
  ) {
    this.late = new LateWrites(lag);
  }

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
    this.late.note(key, this.table.get(key), record);
    this.table.set(key, record);
    return record;
  }

  delete(key: string): void {
    if (this.read(key) === undefined) return;
    this.late.note(key, this.table.get(key), undefined);
    this.table.delete(key);
  }

  /** All records as a query that is made now sees them, in no order. */
  seenByQueries(): [key: string, record: StoredRecord][] {
    const seen = this.late.seen(this.table.entries());
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

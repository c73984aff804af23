/** What the engine stores, on the platform's key-value store. */
import { createHash } from 'node:crypto';
import { kvs, Sort, WhereConditions } from '@forge/kvs';
import type { Leases } from '../sync/leases';
import type { OutboxQueries } from '../sync/outbox';
import type { Store } from '../sync/ports';
import type { OutboxRow } from '../sync/records';
import { commitRecords, createRecord, findRecord, replaceRecord } from './entity-records';
import { untilAllowed } from './throttled';

/** Forge: "Key-value store", its form of a key. */
const STORABLE = /^[a-zA-Z0-9:._\s#-]{1,500}$/;

/**
 * The key with its entity: a transaction must not have a key twice, not even in two entities. A key with an alias
 * in it may be anything: what the platform does not take is stored under its hash.
 */
function placeOf(entity: string, key: string): string {
  const place = `${entity}:${key}`;
  if (STORABLE.test(place)) return place;
  return `${entity}:sha256:${createHash('sha256').update(key, 'utf8').digest('hex')}`;
}

const allowed = <T>(call: () => Promise<T>): Promise<T> =>
  untilAllowed(call, {
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => Math.random(),
  });

/** Reads by key are strictly consistent. A call that meets the limit a second is made again. */
export const forgeSyncStore: Store = {
  find: (entity, key) => allowed(() => findRecord(entity, placeOf(entity, key))),
  put: (entity, key, value) => allowed(() => replaceRecord(entity, placeOf(entity, key), value)),
  create: (entity, key, value) => allowed(() => createRecord(entity, placeOf(entity, key), value)),
  commit: (changes) =>
    allowed(() =>
      commitRecords(
        changes.map((change) => ({ ...change, key: placeOf(change.entity, change.key) })),
      ),
    ),
};

interface LeaseRecord {
  owner: string;
  /** ms since the epoch: in the value, as the platform deletes what has expired when it likes. */
  until: number;
}

export const forgeLeases: Leases = {
  take: async (name, owner, now, until) => {
    const key = placeOf('lease', name);
    const value: LeaseRecord = { owner, until };
    const held = await findRecord<LeaseRecord>('lease', key);
    if (!held) return createRecord('lease', key, value);
    if (held.until > now) return false;
    return commitRecords([{ entity: 'lease', key, value, when: { owner: held.owner } }]);
  },
};

/** Index of `outbox` in `manifest.yml`: the rows of a connection, those that are due first. */
const BY_CONNECTION = 'by-connection';

/** Queries lag behind the writes: what they find is only a hint which rows to read. */
export const forgeOutboxQueries: OutboxQueries = {
  due: async (connection, now, limit) => {
    const { results } = await rowsOf(connection)
      .where(WhereConditions.lessThanEqualTo(now))
      .sort(Sort.ASC)
      .limit(limit)
      .getMany();
    return results.map(({ value }) => value);
  },

  all: async (connection) => {
    const rows: OutboxRow[] = [];
    let cursor: string | undefined;
    do {
      const page = rowsOf(connection).sort(Sort.ASC).limit(PAGE);
      const { results, nextCursor } = await (
        cursor === undefined ? page : page.cursor(cursor)
      ).getMany();
      rows.push(...results.map(({ value }) => value));
      cursor = nextCursor;
    } while (cursor !== undefined && rows.length < MAX_COUNTED);
    return rows;
  },
};

const PAGE = 100;

/** More are not counted for the admin page. */
const MAX_COUNTED = 1_000;

const rowsOf = (connection: string) =>
  kvs
    .entity<OutboxRow>('outbox')
    .query()
    .index(BY_CONNECTION, { partition: [connection] });

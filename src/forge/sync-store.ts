/** What the engine stores, on the platform's key-value store. */
import { kvs, Sort, WhereConditions } from '@forge/kvs';
import type { OutboxQueries } from '../sync/outbox';
import type { Store } from '../sync/ports';
import type { OutboxRow } from '../sync/records';
import { commitRecords, createRecord, findRecord } from './entity-records';

/** Reads by key are strictly consistent. */
export const forgeSyncStore: Store = {
  find: (entity, key) => findRecord(entity, key),
  put: (entity, key, value) => kvs.entity(entity).set(key, value),
  create: createRecord,
  commit: commitRecords,
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

/** Queries: by prefix over the plain keys, over an index of an entity; both in pages. */
import { createHash } from 'node:crypto';
import { compareScalars, readComparison, readFilter } from './kvs-conditions';
import { isOfType, type EntitySchema, type EntityValue } from './kvs-entities';
import { PAGE_MAX, KEYS_PAGE_MAX, PAGE_DEFAULT } from './kvs-limits';
import { entry, type RecordStore, type StoredRecord } from './kvs-records';
import { Refusal } from './kvs-refusal';
import type { EntityQueryRequest, MetadataField, QueryRequest } from './kvs-requests';

interface Place {
  /** What the index is ordered by: the value of its range attribute, or the key. */
  position: unknown;
  key: string;
}

interface Row extends Place {
  record: StoredRecord;
}

interface Page {
  data: Record<string, unknown>[];
  cursor?: string;
}

/**
 * A query over the plain keys, in the order of the keys (Forge: Querying data). Throws
 * LIST_QUERY_LIMIT_EXCEEDED, QUERY_WHERE_INVALID, QUERY_WHERE_FIELD_INVALID, INVALID_FILTER_CONDITION,
 * INVALID_FILTER_VALUES (Forge: Error handling for the Key-Value Store).
 */
export function queryKeys(store: RecordStore, request: QueryRequest): Page {
  const { limit, after, where = [], options } = request;
  const prefix = readPrefix(where);
  const rows = store
    .seenByQueries()
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, record]): Row => ({ key, record, position: key }))
    .sort(byPosition);
  const page = takePage(rows, {
    limit: pageLimit(
      limit,
      KEYS_PAGE_MAX,
      'LIST_QUERY_LIMIT_EXCEEDED',
      'Limit for list query should be below 100.',
    ),
    cursor: after,
    query: { session: store.session, where, options },
    descending: false,
  });
  return answer(page.rows, page.cursor, options?.metadataFields);
}

function readPrefix(where: NonNullable<QueryRequest['where']>): string {
  const [clause, ...more] = where;
  if (!clause) return '';
  if (more.length > 0) {
    throw new Refusal(
      'QUERY_WHERE_INVALID',
      'KVS queries should contain only a single "where" clause.',
    );
  }
  if (clause.property !== 'key') {
    throw new Refusal(
      'QUERY_WHERE_FIELD_INVALID',
      'The specified field is not supported for filters.',
    );
  }
  if (clause.condition !== 'BEGINS_WITH') {
    throw new Refusal(
      'INVALID_FILTER_CONDITION',
      'The specified condition is not supported for filters.',
    );
  }
  const [prefix, ...others] = clause.values;
  if (typeof prefix !== 'string' || others.length > 0) {
    throw new Refusal(
      'INVALID_FILTER_VALUES',
      'The specified number of values are not supported by the given condition.',
    );
  }
  return prefix;
}

/**
 * A query over one index of an entity (Forge: Querying the Custom Entity Store). The filters are applied
 * to the page, after the limit: "using them can sometimes produce pages with no results, with cursor
 * pointing to the next page where actual results exist". A record without a value for the index is not
 * in it (UNVERIFIED). Throws as `readFilter`, and INVALID_ENTITY_INDEX, INVALID_PARTITION (UNVERIFIED
 * code), COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE (Forge: Error handling).
 */
export function queryIndex(
  store: RecordStore,
  schema: EntitySchema,
  request: EntityQueryRequest,
): Page {
  const { limit, cursor, ...query } = request;
  const index = schema.index(query.indexName);
  const partition = readPartition(schema, index.partition, query.partition ?? []);
  const rangeType = index.range === undefined ? 'string' : (schema.typeOf(index.range) ?? 'any');
  const inRange = query.range ? readComparison(query.range, rangeType, 'range') : () => true;
  const passes = query.filters ? readFilter(schema, query.filters) : () => true;
  const descending = query.sort === 'DESC';

  const rows: Row[] = [];
  for (const [key, record] of store.seenByQueries()) {
    const value = record.value as EntityValue;
    const position = index.range === undefined ? key : value[index.range];
    if (position !== undefined && partition(value) && inRange(position)) {
      rows.push({ key, record, position });
    }
  }
  rows.sort((a, b) => (descending ? -byPosition(a, b) : byPosition(a, b)));
  const page = takePage(rows, {
    limit: pageLimit(
      limit,
      PAGE_MAX,
      'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE',
      'The page limit must be set between 1 and 100.',
    ),
    cursor,
    query: { session: store.session, ...query },
    descending,
  });
  const found = page.rows.filter(({ record }) => passes(record.value as EntityValue));
  return answer(found, page.cursor, query.options?.metadataFields);
}

/** "You must set a value for each attribute … in the order they are declared" (Forge: Querying). */
function readPartition(
  schema: EntitySchema,
  attributes: string[],
  values: unknown[],
): (value: EntityValue) => boolean {
  const fits =
    attributes.length === values.length &&
    attributes.every((each, at) => isOfType(schema.typeOf(each) ?? 'any', values[at]));
  if (!fits) {
    throw new Refusal(
      'INVALID_PARTITION',
      `The index needs a value of its type for each of: ${attributes.join(', ') || 'nothing'}.`,
    );
  }
  return (value) => attributes.every((each, at) => value[each] === values[at]);
}

const byPosition = (a: Place, b: Place): number =>
  compareScalars(a.position, b.position) || compareScalars(a.key, b.key);

const answer = (
  rows: Row[],
  cursor: string | undefined,
  fields: MetadataField[] | undefined,
): Page => ({
  data: rows.map(({ key, record }) => entry(key, record, fields)),
  ...(cursor === undefined ? {} : { cursor }),
});

function pageLimit(
  limit: unknown,
  maximum: number,
  code: 'LIST_QUERY_LIMIT_EXCEEDED' | 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE',
  message: string,
): number {
  if (limit === undefined) return PAGE_DEFAULT;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > maximum) {
    throw new Refusal(code, message);
  }
  return limit;
}

/** The rows behind the cursor, at most `limit`, and the cursor to the next page if there is one. */
function takePage(
  rows: Row[],
  {
    limit,
    cursor,
    query,
    descending,
  }: { limit: number; cursor: unknown; query: unknown; descending: boolean },
): { rows: Row[]; cursor: string | undefined } {
  const fingerprint = createHash('sha256').update(JSON.stringify(query)).digest('base64url');
  const after = cursor === undefined ? undefined : readCursor(cursor, fingerprint);
  const direction = descending ? -1 : 1;
  const rest = after ? rows.filter((row) => byPosition(row, after) * direction > 0) : rows;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const hasMore = last !== undefined && rest.length > page.length;
  return { rows: page, cursor: hasMore ? writeCursor(last, fingerprint) : undefined };
}

/** Opaque to the app. Names the last row, not a count: what is written meanwhile shifts no page. */
const writeCursor = ({ position, key }: Place, fingerprint: string): string =>
  Buffer.from(JSON.stringify([fingerprint, position, key])).toString('base64url');

/**
 * "You will have to use the same parameters as the initial query" (Forge: Querying): a cursor of
 * another query is refused. The code is UNVERIFIED.
 */
function readCursor(cursor: unknown, fingerprint: string): Place {
  try {
    const parts: unknown = JSON.parse(Buffer.from(String(cursor), 'base64url').toString());
    if (Array.isArray(parts)) {
      const [query, position, key] = parts as unknown[];
      if (query === fingerprint && typeof key === 'string') {
        return { key, position };
      }
    }
  } catch {
    // Not one of ours: told below.
  }
  throw new Refusal('INVALID_CURSOR', 'The cursor does not belong to this query.');
}

/**
 * Batches: each item succeeds or fails for itself (Forge: Batch operations). A batch fails as a whole
 * only if it is empty, too long, or names a key (of the same entity) twice.
 */
import { BATCH_MAX_ITEMS } from './kvs-limits';
import { entry } from './kvs-records';
import { duplicateKey, keyNotFound, Refusal } from './kvs-refusal';
import type { batchDeleteRequest, batchGetRequest, batchSetRequest } from './kvs-requests';
import type { KvsStores } from './kvs-stores';
import { ttlMs } from './kvs-values';
import type { z } from 'zod';

interface Item {
  key?: unknown;
  entityName?: string | undefined;
}

interface BatchAnswer {
  successfulKeys: Record<string, unknown>[];
  failedKeys: Record<string, unknown>[];
}

export function batchSet(stores: KvsStores, items: z.infer<typeof batchSetRequest>): BatchAnswer {
  return batch('set', items, ({ key, entityName, value, options }) => {
    const place = stores.place(key, entityName);
    stores.checkValue(entityName, value);
    place.store.write(place.key, value, ttlMs(options?.ttl));
    return { key };
  });
}

/** A key that does not exist is a failed one: KEY_NOT_FOUND ([2nd]). */
export function batchGet(stores: KvsStores, items: z.infer<typeof batchGetRequest>): BatchAnswer {
  return batch('get', items, ({ key, entityName, options }) => {
    const place = stores.place(key, entityName);
    const record = place.store.read(place.key);
    if (!record) throw keyNotFound();
    return entry(place.key, record, options?.metadataFields);
  });
}

/** A key that does not exist is deleted successfully, as by a single delete. */
export function batchDelete(
  stores: KvsStores,
  items: z.infer<typeof batchDeleteRequest>,
): BatchAnswer {
  return batch('delete', items, ({ key, entityName }) => {
    const place = stores.place(key, entityName);
    place.store.delete(place.key);
    return { key };
  });
}

function batch<T extends Item>(
  verb: string,
  items: T[],
  handle: (item: T) => Record<string, unknown>,
): BatchAnswer {
  checkItems(verb, items);
  const answer: BatchAnswer = { successfulKeys: [], failedKeys: [] };
  for (const item of items) {
    const name = item.entityName === undefined ? {} : { entityName: item.entityName };
    try {
      answer.successfulKeys.push({ ...handle(item), ...name });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message } = error;
      answer.failedKeys.push({ key: item.key, ...name, error: { code, message } });
    }
  }
  return answer;
}

/** The code of an empty batch is UNVERIFIED, the others are [2nd] (for get and delete as for set). */
function checkItems(verb: string, items: Item[]): void {
  if (items.length === 0) {
    throw new Refusal('EMPTY_BATCH', 'A batch operation must contain at least one key.');
  }
  if (items.length > BATCH_MAX_ITEMS) {
    throw new Refusal(
      'TOO_MANY_BATCH_ENTITIES',
      `Number of entities to ${verb} was ${items.length}, but you can only ${verb} a maximum of ` +
        `${BATCH_MAX_ITEMS} entities at a time.`,
    );
  }
  const names = items.map(({ key, entityName }) => JSON.stringify([entityName, key]));
  if (new Set(names).size < names.length) throw duplicateKey();
}

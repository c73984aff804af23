/** Transactions: all of the operations or none (Forge: KVS transactions, Custom Entity Store transactions). */
import { readFilter } from './kvs-conditions';
import type { EntityValue } from './kvs-entities';
import { TRANSACTION_MAX_OPERATIONS } from './kvs-limits';
import { conditionFailed, duplicateKey, Refusal } from './kvs-refusal';
import type { Clauses, TransactionRequest } from './kvs-requests';
import type { KvsStores, Place } from './kvs-stores';
import { ttlMs } from './kvs-values';

/**
 * Carries out a transaction. Everything is checked before anything is written, so a refusal leaves no
 * trace. Throws INVALID_TRANSACTION_REQUEST, 422 UNPROCESSABLE_ENTITY (more than 25 operations, [2nd]),
 * KEY_DUPLICATION_ERROR ([2nd]), CONDITIONAL_CHECK_FAILED, and what a single write would throw.
 */
export function transact(stores: KvsStores, request: TransactionRequest): void {
  const { set = [], delete: deletions = [], check = [] } = request;
  checkCount(set.length + deletions.length + check.length);

  const writes = set.map((item) => {
    const place = stores.place(item.key, item.entityName);
    stores.checkValue(item.entityName, item.value);
    const ttl = ttlMs(item.options?.ttl);
    return { place, commit: () => void place.store.write(place.key, item.value, ttl) };
  });
  const removals = deletions.map((item) => {
    const place = stores.place(item.key, item.entityName);
    return { place, commit: () => place.store.delete(place.key) };
  });
  const checks = check.map((item) => {
    if (item.entityName === undefined || item.conditions === undefined) throw needsConditions();
    return { place: stores.place(item.key, item.entityName) };
  });
  checkUnique([...writes, ...removals, ...checks].map(({ place }) => place));

  const conditions = [...set, ...deletions, ...check].map((item) =>
    item.conditions === undefined
      ? () => true
      : readCondition(stores, stores.place(item.key, item.entityName), item.conditions),
  );
  if (!conditions.every((holds) => holds())) throw conditionFailed();

  for (const { commit } of [...writes, ...removals]) commit();
}

function checkCount(operations: number): void {
  if (operations === 0) {
    throw new Refusal(
      'INVALID_TRANSACTION_REQUEST',
      'Transaction request must include one of set, check or delete.',
    );
  }
  if (operations > TRANSACTION_MAX_OPERATIONS) {
    throw new Refusal(
      'UNPROCESSABLE_ENTITY',
      'Request cannot be processed due to one or more semantic errors',
      422,
    );
  }
}

/**
 * "Each key can only be used once in a transaction" (Forge: Transactions), taken by the letter: the same
 * key in two entities is refused as well (UNVERIFIED; a batch is documented to count key plus entity).
 */
function checkUnique(places: Place[]): void {
  if (new Set(places.map(({ key }) => key)).size < places.length) throw duplicateKey();
}

/**
 * A condition of one operation. It never holds for a record that does not exist: seen for `check`
 * ([2nd]); for a conditional set or delete, and for NOT_EXISTS, UNVERIFIED.
 */
function readCondition(
  stores: KvsStores,
  { store, key, entityName }: Place,
  clauses: Clauses,
): () => boolean {
  if (entityName === undefined) throw needsConditions();
  const holds = readFilter(stores.schemas.get(entityName), clauses);
  return () => {
    const record = store.read(key);
    return record !== undefined && holds(record.value as EntityValue);
  };
}

/** Conditions are for custom entities, and mandatory in a check (Forge: Transactions); the code is UNVERIFIED. */
const needsConditions = (): Refusal =>
  new Refusal(
    'INVALID_TRANSACTION_REQUEST',
    'Conditions need an entity, and a check needs conditions.',
  );

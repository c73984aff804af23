/** Custom entities of the platform's key-value store: by key, conditional, several in one transaction. */
import { Filter, FilterConditions, ForgeKvsAPIError, kvs } from '@forge/kvs';

/** One step of a transaction. */
export interface RecordChange {
  entity: string;
  key: string;
  /** The new record, or `undefined` to delete it. */
  value: object | undefined;
  /** Only where the stored record has all these values; a record that is missing never has. */
  when?: object;
}

export const findRecord = <T extends object>(entity: string, key: string): Promise<T | undefined> =>
  kvs.entity<T>(entity).get(key);

/** Stores a record, whatever was there. @returns what was there */
export async function replaceRecord<T extends object>(
  entity: string,
  key: string,
  value: T,
): Promise<T | undefined> {
  const options = { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' } as const;
  return (await kvs.entity<T>(entity).set<T>(key, value, options))?.value;
}

/** Stores a record that must not exist yet. `false`: there is one already. */
export async function createRecord(entity: string, key: string, value: object): Promise<boolean> {
  try {
    await kvs.entity(entity).set(key, value, { keyPolicy: 'FAIL_IF_EXISTS' });
    return true;
  } catch (error) {
    if (hasCode(error, 'KEY_CONFLICT')) return false;
    throw error;
  }
}

/** All changes or none. `false`: a condition did not hold. */
export async function commitRecords(changes: readonly RecordChange[]): Promise<boolean> {
  let transaction = kvs.transact();
  for (const change of changes) {
    const target = { entityName: change.entity, ...conditionsOf(change) };
    transaction =
      change.value === undefined
        ? transaction.delete<Attributes>(change.key, target)
        : transaction.set<Attributes>(change.key, { ...change.value }, target);
  }
  try {
    await transaction.execute();
    return true;
  } catch (error) {
    if (hasCode(error, 'CONDITIONAL_CHECK_FAILED')) return false;
    throw error;
  }
}

type Attributes = Record<string, unknown>;

/** All of them must hold. The builders are mutable, and only the first `and` makes one. */
function conditionsOf({ when }: RecordChange): {
  conditions?: ReturnType<Filter<Attributes>['and']>;
} {
  const [first, ...others] = Object.entries(
    (when ?? {}) as Record<string, string | number | boolean>,
  );
  if (first === undefined) return {};
  const equals = (value: string | number | boolean) => FilterConditions.equalTo(value);
  const filter = new Filter<Attributes>().and(first[0], equals(first[1]));
  for (const [attribute, value] of others) filter.and(attribute, equals(value));
  return { conditions: filter };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof ForgeKvsAPIError && error.code === code;
}

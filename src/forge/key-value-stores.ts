/** Records, secrets, facts and contracts on the platform's key-value store. */
import { Filter, FilterConditions, ForgeKvsAPIError, kvs, WhereConditions } from '@forge/kvs';
import type { Change, ConnectionStores, Facts, Records, Secrets } from '../connection/ports';
import type { EntityTypes } from '../connection/records';
import type { ContractStore } from '../contract/ports';
import type { ContractEntities } from '../contract/records';
import { KVS_QUERY_PAGE } from '../limits';

const records: Records = {
  find: (entity, key) => kvs.entity<EntityTypes[typeof entity]>(entity).get(key),

  create: async (entity, key, value) => {
    try {
      await kvs.entity(entity).set(key, value, { keyPolicy: 'FAIL_IF_EXISTS' });
      return true;
    } catch (error) {
      if (hasCode(error, 'KEY_CONFLICT')) return false;
      throw error;
    }
  },

  commit: async (changes) => {
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
  },

  keysInState: async (entity, state) => {
    const keys: string[] = [];
    let cursor: string | undefined;
    do {
      const page = kvs
        .entity<{ state: string }>(entity)
        .query()
        .index('state')
        .where(WhereConditions.equalTo(state))
        .limit(KVS_QUERY_PAGE);
      const { results, nextCursor } = await (
        cursor === undefined ? page : page.cursor(cursor)
      ).getMany();
      keys.push(...results.map(({ key }) => key));
      cursor = nextCursor;
    } while (cursor !== undefined);
    return keys;
  },
};

const secrets: Secrets = {
  find: (name) => kvs.getSecret<string>(name),
  set: (name, value, lifetimeSeconds) =>
    kvs.setSecret(
      name,
      value,
      lifetimeSeconds === undefined
        ? undefined
        : { ttl: { value: lifetimeSeconds, unit: 'SECONDS' } },
    ),
  delete: (name) => kvs.deleteSecret(name),
};

const facts: Facts = {
  find: (name) => kvs.get<unknown>(name),
  set: (name, value) => kvs.set(name, value),
  delete: (name) => kvs.delete(name),
};

export const forgeStores: Omit<ConnectionStores, 'follow'> = { records, secrets, facts };

export const forgeContractStore: ContractStore = {
  find: (entity, key) => kvs.entity<ContractEntities[typeof entity]>(entity).get(key),
  create: (entity, key, value) => records.create(entity, key, value),
};

type Attributes = Record<string, unknown>;

/** All of them must hold. The builders are mutable, and only the first `and` makes one. */
function conditionsOf({ when }: Change): { conditions?: ReturnType<Filter<Attributes>['and']> } {
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

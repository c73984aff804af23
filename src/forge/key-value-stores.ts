/** Records, secrets, facts and contracts on the platform's key-value store. */
import { kvs, WhereConditions } from '@forge/kvs';
import type { ConnectionStores, Facts, Records, Secrets } from '../connection/ports';
import type { EntityTypes } from '../connection/records';
import type { ContractStore } from '../contract/ports';
import type { ContractEntities } from '../contract/records';
import { KVS_QUERY_PAGE } from '../limits';
import { commitRecords, createRecord } from './entity-records';

const records: Records = {
  find: (entity, key) => kvs.entity<EntityTypes[typeof entity]>(entity).get(key),

  create: createRecord,

  commit: commitRecords,

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
  create: createRecord,
};

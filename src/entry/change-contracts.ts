/**
 * Every change of contracts goes through here. A connection's contracts, its record and its keys, and the
 * routes of the site change in one transaction: whoever has read one of them knows how new the others are.
 */
import { isDeepStrictEqual } from 'node:util';
import { changeConnection } from '../connection/change-connection';
import { keyRecords } from '../connection/key-records';
import type { Change, ConnectionStores, FollowConnection } from '../connection/ports';
import { DraftRefusal } from '../contract/draft-refusal';
import type { ContractStore } from '../contract/ports';
import { readContracts, readRoutes } from '../contract/read-contracts';
import {
  contractsKey,
  ROUTES_KEY,
  type ContractsRecord,
  type RoutesRecord,
  type StoredContract,
} from '../contract/records';
import { routesOf, withRoutesOf, type RouteEnd } from '../contract/routes';

/** The store takes 240 KiB a record (Forge: "Key-value store limits"), counted as JSON; some of it is left over. */
const MAX_RECORD_BYTES = 220 * 1024;

/**
 * @param decide what the connection's contracts become, given what they are; may be asked again with newer
 *   ones. `undefined` leaves them as they are
 * @returns the contracts as they are then
 * @throws Refusal `not-found`, `changed-meanwhile`; DraftRefusal `too-large`, or what `decide` throws
 */
export async function changeContracts(
  stores: ConnectionStores,
  store: ContractStore,
  connection: string,
  decide: (contracts: readonly StoredContract[]) => readonly StoredContract[] | undefined,
): Promise<readonly StoredContract[]> {
  let result: readonly StoredContract[] = [];
  await changeConnection(stores, connection, async ({ record }) => {
    const stored = await readContracts(store, connection);
    const contracts = decide(stored?.contracts ?? []);
    result = contracts ?? stored?.contracts ?? [];
    if (contracts === undefined) return undefined;
    const value = { contracts, revision: (stored?.revision ?? 0) + 1 };
    checkSize(value);
    const next = { ...record, contractsRevision: value.revision };
    return {
      record: next,
      also: [
        ...keyRecords(connection, next),
        contractsChange(connection, stored, value),
        ...(await routeChanges(store, connection, next, contracts)),
      ],
    };
  });
  return result;
}

/** Routes name the connection's Local User; and a removed connection leaves neither contracts nor routes. */
export const followWithContracts =
  (store: ContractStore): FollowConnection =>
  async (id, _record, next) => {
    const stored = await readContracts(store, id);
    if (stored === undefined) return [];
    return [
      ...(next === undefined ? [contractsChange(id, stored, undefined)] : []),
      ...(await routeChanges(store, id, next, stored.contracts)),
    ];
  };

/** The first needs no condition of its own: it is committed with the connection's. */
const contractsChange = (
  connection: string,
  stored: ContractsRecord | undefined,
  value: ContractsRecord | undefined,
): Change => ({
  entity: 'contracts',
  key: contractsKey(connection),
  value,
  ...(stored === undefined ? {} : { when: { revision: stored.revision } }),
});

/** Nothing where they stay as they are: all connections share the record. */
async function routeChanges(
  store: ContractStore,
  connection: string,
  end: RouteEnd | undefined,
  contracts: readonly StoredContract[],
): Promise<Change[]> {
  const own = end === undefined ? [] : routesOf(connection, end, contracts);
  const stored = (await readRoutes(store)) ?? NO_ROUTES;
  const present = stored.routes.filter((route) => route.connection === connection);
  if (isDeepStrictEqual(present, own)) return [];
  // The record stays once it is there, empty or not: its revision must never begin again.
  if (stored === NO_ROUTES) await store.create('contract-routes', ROUTES_KEY, NO_ROUTES);
  const { revision } = stored;
  const value = {
    routes: withRoutesOf(connection, stored.routes, own),
    revision: revision + 1,
  };
  checkSize(value);
  return [{ entity: 'contract-routes', key: ROUTES_KEY, value, when: { revision } }];
}

const NO_ROUTES: RoutesRecord = { routes: [], revision: 0 };

/** @throws DraftRefusal `too-large` */
function checkSize(value: ContractsRecord | RoutesRecord): void {
  if (Buffer.byteLength(JSON.stringify(value), 'utf8') <= MAX_RECORD_BYTES) return;
  throw new DraftRefusal([
    {
      code: 'too-large',
      message:
        'There is no room for more contracts with so many fields and choices. Remove a contract that is not needed, or choose fewer issue types.',
    },
  ]);
}

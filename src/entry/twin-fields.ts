/** Fields that show where twins stand, over all connections of the site: none of them is mapped by any contract. */
import { connectionIds } from '../connection/list-connections';
import type { ConnectionStores } from '../connection/ports';
import type { ContractStore } from '../contract/ports';
import { readContracts } from '../contract/read-contracts';
import { shownBy, withoutShown } from '../contract/twin-fields';
import { changeContracts } from './change-contracts';

/** Ids of the fields of all contracts but one. */
export async function shownOnSite(
  stores: ConnectionStores,
  store: ContractStore,
  exceptContract: string | undefined,
): Promise<Set<string>> {
  const ids = await connectionIds(stores);
  const records = await Promise.all(ids.map((id) => readContracts(store, id)));
  const contracts = records.flatMap((record) => record?.contracts ?? []);
  return new Set(shownBy(contracts.filter(({ id }) => id !== exceptContract)));
}

/** Takes fields out of every mapping of the site. */
export async function unmapOnSite(
  stores: ConnectionStores,
  store: ContractStore,
  fieldIds: readonly string[],
): Promise<void> {
  if (fieldIds.length === 0) return;
  for (const connection of await connectionIds(stores)) {
    const stored = (await readContracts(store, connection))?.contracts ?? [];
    if (stored.every((contract) => withoutShown(contract, fieldIds) === contract)) continue;
    await changeContracts(stores, store, connection, (contracts) =>
      contracts.map((contract) => withoutShown(contract, fieldIds)),
    );
  }
}

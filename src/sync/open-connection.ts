/** A connection with its contracts, ready for the engine. */
import type { StoredConnection } from '../connection/read-connection';
import type { Contract } from '../contract/records';
import type { SyncContext } from './context';
import type { SyncValue } from './exchange-schema';
import { policyOf, rulesOf } from './rules';
import type { SyncPorts } from './sync-ports';

export interface OpenConnection extends StoredConnection {
  contracts: readonly Contract[];
}

/** One read, where the contracts are those that this process knows. `undefined`: it was removed. */
export async function openConnection(
  { stores, contracts }: Pick<SyncPorts, 'stores' | 'contracts'>,
  id: string,
): Promise<OpenConnection | undefined> {
  const record = await stores.records.find('connection', id);
  if (!record) return undefined;
  return { id, record, contracts: await contracts.of(id, record.contractsRevision) };
}

/** @param connection whose remote site is known */
export async function contextOf(
  { site, store, sources, issuesOf }: SyncPorts,
  connection: StoredConnection,
  contract: Contract,
): Promise<SyncContext<SyncValue>> {
  const ends = { site, remoteSite: connection.record.remoteSite ?? '' };
  return {
    connection: connection.id,
    site,
    policy: policyOf(contract, ends),
    rules: rulesOf(contract, ends),
    store,
    issues: await issuesOf(contract, connection),
    sources,
  };
}

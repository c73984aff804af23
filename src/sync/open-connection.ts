/** A connection with its contracts, ready for the engine. */
import type { StoredConnection } from '../connection/read-connection';
import type { ConnectionEnd } from '../connection/records';
import type { Contract } from '../contract/records';
import type { SyncContext } from './context';
import type { SyncValue } from './exchange-schema';
import { policyOf, rulesOf } from './rules';
import type { SyncPorts } from './sync-ports';
import { unsendable } from './unsendable';

export interface OpenConnection {
  id: string;
  record: ConnectionEnd;
  contracts: readonly Contract[];
}

/** One read, where the contracts are those that this process knows. `undefined`: it was removed. */
export async function openConnection(
  { stores, contracts }: Pick<SyncPorts, 'stores' | 'contracts'>,
  id: string,
): Promise<(OpenConnection & StoredConnection) | undefined> {
  const record = await stores.records.find('connection', id);
  if (!record) return undefined;
  return withContracts({ contracts }, { id, record });
}

/** No read, where the contracts are those that this process knows. */
export const withContracts = async <C extends Pick<OpenConnection, 'id' | 'record'>>(
  { contracts }: Pick<SyncPorts, 'contracts'>,
  connection: C,
): Promise<C & OpenConnection> => ({
  ...connection,
  contracts: await contracts.of(connection.id, connection.record.contractsRevision),
});

/** @param connection whose remote site is known */
export async function contextOf(
  { site, store, sources, issuesOf }: SyncPorts,
  connection: Pick<OpenConnection, 'id' | 'record'>,
  contract: Contract,
): Promise<SyncContext<SyncValue>> {
  const ends = { site, remoteSite: connection.record.remoteSite ?? '' };
  return {
    connection: connection.id,
    ...ends,
    policy: policyOf(contract, ends),
    rules: rulesOf(contract, ends),
    store,
    issues: await issuesOf(contract, connection),
    sources,
    unsendable,
  };
}

/** All connections of this site: for the list, and to see who else uses an account. */
import type { ConnectionStores, Sources } from './ports';
import { withFacts, type ListedConnection } from './read-connection';
import { isNotFound } from './refusal';
import { sweep } from './reservations';
import { endRotationIfOver } from './rotate-key';

/** All connections, by name. Also clears up what crashes left and ends rotations that are over. */
export async function listConnections(
  stores: ConnectionStores,
  sources: Sources,
): Promise<ListedConnection[]> {
  await sweep(stores, sources);
  const listed = await Promise.all(
    (await connectionIds(stores)).map(async (id) => {
      const record = await stores.records.find('connection', id);
      return record && withFacts(stores, { id, record });
    }),
  );
  const connections = listed.filter((entry) => entry !== undefined);
  for (const connection of connections) {
    try {
      connection.record = (await endRotationIfOver(stores, sources, connection)).record;
    } catch (error) {
      // Removed meanwhile: the next list will not have it.
      if (!isNotFound(error)) throw error;
    }
  }
  return connections.sort((a, b) => a.record.name.localeCompare(b.record.name));
}

/** Other connections than `exceptId` that use this account as their Local User, by name. */
export async function namesOfOthersWithLocalUser(
  stores: ConnectionStores,
  accountId: string,
  exceptId: string | undefined,
): Promise<string[]> {
  const others = (await connectionIds(stores)).filter((id) => id !== exceptId);
  const records = await Promise.all(others.map((id) => stores.records.find('connection', id)));
  return records
    .filter((record) => record?.localUser === accountId)
    .map((record) => record?.name ?? '')
    .sort();
}

/** Ids from the index, which lags: one that was removed a moment ago may still be among them. */
export async function connectionIds(stores: ConnectionStores): Promise<string[]> {
  const [running, paused] = await Promise.all([
    stores.records.keysInState('connection', 'running'),
    stores.records.keysInState('connection', 'paused'),
  ]);
  return [...new Set([...running, ...paused])];
}

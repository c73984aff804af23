/** The schedule. */
import { readRoutes } from '../contract/read-contracts';
import { tick as runTick, type TickedConnection } from '../sync/tick';
import { platform } from './platform';

/** The platform wants an answer; its two pages do not agree on its form, and this is right by both. */
const DONE = { statusCode: 204 };

/** @throws what is unexpected; five minutes later it is tried again */
export async function tick(): Promise<typeof DONE> {
  const { contracts, outbox, leases, queue, sources } = platform;
  await runTick({
    connections: callingConnections,
    routes: async () => (await readRoutes(contracts))?.routes ?? [],
    ...{ outbox, leases, queue, sources },
  });
  return DONE;
}

/** The state's index lags: each record is read. */
async function callingConnections(): Promise<TickedConnection[]> {
  const { stores, modes, sources } = platform;
  const { records } = stores;
  const ids = await records.keysInState('connection', 'running');
  const connections = await Promise.all(
    ids.map(async (id): Promise<TickedConnection[]> => {
      const record = await records.find('connection', id);
      if (record?.state !== 'running' || record.passive) return [];
      return [{ id, isRemoteActive: await modes.isActive(id, sources.now()) }];
    }),
  );
  return connections.flat();
}

/** What of a connection waits or has failed, for the admin page. */
import type { ContractTraffic } from '../contract/ports';
import { newRow } from './outbox';
import { rowChange } from './outbox-rows';
import type { SyncPorts } from './sync-ports';
import type { DelayedWake } from './queue';

export function contractTraffic({
  store,
  outbox,
  queue,
  sources,
}: Pick<SyncPorts, 'store' | 'outbox' | 'queue' | 'sources'>): ContractTraffic {
  return {
    of: async (connection) =>
      (await outbox.all(connection)).map(({ contract, failed, reason }) => ({
        contract,
        failed,
        ...(reason === undefined ? {} : { reason }),
      })),

    retry: async (connection, contract) => {
      const wakeUps: DelayedWake[] = [];
      for (const known of await outbox.all(connection)) {
        if (known.contract !== contract) continue;
        const row = { ...newRow(known, sources), isForced: true };
        const isDone = await store.commit([rowChange(known, row)]);
        if (isDone) wakeUps.push({ wake: { kind: 'deliver', row } });
      }
      if (wakeUps.length > 0) await queue.push(wakeUps);
    },
  };
}

/** Pauses and resumes a connection: paused, it records changes but moves none. */
import { changeConnection } from './change-connection';
import type { ConnectionStores } from './ports';
import type { StoredConnection } from './read-connection';
import { keyRecords } from './key-records';

/** Nothing happens where it is so already. @throws Refusal `not-found`, `changed-meanwhile` */
export function setConnectionState(
  stores: ConnectionStores,
  id: string,
  state: 'running' | 'paused',
): Promise<StoredConnection> {
  return changeConnection(stores, id, ({ record }) => {
    const next = { ...record, state };
    return { record: next, also: keyRecords(id, next) };
  });
}

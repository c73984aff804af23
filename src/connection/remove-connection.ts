/** Removes a connection with everything that is stored of it. */
import { changeConnection } from './change-connection';
import { abandonLocalKey, abandonRemoteKey } from './key-records';
import type { ConnectionStores, Sources } from './ports';
import { remoteKeyPlace } from './records';
import { isNotFound } from './refusal';
import { sweep } from './reservations';

/**
 * From the first commit on nothing gets in any more; the rest is clearing up, which `sweep` finishes
 * if it is interrupted. Removing what is gone already is no error: two tabs may be open.
 */
export async function removeConnection(
  stores: ConnectionStores,
  sources: Sources,
  id: string,
): Promise<void> {
  try {
    await changeConnection(stores, id, ({ record }) => {
      const now = sources.now();
      const local = [record.keyId, record.previousKeyId].filter((keyId) => keyId !== undefined);
      const remote = [record.remoteKeyId, record.previousRemoteKeyId].filter(
        (keyId) => keyId !== undefined,
      );
      return {
        record: undefined,
        also: [
          ...local.map((keyId) => abandonLocalKey(now, id, keyId)),
          ...remote.map((keyId) => abandonRemoteKey(now, id, keyId)),
          {
            entity: 'connection-name',
            key: record.nameKey,
            value: undefined,
            when: { connection: id },
          },
        ],
        abandoned: [
          ...local.map((key) => ({ entity: 'connection-key' as const, key })),
          ...remote.map((keyId) => ({
            entity: 'remote-key' as const,
            key: remoteKeyPlace(id, keyId),
          })),
        ],
      };
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await sweep(stores, sources);
  }
}

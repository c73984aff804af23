/** Removes a connection with everything that is stored of it. */
import { changeConnection } from './change-connection';
import type { ConnectionStores, Sources } from './ports';
import { Refusal } from './refusal';
import { clearLeftovers, release, sweep } from './reservations';
import { abandonKey } from './rotation';

/**
 * From the first commit on nothing gets in any more; the rest is clearing up, which `sweep` finishes
 * if it is interrupted. Removing what is gone already is no error: two tabs may be open.
 */
export async function removeConnection(
  stores: ConnectionStores,
  sources: Sources,
  id: string,
): Promise<void> {
  let keyIds: string[] = [];
  try {
    await changeConnection(stores, id, ({ record }) => {
      keyIds = [record.keyId, ...(record.previousKeyId ? [record.previousKeyId] : [])];
      return {
        record: undefined,
        also: [
          ...keyIds.map((keyId) => abandonKey(sources.now(), id, record, keyId)),
          {
            entity: 'connection-name',
            key: record.nameKey,
            value: undefined,
            when: { connection: id },
          },
        ],
      };
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.problems[0]?.code !== 'not-found') throw error;
    await sweep(stores, sources);
    return;
  }
  for (const keyId of keyIds) {
    await clearLeftovers(stores, id, keyId);
    await release(stores, 'connection-key', keyId, id);
  }
}

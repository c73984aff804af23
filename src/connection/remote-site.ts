/** Which site the remote is: learned at the first verified contact, and held against every later one. */
import { changeConnection } from './change-connection';
import { keyRecords } from './key-records';
import type { ConnectionStores } from './ports';
import { isNotFound } from './refusal';

/**
 * Learns the remote's site id where none is known yet.
 *
 * @param calledUrl the Remote URL that was called, if we called: what an old URL answered says nothing
 *   of the new one
 * @returns `false` where another site is known, or the connection is gone
 */
export async function confirmRemoteSite(
  stores: ConnectionStores,
  connectionId: string,
  siteId: string,
  calledUrl?: string,
): Promise<boolean> {
  try {
    const { record } = await changeConnection(stores, connectionId, ({ record }) => {
      const isOld = calledUrl !== undefined && calledUrl !== record.remoteUrl;
      if (record.remoteSite !== undefined || isOld) return undefined;
      const next = { ...record, remoteSite: siteId };
      return { record: next, also: keyRecords(connectionId, next) };
    });
    return record.remoteSite === siteId;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

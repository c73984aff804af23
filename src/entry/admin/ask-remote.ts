/** The other side of a connection, asked for its contracts while an admin waits. */
import type { StoredConnection } from '../../connection/read-connection';
import { PeerUnavailable } from '../../sync/context';
import { describe } from '../../sync/describe';
import { HELD } from '../../sync/held-rows';
import { syncPortsOf } from '../sync-ports';
import type { AdminContext } from './handler';

/** @returns why the other side has told nothing now. A passive side is told by the other one */
export async function askRemote(
  { siteId }: AdminContext,
  { id, record }: StoredConnection,
): Promise<string | undefined> {
  if (record.passive) return undefined;
  if (record.state === 'paused') return HELD.paused;
  try {
    await describe(syncPortsOf(siteId), id);
    return undefined;
  } catch (error) {
    if (error instanceof PeerUnavailable) return error.reason;
    throw error;
  }
}

/** A wake-up for one issue: what this side does for a row of its outbox. */
import { PeerUnavailable, type Peer } from './context';
import { deliver } from './deliver';
import { tryToDescribe } from './describe';
import type { SyncValue } from './exchange-schema';
import { contextForRow, postponeFailed } from './held-rows';
import { isOfAnotherPair } from './messages';
import { openConnection } from './open-connection';
import { dropRow, postpone } from './outbox-rows';
import type { OutboxRow } from './records';
import { remoteOf, type Remote } from './remote';
import type { SyncPorts } from './sync-ports';
import { watchRows } from './wake-up';

/**
 * Five calls of the store and one of Jira, where all goes well: the connection, its key and the link are read, the
 * link is committed before and after. With the two of the event and the five of the other side it is twelve
 * (`answerExchange`). Of an issue without a link its row is read as well. What does not go well is in the row.
 *
 * @throws what is unexpected, once the row was put off
 */
export async function deliverRow(given: SyncPorts, row: OutboxRow): Promise<void> {
  const { ports, wakeUp } = watchRows(given);
  try {
    await attempt(ports, row);
  } catch (error) {
    // The row says why already.
    if (error instanceof PeerUnavailable) return;
    if (!(await postponeFailed(ports, row, error))) throw error;
  } finally {
    await wakeUp();
  }
}

async function attempt(ports: SyncPorts, row: OutboxRow): Promise<void> {
  let connection = await openConnection(ports, row.connection);
  if (!connection) return dropRow(ports, row);
  // The remote collects it.
  if (connection.record.passive) return;
  if (connection.record.remoteSite === undefined && connection.record.state === 'running') {
    // Nothing is told to a site that is not known yet.
    await meet(ports, row, remoteOf(ports, connection));
    connection = await openConnection(ports, row.connection);
    if (!connection) return dropRow(ports, row);
  }
  const context = await contextForRow(ports, connection, row);
  if (!context) return;
  await deliver(context, peerOf(ports, row.connection, remoteOf(ports, connection)), row);
}

async function meet(ports: SyncPorts, row: OutboxRow, remote: Remote): Promise<void> {
  try {
    await remote.exchange({ results: [], messages: [], want: 0 });
  } catch (error) {
    if (error instanceof PeerUnavailable) {
      await postpone(ports, row, error.reason, 'above', error.retryAfterMs);
    }
    throw error;
  }
}

const peerOf = (ports: SyncPorts, connection: string, remote: Remote): Peer<SyncValue> => ({
  exchange: async (messages) => {
    const answer = await remote.exchange({ results: [], messages: [...messages], want: 0 });
    await ports.modes.note(connection, answer.mode, ports.sources.now());
    if (answer.results.some(isOfAnotherPair)) await tryToDescribe(ports, connection);
    return answer.results;
  },
});

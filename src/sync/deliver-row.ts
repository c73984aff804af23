/** A wake-up for one issue: what this side does for a row of its outbox. */
import { PeerUnavailable, type Peer } from './context';
import { deliver, postpone } from './deliver';
import type { SyncValue } from './exchange-schema';
import { contextForRow, dropRow, postponeFailed } from './held-rows';
import { openConnection } from './open-connection';
import { linkKey, type OutboxRow } from './records';
import { remoteOf, type Remote } from './remote';
import type { SyncPorts } from './sync-ports';
import { delayed } from './queue';

/** What waits longer is the tick's: so no chain of wake-ups goes on for ever. */
const LONGEST_WAKE_UP_MS = 4 * 60_000;

/**
 * Three reads of the store and the commits, where all goes well. What does not is in the row.
 *
 * @throws what is unexpected, once the row was put off
 */
export async function deliverRow(given: SyncPorts, row: OutboxRow): Promise<void> {
  const { ports, left } = watchRow(given, row);
  try {
    await attempt(ports, row);
  } catch (error) {
    // The row says why already.
    if (error instanceof PeerUnavailable) return;
    if (!(await postponeFailed(ports, row, error))) throw error;
  } finally {
    await wakeAgain(ports, left());
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
    return answer.results;
  },
});

/** Remembers what is left of the row, without reading it again. */
function watchRow(
  ports: SyncPorts,
  { connection, issue }: OutboxRow,
): { ports: SyncPorts; left: () => OutboxRow | undefined } {
  const place = linkKey(connection, issue);
  let left: OutboxRow | undefined;
  const commit: SyncPorts['store']['commit'] = async (changes) => {
    const isDone = await ports.store.commit(changes);
    for (const change of isDone ? changes : []) {
      if (change.entity === 'outbox' && change.key === place) left = change.value;
    }
    return isDone;
  };
  return { ports: { ...ports, store: { ...ports.store, commit } }, left: () => left };
}

async function wakeAgain({ queue, sources }: SyncPorts, row: OutboxRow | undefined): Promise<void> {
  if (!row || row.failed) return;
  const waitMs = Math.max(row.nextAttempt - sources.now(), 0);
  if (waitMs > LONGEST_WAKE_UP_MS) return;
  await queue.push([delayed({ kind: 'deliver', row }, waitMs)]);
}

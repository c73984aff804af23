/** One stored connection, by its id, and what is known of it apart from its record. */
import type { ConnectionStores } from './ports';
import { factName, type ConnectionRecord } from './records';
import { notFound } from './refusal';

export interface StoredConnection {
  id: string;
  record: ConnectionRecord;
}

/** A stored connection with what is known of it apart from its record. */
export interface ListedConnection extends StoredConnection {
  lastAcceptedAt: string | undefined;
  lastTest: unknown;
}

/** @throws Refusal `not-found` */
export async function getConnection(
  stores: ConnectionStores,
  id: string,
): Promise<StoredConnection> {
  const record = await stores.records.find('connection', id);
  if (record === undefined) throw notFound();
  return { id, record };
}

/** The connection with what is known of it apart from its record. */
export async function withFacts(
  stores: ConnectionStores,
  connection: StoredConnection,
): Promise<ListedConnection> {
  const [seen, lastTest] = await Promise.all([
    stores.facts.find(factName.seen(connection.id)),
    stores.facts.find(factName.lastTest(connection.id)),
  ]);
  return {
    ...connection,
    lastAcceptedAt: typeof seen === 'string' ? seen : undefined,
    lastTest,
  };
}

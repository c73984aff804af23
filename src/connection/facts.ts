/** What is known of a connection apart from its record. */
import type { ConnectionStores } from './ports';

/** Writes a fact down. The connection may have been removed meanwhile: then nothing of it must stay. */
export async function setFact(
  stores: ConnectionStores,
  connectionId: string,
  name: string,
  value: unknown,
): Promise<void> {
  await stores.facts.set(name, value);
  const record = await stores.records.find('connection', connectionId);
  if (record === undefined) await stores.facts.delete(name);
}

/**
 * What makes keys and names unique under concurrency. A plain key has no compare-and-set, so a value
 * that must be unique is the key of a custom entity: whoever creates it first (`FAIL_IF_EXISTS`) has
 * reserved it, and the transaction that stores the connection turns the reservation into its own.
 *
 * A reservation is made before anything else is written and goes after everything else is deleted. So
 * whatever a crash leaves behind has a reservation that tells of it; after `RESERVATION_LIFETIME_MS`
 * the next one who wants the value, or `sweep`, clears up.
 */
import type { ConnectionStores, Sources } from './ports';
import { factName, secretName, type EntityTypes, type KeyRecord, type NameRecord } from './records';

/** Far more than a resolver may run (25 s): a reservation that old has no owner any more. */
const RESERVATION_LIFETIME_MS = 60_000;

export type ReservedEntity = 'connection-key' | 'connection-name';

/**
 * Reserves `key` for a connection. `false`: somebody else has it.
 *
 * @param record the reservation to store, with `state: 'reserved'`
 */
export async function reserve<E extends ReservedEntity>(
  stores: ConnectionStores,
  now: number,
  entity: E,
  key: string,
  record: EntityTypes[E],
): Promise<boolean> {
  if (await stores.records.create(entity, key, record)) return true;
  const holder = await stores.records.find(entity, key);
  if (holder === undefined) return stores.records.create(entity, key, record);
  if (!isAbandoned(holder, now)) return false;
  // Conditional on the stale one, so that of many who try exactly one takes it over.
  const taken = await takeOver(stores, entity, key, holder, record);
  if (taken && holder.connection !== record.connection) {
    await clearLeftovers(stores, holder.connection, entity === 'connection-key' ? key : undefined);
  }
  return taken;
}

/** Gives a reservation back that was not used. Nothing happens where it is somebody else's. */
export async function release(
  stores: ConnectionStores,
  entity: ReservedEntity,
  key: string,
  connectionId: string,
): Promise<void> {
  await stores.records.commit([
    {
      entity,
      key,
      value: undefined,
      when: { connection: connectionId, state: 'reserved' },
    },
  ]);
}

/** Clears up after crashes: every abandoned reservation goes, with what it tells of. */
export async function sweep(stores: ConnectionStores, sources: Sources): Promise<void> {
  for (const entity of ['connection-key', 'connection-name'] as const) {
    for (const key of await stores.records.keysInState(entity, 'reserved')) {
      await sweepOne(stores, sources.now(), entity, key);
    }
  }
}

async function sweepOne(
  stores: ConnectionStores,
  now: number,
  entity: ReservedEntity,
  key: string,
): Promise<void> {
  const holder = await stores.records.find(entity, key);
  if (holder === undefined || !isAbandoned(holder, now)) return;
  // Ours before anything is deleted: an update that takes the same key at the same moment either
  // comes first, and this fails, or finds it taken.
  const mine = { ...holder, reservedAt: new Date(now).toISOString() };
  if (!(await takeOver(stores, entity, key, holder, mine))) return;
  await clearLeftovers(stores, holder.connection, entity === 'connection-key' ? key : undefined);
  await release(stores, entity, key, holder.connection);
}

/** Deletes all that a connection without a record may have left, and the key of the reservation. */
export async function clearLeftovers(
  stores: ConnectionStores,
  connectionId: string,
  keyId: string | undefined,
): Promise<void> {
  if (keyId !== undefined) await stores.secrets.delete(secretName.localKey(connectionId, keyId));
  if ((await stores.records.find('connection', connectionId)) !== undefined) return;
  await stores.secrets.delete(secretName.remoteKey(connectionId, 'a'));
  await stores.secrets.delete(secretName.remoteKey(connectionId, 'b'));
  await stores.facts.delete(factName.seen(connectionId));
  await stores.facts.delete(factName.remoteSite(connectionId));
  await stores.facts.delete(factName.lastTest(connectionId));
}

function takeOver(
  stores: ConnectionStores,
  entity: ReservedEntity,
  key: string,
  holder: KeyRecord | NameRecord,
  record: KeyRecord | NameRecord,
): Promise<boolean> {
  const when = {
    connection: holder.connection,
    state: 'reserved',
    reservedAt: holder.reservedAt,
  } as const;
  return stores.records.commit([
    entity === 'connection-key'
      ? { entity, key, value: record as KeyRecord, when }
      : { entity, key, value: record as NameRecord, when },
  ]);
}

function isAbandoned(holder: KeyRecord | NameRecord, now: number): boolean {
  return (
    holder.state === 'reserved' && now - Date.parse(holder.reservedAt) > RESERVATION_LIFETIME_MS
  );
}

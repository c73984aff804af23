/**
 * What makes keys and names unique under concurrency, and what a crash leaves behind findable.
 *
 * A plain key has no compare-and-set, so a value that must be unique is the key of a custom entity:
 * whoever creates it first (`FAIL_IF_EXISTS`) has reserved it, and the transaction that stores the
 * connection turns the reservation into its own. A reservation is made before anything else is written
 * and goes after everything else is deleted; so whatever is left behind has a reservation that tells of
 * it, and after `RESERVATION_LIFETIME_MS` the next one who wants the value, or `sweep`, clears up.
 */
import type { Change, ConnectionStores, Sources } from './ports';
import { factName, secretName, type EntityTypes } from './records';
import { Refusal, type Problem } from './refusal';

/** Far more than a resolver may run (25 s): a reservation that old has no owner any more. */
const RESERVATION_LIFETIME_MS = 60_000;

export type ReservedEntity = 'connection-key' | 'connection-name' | 'remote-key';

/** Where a reservation is. */
export interface Place {
  entity: ReservedEntity;
  key: string;
}

/** A value that is wanted for a connection. */
export type Reservation = {
  [E in ReservedEntity]: {
    entity: E;
    key: string;
    /** With `state: 'reserved'`. */
    record: EntityTypes[E];
    /** What to say when somebody else has it. */
    taken: Problem;
  };
}[ReservedEntity];

/**
 * Reserves all, or none.
 *
 * @param now milliseconds since the epoch
 * @throws Refusal with a problem for each that somebody else has
 */
export async function reserveAll(
  stores: ConnectionStores,
  now: number,
  wanted: readonly Reservation[],
): Promise<void> {
  const mine: Reservation[] = [];
  try {
    for (const reservation of wanted) {
      if (await reserve(stores, now, reservation)) mine.push(reservation);
    }
    const problems = wanted.filter((one) => !mine.includes(one)).map(({ taken }) => taken);
    if (problems.length > 0) throw new Refusal(problems);
  } catch (error) {
    for (const { entity, key, record } of mine) {
      await release(stores, record.connection, { entity, key });
    }
    throw error;
  }
}

/** Deletes what a reservation tells of, then the reservation. Nothing else of the connection is touched. */
export async function cleanUp(
  stores: ConnectionStores,
  connectionId: string,
  place: Place,
): Promise<void> {
  await deleteSecret(stores, connectionId, place);
  if ((await stores.records.find('connection', connectionId)) === undefined) {
    for (const name of Object.values(factName)) await stores.facts.delete(name(connectionId));
  }
  await release(stores, connectionId, place);
}

/** Clears up after crashes: every abandoned reservation goes, with what it tells of. */
export async function sweep(stores: ConnectionStores, sources: Sources): Promise<void> {
  for (const entity of ['connection-key', 'connection-name', 'remote-key'] as const) {
    for (const key of await stores.records.keysInState(entity, 'reserved')) {
      await sweepOne(stores, sources.now(), { entity, key });
    }
  }
}

async function reserve(
  stores: ConnectionStores,
  now: number,
  { entity, key, record }: Reservation,
): Promise<boolean> {
  if (await stores.records.create(entity, key, record)) return true;
  await sweepOne(stores, now, { entity, key });
  return stores.records.create(entity, key, record);
}

async function sweepOne(stores: ConnectionStores, now: number, place: Place): Promise<void> {
  const holder = await stores.records.find(place.entity, place.key);
  if (holder === undefined || !isAbandoned(holder, now)) return;
  // Renewed before anything is deleted, under the condition that it is still the abandoned one: of many
  // who try, exactly one clears up, and the value is free only when everything is gone.
  const renewed = { ...holder, reservedAt: new Date(now).toISOString() };
  const { connection, reservedAt } = holder;
  const isMine = await stores.records.commit([
    {
      ...place,
      value: renewed,
      when: { connection, state: 'reserved', reservedAt },
    } as Change,
  ]);
  if (isMine) await cleanUp(stores, connection, place);
}

/** Gives a reservation back. Nothing happens where it became real, or is somebody else's. */
async function release(stores: ConnectionStores, connection: string, place: Place): Promise<void> {
  await stores.records.commit([
    { ...place, value: undefined, when: { connection, state: 'reserved' } },
  ]);
}

async function deleteSecret(
  stores: ConnectionStores,
  connectionId: string,
  { entity, key }: Place,
): Promise<void> {
  if (entity === 'connection-key') {
    await stores.secrets.delete(secretName.localKey(connectionId, key));
  } else if (entity === 'remote-key') {
    await stores.secrets.delete(secretName.remoteKeyAt(key));
  }
}

function isAbandoned(
  { state, reservedAt }: { state: string; reservedAt: string },
  now: number,
): boolean {
  return state === 'reserved' && now - Date.parse(reservedAt) > RESERVATION_LIFETIME_MS;
}

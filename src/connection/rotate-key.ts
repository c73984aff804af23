/** Rotates a Local Authentication Key, and ends the old one. */
import { generateKey, keyIdOf } from '../wire/authentication-key';
import { changeConnection } from './change-connection';
import { abandonLocalKey, keyRecords } from './key-records';
import type { ConnectionStores, Sources } from './ports';
import { getConnection, type StoredConnection } from './read-connection';
import { secretName } from './records';
import { Refusal } from './refusal';
import { cleanUp, reserveAll } from './reservations';
import { openRotation, ROTATION_OPEN, rotationIsOver } from './rotation';
import { keyReservation } from './connection-reservations';

/**
 * Makes a new Local Authentication Key, accepted beside the old one.
 *
 * @returns the new key, to be shown this once
 * @throws Refusal `rotation-open` while an old key is still accepted
 */
export async function rotateKey(
  stores: ConnectionStores,
  sources: Sources,
  id: string,
): Promise<{ key: string }> {
  await endRotationIfOver(stores, sources, await getConnection(stores, id));
  const key = generateKey((size) => sources.randomBytes(size));
  const keyId = keyIdOf(key);
  await changeConnection(stores, id, async ({ record }) => {
    if (record.previousKeyId !== undefined) {
      throw new Refusal([{ code: ROTATION_OPEN.code, message: ROTATION_OPEN.message }]);
    }
    const now = sources.now();
    const wanted = keyReservation(keyId, {
      connection: id,
      state: 'reserved',
      paused: record.state === 'paused',
      passive: record.passive,
      reservedAt: new Date(now).toISOString(),
    });
    await reserveAll(stores, now, [wanted]);
    try {
      await stores.secrets.set(secretName.localKey(id, keyId), key);
    } catch (error) {
      await cleanUp(stores, id, wanted);
      throw error;
    }
    return { ...openRotation(now, id, record, keyId), reserved: [wanted] };
  });
  return { key };
}

/**
 * Ends the old key now.
 *
 * @throws Refusal `no-rotation` where only one key is accepted
 */
export async function retireKey(
  stores: ConnectionStores,
  sources: Sources,
  id: string,
): Promise<StoredConnection> {
  const { record } = await getConnection(stores, id);
  if (record.previousKeyId === undefined) {
    throw new Refusal([
      {
        code: 'no-rotation',
        message: 'Only one key is accepted on this connection: there is no old key to end.',
      },
    ]);
  }
  return endRotation(stores, sources, id, record.previousKeyId);
}

/** Ends a rotation whose seven days have passed. Returns the connection as it is then. */
export async function endRotationIfOver(
  stores: ConnectionStores,
  sources: Sources,
  connection: StoredConnection,
): Promise<StoredConnection> {
  const { id, record } = connection;
  return rotationIsOver(record, sources.now())
    ? endRotation(stores, sources, id, record.previousKeyId)
    : connection;
}

/**
 * Ends the rotation whose old key is `previousKeyId`. Nothing happens where that one is ended already, and
 * perhaps another one begun.
 */
function endRotation(
  stores: ConnectionStores,
  sources: Sources,
  id: string,
  previousKeyId: string | undefined,
): Promise<StoredConnection> {
  return changeConnection(stores, id, ({ record }) => {
    const { previousKeyId: present, rotationEndsAt: _endsAt, ...rest } = record;
    if (present === undefined || present !== previousKeyId) return undefined;
    return {
      record: rest,
      also: [...keyRecords(id, rest), abandonLocalKey(sources.now(), id, present)],
      abandoned: [{ entity: 'connection-key', key: present }],
    };
  });
}

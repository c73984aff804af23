/** Rotates a Local Authentication Key, and ends the old one. */
import { generateKey, keyIdOf } from '../wire/authentication-key';
import { DUPLICATE_KEY } from './add-connection';
import { changeConnection } from './change-connection';
import type { ConnectionStores, Sources } from './ports';
import { getConnection, type StoredConnection } from './read-connection';
import { secretName } from './records';
import { Refusal } from './refusal';
import { clearLeftovers, release, reserve } from './reservations';
import {
  abandonKey,
  isRotating,
  keyRecords,
  openRotation,
  ROTATION_OPEN,
  rotationIsOver,
} from './rotation';

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
  const stored = await getConnection(stores, id);
  if (rotationIsOver(stored.record, sources.now())) await endRotation(stores, sources, id);
  const key = generateKey((size) => sources.randomBytes(size));
  const keyId = keyIdOf(key);
  const undo = async (): Promise<void> => {
    await stores.secrets.delete(secretName.localKey(id, keyId));
    await release(stores, 'connection-key', keyId, id);
  };
  await changeConnection(stores, id, async ({ record }) => {
    if (isRotating(record, sources.now())) {
      throw new Refusal([{ code: ROTATION_OPEN.code, message: ROTATION_OPEN.message }]);
    }
    const reserved = await reserve(stores, sources.now(), 'connection-key', keyId, {
      connection: id,
      state: 'reserved',
      paused: record.state === 'paused',
      passive: record.passive,
      reservedAt: new Date(sources.now()).toISOString(),
    });
    if (!reserved) throw new Refusal([DUPLICATE_KEY]);
    await stores.secrets.set(secretName.localKey(id, keyId), key);
    return { ...openRotation(sources.now(), id, record, keyId), undo };
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
  return endRotation(stores, sources, id);
}

/** Ends a rotation; nothing happens where none is open. */
export async function endRotation(
  stores: ConnectionStores,
  sources: Sources,
  id: string,
): Promise<StoredConnection> {
  let ended: string | undefined;
  const changed = await changeConnection(stores, id, ({ record }) => {
    const { previousKeyId, rotationEndsAt: _endsAt, ...rest } = record;
    ended = previousKeyId;
    return {
      record: rest,
      also: [
        ...keyRecords(id, rest),
        ...(previousKeyId === undefined
          ? []
          : [abandonKey(sources.now(), id, rest, previousKeyId)]),
      ],
    };
  });
  if (ended !== undefined) {
    await clearLeftovers(stores, id, ended);
    await release(stores, 'connection-key', ended, id);
  }
  return changed;
}

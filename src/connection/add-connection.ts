/**
 * Adds a connection. The order of the writes is what keeps it whole under concurrency and crashes:
 * reservations, then secrets, then one transaction that makes everything real (see `reservations.ts`).
 */
import { keyIdOf } from '../wire/authentication-key';
import { checkDraft, type CheckedConnection, type ConnectionDraft } from './draft';
import { checkLocalUser } from './local-user';
import { keepRemoteKey, keyRecords } from './key-records';
import type { ConnectionStores, SetUp, Sources } from './ports';
import type { StoredConnection } from './read-connection';
import { secretName, storedLocalUser, type ConnectionRecord } from './records';
import { cleanUp, reserveAll } from './reservations';
import {
  keepName,
  keyReservation,
  nameReservation,
  remoteKeyReservation,
} from './connection-reservations';

/**
 * Checks a draft and stores it.
 *
 * @throws Refusal for each field that cannot be taken, `duplicate-key` and `duplicate-name` (both are
 *   told), `jira-unavailable`; nothing is stored then
 */
export async function addConnection(
  draft: ConnectionDraft,
  { stores, sources, jira, callerId, endpointUrl }: SetUp,
): Promise<StoredConnection> {
  const checked = checkDraft(draft, endpointUrl);
  await checkLocalUser(jira, checked.localUser, callerId);
  return storeConnection(stores, sources, checked);
}

async function storeConnection(
  stores: ConnectionStores,
  sources: Sources,
  checked: CheckedConnection & { localKey: string },
): Promise<StoredConnection> {
  const id = sources.newId();
  const now = sources.now();
  const record = newRecord(now, checked);
  const { keyId, remoteKeyId } = record;
  const reservation = {
    connection: id,
    state: 'reserved',
    reservedAt: record.createdAt,
  } as const;
  const wanted = [
    keyReservation(keyId, { ...reservation, paused: false, passive: record.passive }),
    nameReservation(record.nameKey, reservation),
    ...(remoteKeyId === undefined ? [] : [remoteKeyReservation(remoteKeyId, reservation)]),
  ];

  await reserveAll(stores, now, wanted);
  try {
    await stores.secrets.set(secretName.localKey(id, keyId), checked.localKey);
    if (remoteKeyId !== undefined && checked.remoteKey !== undefined) {
      await stores.secrets.set(secretName.remoteKey(id, remoteKeyId), checked.remoteKey);
    }
    const stored = await stores.records.commit([
      { entity: 'connection', key: id, value: record },
      ...keyRecords(id, record, 'reserved'),
      keepName(id, record),
      ...(remoteKeyId === undefined ? [] : [keepRemoteKey(now, id, remoteKeyId)]),
    ]);
    if (!stored) throw new Error('The reservations of a connection were lost while it was added.');
  } catch (error) {
    // The answer may be lost although the commit came through: look before undoing anything.
    if ((await stores.records.find('connection', id)) === undefined) {
      for (const place of wanted) await cleanUp(stores, id, place);
    }
    throw error;
  }
  return { id, record };
}

function newRecord(
  now: number,
  checked: CheckedConnection & { localKey: string },
): ConnectionRecord {
  const { name, nameKey, remoteUrl, alternativeBaseUrl, passive } = checked;
  return {
    name,
    nameKey,
    localUser: storedLocalUser(checked.localUser),
    ...(remoteUrl === undefined ? {} : { remoteUrl }),
    ...(checked.remoteKey === undefined ? {} : { remoteKeyId: keyIdOf(checked.remoteKey) }),
    passive,
    ...(alternativeBaseUrl === undefined ? {} : { alternativeBaseUrl }),
    state: 'running',
    keyId: keyIdOf(checked.localKey),
    createdAt: new Date(now).toISOString(),
    revision: 1,
  };
}

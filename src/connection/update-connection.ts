/** Changes a stored connection: what is omitted stays, what is `null` goes. */
import { keyIdOf } from '../wire/authentication-key';
import { changeConnection, type Decision, type Unrevised } from './change-connection';
import { checkDraft, type CheckedConnection, type ConnectionChanges } from './draft';
import { keyRecords } from './key-records';
import { checkLocalUser } from './local-user';
import type { Change, ConnectionStores, SetUp, Sources } from './ports';
import { getConnection, type StoredConnection } from './read-connection';
import { localUserOf, secretName, storedLocalUser, type ConnectionRecord } from './records';
import { Refusal } from './refusal';
import { changeRemoteKey } from './remote-key';
import { cleanUp, reserveAll, type Reservation } from './reservations';
import { endRotationIfOver } from './rotate-key';
import { openRotation, ROTATION_OPEN } from './rotation';
import {
  keepName,
  keyReservation,
  nameReservation,
  remoteKeyReservation,
} from './connection-reservations';

/**
 * A new Local Authentication Key is accepted beside the old one, like a rotation; a new Remote
 * Authentication Key keeps the old one as the second try.
 *
 * @throws Refusal for each field that cannot be taken; nothing is changed then
 */
export async function updateConnection(
  id: string,
  changes: ConnectionChanges,
  { stores, sources, jira, callerId, endpointUrl }: SetUp,
): Promise<StoredConnection> {
  if (changes.localUser !== undefined) await checkLocalUser(jira, changes.localUser, callerId);
  await endRotationIfOver(stores, sources, await getConnection(stores, id));
  return changeConnection(stores, id, async (connection) => {
    const checked = checkChanges(connection, changes, endpointUrl);
    return decide(stores, sources, connection, checked, changes.remoteKey === null);
  });
}

/**
 * The whole connection as it would be after the changes, checked.
 *
 * @throws Refusal for each field that cannot be taken
 */
export function checkChanges(
  { record }: StoredConnection,
  changes: ConnectionChanges,
  endpointUrl: string,
): CheckedConnection {
  return checkDraft(
    {
      name: changes.name ?? record.name,
      localUser: changes.localUser ?? localUserOf(record),
      remoteUrl: keep(changes.remoteUrl, record.remoteUrl),
      localKey: changes.localKey,
      remoteKey: changes.remoteKey ?? undefined,
      passive: changes.passive ?? record.passive,
      alternativeBaseUrl: keep(changes.alternativeBaseUrl, record.alternativeBaseUrl),
    },
    endpointUrl,
    {
      localKeyId: record.keyId,
      previousLocalKeyId: record.previousKeyId,
      remoteKeyId: changes.remoteKey === null ? undefined : record.remoteKeyId,
    },
  );
}

async function decide(
  stores: ConnectionStores,
  sources: Sources,
  { id, record }: StoredConnection,
  checked: CheckedConnection,
  clearsRemoteKey: boolean,
): Promise<Decision> {
  const now = sources.now();
  const newKeyId = newLocalKeyId(record, checked);
  if (newKeyId !== undefined && record.previousKeyId !== undefined) {
    throw new Refusal([ROTATION_OPEN]);
  }
  const remoteKey = changeRemoteKey(now, id, record, checked.remoteKey, clearsRemoteKey);
  const renames = checked.nameKey !== record.nameKey;
  const wanted = reservations(now, id, record, {
    keyId: newKeyId,
    nameKey: renames ? checked.nameKey : undefined,
    remoteKeyId: remoteKey.newKeyId,
  });

  await reserveAll(stores, now, wanted);
  try {
    if (newKeyId !== undefined && checked.localKey !== undefined) {
      await stores.secrets.set(secretName.localKey(id, newKeyId), checked.localKey);
    }
    if (remoteKey.newKeyId !== undefined && checked.remoteKey !== undefined) {
      await stores.secrets.set(secretName.remoteKey(id, remoteKey.newKeyId), checked.remoteKey);
    }
  } catch (error) {
    for (const place of wanted) await cleanUp(stores, id, place);
    throw error;
  }

  const edited = remoteKey.apply(editedRecord(record, checked));
  const { record: next, also } =
    newKeyId === undefined
      ? { record: edited, also: keyRecords(id, edited) }
      : openRotation(now, id, edited, newKeyId);
  return {
    record: next,
    also: [...also, ...remoteKey.also, ...(renames ? rename(id, record, next) : [])],
    reserved: wanted,
    abandoned: remoteKey.abandoned,
  };
}

/** The record with all but its keys. Another URL may lead to another site: it is learned anew. */
function editedRecord(record: ConnectionRecord, checked: CheckedConnection): Unrevised {
  const { remoteUrl: oldUrl, alternativeBaseUrl: _old, remoteSite, ...rest } = record;
  const { name, nameKey, remoteUrl, alternativeBaseUrl, passive } = checked;
  return {
    ...rest,
    name,
    nameKey,
    localUser: storedLocalUser(checked.localUser),
    passive,
    ...(remoteUrl === undefined ? {} : { remoteUrl }),
    ...(remoteSite === undefined || remoteUrl !== oldUrl ? {} : { remoteSite }),
    ...(alternativeBaseUrl === undefined ? {} : { alternativeBaseUrl }),
  };
}

function newLocalKeyId(
  record: ConnectionRecord,
  { localKey }: CheckedConnection,
): string | undefined {
  const keyId = localKey === undefined ? undefined : keyIdOf(localKey);
  return keyId === record.keyId ? undefined : keyId;
}

function reservations(
  now: number,
  id: string,
  { state, passive }: ConnectionRecord,
  wanted: Record<'keyId' | 'nameKey' | 'remoteKeyId', string | undefined>,
): Reservation[] {
  const { keyId, nameKey, remoteKeyId } = wanted;
  const record = {
    connection: id,
    state: 'reserved',
    reservedAt: new Date(now).toISOString(),
  } as const;
  const paused = state === 'paused';
  return [
    ...(keyId === undefined ? [] : [keyReservation(keyId, { ...record, paused, passive })]),
    ...(nameKey === undefined ? [] : [nameReservation(nameKey, record)]),
    ...(remoteKeyId === undefined ? [] : [remoteKeyReservation(remoteKeyId, record)]),
  ];
}

function rename(id: string, old: ConnectionRecord, next: Unrevised): Change[] {
  return [
    keepName(id, next),
    {
      entity: 'connection-name',
      key: old.nameKey,
      value: undefined,
      when: { connection: id },
    },
  ];
}

function keep(change: string | null | undefined, stored: string | undefined): string | undefined {
  return change === undefined ? stored : (change ?? undefined);
}

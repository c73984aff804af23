/** Changes a stored connection: what is omitted stays, what is `null` goes. */
import { keyIdOf } from '../wire/authentication-key';
import { DUPLICATE_KEY, DUPLICATE_NAME } from './add-connection';
import { changeConnection, type Decision } from './change-connection';
import { checkDraft, type CheckedConnection, type ConnectionChanges } from './draft';
import { checkLocalUser } from './local-user';
import type { Change, ConnectionStores, SetUp, Sources } from './ports';
import { getConnection, type StoredConnection } from './read-connection';
import {
  factName,
  localUserOf,
  secretName,
  storedLocalUser,
  type ConnectionRecord,
  type RemoteKeySlot,
} from './records';
import { Refusal, type Problem } from './refusal';
import { release, reserve } from './reservations';
import { endRotation } from './rotate-key';
import { isRotating, keyRecords, openRotation, ROTATION_OPEN, rotationIsOver } from './rotation';

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
  const stored = await getConnection(stores, id);
  if (rotationIsOver(stored.record, sources.now())) await endRotation(stores, sources, id);
  const changed = { url: false, remoteKey: false };
  const updated = await changeConnection(stores, id, async (connection) => {
    const checked = await checkChanges(stores, connection, changes, endpointUrl);
    changed.url = checked.remoteUrl !== connection.record.remoteUrl;
    const decision = await decide(stores, sources, connection, checked, changes);
    changed.remoteKey = decision.record?.remoteKeySlot !== connection.record.remoteKeySlot;
    return decision;
  });
  // Another URL may lead to another site: it is learned anew at the next verified contact.
  if (changed.url) await stores.facts.delete(factName.remoteSite(id));
  // What a test said of the remote that it was, or of the key that it was, says nothing any more.
  if (changed.url || changed.remoteKey) await stores.facts.delete(factName.lastTest(id));
  if (changes.remoteKey === null) await deleteUnusedRemoteKeys(stores, id);
  return updated;
}

/** Deletes what no record names. An update that stores a key at the same moment keeps its own. */
async function deleteUnusedRemoteKeys(stores: ConnectionStores, id: string): Promise<void> {
  for (const slot of ['a', 'b'] as const) {
    const record = await stores.records.find('connection', id);
    if (record?.remoteKeySlot === undefined) {
      await stores.secrets.delete(secretName.remoteKey(id, slot));
    }
  }
}

/**
 * The whole connection as it would be after the changes, checked.
 *
 * @throws Refusal for each field that cannot be taken
 */
export async function checkChanges(
  stores: ConnectionStores,
  { id, record }: StoredConnection,
  changes: ConnectionChanges,
  endpointUrl: string,
): Promise<CheckedConnection> {
  const keepsRemoteKey =
    (changes.remoteKey === undefined || changes.remoteKey === '') &&
    record.remoteKeySlot !== undefined;
  const storedRemoteKey =
    keepsRemoteKey && record.remoteKeySlot !== undefined
      ? await stores.secrets.find(secretName.remoteKey(id, record.remoteKeySlot))
      : undefined;
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
      remoteKeyId: storedRemoteKey === undefined ? undefined : keyIdOf(storedRemoteKey),
    },
  );
}

async function decide(
  stores: ConnectionStores,
  sources: Sources,
  connection: StoredConnection,
  checked: CheckedConnection,
  changes: ConnectionChanges,
): Promise<Decision> {
  const { id, record } = connection;
  const newKeyId = checked.localKey === undefined ? undefined : keyIdOf(checked.localKey);
  const replacesKey = newKeyId !== undefined && newKeyId !== record.keyId;
  const renames = checked.nameKey !== record.nameKey;
  const undo = async (): Promise<void> => {
    if (renames) await release(stores, 'connection-name', checked.nameKey, id);
    if (replacesKey) await stores.secrets.delete(secretName.localKey(id, newKeyId));
    if (replacesKey) await release(stores, 'connection-key', newKeyId, id);
  };

  if (replacesKey && isRotating(record, sources.now())) throw new Refusal([ROTATION_OPEN]);
  await reserveAll(stores, sources, connection, checked, {
    keyId: replacesKey ? newKeyId : undefined,
    nameKey: renames ? checked.nameKey : undefined,
  });
  let remote: Pick<ConnectionRecord, 'remoteKeySlot' | 'hasPreviousRemoteKey'>;
  try {
    if (replacesKey && checked.localKey !== undefined) {
      await stores.secrets.set(secretName.localKey(id, newKeyId), checked.localKey);
    }
    remote = await storeRemoteKey(stores, connection, checked, changes.remoteKey === null);
  } catch (error) {
    await undo();
    throw error;
  }
  const { remoteUrl: _url, alternativeBaseUrl: _base, remoteKeySlot: _slot, ...rest } = record;
  let next: Omit<ConnectionRecord, 'revision'> = {
    ...rest,
    ...remote,
    name: checked.name,
    nameKey: checked.nameKey,
    localUser: storedLocalUser(checked.localUser),
    passive: checked.passive,
    ...(checked.remoteUrl === undefined ? {} : { remoteUrl: checked.remoteUrl }),
    ...(checked.alternativeBaseUrl === undefined
      ? {}
      : { alternativeBaseUrl: checked.alternativeBaseUrl }),
  };
  const also: Change[] = [];
  if (replacesKey) {
    const rotation = openRotation(sources.now(), id, next, newKeyId);
    next = rotation.record;
    also.push(...rotation.also);
  } else {
    also.push(...keyRecords(id, next));
  }
  if (renames) also.push(...renameRecords(sources, id, record, checked.nameKey));
  return { record: next, also, undo };
}

/** Reserves the new key and the new name; where one is taken, gives the other back and refuses. */
async function reserveAll(
  stores: ConnectionStores,
  sources: Sources,
  { id, record }: StoredConnection,
  checked: CheckedConnection,
  wanted: { keyId: string | undefined; nameKey: string | undefined },
): Promise<void> {
  const reservedAt = new Date(sources.now()).toISOString();
  const hasKey =
    wanted.keyId === undefined ||
    (await reserve(stores, sources.now(), 'connection-key', wanted.keyId, {
      connection: id,
      state: 'reserved',
      paused: record.state === 'paused',
      passive: checked.passive,
      reservedAt,
    }));
  const hasName =
    wanted.nameKey === undefined ||
    (await reserve(stores, sources.now(), 'connection-name', wanted.nameKey, {
      connection: id,
      state: 'reserved',
      reservedAt,
    }));
  if (hasKey && hasName) return;
  if (hasName && wanted.nameKey !== undefined) {
    await release(stores, 'connection-name', wanted.nameKey, id);
  }
  if (hasKey && wanted.keyId !== undefined) {
    await release(stores, 'connection-key', wanted.keyId, id);
  }
  const problems: Problem[] = [
    ...(hasKey ? [] : [DUPLICATE_KEY]),
    ...(hasName ? [] : [DUPLICATE_NAME]),
  ];
  throw new Refusal(problems);
}

/** Writes a new remote key beside the one in use; the record then says which slot is the current one. */
async function storeRemoteKey(
  stores: ConnectionStores,
  { id, record }: StoredConnection,
  checked: CheckedConnection,
  clear: boolean,
): Promise<Pick<ConnectionRecord, 'remoteKeySlot' | 'hasPreviousRemoteKey'>> {
  const { remoteKeySlot: slot, hasPreviousRemoteKey } = record;
  if (clear && checked.remoteKey === undefined) return { hasPreviousRemoteKey: false };
  const unchanged = slot === undefined ? {} : { remoteKeySlot: slot };
  if (checked.remoteKey === undefined) return { ...unchanged, hasPreviousRemoteKey };
  const current =
    slot === undefined ? undefined : await stores.secrets.find(secretName.remoteKey(id, slot));
  if (current === checked.remoteKey) return { ...unchanged, hasPreviousRemoteKey };
  const free: RemoteKeySlot = slot === 'a' ? 'b' : 'a';
  await stores.secrets.set(secretName.remoteKey(id, free), checked.remoteKey);
  return { remoteKeySlot: free, hasPreviousRemoteKey: current !== undefined };
}

function renameRecords(
  sources: Sources,
  id: string,
  record: ConnectionRecord,
  nameKey: string,
): Change[] {
  const reservedAt = new Date(sources.now()).toISOString();
  return [
    {
      entity: 'connection-name',
      key: nameKey,
      value: { connection: id, state: 'current', reservedAt },
      when: { connection: id, state: 'reserved' },
    },
    {
      entity: 'connection-name',
      key: record.nameKey,
      value: undefined,
      when: { connection: id },
    },
  ];
}

function keep(change: string | null | undefined, stored: string | undefined): string | undefined {
  return change === undefined ? stored : (change ?? undefined);
}

/** What exactly is tested: a stored connection, one with unsaved edits, or a draft. */
import type { CheckedConnection, ConnectionChanges } from '../draft';
import type { ConnectionStores } from '../ports';
import type { StoredConnection } from '../read-connection';
import { localUserOf, secretName } from '../records';
import type { TestSubject } from './run-test';

/** A draft: nothing of it is stored yet. */
export function draftSubject(checked: CheckedConnection): TestSubject {
  return {
    connectionId: undefined,
    asStored: false,
    localUser: checked.localUser,
    remoteUrl: checked.remoteUrl,
    localKey: 'not stored',
    remoteSite: undefined,
    remoteKey: checked.remoteKey,
    previousRemoteKey: undefined,
    passive: checked.passive,
    alternativeBaseUrl: checked.alternativeBaseUrl,
  };
}

/** A stored connection as it is. */
export async function storedSubject(
  stores: ConnectionStores,
  { id, record }: StoredConnection,
): Promise<TestSubject> {
  const { keyId, remoteKeyId, previousRemoteKeyId } = record;
  const [localKey, remoteKey, previousRemoteKey] = await Promise.all([
    stores.secrets.find(secretName.localKey(id, keyId)),
    remoteKeyId && stores.secrets.find(secretName.remoteKey(id, remoteKeyId)),
    previousRemoteKeyId && stores.secrets.find(secretName.remoteKey(id, previousRemoteKeyId)),
  ]);
  return {
    connectionId: id,
    asStored: true,
    localUser: localUserOf(record),
    remoteUrl: record.remoteUrl,
    localKey: { stored: localKey },
    remoteSite: record.remoteSite,
    remoteKey,
    previousRemoteKey,
    passive: record.passive,
    alternativeBaseUrl: record.alternativeBaseUrl,
  };
}

/** A stored connection as it would be after the changes. */
export async function editedSubject(
  stores: ConnectionStores,
  connection: StoredConnection,
  checked: CheckedConnection,
  changes: ConnectionChanges,
): Promise<TestSubject> {
  const stored = await storedSubject(stores, connection);
  const draft = draftSubject(checked);
  const keepsRemoteKey = changes.remoteKey === undefined || changes.remoteKey === '';
  return {
    ...draft,
    connectionId: connection.id,
    localKey: checked.localKey === undefined ? stored.localKey : 'not stored',
    remoteKey: keepsRemoteKey ? stored.remoteKey : checked.remoteKey,
  };
}

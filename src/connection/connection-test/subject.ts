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
    storedLocalKey: undefined,
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
  const { remoteKeySlot: slot } = record;
  const otherSlot = slot === 'a' ? 'b' : 'a';
  const [storedLocalKey, remoteKey, previousRemoteKey] = await Promise.all([
    stores.secrets.find(secretName.localKey(id, record.keyId)),
    slot && stores.secrets.find(secretName.remoteKey(id, slot)),
    slot && record.hasPreviousRemoteKey
      ? stores.secrets.find(secretName.remoteKey(id, otherSlot))
      : undefined,
  ]);
  return {
    connectionId: id,
    asStored: true,
    localUser: localUserOf(record),
    remoteUrl: record.remoteUrl,
    storedLocalKey,
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
    storedLocalKey: checked.localKey === undefined ? stored.storedLocalKey : undefined,
    remoteKey: keepsRemoteKey ? stored.remoteKey : checked.remoteKey,
  };
}
